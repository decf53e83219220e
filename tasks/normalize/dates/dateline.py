"""The day that an article gives itself: a date line under the headline, or an agency dateline."""

import re
from datetime import date
from typing import NamedTuple

from tasks.normalize.dates.model import DatePhrase
from tasks.normalize.dates.resolve import resolve_dates

HEAD = 600  # characters from the top in which a date line stands
_AGENCY = re.compile(r"(\d{1,2})\s*[-–/]\s*(\d{1,2})\s*\(")  # «دمشق 15 - 7 (اف ب) -»
NOWHERE = date(1000, 1, 1)


class Dateline(NamedTuple):
    """Where an article says its day: the phrase (offsets in the text) and how it was found: `line` or `agency`."""

    phrase: DatePhrase
    method: str


def find_dateline(text: str, year: int | None = None) -> Dateline | None:
    """Return the date line of an article, or None.

    Args:
        text: the article from its headline on.
        year: year of publication if known; an agency dateline (15 - 7) has none of its own.

    A line of its own near the top that is hardly more than a full date counts («23 أكتوبر 2022», «الأحد 17 فبراير/شباط 2025»).
    """
    at = 0
    for line in text[:HEAD].split("\n"):
        stripped = line.strip()
        if stripped and len(stripped) < 90:
            for phrase in resolve_dates(stripped, NOWHERE):
                full = phrase.first_day is not None and phrase.granularity == "day" and phrase.method == "absolute"
                if full and len(phrase.text) * 2 >= len(stripped):
                    offset = at + line.index(stripped)
                    moved = phrase._replace(start=phrase.start + offset, end=phrase.end + offset)
                    return Dateline(moved, "line")
        at += len(line) + 1
    match = _AGENCY.search(text[:HEAD])
    if match is not None and year is not None:
        try:
            day = date(year, int(match[2]), int(match[1]))
        except ValueError:
            return None
        text_of = match.group()[:-1].strip()
        phrase = DatePhrase(
            match.start(), match.start() + len(text_of), text_of, day.isoformat(), day, day, "day", "absolute", True
        )
        return Dateline(phrase, "agency")
    return None
