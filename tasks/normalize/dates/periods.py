"""Rules for months, years, weeks, decades, quarters and seasons."""

from tasks.normalize.dates.days import Read, month_by_words
from tasks.normalize.dates.nodes import Dated, Interval, That, Unit, Weekday, Year
from tasks.normalize.dates.parts import Fraction, Part, Season
from tasks.normalize.dates.reader import COMMAS, DASHES, Reader
from tasks.normalize.dates.spans import Decade
from tasks.normalize.dates.weekdays import week_by_words, weekday_at
from tasks.normalize.dates.words import Entry, tables

CENTURY = 100
LED_AHEAD = 10  # the second year of an interval may lie further ahead than a number alone


def month(r: Reader, i: int) -> Read:
    """A month [year or direction]: فبراير (شباط) 2005, يناير الماضي, هذا سبتمبر, مايو ويونيو 2021."""
    this = r.entry(i, "this") is not None
    j = i + this
    j = j + 1 if r.is_pair(j, "month") else j
    found = r.month(j)
    if found is None:
        return None
    end, number, calendar, clear = found
    second = _second_month(r, end)
    if second is not None:
        last = second[1]
        return second[0], Interval(Dated(number, calendar, None, last.year, last.direction), last)
    end, node = month_tail(r, end, number, calendar)
    if this and node.year is None:
        node = Dated(number, calendar, None, None, 0)
    told = node.year is not None or node.direction is not None
    return (end, node) if clear or told else None


def _second_month(r: Reader, i: int) -> tuple[int, Dated] | None:
    """و + month with a year or direction: يناير وفبراير من العام الماضي."""
    j = i + 1 if r.key(i) == "و" else i
    entry = r.entry(j, "month") or r.entry(j, "month_first")
    if entry is None or (j == i and "و" not in entry.front):
        return None
    found = r.month(j)
    if found is None:
        return None
    end, node = month_tail(r, found[0], found[1], found[2])
    return (end, node) if node.year is not None or node.direction is not None else None


def month_tail(r: Reader, i: int, number: int, calendar: str) -> tuple[int, Dated]:
    year = r.year(i, after_month=True)
    if year is not None:
        node = year[1]
        if isinstance(node, Year) and node.calendar == "either":
            node = Year(node.number, calendar)
        return year[0], Dated(number, calendar, None, node)
    direction = r.direction(i)
    if direction is not None:
        return direction[0], Dated(number, calendar, None, None, direction[1])
    return i, Dated(number, calendar)


def year(r: Reader, i: int) -> Read:
    """عام 2003, العام الماضي; four digits alone only after a word that goes with time, or in brackets."""
    this = r.year(i)
    if this is not None:
        return this
    if r.is_pair(i, "year"):
        first = r.digits(i + 1)
        if first is None or not 1000 < first < 2200:
            return None
        j = r.skip(i + 2, frozenset("و"))
        last = r.digits(j)
        return (j + 1, Interval(Year(first), Year(last))) if last is not None and j > i + 2 else (i + 2, Year(first))
    return bare_year(r, i)


def bare_year(r: Reader, i: int, led: bool = False) -> Read:
    """Four digits that are a year by their place: في 1962, (1881), - 1821, before a quarter, or `led` by the caller."""
    number = r.digits(i)
    if (
        number is None
        or len(r.at(i).text) != 4
        or not 1700 <= number <= r.last_year + (LED_AHEAD if led else 0)
        or r.is_counted(i + 1)
    ):
        return None
    follows = r.entry(i + 1, "unit")
    if (follows is not None and not follows.has_article) or r.key(i + 1) in ("/", ":") or r.key(i + 1) == r.key(i - 1) == "-":
        return None
    before, after = r.key(i - 1), r.key(i + 1)
    placed = r.link(i - 1, "in", "since", "to", "before", "after", "between", "during") or r.entry(i - 1, "part") is not None
    dashed = before == "-" and r.at(i - 2).number is None and r.at(i + 2).number is None
    bracketed = dashed or (before == "(" and after in (")", "-"))
    lone = before in ("|", "(", "-", "،", "/") and (after in (")", "،", "") or after in DASHES)
    if placed or bracketed or lone or led:
        return i + 1, Year(number)
    return None


def year_range(r: Reader, i: int) -> Read:
    """2014-2018, 2014 و2018 with عامي or بين before: by the caller; here two years with a dash."""
    first, last = r.digits(i), r.digits(i + 2)
    if first is None or last is None or r.key(i + 1) not in DASHES or len(r.at(i).text) != 4:
        return None
    if len(r.at(i + 2).text) == 4 and 1500 < first < last < 2200:
        return i + 3, Interval(Year(first), Year(last))
    return None


