"""Rules for days: full dates, numeric dates, weekdays, relative days, parts of the day."""

from tasks.normalize.dates.nodes import (
    Dated,
    DayOfMonth,
    Interval,
    Near,
    Node,
    That,
    TimeOfDay,
    Unit,
    Weekday,
    Year,
)
from tasks.normalize.dates.reader import COMMAS, DASHES, OPENING, Reader
from tasks.normalize.dates.spans import DayOrNth, Nth

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


def weekday_at(r: Reader, i: int) -> tuple[int, int] | None:
    """A weekday name with its article, or without it right after يوم or a part of the day."""
    entry = r.entry(i, "weekday")
    if entry is not None:
        return i + 1, int(entry.value)
    return None


def relative_day(r: Reader, i: int) -> Read:
    """أمس, أول من أمس, أمس الأول, بعد غد, غدا, اليوم, البارحة; then weekday, another word for it, or its date."""
    j = i + 1 if r.is_unit(i, "day") and r.entry(i + 1, "relative") is not None and not r.is_unit(i + 1, "day") else i
    found = _relative(r, j)
    if found is None:
        return None
    j, steps = found
    node: Node = Unit("day", steps)
    bracket = OPENING.get(r.key(j), "")
    inner = _relative(r, j + 1) if bracket else None
    if inner is not None and r.key(inner[0]) == bracket:  # «اليوم (أمس)»: the paper turns a quoted word to its own day
        return inner[0] + 1, Unit("day", inner[1])
    weekday = weekday_at(r, j + 1 if bracket else j)
    if weekday is not None and (not bracket or r.key(weekday[0]) == bracket):
        j, node = weekday[0] + bool(bracket), Near(node, weekday[1])
        dated = full_day(r, r.skip_link(r.skip(j, COMMAS), "same", "in"), weekday[1])
        return dated if dated is not None else (j, node)
    dated = full_day(r, r.skip_link(r.skip(j, COMMAS | frozenset("(")), "same"))
    if dated is not None and isinstance(dated[1], Dated):
        return r.skip(dated[0], frozenset(")")), dated[1]
    return j, node


def _relative(r: Reader, i: int) -> tuple[int, int] | None:
    ordinal = r.entry(i, "number")
    if ordinal is not None and ordinal.value == "1" and ordinal.kind == "ordinal":
        j = r.skip_link(i + 1, "of")
        entry = r.entry(j, "relative")
        return (j + 1, -2) if entry is not None and entry.value == "-1" else None
    for link, steps, value in (("after", 2, "1"), ("before", -2, "-1")):
        entry = r.entry(i + 1, "relative") or r.entry(i + 1, "relative_first")
        if r.link(i, link) and entry is not None and entry.value == value:
            return i + 2, steps
    entry = r.entry(i, "relative") or (r.entry(i, "relative_first") if i == 0 or r.is_unit(i - 1, "day") else None)
    if entry is None:
        return None
    following = r.entry(i + 1, "number")
    if following is not None and following.kind == "ordinal" and entry.value == "0":
        return None  # اليوم الثاني counts days of something
    if entry.value == "-1" and following is not None and following.row == "ordinal-1" and following.has_article:
        return i + 2, -2
    return i + 1, int(entry.value)


def weekday(r: Reader, i: int) -> Read:
    """[يوم] weekday, then a direction, its week, its date or its number in the month."""
    j, led = i, False
    if r.is_unit(i, "day") or r.is_pair(i, "day"):
        j, led = i + 1, True
    j = j + 1 if (is_this := r.entry(j, "this") is not None) else j
    found = weekday_at(r, j)
    if found is None and not is_this:
        bare = r.entry(j, "bare_weekday")
        after = (
            week_by_words(r, j + 1) if bare is not None and (led or bare.row != "weekday-7" or r.is_unit(j + 1, "week")) else None
        )
        return (after[0], Weekday(int(bare.value), None, after[1])) if bare is not None and after is not None else None
    if found is None:
        return None
    j, number = found
    pair = _pair(r, i, j, number)
    if pair is not None:
        return pair
    return _after_weekday(r, j, number) or (j, Weekday(number, 0 if is_this else None))


