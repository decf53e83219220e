"""Nodes that take a part of a stretch: quarters, seasons, the n-th day, the beginning, middle and end."""

from dataclasses import dataclass
from datetime import date, timedelta

from tasks.normalize.dates.model import OPEN, Stretch, day_of, fraction_of, month_end, season_of, shift, span, week_of, weekend_of
from tasks.normalize.dates.nodes import Context, Dated, Node, Unit
from tasks.normalize.dates.words import tables

DECADE_PART = {"START": (0, 4), "MID": (3, 6), "END": (5, 9), "REST": (0, 9)}


@dataclass(frozen=True)
class Fraction(Node):
    """A quarter or half of a year, half of a month; the year of the anchor when none is named."""

    kind: str
    number: int
    whole: Node | None

    def resolve(self, context: Context) -> Stretch:
        whole = (self.whole or Unit("year", 0)).resolve(context)
        if whole.first is None or whole.last is None:
            return OPEN
        if whole.granularity == "month" and self.kind == "half":
            middle = whole.first.replace(day=15)
            return span(whole.first, middle) if self.number == 1 else span(middle + timedelta(days=1), whole.last)
        if whole.granularity != "year" or self.number > (4 if self.kind == "quarter" else 2):
            return OPEN
        return fraction_of(whole.first.year, self.kind, self.number)._replace(
            method=whole.method, is_certain=self.whole is not None
        )


@dataclass(frozen=True)
class Season(Node):
    """A season of a year, or the nearest in a direction (الصيف الماضي)."""

    code: str
    year: Node | None
    direction: int | None = None

    def resolve(self, context: Context) -> Stretch:
        if self.year is not None:
            year = self.year.resolve(context)
            return season_of(year.first.year, self.code, year.method) if year.first is not None else OPEN
        around = [season_of(context.anchor.year + n, self.code, "relative") for n in (-2, -1, 0, 1)]
        known = [s for s in around if s.first and s.last]
        if self.direction == 1:
            return next((s for s in known if s.first and s.first > context.anchor), OPEN)
        begun = [s for s in known if s.first and s.last and (s.last if self.direction == -1 else s.first) <= context.anchor]
        return begun[-1]


@dataclass(frozen=True)
class Nth(Node):
    """The n-th (-1: last) weekday, day or week of a month or year. Week n of a month is its days 7n-6 to 7n."""

    number: int
    unit: str  # "day", "week" or the number of a weekday
    whole: Node

    def resolve(self, context: Context) -> Stretch:
        whole = self.whole.resolve(context)
        if whole.first is None or whole.last is None:
            return OPEN
        if self.unit == "week" and whole.granularity == "year":
            day = whole.last if self.number < 0 else whole.first + timedelta(weeks=self.number - 1)
            return week_of(day)._replace(method=whole.method)
        if self.unit == "week":
            first = whole.last - timedelta(days=6) if self.number < 0 else whole.first + timedelta(weeks=self.number - 1)
            return span(first, min(first + timedelta(days=6), whole.last), whole.method)
        step = 1 if self.unit == "day" else 7
        if self.number < 0:
            back = 0 if step == 1 else (whole.last.isoweekday() - int(self.unit)) % 7
            return day_of(whole.last - timedelta(days=back), whole.method)
        ahead = 0 if step == 1 else (int(self.unit) - whole.first.isoweekday()) % 7
        day = whole.first + timedelta(days=ahead + step * (self.number - 1))
        return day_of(day, whole.method) if day <= whole.last else OPEN


@dataclass(frozen=True)
class DayOrNth(Node):
    """الثلاثاء الثالث من سبتمبر: the third of the month when that is a Tuesday, else the third Tuesday."""

    day: Dated
    nth: Nth
    weekday: int

    def resolve(self, context: Context) -> Stretch:
        plain = Dated(self.day.month, self.day.calendar, self.day.day, self.day.year, self.day.direction).resolve(context)
        fits = plain.first is not None and plain.first.isoweekday() == self.weekday
        return plain if fits else self.nth.resolve(context)


@dataclass(frozen=True)
class FirstUnits(Node):
    """The first n months of a year (الأشهر التسعة الأولى من العام)."""

    unit: str
    number: int
    whole: Node

    def resolve(self, context: Context) -> Stretch:
        whole = self.whole.resolve(context)
        if whole.first is None:
            return OPEN
        last = shift(whole.first, self.unit, self.number) - timedelta(days=1)
        if self.unit == "month":
            value = f"{whole.first:%Y-%m}/{last:%Y-%m}"
            return Stretch(whole.first, last, value, "span", whole.method, True)
        return span(whole.first, last, whole.method)


@dataclass(frozen=True)
class Part(Node):
    """أوائل, منتصف, أواخر of a stretch, by the columns of `date_parts`; the value stays that of the whole."""

    row: str
    node: Node
    has_direction: bool = True

    def resolve(self, context: Context) -> Stretch:
        whole = self.node.resolve(context)
        if whole.first is None or whole.last is None:
            return OPEN
        row = tables().parts[self.row]
        if row["part"] == "REST":
            return whole
        bounds = self._bounds(whole, whole.first, whole.last, row)
        return (
            whole._replace(first=bounds[0], last=bounds[1], granularity="span")
            if bounds
            else self._of_week(whole, context, row["part"])
        )

    def _bounds(self, whole: Stretch, first: date, last: date, row: dict[str, str]) -> tuple[date, date] | None:
        if whole.granularity == "month" or (isinstance(self.node, Dated) and self.node.day is None):
            days = int(row["month_first"]), min(int(row["month_last"]), (last - first).days + 1)
            return first + timedelta(days=days[0] - 1), first + timedelta(days=days[1] - 1)
        if whole.granularity == "year":
            return date(first.year, int(row["year_first"]), 1), month_end(first.year, int(row["year_last"]))
        if whole.granularity == "decade":
            begin, end = DECADE_PART[row["part"]]
            return date(first.year + begin, 1, 1), date(first.year + end, 12, 31)
        return None

    def _of_week(self, whole: Stretch, context: Context, part: str) -> Stretch:
        if whole.granularity != "week" or whole.first is None:
            return whole
        if part == "END":
            if not self.has_direction and context.sense() <= 0 and context.anchor.isoweekday() < 6:
                return weekend_of(whole.first - timedelta(days=7), certain=False)
            return weekend_of(whole.first, certain=self.has_direction)
        if part == "START" and not self.has_direction:
            return whole._replace(first=whole.first - timedelta(days=2), last=whole.first, granularity="span", is_certain=False)
        return whole


@dataclass(frozen=True)
class Moment(Node):
    """وقت سابق من هذا الشهر: from the beginning to the anchor; وقت لاحق: from tomorrow to the end."""

    kind: str
    node: Node

    def resolve(self, context: Context) -> Stretch:
        whole = self.node.resolve(context)
        if whole.first is None or whole.last is None or not whole.first <= context.anchor <= whole.last:
            return whole
        if self.kind == "past":
            return whole._replace(last=context.anchor, granularity="span")
        tomorrow = context.anchor + timedelta(days=1)
        if self.kind == "future" and tomorrow <= whole.last:
            return whole._replace(first=tomorrow, granularity="span")
        return whole
