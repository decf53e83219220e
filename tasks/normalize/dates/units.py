"""Units of time: this week, last month, the last five years, three days ago, two days after another date."""

from datetime import date, timedelta

from tasks.normalize.dates.model import (
    OPEN, Stretch, add_months, day_of, decade_of, month_of, week_of, year_of,
)  # fmt: skip
from tasks.normalize.dates.numbers import count, year_after
from tasks.normalize.dates.reader import Found, Reader
from tasks.normalize.dates.words import date_words

LETTERS = {"year": "Y", "month": "M", "week": "W", "day": "D"}
MONTHS = {"month": 1, "year": 12, "decade": 120}
SMALLEST = ("day", "week", "month", "year", "decade")
SATURDAY = 5
VAGUE = 3  # «الأيام الماضية» without a number is taken as about three


def unit(r: Reader, i: int) -> Found | None:
    """الأسبوع الماضي, هذا العام, الشهر الجاري, الأسبوع بعد المقبل, عطلة نهاية الأسبوع, هذا المساء."""
    this = r.has(i, "this") and r.value(i, "this") == "0"
    if this and r.has(i + 1, "daypart"):
        return Found(i, i + 2, day_of(r.anchor, "relative"))
    j = i + this
    name = r.value(j, "unit")
    if not name or r.has(j, "dual") or r.has(j, "plural") or r.has(j, "counted") or is_general(r, j):
        return None
    if this:
        return _found(i, j + 1, shifted(r, name, 0))
    direction = r.direction(j + 1)
    if direction is None:
        return Found(i, j + 1, _weekend(r, 0)) if name == "weekend" else None
    if name == "day":
        return _next_day(r, i, direction)
    if r.key(j + 1) == "الجديد":
        return _found(i, direction[1], shifted(r, name, _new(r, name)))
    return _found(i, direction[1], shifted(r, name, direction[0]))


def _found(i: int, j: int, stretch: Stretch | None) -> Found | None:
    return Found(i, j, stretch) if stretch is not None else None


def is_general(r: Reader, j: int) -> bool:
    """العام after الأمين, المدعي, الرأي is the adjective."""
    return r.is_unit(j, "year") and r.is_trap_word(j - 1, "general")


def _new(r: Reader, name: str) -> int:
    """«العام الجديد» is near: the coming one in the last months of a year, the current one after."""
    return 1 if name == "year" and r.anchor.month > 9 else 0


def _next_day(r: Reader, i: int, direction: tuple[int, int]) -> Found | None:
    """«في اليوم التالي»: from the date told before in the text, else from the anchor; unresolved where neither is meant."""
    shift, last = direction
    told = r.last_date() if r.is_trap_word(last - 1, "from_text") else None
    if told is not None and told.first is not None and told.last is not None:
        base = told.last if shift > 0 else told.first
        return Found(i, last, day_of(base + timedelta(days=shift), "reference", False))
    if shift > 0 and not r.looks_ahead(i) and r.key(last - 1) in ("التالي", "التاليه"):
        return Found(i, last, OPEN)
    return Found(i, last, day_of(r.anchor + timedelta(days=shift), "relative"))


