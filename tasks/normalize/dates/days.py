"""Rules for full dates: day and month in words and digits, numeric dates."""

from tasks.normalize.dates.nodes import (
    Dated,
    DayOfMonth,
    Interval,
    Node,
    That,
    Unit,
    Year,
)
from tasks.normalize.dates.reader import COMMAS, DASHES, Reader

Read = tuple[int, Node] | None


def month_and_day(r: Reader, i: int, weekday: int | None = None) -> Read:
    """Day month [year]: 24 يوليو (تموز) 1995, الثامن من مايو, يومي 10 و11 أبريل الجاري, 12 إلى 15 من الشهر الجاري."""
    first = r.day(i)
    if first is None:
        return None
    j, day = first
    last = _second_day(r, j)
    if last is not None:
        j = last[0]
    found = _month_of_day(r, j, day, weekday)
    if found is None:
        return None
    if last is not None:
        second = _month_of_day(r, j, last[1], None)
        if second is not None:
            return found[0], Interval(found[1], second[1])
    return found


def _second_day(r: Reader, i: int) -> tuple[int, int] | None:
    """The end of a run of days: 10 و11, 13-15, 12 إلى 15, الثالث والعشرون وحتى السادس والعشرين."""
    joined = r.key(i) in ("-", "و") or r.key(i) in COMMAS or r.link(i, "to")
    number = r.entry(i, "number")
    if joined:
        i += 1
    elif number is None or "و" not in number.front:
        return None
    return r.day(i)


def _month_of_day(r: Reader, i: int, day: int, weekday: int | None) -> Read:
    j = r.skip(i, frozenset("-/,،"))
    of = r.link(j, "of")
    j = r.skip_link(j, "of")
    month = r.month(j)
    if month is not None:
        return _dated(r, month[0], month[1], month[2], day, weekday)
    relative = month_by_words(r, j)
    if relative is not None and (of or r.at(i).key == "("):
        return relative[0], DayOfMonth(day, relative[1], weekday)
    return None


def month_by_words(r: Reader, i: int) -> Read:
    """الشهر المقبل, هذا الشهر, ذلك الشهر, الشهر نفسه."""
    if r.is_unit(i, "month"):
        direction = r.direction(i + 1)
        if direction is not None:
            return direction[0], Unit("month", direction[1], direction[2])
        return (i + 2, That("month")) if r.entry(i + 1, "same") is not None else None
    for category in ("this", "that"):
        if r.entry(i, category) is not None and r.is_plain_unit(i + 1, "month"):
            return i + 2, Unit("month", 0) if category == "this" else That("month")
    return None


def _dated(r: Reader, i: int, month: int, calendar: str, day: int | None, weekday: int | None) -> tuple[int, Node]:
    """The tail of a date: a year or a direction; what follows an equals sign (الموافق) stays outside."""
    year = r.year(i, after_month=True)
    if year is not None and not (isinstance(year[1], Year) and r.is_counted(year[0])):
        node = year[1]
        if isinstance(node, Year) and node.calendar == "either":
            node = Year(node.number, calendar)
        return year[0], Dated(month, calendar, day, node)
    direction = r.direction(i)
    if direction is not None:
        return direction[0], Dated(month, calendar, day, None, direction[1], weekday)
    return i, Dated(month, calendar, day, None, None, weekday)


def month_then_day(r: Reader, i: int) -> Read:
    """Month day [year]: أكتوبر 2, يوليو 13-15, تموز 13 الى 15."""
    month = r.month(i)
    if month is None or r.entry(i, "unit") is not None:
        return None
    j = r.skip(month[0], DASHES)
    first = r.day(j)
    if first is None or r.at(j).number is None or _is_amount(r, first[0]):
        return None
    last = _second_day(r, first[0])
    if last is not None and not _is_amount(r, last[0]):
        end, second = _dated(r, last[0], month[1], month[2], last[1], None)
        return end, Interval(_like(second, first[1]), second)
    return _dated(r, first[0], month[1], month[2], first[1], None)


