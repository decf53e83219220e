"""Rules for weekdays, relative days and parts of the day."""

from tasks.normalize.dates.days import Read, ends, full_day
from tasks.normalize.dates.nodes import Dated, DayOfMonth, Interval, Near, Node, That, TimeOfDay, Unit, Weekday
from tasks.normalize.dates.parts import DayOrNth, Nth
from tasks.normalize.dates.reader import COMMAS, DASHES, OPENING, Reader


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
    if entry.row == "eve" and full_day(r, j) is not None:
        return None  # the day before it
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