def unit(r: Reader, i: int) -> Read:
    """الشهر الماضي, هذا الأسبوع, ذلك العام, العقد الماضي, القرن الماضي, عطلة نهاية الأسبوع."""
    for category in ("this", "that"):
        entry = r.entry(i + 1, "unit")
        if r.entry(i, category) is not None and entry is not None and _is_whole(entry):
            return i + 2, Unit(entry.value, 0) if category == "this" else That(entry.value)
    entry = r.entry(i, "unit")
    if r.entry(i, "weekend") is not None:
        return _weekend(r, i)
    if entry is None or entry.kind != "1" or not entry.has_article or entry.value in ("hour", "minute"):
        return None
    if r.entry(i + 1, "same") is not None:
        return i + 2, That(entry.value)
    direction = r.direction(i + 1)
    return (direction[0], Unit(entry.value, direction[1], direction[2])) if direction is not None else None


def _is_whole(entry: Entry) -> bool:
    """A unit that can be named after this and that."""
    return entry.kind == "1" and entry.front in ((), ("ال",)) and entry.value not in ("hour", "minute")


def week_then_weekday(r: Reader, i: int) -> Read:
    """هذا الأسبوع الجمعة, الأسبوع المقبل الاثنين."""
    week = week_by_words(r, i)
    if week is None or r.link(i, "of", "in"):
        return None
    j = r.skip(week[0], COMMAS)
    found = weekday_at(r, j + 1 if r.is_unit(j, "day") else j)
    return (found[0], Weekday(found[1], None, week[1])) if found is not None else None


def _weekend(r: Reader, i: int) -> Read:
    j = i + 1
    part = r.entry(j, "part")
    j = j + 1 if part is not None else j
    if not (r.is_unit(j, "week") or r.entry(j, "this") is not None):
        return None
    week = week_by_words(r, j)
    row = part.row if part is not None and part.value == "END" else "part-awakhir"
    return (week[0], Part(row, week[1])) if week is not None else (j + 1, Part(row, Unit("week", 0), has_direction=False))


def decade(r: Reader, i: int) -> Read:
    """السبعينيات, تسعينيات القرن الماضي, الثمانينيات من القرن التاسع عشر."""
    entry = r.entry(i, "decade")
    if entry is None:
        return None
    j = r.skip_link(i + 1, "of")
    if not r.is_unit(j, "century"):
        is_age = j > i + 1 and r.key(j) in tables().sets["age"]  # في الثلاثينيات من عمره
        return None if is_age else (i + 1, Decade(int(entry.value)))
    direction = r.direction(j + 1)
    if direction is not None:
        return direction[0], Decade(int(entry.value), 2000 + direction[1] * CENTURY)
    ordinal = r.ordinal(j + 1) or r.cardinal(j + 1)
    if ordinal is not None and 1 < ordinal[1] < 30:
        return ordinal[0], Decade(int(entry.value), (ordinal[1] - 1) * CENTURY)
    return i + 1, Decade(int(entry.value))


def container(r: Reader, i: int) -> Read:
    """What a part or an ordinal belongs to: a month, a year, a week told in any way."""
    month_told = month_by_words(r, i) or week_by_words(r, i)
    if month_told is not None:
        return month_told
    found = r.month(i)
    if found is not None:
        return month_tail(r, found[0], found[1], found[2])
    return year(r, i) or bare_year(r, i, led=True) or decade(r, i) or unit(r, i)


def fraction(r: Reader, i: int) -> Read:
    """الربع الثالث من عام 2016, 2016 الربع الثالث, النصف الأول من العام الجاري."""
    before = r.digits(i) if r.entry(i + 1, "fraction") is not None and len(r.at(i).text) == 4 else None
    j = i + 1 if before is not None else i
    entry = r.entry(j, "fraction")
    ordinal = r.ordinal(j + 1) if entry is not None else None
    if entry is None or ordinal is None:
        return None
    number = ordinal[1] if ordinal[1] > 0 else (4 if entry.value == "quarter" else 2)
    if before is not None:
        return ordinal[0], Fraction(entry.value, number, Year(before))
    whole = container(r, r.skip_link(r.skip(ordinal[0], COMMAS), "of", "in"))
    if whole is not None:
        return whole[0], Fraction(entry.value, number, whole[1])
    led = r.link(i - 1, "in", "during") and entry.value == "quarter"
    return (ordinal[0], Fraction(entry.value, number, None)) if led else None


def season(r: Reader, i: int) -> Read:
    """صيف 2006, صيف العام الماضي, الصيف الماضي, هذا الشتاء."""
    is_this = r.entry(i, "this") is not None
    entry = r.entry(i + is_this, "season")
    if entry is None:
        return None
    j = i + is_this + 1
    told = r.year(r.skip_link(j, "of")) or bare_year(r, j, led=True)
    if told is not None and entry.front[:1] != ("ك",):
        return told[0], Season(entry.value, told[1])
    direction = r.direction(j) if entry.has_article else None
    if direction is not None:
        return direction[0], Season(entry.value, None, direction[1])
    return (j, Season(entry.value, None, 0)) if is_this and entry.has_article else None