def _like(node: Node, day: int) -> Node:
    return Dated(node.month, node.calendar, day, node.year, node.direction) if isinstance(node, Dated) else node


def day_alone(r: Reader, i: int) -> Read:
    """يوم 27: a day whose month is not said."""
    number = r.digits(i + 1) if r.is_unit(i, "day") else None
    if number is None or not 1 <= number <= 31 or not ends(r, i + 2):
        return None
    return i + 2, DayOfMonth(number, None)


def ends(r: Reader, i: int) -> bool:
    """Does the text or clause end at i, so that a number before it counts nothing?"""
    return r.at(i).end < 0 or r.key(i) in ".،؟!)"


def _is_amount(r: Reader, i: int) -> bool:
    """Is the number before i the count of something (a word follows), not a day?"""
    if r.is_counted(i) or r.key(i) == ":":
        return True
    lexeme = r.at(i)
    return lexeme.end > 0 and lexeme.key.isalpha() and not lexeme.entries and not lexeme.key.startswith("ال")


def numeric(r: Reader, i: int, weekday: int | None = None) -> Read:
    """1/9/2008, 2016-04-21, 4.22.2016, 3-2015; two numbers alone (22/4) only after a word that goes with days."""
    number = r.at(i).number
    sign = r.key(i + 1)
    if number is None or sign not in ("/", "-", ".") or r.at(i + 2).number is None:
        return None
    if not (r.touches(i) and r.touches(i + 1)):
        return None
    second = r.at(i + 2).number or 0
    third = r.at(i + 4).number
    if third is not None and r.key(i + 3) == sign and r.touches(i + 2) and r.touches(i + 3):
        node = _three(number, second, third, len(r.at(i).text), len(r.at(i + 4).text))
        return (i + 5, node) if node is not None else None
    if r.digits(i) is None and sign == ".":
        return None
    return _two(r, i, number, second, sign, weekday)


def _three(a: int, b: int, c: int, width_a: int, width_c: int) -> Node | None:
    if width_a == 4:
        year, month, day = a, b, c
    elif width_c == 4 or width_c == 2:
        year, month, day = (c if width_c == 4 else c + (1900 if c > 50 else 2000)), b, a
    else:
        return None
    if month > 12:
        month, day = day, month
    calendar = "hijri" if year < 1500 else "gregorian"
    return Dated(month, calendar, day, Year(year, calendar)) if 1 <= month <= 12 and 1 <= day <= 31 and year > 1000 else None


def _two(r: Reader, i: int, a: int, b: int, sign: str, weekday: int | None) -> Read:
    if len(r.at(i + 2).text) == 4 and 1 <= a <= 12 and 1500 < b < 2200:
        return i + 3, Dated(a, "gregorian", None, Year(b))
    if len(r.at(i).text) == 4 and 1 <= b <= 12 and 1500 < a < 2200:
        return i + 3, Dated(b, "gregorian", None, Year(a))
    led = r.link(i - 1, "in", "since", "to", "same", "on") or r.entry(i - 1, "weekday") or r.is_unit(i - 1, "day")
    if not led or sign == "." or r.is_counted(i + 3) or r.at(i + 3).number is not None or r.entry(i + 3, "day_part"):
        return None
    day, month = (a, b) if b <= 12 else (b, a)
    return (i + 3, Dated(month, "gregorian", day, weekday=weekday)) if 1 <= day <= 31 and 1 <= month <= 12 else None


def full_day(r: Reader, i: int, weekday: int | None = None) -> Read:
    """A date with day and month in any shape, يوم before it allowed."""
    j = i
    if r.is_unit(j, "day") or r.entry(j, "pair") is not None:
        j += 1
    return month_and_day(r, j, weekday) or numeric(r, j, weekday) or (month_then_day(r, j) if weekday is None or j > i else None)
