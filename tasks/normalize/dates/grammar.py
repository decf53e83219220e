"""At each place of a text the longest date phrase that a rule reads; then intervals, names and traps."""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import NamedTuple

from tasks.normalize.dates import counts, days, periods, shifts, weekdays
from tasks.normalize.dates.days import Read
from tasks.normalize.dates.model import OPEN, Stretch, day_of
from tasks.normalize.dates.nodes import Context, Dated, DayOfMonth, Interval, Node, TimeOfDay, Weekday, Year
from tasks.normalize.dates.reader import COMMAS, Reader, heads_of, stems_of
from tasks.normalize.dates.spans import After, Shifted
from tasks.normalize.dates.words import Lexeme, tables

Rule = Callable[[Reader, int], Read]
# Rules by the categories that the first word of their phrases has.
ON_NUMBER: tuple[Rule, ...] = (
    days.full_day, periods.fraction, periods.year_range, periods.bare_year, counts.units, periods.year, shifts.from_now,
)  # fmt: skip
RULES: dict[str, tuple[Rule, ...]] = {
    "number": (days.full_day, weekdays.relative_day, counts.nth, counts.part, counts.units, shifts.from_now),
    "unit": (
        days.full_day, weekdays.relative_day, weekdays.weekday, weekdays.earlier_day,
        periods.month, periods.year, periods.unit, counts.units,
        counts.nth, periods.week_then_weekday, days.day_alone, shifts.day_which, shifts.from_now,
    ),
    "pair": (days.full_day, weekdays.weekday, periods.month, periods.year),
    "weekday": (weekdays.weekday, counts.nth),
    "bare_weekday": (weekdays.weekday,),
    "month": (periods.month, days.month_then_day),
    "month_first": (periods.month, days.month_then_day),
    "relative": (weekdays.relative_day,),
    "relative_first": (weekdays.relative_day,),
    "link": (shifts.counted, shifts.then, weekdays.relative_day, weekdays.day_part),
    "then": (shifts.then,),
    "day_part": (weekdays.day_part,),
    "part": (counts.part, weekdays.day_part),
    "this": (weekdays.earlier_day, weekdays.day_part, weekdays.weekday,
    periods.month, periods.unit, periods.season, periods.week_then_weekday),
    "that": (weekdays.earlier_day, periods.unit, periods.year),
    "decade": (periods.decade,),
    "fraction": (periods.fraction,),
    "season": (periods.season,),
    "weekend": (periods.unit,),
    "moment": (counts.moment,),
    "moment_kind": (counts.moment,),
    "morrow": (shifts.morrow,),
}  # fmt: skip


IDLE_LINKS = frozenset(("in", "to", "on", "which", "about", "more", "corresponding"))
LONGEST_LEAD = 8  # words before the first unit, month, weekday or number: منذ ما لا يقل عن مئة وخمسة وعشرين يوما


class Found(NamedTuple):
    """A phrase over lexemes [first, last) and what it means."""

    first: int
    last: int
    stretch: Stretch


def read_phrases(r: Reader, anchor: date, sense: Callable[[int, int], int]) -> list[Found]:
    """Return the date phrases of a text in order; `sense(first, last)` says whether the clause looks ahead (1) or back (-1)."""
    found: list[Found] = []
    worth = _worth_reading(r)
    i = 0
    while i < r.size:
        if not worth[i]:
            i += 1
            continue
        read = phrase(r, i)
        if read is None:
            i = _over_name(r, i)
            continue
        first, last = i, read[0]
        context = Context(anchor, lambda f=first, e=last: sense(f, e), r.earlier)  # type: ignore[misc]
        stretch = _resolved(read[1], context)
        if not _is_length(r, first, read[1], stretch):
            found.append(Found(first, last, stretch))
            if stretch.first is not None:
                r.earlier = stretch
        i = last
    return found


def _worth_reading(r: Reader) -> list[bool]:
    """For each place: can a phrase or a name begin here? Most words of a text are neither date words nor near one."""
    names = tables().names
    worth = []
    ahead = LONGEST_LEAD + 1  # how many lexemes on stands the next that no phrase can do without
    for lexeme in reversed(r.lexemes):
        ahead = 0 if lexeme.starts else ahead + 1
        is_part = lexeme.number is not None or lexeme.key == "(" or (lexeme.entries and not _is_idle(lexeme))
        worth.append(bool(is_part and ahead <= LONGEST_LEAD) or lexeme.key in names)
    worth.reverse()
    return worth


def _is_idle(lexeme: Lexeme) -> bool:
    """A preposition that stands before phrases but begins none."""
    link = lexeme.entries.get("link")
    return link is not None and link.value in IDLE_LINKS and len(lexeme.entries) == 1


def _resolved(node: Node, context: Context) -> Stretch:
    try:
        return node.resolve(context)
    except (ValueError, OverflowError):  # a day outside the calendar: قبل 9000 عام
        return OPEN


def _is_length(r: Reader, i: int, node: Node, stretch: Stretch) -> bool:
    """Is this a length of time without a place in time (خلال يومين)? That is no date phrase."""
    return stretch.first is None and r.link(i, "during")


def phrase(r: Reader, i: int) -> Read:
    """The longest phrase that begins at i, intervals included."""
    if _is_name(r, i):
        return None
    event = _event(r, i)
    if event is not None:
        return event
    spread = _between(r, i)
    if spread is not None:
        return spread
    found = simple(r, i)
    return _ranged(r, found, r.link(i - 1, "of")) if found is not None else None


