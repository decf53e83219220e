"""What a phrase says, before it is known to which day it counts: small trees that resolve in a `Context`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from hijridate import Gregorian, Hijri

from tasks.normalize.dates.model import (
    OPEN,
    Stretch,
    between,
    day_of,
    month_of,
    shift,
    span,
    unit_around,
    week_of,
    weekend_of,
    year_of,
)

SOON = timedelta(days=60)  # a date without a year that lies this near ahead is ahead: news names the year of older days
HIJRI_YEARS = range(1343, 1501)  # what the Umm al-Qura tables of hijridate hold


@dataclass(frozen=True)
class Context:
    """The day to count from, the sense of the clause (1 ahead, -1 back, 0 unknown; asked only when needed), the earlier date."""

    anchor: date
    sense: Callable[[], int]
    earlier: Stretch | None


class Node:
    """Something that names a stretch of days."""

    def resolve(self, context: Context) -> Stretch:
        raise NotImplementedError


@dataclass(frozen=True)
class Plain(Node):
    """A stretch that needs no context."""

    stretch: Stretch

    def resolve(self, context: Context) -> Stretch:
        return self.stretch


@dataclass(frozen=True)
class Year(Node):
    """A year by number, of either calendar."""

    number: int
    calendar: str = "gregorian"

    def resolve(self, context: Context) -> Stretch:
        if self.calendar == "gregorian":
            return year_of(self.number) if 0 < self.number < 10000 else OPEN
        if self.number not in HIJRI_YEARS:
            return OPEN
        return _whole(Hijri(self.number, 1, 1), Hijri(self.number, 12, Hijri(self.number, 12, 1).month_length()))


def _whole(first: Hijri, last: Hijri) -> Stretch:
    begin, end = first.to_gregorian(), last.to_gregorian()
    return span(date(*begin.datetuple()), date(*end.datetuple()), "absolute")


@dataclass(frozen=True)
class Unit(Node):
    """The unit `steps` before or after that of the anchor; counted from the earlier date of the text when `of_earlier`."""

    unit: str
    steps: int
    of_earlier: bool = False

    def resolve(self, context: Context) -> Stretch:
        earlier = context.earlier if self.of_earlier else None
        if earlier is not None and earlier.first is not None and earlier.last is not None:
            base, method = (earlier.last if self.steps > 0 else earlier.first), "reference"
        else:
            base, method = context.anchor, "relative"
        if self.unit == "weekend":
            return weekend_of(shift(base, "week", self.steps))
        target = base.replace(day=1) if self.unit == "month" else base
        return unit_around(shift(target, self.unit, self.steps), self.unit, method)


@dataclass(frozen=True)
class That(Node):
    """The day, month or year of the earlier date: من ذلك العام."""

    unit: str

    def resolve(self, context: Context) -> Stretch:
        earlier = context.earlier
        if earlier is None or earlier.first is None:
            return OPEN
        if self.unit == "day":
            return earlier._replace(method="reference") if earlier.granularity == "day" else OPEN
        return unit_around(earlier.first, self.unit, "reference")


@dataclass(frozen=True)
class Dated(Node):
    """A month of either calendar, or a day of it; the year may be missing, then direction, weekday and clause choose it."""

    month: int
    calendar: str
    day: int | None = None
    year: Node | None = None
    direction: int | None = None
    weekday: int | None = None

    def resolve(self, context: Context) -> Stretch:
        if self.year is not None:
            return self._in_year(self.year, context)
        year = context.anchor.year
        if self.calendar == "hijri":
            year = Gregorian(*context.anchor.timetuple()[:3]).to_hijri().year
        around = [s for y in (year - 1, year, year + 1) if (s := self.of_year(y)).first is not None]
        fitting = [s for s in around if s.first and s.first.isoweekday() == self.weekday] if self.weekday else []
        if self.weekday and not fitting and context.earlier is not None and context.earlier.first is not None:
            told = self.of_year(context.earlier.first.year)  # the text speaks of another year
            if told.first is not None and told.first.isoweekday() == self.weekday:
                return told._replace(method="reference")
        found = choose(fitting or around, context, self.direction)
        return found._replace(method="relative", is_certain=self.direction is not None or bool(fitting))

    def _in_year(self, node: Node, context: Context) -> Stretch:
        if isinstance(node, Year):
            number = node.number
            if self.calendar == "gregorian" and node.calendar == "hijri":
                return OPEN
            return self.of_year(number)
        year = node.resolve(context)
        if year.first is None or self.calendar == "hijri":
            return OPEN
        return self.of_year(year.first.year)._replace(method=year.method)

    def of_year(self, year: int) -> Stretch:
        """The month or day in a year of its calendar; open when there is none."""
        try:
            if self.calendar == "hijri":
                return self._hijri(year)
            return day_of(date(year, self.month, self.day)) if self.day else month_of(year, self.month)
        except (ValueError, OverflowError):
            return OPEN

    def _hijri(self, year: int) -> Stretch:
        if year not in HIJRI_YEARS:
            return OPEN
        first = Hijri(year, self.month, self.day or 1)
        if self.day:
            return day_of(date(*first.to_gregorian().datetuple()))
        return _whole(first, Hijri(year, self.month, first.month_length()))


def choose(around: list[Stretch], context: Context, direction: int | None) -> Stretch:
    """Of like stretches in order of time take the one meant: by direction; else by the clause; else the last that has begun."""
    anchor = context.anchor
    known = [(s.first, s.last, s) for s in around if s.first is not None and s.last is not None]
    if not known:
        return OPEN
    back = [s for first, last, s in known if (last < anchor if direction == -1 else first <= anchor)]
    ahead = [s for first, last, s in known if (first > anchor if direction == 1 else last >= anchor)]
    if direction == 0:
        return min(known, key=lambda k: min(abs(k[0] - anchor), abs(k[1] - anchor)))[2]
    if direction is not None or not back or not ahead:
        wanted = ahead if direction == 1 or not back else back
        return (wanted[0] if wanted is ahead else wanted[-1]) if wanted else OPEN
    sense = context.sense()
    soon = ahead[0].first is not None and ahead[0].first - anchor <= SOON and back[-1].last is not None and back[-1].last < anchor
    return ahead[0] if sense > 0 or (sense == 0 and soon) else back[-1]


@dataclass(frozen=True)
class DayOfMonth(Node):
    """Day n of a month told by words (20 من الشهر القادم), or of the nearest month that fits the weekday (السبت 23)."""

    day: int
    month: Node | None
    weekday: int | None = None

    def resolve(self, context: Context) -> Stretch:
        if self.month is not None:
            month = self.month.resolve(context)
            return self._in(month.first, month.method)
        first = context.anchor.replace(day=1)
        around = [self._in(shift(first, "month", n), "relative") for n in (-1, 0, 1)]
        around = [s for s in around if s.first is not None]
        fitting = [s for s in around if s.first and s.first.isoweekday() == self.weekday]
        return choose(fitting or around, context, None)._replace(is_certain=bool(fitting))

    def _in(self, first: date | None, method: str) -> Stretch:
        try:
            return day_of(first.replace(day=self.day), method) if first is not None else OPEN
        except ValueError:
            return OPEN


@dataclass(frozen=True)
class Weekday(Node):
    """A day of the week: of a week told by words, or the nearest by direction and clause."""

    weekday: int
    direction: int | None = None
    week: Node | None = None

    def resolve(self, context: Context) -> Stretch:
        if self.week is not None:
            week = self.week.resolve(context)
            first = week_of(week.first).first if week.first is not None else None
            return day_of(first + timedelta(days=self.weekday - 1), "weekday") if first is not None else OPEN
        anchor = context.anchor
        back = (anchor.isoweekday() - self.weekday) % 7
        if self.direction == -1 or (self.direction is None and context.sense() <= 0):
            return day_of(
                anchor - timedelta(days=back or (7 if self.direction == -1 else 0)), "weekday", self.direction is not None
            )
        ahead = (self.weekday - anchor.isoweekday()) % 7
        return day_of(anchor + timedelta(days=ahead or (7 if self.direction == 1 else 0)), "weekday", self.direction is not None)


@dataclass(frozen=True)
class Near(Node):
    """A relative day with its weekday (أمس الجمعة): the day of that name nearest to it, as a text may be older than its anchor."""

    node: Node
    weekday: int

    def resolve(self, context: Context) -> Stretch:
        day = self.node.resolve(context)
        if day.first is None:
            return OPEN
        offset = (self.weekday - day.first.isoweekday() + 3) % 7 - 3
        return day_of(day.first + timedelta(days=offset), day.method, offset == 0)


@dataclass(frozen=True)
class Interval(Node):
    """From one date to another; what the first leaves open (month, year, direction) was taken over from the second."""

    first: Node
    last: Node

    def resolve(self, context: Context) -> Stretch:
        last = self.last.resolve(context)
        first = self.first.resolve(context)
        if isinstance(self.first, Weekday) and first.first and last.first and self.first.direction is None:
            first = day_of(last.first - timedelta(days=(last.first - first.first).days % 7), "weekday", first.is_certain)
        is_shared = isinstance(self.last, Dated) and isinstance(self.first, Dated) and self.first.year is self.last.year
        if is_shared and isinstance(self.first, Dated) and first.first and last.last and first.first > last.last:
            first = self.first.of_year(last.last.year - 1)
        return between(first, last)


@dataclass(frozen=True)
class TimeOfDay(Node):
    """A part of a day: TIMEX3 DA, MO, MI, AF, EV, NI."""

    code: str
    node: Node

    def resolve(self, context: Context) -> Stretch:
        day = self.node.resolve(context)
        if day.granularity != "day" or day.first is None or not self.code:
            return day
        return day._replace(value=f"{day.first.isoformat()}T{self.code}")
