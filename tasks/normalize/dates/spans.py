"""Nodes that count: units ago, spans of units, parts and fractions of a stretch, the n-th day of a month."""

from dataclasses import dataclass
from datetime import date, timedelta

from tasks.normalize.dates.model import (
    HOURS_OF_DAY,
    OPEN,
    Stretch,
    day_of,
    fraction_of,
    month_end,
    season_of,
    shift,
    span,
    unit_around,
    week_of,
    weekend_of,
    years_of,
)
from tasks.normalize.dates.nodes import Context, Dated, Node, Unit
from tasks.normalize.dates.words import tables

# How far "some" units reach: days and how near they end. A convention, is_certain is False.
SOME = {"hour": (1, 0), "day": (7, 1), "week": (28, 7), "month": (150, 30)}
FEW = {"hour": 1, "day": 7, "week": 21, "month": 90}
DECADE_PART = {"START": (0, 4), "MID": (3, 6), "END": (5, 9), "REST": (0, 9)}
Count = tuple[str, int]  # unit, number


def _shifted(day: date, counts: tuple[Count, ...], sign: int) -> date:
    for unit, number in counts:
        day = shift(day, unit, sign * number)
    return day


@dataclass(frozen=True)
class Shifted(Node):
    """Units before or after a day: the anchor, the earlier date of the text (`of_earlier`) or a date named (`base`)."""

    counts: tuple[Count, ...]
    sign: int
    base: Node | None = None
    of_earlier: bool = False

    def resolve(self, context: Context) -> Stretch:
        start, method = context.anchor, "relative"
        if self.base is not None or self.of_earlier:
            found = self.base.resolve(context) if self.base is not None else context.earlier
            edge = None if found is None else (found.first if self.sign < 0 else found.last)
            if edge is None:
                return OPEN
            start, method = edge, "reference"
        day = _shifted(start, self.counts, self.sign)
        unit = self.counts[-1][0]
        if len(self.counts) == 1 and unit in ("year", "decade", "century"):
            return unit_around(day, "year", method)
        return day_of(day, method)


@dataclass(frozen=True)
class After(Node):
    """بعد يومين with nothing behind it: from now when the clause looks ahead, else from the earlier date, else open."""

    counts: tuple[Count, ...]

    def resolve(self, context: Context) -> Stretch:
        if context.sense() > 0:
            return Shifted(self.counts, 1).resolve(context)
        return Shifted(self.counts, 1, of_earlier=True).resolve(context)._replace(is_certain=False)


@dataclass(frozen=True)
class Since(Node):
    """From units ago until the anchor: منذ ثلاثة أشهر."""

    counts: tuple[Count, ...]

    def resolve(self, context: Context) -> Stretch:
        return span(_shifted(context.anchor, self.counts, -1), context.anchor)


@dataclass(frozen=True)
class Units(Node):
    """A number of units before or after the anchor: السنوات الخمس الماضية, الـ48 ساعة المقبلة; `number` None: some."""

    unit: str
    number: int | None
    direction: int

    def resolve(self, context: Context) -> Stretch:
        anchor = context.anchor
        if self.number is None:
            if self.unit not in FEW:
                return OPEN
            edge = anchor + timedelta(days=FEW[self.unit] * self.direction)
        else:
            number = self.number + HOURS_OF_DAY - 1 if self.unit == "hour" else self.number  # a part of a day is a day
            edge = shift(anchor, self.unit, number * self.direction)
        if self.direction < 0:
            return span(edge, anchor, certain=self.number is not None)
        starts_now = self.unit == "hour" or self.number is None
        return span(anchor if starts_now else anchor + timedelta(days=1), edge, certain=self.number is not None)


@dataclass(frozen=True)
class Within(Node):
    """خلال يومين: the coming two days when the clause looks ahead; a length of time without a place in time otherwise."""

    counts: tuple[Count, ...]

    def resolve(self, context: Context) -> Stretch:
        if context.sense() <= 0:
            return OPEN
        return span(context.anchor, _shifted(context.anchor, self.counts, 1))


@dataclass(frozen=True)
class SomeAgo(Node):
    """قبل أيام, منذ أسابيع: no number is said."""

    unit: str
    sign: int

    def resolve(self, context: Context) -> Stretch:
        if self.unit not in SOME:
            return OPEN
        far, near = (timedelta(days=n) for n in SOME[self.unit])
        first, last = (
            (context.anchor - far, context.anchor - near) if self.sign < 0 else (context.anchor + near, context.anchor + far)
        )
        return span(first, last, certain=False)


@dataclass(frozen=True)
class Decade(Node):
    """The nineties: of the twentieth century unless another is named."""

    tens: int
    century: int | None = None  # its first year

    def resolve(self, context: Context) -> Stretch:
        return years_of((self.century or 1900) + self.tens * 10, 10, "absolute", self.century is not None or self.tens > 2)


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