def simple(r: Reader, i: int) -> Read:
    """The longest phrase at i that is no interval between two phrases."""
    lexeme = r.at(i)
    on_number = lexeme.number is not None or (lexeme.key == "(" and r.at(i + 1).number is not None)
    best: Read = None
    for rule in ON_NUMBER if on_number else _rules_for(tuple(lexeme.entries)):
        found = rule(r, i)
        if found is not None and (best is None or found[0] > best[0]):
            best = found
    return _with_time(r, best) if best is not None else None


@cache
def _rules_for(categories: tuple[str, ...]) -> tuple[Rule, ...]:
    """The rules of a word's categories, each once."""
    return tuple(dict.fromkeys(rule for category in categories for rule in RULES.get(category, ())))


def _with_time(r: Reader, found: tuple[int, Node]) -> tuple[int, Node]:
    """A part of the day behind the day: الثلاثاء مساء, الجمعة في الصباح."""
    j = r.skip_link(r.skip(found[0], COMMAS), "in", "after")
    entry = r.entry(j, "day_part")
    if entry is None or isinstance(found[1], TimeOfDay | Interval) or "و" in entry.front:
        return found
    if j == found[0] and entry.has_article:
        return found
    following = simple_day(r, j + 1) if not entry.has_article else None
    return found if following is not None else (j + 1, TimeOfDay(entry.value, found[1]))


def simple_day(r: Reader, i: int) -> Read:
    return weekdays.any_day(r, r.skip_link(i, "of"))


def _between(r: Reader, i: int) -> Read:
    """بين 3 و7 مايو, من 2014 حتى 2018, بين الثلاثاء والخميس."""
    if not r.link(i, "between", "of"):
        return None
    is_between = r.link(i, "between")
    j = i + 1
    run = days.full_day(r, j)
    if run is not None and isinstance(run[1], Interval):
        return run
    first = simple(r, j) or periods.bare_year(r, j, led=True)
    if first is None:
        return None
    k = first[0]
    if r.link(k, "to"):
        second = _end(r, k + 1)
    elif is_between:
        second = _end(r, k + 1 if r.key(k) == "و" else k)
    else:
        return None
    return (second[0], joined(first[1], second[1])) if second is not None else None


def _end(r: Reader, i: int) -> Read:
    return simple(r, i) or periods.bare_year(r, i, led=True)


def _ranged(r: Reader, found: tuple[int, Node], led: bool) -> tuple[int, Node]:
    """A phrase with its end behind it: 2 أكتوبر إلى 22 أكتوبر, اليوم حتى الأحد المقبل."""
    j = r.skip(found[0], COMMAS)
    dashed = r.key(j) == "-" and isinstance(found[1], Dated) and found[1].day is not None
    if not (r.link(j, "to") or dashed) or isinstance(found[1], Interval | Shifted | After):
        return found
    if r.link(j, "to") and not led and isinstance(found[1], Weekday):
        return found
    second = _end(r, j + 1)
    if second is None or (dashed and not isinstance(second[1], Dated)):
        return found
    return second[0], joined(found[1], second[1])


def joined(first: Node, last: Node) -> Node:
    """An interval; the beginning takes over what only the end says."""
    end = last
    if isinstance(first, Dated) and first.year is None and isinstance(end, Dated) and end.year is not None:
        first = Dated(first.month, first.calendar, first.day, end.year, None, first.weekday)
    elif isinstance(first, Dated) and first.direction is None and isinstance(end, Dated) and end.direction is not None:
        first = Dated(first.month, first.calendar, first.day, None, end.direction)
    if isinstance(first, DayOfMonth) and first.month is None and isinstance(end, Dated) and end.day:
        first = Dated(end.month, end.calendar, first.day, end.year, end.direction)
    return Interval(first, end)


def _is_name(r: Reader, i: int) -> bool:
    """A repeated day (كل خميس), a rite (صلاة الجمعة), a thing named after a day (قوى 14 آذار)."""
    return _over_name(r, i) > i + 1 or _is_general(r, i)


def _is_general(r: Reader, i: int) -> bool:
    """العام in الأمين العام, المدعي العام: the adjective, no year."""
    entry = r.entry(i, "unit")
    is_the_year = entry is not None and entry.value == "year" and entry.front == ("ال",) and r.at(i + 1).number is None
    return i > 0 and is_the_year and not stems_of(r.key(i - 1)).isdisjoint(tables().sets["general"])


def _over_name(r: Reader, i: int) -> int:
    """The place behind a name like 14 آذار or the day of ميدان 6 أكتوبر that begins at i, or the next place."""
    if i and not heads_of(r.key(i - 1)).isdisjoint(tables().sets["before"]) and not r.entry(i, "unit"):
        read = simple(r, i)
        return max(read[0], i + 2) if read is not None else i + 1
    for keys, kind, _, _ in tables().names.get(r.key(i), ()):
        if kind == "name" and all(r.key(i + n) == key for n, key in enumerate(keys)):
            j = i + len(keys)
            led = r.link(i - 1, "in", "since", "to", "before", "after") or r.is_unit(i - 1, "day") or r.entry(i - 1, "weekday")
            if not led and r.year(j, after_month=True) is None and r.direction(j) is None:
                return j
    return i + 1


def _event(r: Reader, i: int) -> Read:
    """هجمات 11 سبتمبر: a day that names an event has its year."""
    for keys, kind, value, row in tables().names.get(r.key(i), ()):
        if kind == "event" and all(r.key(i + n) == key for n, key in enumerate(keys)):
            j = i + len(keys)
            before = stems_of(r.key(i - 1)) if i else frozenset()
            plain = simple(r, i)
            if not before.isdisjoint(tables().sets[row]) and (plain is None or plain[0] <= j):
                return j, Year(0) if not value else _plain(value)
    return None


def _plain(value: str) -> Node:
    from tasks.normalize.dates.nodes import Plain

    return Plain(day_of(date.fromisoformat(value), "event"))
