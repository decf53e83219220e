"""Publication stamps: the date and time written beside an article, in all the ways publishers write them.

A stamp is a whole date (day, month, year), unlike the date phrases inside a text that need an anchor. Read are ISO 8601
(also with Arabic-Indic digits), e-mail dates, epoch seconds, day-first numeric dates (the usual order in Arabic
publishing), and days with month names in the three Arabic naming traditions, French, English, and the Hijri calendar
(Umm al-Qura), with an optional time of day (ص، م، صباحا، مساء).
"""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import cache
from typing import NamedTuple

from schemas.seeds import read_seed
from tasks.normalize.letters import fold

EARLIEST = date(1900, 1, 1)
LONGEST = 400  # characters; more is not a stamp


class Stamp(NamedTuple):
    """When something was published: the day at the publisher's clock, and the instant in UTC where a time is given.

    A time without zone is taken as UTC.
    """

    day: date
    at: datetime | None


@cache
def _months() -> dict[str, tuple[int, str]]:
    rows = read_seed("ingest/months").iter_rows(named=True)
    return {fold(row["name"]).lower(): (int(row["month"]), row["calendar"]) for row in rows}


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    names = "|".join(re.escape(name).replace("\\ ", r"\s+") for name in sorted(_months(), key=len, reverse=True))
    edge = r"(?![^\W\d_])"
    month = rf"(?<![^\W\d_])(?P<month>{names}){edge}(?:\s*[/\\(–-]\s*(?:{names}){edge}\s*\)?)?\.?"
    year = r"(?P<year>(?:19|20)\d\d|1[34]\d\d)"
    return (
        re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*[-/,،]?\s*(?:من\s+)?{month}\s*[-/,،]?\s*(?:عام\s+|سنه\s+|سنة\s+)?{year}(?!\d)"),
        re.compile(rf"{month}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*[,،]?\s+{year}(?!\d)"),
        re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?(?P<mark>[-/.])\s?(?P<number>\d{1,2})\s?(?P=mark)\s?(?P<day>\d{1,2})(?!\d)"),
        re.compile(r"(?<!\d)(?P<day>\d{1,2})\s?(?P<mark>[-/.])\s?(?P<number>\d{1,2})\s?(?P=mark)\s?(?P<year>(?:19|20)\d\d)(?!\d)"),
    )  # fmt: skip


_TIME = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2})\s?:\s?(?P<minute>\d{2})(?:\s?:\s?(?P<second>\d{2})(?:\.\d+)?)?\s*"
    r"(?:(?P<half>ص(?:باحا)?|م(?:ساء)?ا?ء?|am|pm|a\.m\.|p\.m\.)(?![^\W\d_]))?\s*"
    r"(?P<zone>z(?![^\W\d_])|(?:utc|gmt|غرينتش)?\s*[+-]\d{1,2}(?::?\d{2})?|utc|gmt|غرينتش|تغ)?"
)
_EPOCH = re.compile(r"(\d{9,10})(\d{3})?(?:\.\d+)?")
_COMPACT = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:t?(\d\d)(\d\d)(\d\d)?(z)?)?")


def _gregorian(year: int, month: int, day: int, calendar: str) -> date | None:
    try:
        if calendar == "hijri":
            from hijridate import Hijri

            found = Hijri(year, month, day).to_gregorian()
            return date(found.year, found.month, found.day)
        return date(year, month, day) if year > 1800 else None
    except (ValueError, OverflowError):
        return None


def _zone(text: str) -> timezone:
    found = re.search(r"([+-])(\d{1,2}):?(\d{2})?", text)
    if not found:
        return UTC
    offset = timedelta(hours=int(found.group(2)), minutes=int(found.group(3) or 0))
    if offset > timedelta(hours=14):
        return UTC
    return timezone(-offset if found.group(1) == "-" else offset)


def _clock(text: str) -> tuple[time, timezone] | None:
    found = _TIME.search(text)
    if not found:
        return None
    hour, half = int(found["hour"]), (found["half"] or "")
    if half[:1] in ("م", "p") and hour < 12:
        hour += 12
    if half[:1] in ("ص", "a") and hour == 12:
        hour = 0
    try:
        return time(hour, int(found["minute"]), int(found["second"] or 0)), _zone(found["zone"] or "")
    except ValueError:
        return None