def shifted(r: Reader, name: str, shift: int) -> Stretch | None:
    """The unit `name` of the anchor (0) or of `shift` units away."""
    if name == "day":
        return day_of(r.anchor + timedelta(days=shift), "relative")
    if name == "week":
        return week_of(r.anchor + timedelta(weeks=shift))
    if name == "weekend":
        return _weekend(r, shift)
    if name == "month":
        first = add_months(r.anchor.replace(day=1), shift)
        return month_of(first.year, first.month, "relative")
    if name == "year":
        return year_of(r.anchor.year + shift, "relative")
    return decade_of(r.anchor.year // 10 + shift)._replace(method="relative") if name == "decade" else None


def _weekend(r: Reader, shift: int) -> Stretch:
    """Saturday and Sunday: of the anchor's ISO week, or the latest begun one where the clause does not look ahead."""
    saturday = r.anchor - timedelta(days=r.anchor.weekday()) + timedelta(days=SATURDAY, weeks=shift)
    if saturday > r.anchor and shift == 0 and not r.looks_ahead(len(r.lexemes) - 1):
        saturday -= timedelta(weeks=1)
    return weekend_of(saturday)


def weekend_of(saturday: date) -> Stretch:
    year, week, _ = saturday.isocalendar()
    return Stretch(saturday, saturday + timedelta(days=1), f"{year}-W{week:02d}-WE", "weekend", "relative")


def span_of_units(r: Reader, i: int) -> Found | None:
    """السنوات الخمس الماضية, الأيام القليلة المقبلة, (15) عاما الماضية, آخر ثلاثة أيام, الأشهر التسعة الأولى من العام."""
    j = i + (r.key(i) == "اخر")
    before = count(r, j)
    if before is not None and r.has(before[1], "unit"):
        number, j = before
    elif j > i and not r.has(j, "dual"):
        return None
    else:
        number = 2 if r.has(j, "dual") else None  # type: ignore[assignment]
    name = r.value(j, "unit")
    if name not in SMALLEST or not (r.has(j, "dual") or r.has(j, "plural") or before is not None and j > i):
        return None
    if r.key(i) == "اخر":
        return _span(r, i, j + 1, name, number, -1)
    k = j + 1
    if (after := count(r, k)) is not None and number is None:
        number, k = after
    k = r.skip(k, *date_words().traps["several"])
    direction = r.direction(k)
    if direction is not None:
        return _span(r, i, direction[1], name, number, direction[0])
    return _first_months(r, i, k, number) if name == "month" else None


def _span(r: Reader, i: int, j: int, name: str, number: int | None, direction: int) -> Found:
    """A stretch that ends (-1) or begins (1) at the anchor."""
    other = moved(r.anchor, name, number or VAGUE, 1 if direction > 0 else -1)
    first, last = (r.anchor, other) if direction > 0 else (other, r.anchor)
    value = f"P{number}{LETTERS[name]}" if number and name in LETTERS else None
    return Found(i, j, Stretch(first, last, value, "span", "relative", number is not None))


def _first_months(r: Reader, i: int, k: int, number: int | None) -> Found | None:
    """«الأشهر التسعة الأولى من العام الحالي»."""
    told = year_after(r, k + 1) if r.key(k) in ("الاولي", "الاول", "الاخيره") else None
    if told is None or number is None or not 1 <= number <= 12:
        return None
    low, high = (13 - number, 12) if r.key(k) == "الاخيره" else (1, number)
    last = month_of(told[0], high).last
    value = f"{told[0]}-{low:02d}/{told[0]}-{high:02d}"
    return Found(i, told[1], Stretch(date(told[0], low, 1), last, value, "span", "relative" if told[2] else "absolute"))


def moved(day: date, name: str, number: int, sign: int) -> date:
    """`number` units before (-1) or after (1) a day; the day itself where that leaves the calendar."""
    try:
        if name in ("day", "week"):
            return day + timedelta(days=sign * number * (7 if name == "week" else 1))
        return add_months(day, sign * number * MONTHS.get(name, 0))
    except (ValueError, OverflowError):
        return day


def ago(r: Reader, i: int) -> Found | None:
    """قبل ثلاثة أيام, منذ شهرين, بعد عامين و21 يوما من الآن, خلال أسبوعين; «بعد يومين من X» counts from another date."""
    if not (r.has(i, "ago") or r.has(i, "after")):
        return None
    j = i + 1
    while r.has(j, "approx") or r.key(j) in ("ما", "يزيد", "علي", "اكثر", "من", "يقارب"):
        j += 1
    if r.key(j) in date_words().traps["several"] and r.has(j + 1, "plural"):
        return Found(i, j + 2, OPEN._replace(value="PAST_REF")) if r.has(i, "ago") else None
    amount, j = _amounts(r, j)
    if not amount:
        return None
    if r.value(i, "after") == "within":
        return _within(r, i, j, amount)
    sign = -1 if r.has(i, "ago") else 1
    if r.key(j) == "من" and r.key(j + 1) not in ("الان", "اليوم"):
        return _reference(r, i, j, amount, sign)
    now = r.key(j) == "من"
    if now and r.key(i) == "منذ":
        sign = -1
    if (sign > 0 and not now and not r.looks_ahead(i)) or (sign < 0 and r.direction(j) is not None):
        return None
    return Found(i, j + 2 if now else j, _moved_stretch(r.anchor, amount, sign))


def from_now(r: Reader, i: int) -> Found | None:
    """«ثلاثة أيام من الآن»."""
    amount, j = _amounts(r, i)
    if not amount or r.key(j) != "من" or r.key(j + 1) != "الان":
        return None
    return Found(i, j + 2, _moved_stretch(r.anchor, amount, 1))


def _amounts(r: Reader, j: int) -> tuple[list[tuple[int, str]], int]:
    """شهر و21 يوما, أسبوعين, سنة واحدة; ([(number, unit)], next place)."""
    amounts: list[tuple[int, str]] = []
    while True:
        k = j + 1 if amounts and r.key(j) == "و" else j
        if amounts and k == j and not r.front(j).startswith("و"):
            break
        one = _amount(r, k)
        if one is None:
            break
        number, name, j = one
        amounts.append((number, name))
    amounts = [a for a in amounts if a[1] in SMALLEST]
    return amounts, j


def _amount(r: Reader, j: int) -> tuple[int, str, int] | None:
    if r.has(j, "unit"):
        if r.has(j, "plural") or r.key(j).startswith("ال"):
            return None
        return (2 if r.has(j, "dual") else 1), r.value(j, "unit"), r.skip(j + 1, "واحد", "واحده")
    found = count(r, j)
    if found is None or found[0] >= 1000 or not r.has(found[1], "unit"):
        return None
    return found[0], r.value(found[1], "unit"), found[1] + 1


def _moved_stretch(day: date, amounts: list[tuple[int, str]], sign: int) -> Stretch:
    """As exact as the smallest unit: two months ago is a month, six weeks ago a day."""
    for number, name in amounts:
        day = moved(day, name, number, sign)
    smallest = min((name for _, name in amounts), key=SMALLEST.index)
    if smallest in ("year", "decade"):
        if amounts == [(1, "year")]:
            return Stretch(day, day, day.isoformat(), "year", "relative")
        return year_of(day.year, "relative")
    return month_of(day.year, day.month, "relative") if smallest == "month" else day_of(day, "relative")


def _within(r: Reader, i: int, j: int, amounts: list[tuple[int, str]]) -> Found | None:
    """«خلال أسبوعين»: from the anchor on where the clause looks ahead, else a length without days."""
    if len(amounts) > 1 or amounts[0][1] not in LETTERS or r.direction(j) is not None:
        return None
    number, name = amounts[0]
    value = f"P{number}{LETTERS[name]}"
    if r.looks_ahead(i):
        return Found(i, j, Stretch(r.anchor, moved(r.anchor, name, number, 1), value, "span", "relative", False))
    return Found(i, j, Stretch(None, None, value, "span", "open", False))


def _reference(r: Reader, i: int, j: int, amounts: list[tuple[int, str]], sign: int) -> Found | None:
    """«بعد يومين من الهجوم»: counted from the date told before, if the text has one."""
    told = r.last_date()
    if told is None or told.first is None:
        return None
    stretch = _moved_stretch(told.first, amounts, sign)
    return Found(i, j, replace_method(stretch))


def replace_method(stretch: Stretch) -> Stretch:
    return stretch._replace(method="reference", is_certain=False)
