"""Rules for numbers of units, the n-th of something, and parts of a stretch."""

from tasks.normalize.dates.days import Read, ends
from tasks.normalize.dates.nodes import Dated, Node, Unit
from tasks.normalize.dates.parts import FirstUnits, Moment, Nth, Part
from tasks.normalize.dates.periods import container, month_tail
from tasks.normalize.dates.reader import Reader
from tasks.normalize.dates.spans import Units
from tasks.normalize.dates.weekdays import any_day, day_part, weekday_at


def units(r: Reader, i: int) -> Read:
    """السنوات الخمس الماضية, الشهرين الأخيرين, الـ48 ساعة المقبلة, آخر ثلاثة أشهر, الأيام القليلة الماضية."""
    last = r.entry(i, "number")
    if last is not None and last.kind == "last":
        counted = count_of_units(r, i + 1)
        return (counted[0], Units(counted[1][0], counted[1][1], -1)) if counted is not None and counted[1][1] > 1 else None
    entry = r.entry(i, "unit")
    if entry is None:
        j = i + 1 if r.key(i) == "ال" else i
        number = r.cardinal(j)
        entry = r.entry(number[0], "unit") if number is not None else None
        if number is None or entry is None:
            return None
        direction = _plural_direction(r, number[0] + 1)
        return (direction[0], Units(entry.value, number[1], direction[1])) if direction is not None else None
    if entry.kind == "1" or not entry.has_article or entry.value == "minute":
        return _hours(r, i) if entry.value == "hour" and entry.has_article else None
    return _plural(r, i, entry.value, int(entry.kind) if entry.kind.isdigit() else None)


def _hours(r: Reader, i: int) -> Read:
    return _plural(r, i, "hour", None)


def _plural(r: Reader, i: int, name: str, number: int | None) -> Read:
    j = i + 1
    if number is None:
        found = r.cardinal(j)
        if found is not None:
            j, number = found
        elif r.entry(j, "vague") is not None:
            j += 1
    direction = _plural_direction(r, j)
    if direction is not None:
        return direction[0], Units(name, number, direction[1])
    ordinal = r.ordinal(j)
    if ordinal is not None and ordinal[1] == 1 and number is not None:
        whole = container(r, r.skip_link(ordinal[0], "of", "in"))
        return (whole[0], FirstUnits(name, number, whole[1])) if whole is not None else None
    return None


def _plural_direction(r: Reader, i: int) -> tuple[int, int] | None:
    i = i + 1 if r.entry(i, "vague") is not None else i
    entry = r.entry(i, "direction")
    return (i + 1, int(entry.value)) if entry is not None and entry.value != "0" and entry.has_article else None


def count_of_units(r: Reader, i: int) -> tuple[int, tuple[str, int]] | None:
    """A number with its unit: ثلاثة أيام, 43 عاما, يومين, شهر واحد, أسبوع."""
    number = r.cardinal(i)
    if number is not None:
        entry = r.entry(number[0], "unit")
        if entry is None or (entry.has_article and entry.kind == "1") or entry.value == "minute":
            return None
        return number[0] + 1, (entry.value, number[1])
    entry = r.entry(i, "unit")
    if entry is None or entry.has_article or entry.kind == "p" or entry.value == "minute":
        return None
    if entry.kind == "1" and _is_named(r, i, entry.value):
        return None
    one = r.entry(i + 1, "number")
    single = entry.kind == "1" and one is not None and one.row == "cardinal-1" and "و" not in one.front
    return i + 1 + single, (entry.value, int(entry.kind))


def _is_named(r: Reader, i: int, unit: str) -> bool:
    """Is the unit at i the head of a name, not counted: يوم الجمعة, يوم أمس, عام 2014, شهر مايو?"""
    following = r.at(i + 1)
    if following.number is not None:
        return True
    named = {"day": ("weekday", "relative"), "month": ("month", "month_first"), "year": ("number",)}.get(unit, ())
    if unit == "year" and (words := r.cardinal(i + 1)) is not None and words[1] < 1000:
        return False
    return any(category in following.entries for category in named)


def nth(r: Reader, i: int) -> Read:
    """أول يوم جمعة في هذا الشهر, الأسبوع الأخير من يوليو, ثالث ثلاثاء من أيلول 2014, آخر يوم في العام."""
    ordinal = r.ordinal(i)
    if ordinal is not None:
        j, number = ordinal
        j = j + 1 if r.is_unit(j, "day") and (r.entry(j + 1, "bare_weekday") or r.entry(j + 1, "weekday")) else j
        named = _nth_unit(r, j)
        j += 1
    else:
        j = i + 1 if r.is_unit(i, "day") and r.entry(i + 1, "weekday") is not None else i
        named = _nth_unit(r, j) if r.at(j).entries else None
        ordinal = r.ordinal(j + 1) if named is not None else None
        if ordinal is None:
            return None
        j, number = ordinal
    if named is None or number > (53 if named == "week" else 31):
        return None
    whole = container(r, r.skip_link(j, "of", "in"))
    if whole is None and named.isdigit() and number <= 5 and not r.ordinal(i):
        return (j, Nth(number, named, Unit("month", 0))) if ends(r, j) else None
    return (whole[0], Nth(number, named, whole[1])) if whole is not None else None


def _nth_unit(r: Reader, i: int) -> str | None:
    for category in ("weekday", "bare_weekday"):
        entry = r.entry(i, category)
        if entry is not None:
            return entry.value
    return "day" if r.is_unit(i, "day") else "week" if r.is_unit(i, "week") else None


def part(r: Reader, i: int) -> Read:
    """أوائل مايو, منتصف الشهر الماضي, نهاية عام 2000, مطلع الأسبوع, بقية هذا اليوم, أواخر التسعينيات."""
    entry = r.entry(i, "part")
    first = r.entry(i, "number")
    if entry is None and first is not None and first.row == "ordinal-1" and not first.has_article:
        found = r.month(i + 1)
        if found is None or not found[3]:
            return None
        end, node = month_tail(r, found[0], found[1], found[2])
        return end, Dated(node.month, node.calendar, 1, node.year, node.direction)
    if entry is None or (entry.has_article and not r.link(i + 1, "of")):
        return None
    j = r.skip_link(i + 1, "of", "in")
    whole = container(r, j)
    if whole is not None:
        return whole[0], Part(entry.row, whole[1])
    if r.is_unit(j, "week") and r.entry(j, "unit").has_article:  # type: ignore[union-attr]
        return j + 1, Part(entry.row, Unit("week", 0), has_direction=entry.value == "REST")
    day = any_day(r, j) if entry.value in ("END", "START", "REST") else None
    return (day[0], day[1]) if day is not None and (r.is_unit(j, "day") or weekday_at(r, j) or entry.value == "REST") else None


def moment(r: Reader, i: int) -> Read:
    """وقت سابق من هذا الشهر, ساعة متأخرة من مساء الخميس, لاحقا في هذا الأسبوع."""
    j = i + 1 if r.entry(i, "moment") is not None else i
    kind = r.entry(j, "moment_kind")
    if kind is None or (j == i and kind.value != "future"):
        return None
    j = r.skip_link(j + 1, "of", "in")
    whole: tuple[int, Node] | None = container(r, j) or day_of_moment(r, j)
    return (whole[0], Moment(kind.value, whole[1])) if whole is not None else None


def day_of_moment(r: Reader, i: int) -> Read:
    return day_part(r, i) or any_day(r, i)
