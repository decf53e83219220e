"""The day that an article gives itself: a line with its date, or the day in an agency's dateline."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from tasks.normalize.dates.model import DatePhrase
from tasks.normalize.dates.resolve import resolve_dates

HEAD = 600  # characters from the top in which a date line stands
LINE = 90  # characters of a date line at most
NEAR = timedelta(days=31)  # a dateline is hardly older than the publication
_AGENCY = re.compile(r"(?<!\d)(\d{1,2})\s*[-–/]\s*(\d{1,2})(?:\s*[-–/]\s*(\d{4}))?\s*\(")  # «دمشق 15 - 7 (اف ب) -»


class Dateline(NamedTuple):
    """Where an article says its day: the phrase (offsets in the text) and how it was found: `line` or `agency`."""

    phrase: DatePhrase
    method: str


def find_dateline(text: str, year: int | None = None) -> Dateline | None:
    """Return the date line of an article, or None.

    Args:
        text: the article from its headline on.
        year: year of publication if known; an agency dateline (15 - 7) has none of its own.

    A line of its own near the top that is hardly more than a full date counts («23 أكتوبر 2022», «نشر الأحد 17 فبراير/شباط 2025»).
    An agency dateline is day and month before the agency's bracket («دمشق 15 - 7 (اف ب) -»).
    """
    return _line(text) or _agency(text, year)


def _line(text: str) -> Dateline | None:
    at = 0
    for line in text[:HEAD].split("\n"):
        stripped = line.strip()
        if stripped and len(stripped) < LINE:
            for phrase in resolve_dates(stripped, None):
                is_full = phrase.first_day is not None and phrase.granularity == "day"
                if is_full and len(phrase.text) * 2 >= len(stripped):
                    offset = at + line.index(stripped)
                    return Dateline(phrase._replace(start=phrase.start + offset, end=phrase.end + offset), "line")
        at += len(line) + 1
    return None


def _agency(text: str, year: int | None) -> Dateline | None:
    match = _AGENCY.search(text[:HEAD])
    if match is None or (year is None and match[3] is None):
        return None
    try:
        day = date(int(match[3] or year or 0), int(match[2]), int(match[1]))
    except ValueError:
        return None
    end = match.end() - 1
    while text[end - 1].isspace():
        end -= 1
    written = text[match.start() : end]
    return Dateline(DatePhrase(match.start(), end, written, day.isoformat(), day, day, "day", "absolute", True), "agency")


def writing_day(text: str, published: date) -> date:
    """Return the day from which the relative dates of an article count.

    It is the day of its date line when that lies within a month before (or one day after) `published`, else the day that its first
    "اليوم" or "أمس" with a weekday gives («أمس الأحد» in a text published on Tuesday was written on Monday), else `published`.
    """
    line = find_dateline(text, published.year)
    told = line.phrase.first_day if line is not None else None
    if told is not None and -timedelta(days=1) <= published - told <= NEAR:
        return told
    for phrase in resolve_dates(text[: 3 * HEAD], published):
        if phrase.method == "relative" and phrase.granularity == "day" and phrase.first_day is not None and not phrase.is_certain:
            plain = resolve_dates(phrase.text.rsplit(" ", 1)[0], published)
            if plain and plain[0].first_day is not None and plain[0].method == "relative":
                return published + (phrase.first_day - plain[0].first_day)
    return published
