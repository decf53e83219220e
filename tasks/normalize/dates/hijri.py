"""Days, months and years of the Hijri calendar (Umm al-Qura tables of hijridate, 1343 to 1500)."""

from collections.abc import Callable
from datetime import date, timedelta

from hijridate import Gregorian, Hijri

from tasks.normalize.dates.model import OPEN, Stretch, day_of
from tasks.normalize.dates.numbers import day_number
from tasks.normalize.dates.reader import Found, Reader
from tasks.normalize.dates.words import date_words


def hijri_day(r: Reader, i: int, j: int, conversion: Callable[[Reader, int], int]) -> Found | None:
    """«15 رمضان 1443هـ الموافق 16 أبريل 2022», «شهر رمضان», «محرم 1444»; a bare name may be a person and is passed over.

    `i`: where the phrase begins, `j`: where the day stands; `conversion` reads a Gregorian day after it.
    """
    day = day_number(r, j)
    k = r.skip(day[1], "من") if day is not None else j
    headed = r.is_unit(k, "month")
    k += headed
    if not r.has(k, "hijri") or r.is_trap_word(k + 1, "next"):
        return None
    month, k = int(r.value(k, "hijri")), k + 1
    year, k, method, certain = _year(r, month, k, day is not None or headed)
    if year is None:
        return None
    try:
        return Found(i, conversion(r, k), _stretch(year, month, day[0] if day else None, method, certain))
    except (ValueError, OverflowError):
        return Found(i, conversion(r, k), OPEN)


def _year(r: Reader, month: int, k: int, is_sure: bool) -> tuple[int | None, int, str, bool]:
    """(Hijri year or None, next place, method, is it certain?) after the name of a month."""
    y = k + r.is_unit(k, "year")
    number = r.number(y)
    if r.is_numeral(y) and number is not None and 1200 < number < 1600:
        return number, r.skip(r.skip(y + 1, *date_words().traps["hijri_mark"]), "للهجره"), "absolute", True
    direction = r.direction(k)
    if not is_sure and direction is None:
        return None, k, "", False
    if not date(1925, 1, 1) < r.anchor < date(2076, 1, 1):
        return None, k, "", False
    year, this_month, _ = Gregorian(r.anchor.year, r.anchor.month, r.anchor.day).to_hijri().datetuple()
    if direction is not None and direction[0]:
        passed = month < this_month if direction[0] < 0 else month <= this_month
        return year + (passed - 1 if direction[0] < 0 else passed), direction[1], "relative", True
    if r.looks_ahead(k):
        return year + (month < this_month), k, "relative", False
    return year - (month > this_month), direction[1] if direction else k, "relative", False


def _stretch(year: int, month: int, day: int | None, method: str, certain: bool) -> Stretch:
    if day is not None:
        return day_of(date(*Hijri(year, month, day).to_gregorian().datetuple()), method, certain)
    first = Hijri(year, month, 1)
    start = date(*first.to_gregorian().datetuple())
    end = start + timedelta(days=first.month_length() - 1)
    return Stretch(start, end, f"{start}/{end}", "month", method, certain)


def hijri_year(r: Reader, i: int) -> Found | None:
    """«عام 1443هـ»."""
    j = i + r.is_unit(i, "year")
    number = r.number(j)
    if number is None or not 1300 <= number <= 1500 or r.key(j + 1) not in date_words().traps["hijri_mark"]:
        return None
    try:
        first = date(*Hijri(number, 1, 1).to_gregorian().datetuple())
        last = date(*Hijri(number + 1, 1, 1).to_gregorian().datetuple()) - timedelta(days=1)
    except (ValueError, OverflowError):
        return Found(i, j + 2, OPEN)
    return Found(i, j + 2, Stretch(first, last, f"{first}/{last}", "year"))
