"""What a date phrase is, and stretches of days with their TIMEX3 values.

TIMEX3: Pustejovsky et al., TimeML 1.2.1 (2003-10-23 a day, 2003-W43 an ISO week, 2003-10, 2003, 200 a decade, 2003-Q4, 2003-SU).
"""

import calendar
from datetime import date, timedelta
from typing import NamedTuple


class DatePhrase(NamedTuple):
    """One date phrase of a text.

    `start`, `end`: characters of the text. `value`: TIMEX3 value. `first_day`, `last_day`: inclusive; all three None when open.
    `granularity`: day, week, weekend, month, quarter, half, season, year, decade, century or span.
    `method`: absolute (the phrase says all), relative (to the anchor), weekday, reference (to an earlier date of the text),
    event (named after its day) or open (not resolved).
    `is_certain`: False where a rule had to choose, as for a month without a year.
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
    """A resolved stretch of days; `first` and `last` are None when open."""

    first: date | None
    last: date | None
    value: str | None
    granularity: str
    method: str = "absolute"
    is_certain: bool = True


OPEN = Stretch(None, None, None, "day", "open", False)
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}  # first month; meteorological
HOURS_OF_DAY = 24


def day_of(day: date, method: str = "absolute", certain: bool = True, day_part: str = "") -> Stretch:
    value = f"{day.isoformat()}T{day_part}" if day_part else day.isoformat()
    return Stretch(day, day, value, "day", method, certain)


def month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def month_of(year: int, month: int, method: str = "absolute", certain: bool = True) -> Stretch:
    return Stretch(date(year, month, 1), month_end(year, month), f"{year:04d}-{month:02d}", "month", method, certain)


def year_of(year: int, method: str = "absolute", certain: bool = True) -> Stretch:
    return Stretch(date(year, 1, 1), date(year, 12, 31), f"{year:04d}", "year", method, certain)


def years_of(first: int, count: int, method: str = "absolute", certain: bool = True) -> Stretch:
    """A decade (count 10) or century (count 100) that begins in the year `first`."""
    value = str(first // count) if count in (10, 100) else None
    granularity = "decade" if count == 10 else "century"
    return Stretch(date(first, 1, 1), date(first + count - 1, 12, 31), value, granularity, method, certain)


def week_of(day: date, method: str = "relative") -> Stretch:
    """The ISO week (Monday to Sunday) of a day."""
    first = day - timedelta(days=day.weekday())
    year, week, _ = day.isocalendar()
    return Stretch(first, first + timedelta(days=6), f"{year}-W{week:02d}", "week", method)


def weekend_of(day: date, method: str = "relative", certain: bool = True) -> Stretch:
    """Saturday and Sunday of the ISO week of a day."""
    week = week_of(day)
    if week.first is None:
        return OPEN
    return Stretch(week.first + timedelta(days=5), week.last, f"{week.value}-WE", "weekend", method, certain)


def fraction_of(year: int, kind: str, number: int) -> Stretch:
    """Quarter 1-4 or half 1-2 of a year."""
    months = 3 if kind == "quarter" else 6
    end = number * months
    return Stretch(date(year, end - months + 1, 1), month_end(year, end), f"{year}-{'Q' if months == 3 else 'H'}{number}", kind)


def season_of(year: int, code: str, method: str = "absolute") -> Stretch:
    """Meteorological season; winter is that which begins in December of the year."""
    first = date(year, SEASONS[code], 1)
    return Stretch(first, add_months(first, 3) - timedelta(days=1), f"{year}-{code}", "season", method)


def add_months(day: date, months: int) -> date:
    """The same day of another month, or its last day when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def shift(day: date, unit: str, count: int) -> date:
    """Return the day `count` units later (earlier when negative).

    Raises:
        ValueError, OverflowError: the day lies outside the calendar.
    """
    if unit == "hour":
        return day + timedelta(days=int(count / HOURS_OF_DAY))
    if unit in ("day", "week"):
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    return add_months(day, count * {"month": 1, "year": 12, "decade": 120, "century": 1200}[unit])


def unit_around(day: date, unit: str, method: str = "relative") -> Stretch:
    """The day, week, month, year, decade or century that holds `day`."""
    if unit == "week":
        return week_of(day, method)
    if unit == "month":
        return month_of(day.year, day.month, method)
    if unit == "year":
        return year_of(day.year, method)
    if unit in ("decade", "century"):
        count = 10 if unit == "decade" else 100
        return years_of(day.year // count * count, count, method)
    return day_of(day, method)


def between(first: Stretch, last: Stretch) -> Stretch:
    """From the first day of one stretch to the last day of another; open when either is or they are the wrong way round."""
    if first.first is None or last.last is None or first.first > last.last:
        return OPEN
    certain = first.is_certain and last.is_certain
    method = first.method if first.method == last.method else "relative"
    return Stretch(first.first, last.last, f"{first.value}/{last.value}", "span", method, certain)


def span(first: date, last: date, method: str = "relative", certain: bool = True) -> Stretch:
    return Stretch(first, last, f"{first.isoformat()}/{last.isoformat()}", "span", method, certain)
