"""What a date phrase is, and calendar arithmetic on stretches of days."""

import calendar
from datetime import date, timedelta
from typing import NamedTuple


class DatePhrase(NamedTuple):
    """One date phrase of a text.

    `start`, `end`: characters of the text. `value`: TIMEX3 value, None when open. `first_day`, `last_day`: inclusive, None when open.
    `granularity`: day, week, weekend, month, quarter, half, season, year, decade, span. `method`: absolute, relative, weekday,
    reference (to another date of the text). `is_certain`: False where a rule had to choose (a month without a year).
    """

    start: int
    end: int
    text: str
    value: str | None
    first_day: date | None
    last_day: date | None
    granularity: str
    method: str
    is_certain: bool


class Stretch(NamedTuple):
    """A resolved stretch of days with its TIMEX3 value."""

    first: date | None
    last: date | None
    value: str | None
    granularity: str
    method: str = "absolute"
    is_certain: bool = True


OPEN = Stretch(None, None, None, "day", "open", False)


def day_of(day: date, method: str = "absolute", certain: bool = True) -> Stretch:
    return Stretch(day, day, day.isoformat(), "day", method, certain)


def month_of(year: int, month: int, method: str = "absolute", certain: bool = True) -> Stretch:
    last = calendar.monthrange(year, month)[1]
    return Stretch(date(year, month, 1), date(year, month, last), f"{year:04d}-{month:02d}", "month", method, certain)


def year_of(year: int, method: str = "absolute") -> Stretch:
    return Stretch(date(year, 1, 1), date(year, 12, 31), f"{year:04d}", "year", method)


def week_of(day: date, method: str = "relative") -> Stretch:
    """The ISO week (Monday to Sunday) of a day."""
    first = day - timedelta(days=day.weekday())
    year, week, _ = day.isocalendar()
    return Stretch(first, first + timedelta(days=6), f"{year}-W{week:02d}", "week", method)


def quarter_of(year: int, number: int) -> Stretch:
    first, last = date(year, number * 3 - 2, 1), month_of(year, number * 3).last
    return Stretch(first, last, f"{year}-Q{number}", "quarter")


def half_of(year: int, number: int) -> Stretch:
    last = date(year, 6, 30) if number == 1 else date(year, 12, 31)
    return Stretch(date(year, 1 if number == 1 else 7, 1), last, f"{year}-H{number}", "half")


def season_of(year: int, code: str) -> Stretch:
    """Meteorological seasons; winter is that which begins in December of the year."""
    month = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[code]
    last = month_of(year + (month == 12), (month + 1) % 12 + 1 if month != 12 else 2).last
    return Stretch(date(year, month, 1), last, f"{year}-{code}", "season")


def decade_of(tens: int) -> Stretch:
    """`tens` is the year without its last digit: 199 for the nineties."""
    return Stretch(date(tens * 10, 1, 1), date(tens * 10 + 9, 12, 31), str(tens), "decade")


def add_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def part_of(stretch: Stretch, part: str) -> Stretch:
    """أوائل: days 1-10; منتصف: 11-20; أواخر: 21 to the end, of a month; thirds of a year; the plain value is kept."""
    if stretch.first is None or stretch.last is None:
        return stretch
    first, last = stretch.first, stretch.last
    if stretch.granularity == "month":
        bounds = {"first": (1, 10), "mid": (11, 20), "last": (21, last.day)}[part]
        return stretch._replace(first=first.replace(day=bounds[0]), last=last.replace(day=bounds[1]), granularity="span")
    if stretch.granularity == "year":
        months = {"first": (1, 4), "mid": (5, 8), "last": (9, 12)}[part]
        end = month_of(first.year, months[1]).last
        return stretch._replace(first=date(first.year, months[0], 1), last=end, granularity="span")
    return stretch
