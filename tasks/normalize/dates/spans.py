"""Nodes that count units: ago, since, within, the last five years, decades."""

from dataclasses import dataclass
from datetime import date, timedelta

from tasks.normalize.dates.model import (
    HOURS_OF_DAY,
    OPEN,
    Stretch,
    day_of,
    shift,
    span,
    unit_around,
    years_of,
)
from tasks.normalize.dates.nodes import Context, Node

# How far "some" units reach: days and how near they end. A convention, is_certain is False.
SOME = {"hour": (1, 0), "day": (7, 1), "week": (28, 7), "month": (150, 30)}
FEW = {"hour": 1, "day": 7, "week": 21, "month": 90}
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
        if self.number == 0:
            return OPEN  # «0 أيام المقبلة» tells no time
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