def _pair(r: Reader, i: int, j: int, number: int) -> Read:
    """ليل الخميس - الجمعة, يومي السبت والأحد."""
    following = r.entry(j, "weekday")
    dashed = r.entry(j + 1, "weekday") if r.key(j) in DASHES else None
    joined = following is not None and (r.is_pair(i, "day") if "و" in following.front else r.entry(i - 1, "day_part") is not None)
    second = dashed or (following if joined else None)
    if second is None:
        return None
    end = j + (2 if dashed else 1)
    direction = r.direction(end)
    last = Weekday(int(second.value), direction[1] if direction else None)
    return direction[0] if direction else end, Interval(Weekday(number), last)


def week_by_words(r: Reader, i: int) -> Read:
    """[من] الأسبوع الماضي, هذا الأسبوع."""
    j = r.skip_link(i, "of", "in")
    if r.is_unit(j, "week"):
        direction = r.direction(j + 1)
        return (direction[0], Unit("week", direction[1], direction[2])) if direction is not None else None
    if r.entry(j, "this") is not None and r.is_unit(j + 1, "week"):
        return j + 2, Unit("week", 0)
    return None


def _after_weekday(r: Reader, j: int, number: int) -> Read:
    direction = r.direction(j)
    k = direction[0] if direction is not None else j
    week = week_by_words(r, j)
    if week is not None:
        return week[0], Weekday(number, None, week[1])
    k = r.skip(k, COMMAS | DASHES | frozenset("("))
    k = r.skip_link(k, "same", "in")
    dated = full_day(r, k, number)
    ordinal = r.ordinal(k) if k == j else None
    if ordinal is not None and 1 <= ordinal[1] <= 5 and ends(r, ordinal[0]):
        return None
    if ordinal is not None and 1 <= ordinal[1] <= 5 and dated is not None and isinstance(dated[1], Dated):
        month = dated[1]
        whole = Dated(month.month, month.calendar, None, month.year, month.direction)
        return dated[0], DayOrNth(month, Nth(ordinal[1], str(number), whole), number)
    if dated is not None and not isinstance(dated[1], Interval):
        return r.skip(dated[0], frozenset(")")) if "(" in (r.key(j), r.key(k - 1)) else dated[0], dated[1]
    if direction is not None:
        return direction[0], Weekday(number, direction[1])
    day = r.day(r.skip_link(j, "in"))
    if day is not None and ends(r, day[0]):
        return day[0], DayOfMonth(day[1], None, number)
    return None


def day_part(r: Reader, i: int) -> Read:
    """Part of a day with its day: فجر أمس, بعد ظهر الاثنين المقبل, منتصف ليل الخميس - الجمعة, هذا المساء, الليلة الماضية."""
    j = i
    while (r.entry(j, "part") is not None or r.link(j, "after", "before")) and j < i + 2:
        j += 1
    is_this = r.entry(j, "this") is not None
    entry = r.entry(j + is_this, "day_part")
    if entry is None:
        return None
    j += is_this + 1
    code = entry.value
    if is_this:
        return (j, TimeOfDay(code, Unit("day", 0))) if entry.kind != "era" else None
    if r.entry(j - 1, "relative_night") is not None:
        direction = r.direction(j)
        if direction is not None:
            return direction[0], TimeOfDay(code, Unit("day", direction[1]))
        if entry.has_article and j - 1 == i:
            return j, TimeOfDay(code, Unit("day", 0))
    found = any_day(r, r.skip_link(j, "of")) if not entry.has_article else None
    return (found[0], TimeOfDay(code, found[1])) if found is not None else None


def any_day(r: Reader, i: int) -> Read:
    """A day told in any way."""
    return full_day(r, i) or earlier_day(r, i) or relative_day(r, i) or weekday(r, i)


def earlier_day(r: Reader, i: int) -> Read:
    """اليوم التالي, اليوم السابق, اليوم الماضي, ذلك اليوم, اليوم نفسه, هذا اليوم."""
    for category in ("this", "that"):
        if r.entry(i, category) is not None and r.is_plain_unit(i + 1, "day"):
            return i + 2, Unit("day", 0) if category == "this" else That("day")
    if not r.is_unit(i, "day") or not r.entry(i, "unit").has_article:  # type: ignore[union-attr]
        return None
    if r.entry(i + 1, "same") is not None:
        return i + 2, That("day")
    direction = r.direction(i + 1)
    return (direction[0], Unit("day", direction[1], direction[2])) if direction is not None else None