def _at(day: date, clock: tuple[time, timezone] | None) -> Stamp:
    if clock is None:
        return Stamp(day, None)
    return Stamp(day, datetime.combine(day, clock[0], clock[1]).astimezone(UTC))


def _possible(stamp: Stamp | None) -> Stamp | None:
    return stamp if stamp and stamp.day >= EARLIEST else None


def find_stamp(text: str) -> Stamp | None:
    """Return the first whole date in a piece of text, with the time of day that stands within 30 characters of it."""
    key = fold(text[:LONGEST]).lower()
    best: tuple[int, Stamp] | None = None
    for pattern in _patterns():
        for match in pattern.finditer(key):
            month, calendar = _months()[re.sub(r"\s+", " ", match["month"])] if "month" in match.groupdict() else (0, "")
            number, day = month or int(match["number"]), int(match["day"])
            if not month and number > 12 >= day:
                number, day = day, number
            found = _gregorian(int(match["year"]), number, day, calendar)
            if found and found >= EARLIEST and (best is None or match.start() < best[0]):
                after, before = key[match.end() : match.end() + 40], key[max(0, match.start() - 20) : match.start()]
                best = (match.start(), _at(found, _clock(after) or _clock(before)))
                break
    return best[1] if best else None


def parse_stamp(value: object) -> Stamp | None:
    """Return the stamp that a metadata value holds: text, a date, a datetime, or epoch seconds or milliseconds."""
    if isinstance(value, datetime):
        return Stamp(value.date(), (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC))
    if isinstance(value, date):
        return Stamp(value, None)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = fold(str(value).strip()).lower()[:LONGEST]
    if epoch := _EPOCH.fullmatch(text):
        at = datetime.fromtimestamp(int(epoch.group(1)), UTC)
        return Stamp(at.date(), at)
    if compact := _COMPACT.fullmatch(text):
        year, month, day, hour, minute, second, _ = compact.groups()
        found = _gregorian(int(year), int(month), int(day), "")
        clock = (time(int(hour), int(minute), int(second or 0)), UTC) if hour and int(hour) < 24 and int(minute) < 60 else None
        return _possible(_at(found, clock)) if found else None
    try:
        at = datetime.fromisoformat(text.upper())
        return _possible(
            Stamp(at.date(), (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC) if len(text) > 10 else None)
        )
    except (ValueError, OverflowError):
        pass
    try:
        at = parsedate_to_datetime(text)
        return _possible(Stamp(at.date(), (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)))
    except (ValueError, TypeError, IndexError, OverflowError):
        return find_stamp(text)


_URL = (
    re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/._?-]|$)"),
    re.compile(r"/((?:19|20)\d\d)/[a-z][a-z._-]*/(\d{1,2})/(\d{1,2})(?=[/._?-]|$)"),
    re.compile(r"[-_]((?:19|20)\d\d)-(\d\d)-(\d\d)(?=[/._?-]|$)"),
    re.compile(r"/((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:\d{9,10})?(?=[/._?-]|$)"),
)


def url_stamp(url: str) -> Stamp | None:
    """Return the date in the path of an address (/2020/8/24/, /2020-06-03-, /20200317..., /2013/section/8/3/)."""
    for pattern in _URL:
        if found := pattern.search(url):
            day = _gregorian(int(found[1]), int(found[2]), int(found[3]), "")
            if day and day >= EARLIEST:
                return Stamp(day, None)
    return None


_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")


def name_stamp(ref: str) -> Stamp | None:
    """Return the date in a file name (2022-10-23_news.txt, news-20221023.html), year first; folders do not count."""
    found = _NAME.search(re.split(r"[/\\!]", ref)[-1])
    day = _gregorian(int(found[1]), int(found[2]), int(found[3]), "") if found else None
    return Stamp(day, None) if day else None


_LINE_REST = re.compile(r"[^\W\d_]+")


def dateline_stamp(text: str) -> Stamp | None:
    """Return the date of a date line: a short line near the top that is little more than a date, or the first words
    of the text up to the agency or dash ("بغداد 12 يناير 2003 (رويترز) -")."""
    lines = [line for line in text[:1500].split("\n") if line.strip()][:8]
    for line in lines:
        if len(line) <= 90 and (stamp := find_stamp(line)) and len(_LINE_REST.findall(line)) <= 10:
            return stamp
    opening = re.match(r"[^\n]{0,90}?(?:\s[-–—:]+\s|\)\s*[-–—:]|//)", text[:200])
    return find_stamp(opening.group()) if opening else None
