"""The grammar of date phrases: at each place of a text the longest phrase that a rule reads.

Rules read lexemes left to right and give a `Stretch`. A phrase without a direction (a month, a weekday) means the nearest one before the
publication day, as news tells what happened, unless the clause speaks of the future.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from hijridate import Hijri

from tasks.normalize.dates.model import (
    OPEN,
    Stretch,
    add_months,
    day_of,
    decade_of,
    half_of,
    month_of,
    part_of,
    quarter_of,
    season_of,
    week_of,
    year_of,
)
from tasks.normalize.dates.words import DUALS, Lexeme, date_words


class Found(NamedTuple):
    """A phrase over lexemes [first, last) and what it means."""

    first: int
    last: int
    stretch: Stretch


@dataclass
class Reader:
    """Reads the phrases of one text. `looks_ahead(i)`: does the clause around lexeme i speak of the future?"""

    lexemes: list[Lexeme]
    anchor: date
    looks_ahead: Callable[[int], bool]
    previous: list[Found] = field(default_factory=list)

    def run(self) -> list[Found]:
        i = 0
        while i < len(self.lexemes):
            found = self._interesting(i) and self._phrase(i)
            if found:
                self.previous.append(found)
                i = found.last
            else:
                i += 1
        return self.previous

    def _interesting(self, i: int) -> bool:
        lexeme = self.lexemes[i]
        return bool(lexeme.classes) or lexeme.number is not None

    def _phrase(self, i: int) -> Found | None:
        if self._is_trap(i):
            return None
        for rule in (
            self._interval,
            self._ago,
            self._day_part,
            self._explicit,
            self._numeric,
            self._relative_day,
            self._weekday,
            self._part,
            self._month,
            self._fraction,
            self._span_of_units,
            self._unit,
            self._decade,
            self._year,
        ):
            found = rule(i)
            if found is not None:
                return found
        return None

    # -- helpers -----------------------------------------------------------------------------------------------------

    def at(self, i: int) -> Lexeme | None:
        return self.lexemes[i] if 0 <= i < len(self.lexemes) else None

    def has(self, i: int, name: str) -> bool:
        lexeme = self.at(i)
        return lexeme is not None and name in lexeme.classes

    def value(self, i: int, name: str) -> str:
        return self.lexemes[i].classes[name]

    def key(self, i: int) -> str:
        lexeme = self.at(i)
        return lexeme.key if lexeme is not None else ""

    def _is_trap(self, i: int) -> bool:
        traps = date_words().traps
        lexeme = self.lexemes[i]
        before = self.key(i - 1)
        if before in traps["before"] or (before.startswith("ال") and before[2:] in traps["before"]):
            return bool({"month", "weekday", "hijri", "season"} & lexeme.classes.keys()) or lexeme.number is not None
        joined = " ".join(self.key(j) for j in range(i, min(i + 3, len(self.lexemes))))
        return any(joined.startswith(phrase) and not self._year_at(i + 2) for phrase in traps["phrase"])

    def skip(self, i: int, *keys: str) -> int:
        return i + 1 if self.key(i) in keys else i

    def _day_number(self, i: int) -> tuple[int, int] | None:
        """A day of the month at i: digits or an ordinal in words; (day, next place)."""
        lexeme = self.at(i)
        if lexeme is None or lexeme.number is None:
            return None
        if lexeme.kind == "number":
            return (lexeme.number, i + 1) if 1 <= lexeme.number <= 31 and len(lexeme.key) <= 2 else None
        if not lexeme.is_ordinal:
            return None
        value, j = lexeme.number, i + 1
        following = self.at(j)
        if following is not None and following.key in ("عشر", "عشره"):
            return 10 + value, j + 1
        if following is not None and following.number in (20, 30) and following.front.startswith("و"):
            return value + following.number, j + 1
        return (value, j) if value <= 31 else None

    def _count(self, i: int) -> tuple[int, int] | None:
        """A cardinal number at i, digits or words (خمسة وعشرين); (number, next place)."""
        lexeme = self.at(i)
        if lexeme is None or lexeme.number is None or lexeme.is_ordinal:
            return None
        value, j = lexeme.number, i + 1
        following = self.at(j)
        if lexeme.kind == "word" and following is not None and following.number is not None:
            if following.key in ("عشر", "عشره") and value < 10:
                return value + 10, j + 1
            if following.number >= 20 and following.front.startswith("و"):
                return value + following.number, j + 1
        return value, j

    def _year_at(self, i: int) -> tuple[int, int] | None:
        """A year at i, with or without عام before it; (year, next place)."""
        j, named = i, False
        if self.key(j) == "من" and self.has(j + 1, "unit"):
            j += 1
        if self.has(j, "unit") and self.value(j, "unit") == "year" and self.key(j) in ("عام", "سنه", "العام", "السنه"):
            j, named = j + 1, True
        elif self.key(j) == "لعام":
            j, named = j + 1, True
        lexeme = self.at(j)
        if lexeme is None or lexeme.kind != "number" or lexeme.number is None:
            return self._year_in_words(j) if named else None
        if 1000 <= lexeme.number <= 2100 and len(lexeme.key) == 4:
            after = self.key(j + 1)
            if not named and (after in date_words().traps["after"] or after == "%"):
                return None
            if after in ("ه", "هجري", "هجريه"):
                return None
            return lexeme.number, j + 2 if after in ("م", "ميلادي", "ميلاديه") else j + 1
        if named and 0 < lexeme.number < 100:
            return (2000 if lexeme.number <= self.anchor.year % 100 + 1 else 1900) + lexeme.number, j + 1
        return None

    def _year_in_words(self, i: int) -> tuple[int, int] | None:
        lexeme = self.at(i)
        if lexeme is None or lexeme.number not in (1000, 2000):
            return None
        total, j = lexeme.number, i + 1
        while (following := self.at(j)) is not None and following.number is not None and following.front.startswith("و"):
            total += following.number
            j += 1
        return (total, j) if 1000 < total <= 2100 else None

    def _direction(self, i: int) -> tuple[int, int] | None:
        """الماضي, المقبل, الجاري at i: (-1, 1 or 0, next place)."""
        if self.has(i, "direction"):
            return int(self.value(i, "direction")), i + 1
        return None

    def _period_after(self, i: int) -> tuple[int, int] | None:
        """A year told by words at i: من العام الماضي, هذا العام, من ذلك العام; (year, next place)."""
        j = self.skip(i, "من", "في")
        if self.key(j) in ("ذلك", "نفس", "هذا", "هذه", "تلك") and self.has(j + 1, "unit") and self.value(j + 1, "unit") == "year":
            year = self._reference_year() if self.key(j) in ("ذلك", "نفس", "تلك") else self.anchor.year
            return year, j + 2
        if self.has(j, "unit") and self.value(j, "unit") == "year" and (direction := self._direction(j + 1)) is not None:
            return self.anchor.year + direction[0], direction[1]
        return None

    def _reference_year(self) -> int:
        for found in reversed(self.previous):
            if found.stretch.first is not None:
                return found.stretch.first.year
        return self.anchor.year

    def _choose_year(self, month: int, day: int, i: int) -> int:
        """The year of an undirected day or month: the nearest before the anchor, after it when the clause looks ahead."""
        year = self.anchor.year
        last = min(day, 28) if day else 28
        candidate = date(year, month, last)
        if self.looks_ahead(i):
            return year + 1 if (month, day or 31) < (self.anchor.month, self.anchor.day if day else 1) else year
        if (month, day or 1) > (self.anchor.month, self.anchor.day) and (candidate - self.anchor).days > 0:
            return year - 1
        return year

    # -- rules -------------------------------------------------------------------------------------------------------

    def _month_name(self, i: int) -> tuple[int, int] | None:
        """A Gregorian month at i with its second name in any shape: مايو/أيار, فبراير (شباط); (month, next place)."""
        j = i + 1 if self.has(i, "unit") and self.value(i, "unit") == "month" and self.has(i + 1, "month") else i
        if not self.has(j, "month") or self._ambiguous_month(j):
            return None
        month, j = int(self.value(j, "month")), j + 1
        for opening, closing in (("(", ")"), ("/", ""), ("-", ""), ("\\", ""), ("[", "]"), ("", "")):
            if opening and self.key(j) != opening:
                continue
            k = j + 1 if opening else j
            if self.has(k, "month") and int(self.value(k, "month")) == month:
                k += 1
                return month, k + 1 if closing and self.key(k) == closing else k
        return month, j

    def _ambiguous_month(self, i: int) -> bool:
        """آب and ماي are months only beside a number, a year or another date word; so are أوت, مارس (he practised)."""
        if self.key(i) not in ("اب", "ماي", "مارس", "اوت", "جوان", "ايار", "اذار", "نيسان", "تموز", "شباط"):
            return False
        if self.lexemes[i].front not in ("", "في", "ل", "ب", "و"):
            return True
        near = [self.at(i - 1), self.at(i - 2), self.at(i + 1), self.at(i + 2)]
        if any(x is not None and (x.number is not None or x.key in ("/", "(", "شهر", "في") or x.classes) for x in near):
            return False
        return self.key(i) in ("اب", "ماي", "مارس", "اوت", "جوان")

    def _explicit(self, i: int) -> Found | None:
        """[weekday] day month [year]: السبت 17 فبراير/شباط 2025, الثامن من مايو, 14 و15 نيسان."""
        j = i
        if self.has(j, "unit") and self.value(j, "unit") == "day" and self.key(j) in ("يوم", "يومي"):
            j += 1
        if self.has(j, "weekday"):
            j += 1
            j = self.skip(j, "،", "(", "الموافق", "-")
            j = self.skip(j, "الموافق")
        j = self.skip(j, "(")
        hijri = self._hijri(i, j)
        if hijri is not None:
            return hijri
        day = self._day_number(j)
        if day is None:
            return self._month_first(i, j)
        number, j = day
        second = None
        if (
            self.key(j) in ("-", "–", "/", "و", "الي", "،")
            and (more := self._day_number(j + 1)) is not None
            and self._starts_month(more[1])
        ):
            second, j = more
        elif (more := self._day_number(j)) is not None and self.lexemes[j].front.startswith("و") and self._starts_month(more[1]):
            second, j = more
        j = self.skip(j, ")")
        j = self.skip(j, "من", "-", "/")
        month = self._month_name(j)
        if month is None:
            return self._day_of_period(i, number, second, j)
        return self._finish_day(i, number, second, *month)

    def _starts_month(self, j: int) -> bool:
        j = self.skip(j, "من", ")")
        return self._month_name(j) is not None or self._month_period(j) is not None

    def _month_first(self, i: int, j: int) -> Found | None:
        """Month before day: أكتوبر 14, مايو 13-15 (rare in news)."""
        month = self._month_name(j)
        if month is None:
            return None
        day = self._day_number(month[1])
        if day is None or self.lexemes[month[1]].kind != "number" or self.key(day[1]) in date_words().traps["after"]:
            return None
        if self.key(day[1]) == "-" and (more := self._day_number(day[1] + 1)) is not None:
            return self._finish_day(i, day[0], more[0], month[0], more[1])
        return self._finish_day(i, day[0], None, month[0], day[1])

    def _finish_day(self, i: int, number: int, second: int | None, month: int, j: int) -> Found | None:
        certain, method = True, "absolute"
        after = self.skip(j, "،", "من", "/", "-")
        if (year := self._year_at(j)) is not None or (year := self._year_at(after)) is not None:
            value, j = year
        elif (period := self._period_after(j)) is not None:
            value, j = period
        elif (direction := self._direction(j)) is not None:
            value, j = self._directed_year(month, number, direction[0]), direction[1]
            method = "relative"
        else:
            value, certain = self._choose_year(month, number, i), False
            method = "relative"
            weekday = next((int(self.value(k, "weekday")) for k in range(i, j) if self.has(k, "weekday")), None)
            value = self._fitting_year(month, number, weekday, value)
        try:
            first = date(value, month, number)
            if second is None:
                return Found(i, j, day_of(first, method, certain))
            last = date(value, month, second)
        except ValueError:
            return None
        return Found(i, j, Stretch(first, last, f"{first}/{last}", "span", method, certain))

    def _fitting_year(self, month: int, day: int, weekday: int | None, year: int) -> int:
        """«الجمعة 22 فبراير»: the weekday tells the year, within some years around the chosen one."""
        if weekday is None:
            return year
        for shift in (0, -1, 1, -2, -3, -4, -5, -6):
            try:
                if date(year + shift, month, day).weekday() == weekday:
                    return year + shift
            except ValueError:
                continue
        return year

    def _directed_year(self, month: int, day: int, direction: int) -> int:
        year, here = self.anchor.year, (self.anchor.month, self.anchor.day)
        if direction < 0:
            return year if (month, day) < here else year - 1
        if direction > 0:
            return year if (month, day) > here else year + 1
        return year

    def _day_of_period(self, i: int, number: int, second: int | None, j: int) -> Found | None:
        """«12 من الشهر الجاري»."""
        j = self.skip(j, "من")
        period = self._month_period(j)
        if period is None or number > 31:
            return None
        first, end = period
        try:
            day = first.replace(day=number)
            if second is not None:
                last = first.replace(day=second)
                return Found(i, end, Stretch(day, last, f"{day}/{last}", "span", "relative"))
        except ValueError:
            return None
        return Found(i, end, day_of(day, "relative"))

    def _month_period(self, j: int) -> tuple[date, int] | None:
        """الشهر الجاري, هذا الشهر, الشهر الماضي: (first day, next place)."""
        if self.key(j) in ("هذا", "ذات", "نفس") and self.has(j + 1, "unit") and self.value(j + 1, "unit") == "month":
            return self.anchor.replace(day=1), j + 2
        if self.has(j, "unit") and self.value(j, "unit") == "month" and (direction := self._direction(j + 1)) is not None:
            return add_months(self.anchor.replace(day=1), direction[0]), direction[1]
        return None

    def _hijri(self, i: int, j: int) -> Found | None:
        day = self._day_number(j)
        k = self.skip(day[1], "من") if day is not None else j
        k = k + 1 if self.has(k, "unit") and self.value(k, "unit") == "month" else k
        if not self.has(k, "hijri"):
            return None
        month, k = int(self.value(k, "hijri")), k + 1
        year = None
        y = k + 1 if self.has(k, "unit") and self.value(k, "unit") == "year" else k
        lexeme = self.at(y)
        if lexeme is not None and lexeme.kind == "number" and lexeme.number is not None and 1200 < lexeme.number < 1600:
            year, k = lexeme.number, y + 1
            k = self.skip(k, "ه", "هجري", "هجريه", "للهجره")
        if day is None and year is None:
            return None
        if year is None:
            direction = self._direction(k)
            year = self._hijri_year(month)
            k = direction[1] if direction is not None else k
        k = self._conversion(k)
        try:
            if day is None:
                first, last = Hijri(year, month, 1), Hijri(year, month, Hijri(year, month, 1).month_length())
                start, end = date(*first.to_gregorian().datetuple()), date(*last.to_gregorian().datetuple())
                return Found(i, k, Stretch(start, end, f"{start}/{end}", "month", "absolute"))
            return Found(i, k, day_of(date(*Hijri(year, month, day[0]).to_gregorian().datetuple()), "absolute"))
        except (ValueError, OverflowError):
            return Found(i, k, OPEN)

    def _conversion(self, k: int) -> int:
        """«15 رمضان 1443هـ الموافق 16 أبريل 2022»: the Gregorian day belongs to the phrase."""
        if self.key(k) in ("الموافق", "("):
            inner = self._explicit(self.skip(k + 1, "ل")) or self._numeric(k + 1)
            if inner is not None:
                return inner.last + 1 if self.key(inner.last) == ")" else inner.last
        return k

    def _hijri_year(self, month: int) -> int:
        from hijridate import Gregorian

        year, this_month, _ = Gregorian(self.anchor.year, self.anchor.month, self.anchor.day).to_hijri().datetuple()
        return year if month <= this_month else year - 1

    def _numeric(self, i: int) -> Found | None:
        """1/9/2008 (day first, as Arabic papers write), 2022-10-23, 15-7-2000."""
        parts, j = [], i
        while len(parts) < 3 and (lexeme := self.at(j)) is not None and lexeme.kind == "number" and lexeme.number is not None:
            parts.append(lexeme)
            if self.key(j + 1) not in ("/", "-", "."):
                j += 1
                break
            j += 2 if len(parts) < 3 else 1
        if len(parts) == 3:
            numbers = [p.number or 0 for p in parts]
            order = (0, 1, 2) if numbers[0] > 31 else (2, 1, 0) if numbers[1] <= 12 else (2, 0, 1)
            year, month, day = (numbers[k] for k in order)
            year += 2000 if year < 50 else 1900 if year < 100 else 0
            try:
                return Found(i, j, day_of(date(year, month, day)))
            except ValueError:
                return None
        if len(parts) == 2 and parts[1].end - parts[0].start <= 8 and self.key(i + 1) == "/":
            a, b = parts[0].number or 0, parts[1].number or 0
            if 1 <= a <= 12 and 1900 <= b <= 2100:
                return Found(i, i + 3, month_of(b, a))
            if 1 <= b <= 12 and 1 <= a <= 31 and self.has(i - 1, "weekday"):
                return Found(i, i + 3, day_of(date(self._choose_year(b, a, i), b, min(a, 28)), "relative", False))
        return None

    def _relative_day(self, i: int) -> Found | None:
        """أمس الجمعة, اليوم الأحد, أول من أمس; a weekday after it must not contradict (then it stays apart)."""
        j = i + 1 if self.key(i) == "يوم" and self.has(i + 1, "day") else i
        if not self.has(j, "day"):
            return None
        if self.key(j) == "اليوم" and self._day_then_direction(j):
            return None
        if self.key(j) == "اليوم" and (ordinal := self._ordinal_day(j)) is not None:
            return ordinal
        day = self.anchor + timedelta(days=int(self.value(j, "day")))
        j += 1
        if (
            self.key(j) == "(" and self.has(j + 1, "day") and self.key(j + 2) == ")"
        ):  # «اليوم (أمس)»: the paper corrects the speaker
            day, j = self.anchor + timedelta(days=int(self.value(j + 1, "day"))), j + 3
        k = self.skip(j, "،", "(")
        k = self.skip(k, "يوم")
        if self.has(k, "weekday"):
            day = self._nearest(day, int(self.value(k, "weekday")))
            j = self.skip(k + 1, ")") if self.key(j) == "(" else k + 1
        explicit = self._explicit(self.skip(j, "،", "("))
        if explicit is not None and explicit.stretch.first is not None and abs((explicit.stretch.first - day).days) <= 1:
            return Found(i, explicit.last, explicit.stretch)
        return Found(i, j, day_of(day, "relative"))

    @staticmethod
    def _nearest(day: date, weekday: int) -> date:
        """«اليوم الأحد» in Monday's paper means Sunday: the weekday wins where it is a day away."""
        for shift in (0, -1, 1):
            if (day + timedelta(days=shift)).weekday() == weekday:
                return day + timedelta(days=shift)
        return day

    def _day_then_direction(self, i: int) -> bool:
        return self.has(i + 1, "direction") and self.value(i + 1, "direction") == "1"

    def _ordinal_day(self, i: int) -> Found | None:
        """«اليوم الثاني»: an ordinal after اليوم counts days of something else."""
        lexeme = self.at(i + 1)
        if lexeme is not None and lexeme.is_ordinal and not lexeme.classes:
            return Found(i, i + 2, OPEN)
        return None

    def _weekday(self, i: int) -> Found | None:
        j = i + 1 if self.key(i) in ("يوم", "يومي", "هذا", "نهار") and self.has(i + 1, "weekday") else i
        if not self.has(j, "weekday"):
            return None
        bare = self.key(j)
        if not bare.startswith("ال") and j == i:
            return None
        number = int(self.value(j, "weekday"))
        k = j + 1
        pair = self._weekday_pair(i, k, number)
        if pair is not None:
            return pair
        direction = self._direction(k)
        day = self._weekday_day(number, direction[0] if direction else None, i)
        return Found(i, direction[1] if direction else k, day_of(day, "weekday", direction is not None))

    def _weekday_pair(self, i: int, k: int, number: int) -> Found | None:
        """«ليل الخميس - الجمعة», «يومي السبت والأحد»."""
        j = self.skip(k, "-", "ـ", "/", "–")
        if not self.has(j, "weekday") or (j == k and not self.lexemes[j].front.startswith("و")):
            return None
        second = int(self.value(j, "weekday"))
        direction = self._direction(j + 1)
        last = self._weekday_day(second, direction[0] if direction else None, i)
        gap = (second - number) % 7
        first = last - timedelta(days=gap)
        return Found(i, direction[1] if direction else j + 1, Stretch(first, last, f"{first}/{last}", "span", "weekday"))

    def _weekday_day(self, number: int, direction: int | None, i: int) -> date:
        back = (self.anchor.weekday() - number) % 7
        if direction == -1:
            return self.anchor - timedelta(days=back or 7)
        if direction == 1 or (direction is None and self.looks_ahead(i)):
            return self.anchor + timedelta(days=(7 - back) % 7 or 7)
        return self.anchor - timedelta(days=back)

    def _day_part(self, i: int) -> Found | None:
        """فجر أمس, مساء الخميس الماضي, في ساعة متأخرة من ليل السبت: the part of the day is part of the phrase."""
        if not self.has(i, "daypart"):
            return None
        j = i + 1
        while self.has(j, "daypart") or self.key(j) in ("من", "يوم") and not self.has(j, "weekday"):
            j += 1
        j = self.skip(j, "،", "(") if self.has(j + 1, "day") or self.has(j + 1, "weekday") else j
        for rule in (self._explicit, self._relative_day, self._weekday, self._month, self._unit, self._part):
            found = rule(j)
            if found is not None and found.first == j:
                return Found(i, found.last, found.stretch)
        return None

    def _part(self, i: int) -> Found | None:
        """منتصف مايو/أيار الماضي, مطلع العام الجاري, أواخر التسعينات, نهاية الأسبوع."""
        if not self.has(i, "part"):
            return None
        if self.has(i, "unit"):
            return None
        j = self.skip(i + 1, "من")
        for rule in (self._month, self._unit, self._decade, self._year):
            found = rule(j)
            if found is not None and found.first == j:
                if found.stretch.granularity in ("week", "day"):
                    return Found(i, found.last, found.stretch)
                return Found(i, found.last, part_of(found.stretch, self.value(i, "part")))
        return None

    def _month(self, i: int) -> Found | None:
        month = self._month_name(i)
        if month is None:
            return None
        number, j = month
        if (year := self._year_at(j)) is not None or (
            self.key(j) in ("،", "من", "/") and (year := self._year_at(j + 1)) is not None
        ):
            return Found(i, year[1], month_of(year[0], number))
        if (period := self._period_after(j)) is not None:
            return Found(i, period[1], month_of(period[0], number, "relative"))
        if (direction := self._direction(j)) is not None:
            year_value = self.anchor.year
            if direction[0] < 0:
                year_value -= number >= self.anchor.month
            elif direction[0] > 0:
                year_value += number <= self.anchor.month
            return Found(i, direction[1], month_of(year_value, number, "relative"))
        return Found(i, j, month_of(self._choose_year(number, 0, i), number, "relative", False))

    def _fraction(self, i: int) -> Found | None:
        """الربع الثالث من عام 2011, النصف الأول من العام الجاري, صيف 2006."""
        if self.has(i, "season") and not self.has(i, "hijri"):
            year = self._year_at(i + 1) or self._period_after(i + 1)
            if year is not None:
                return Found(i, year[1], season_of(year[0], self.value(i, "season")))
            if (direction := self._direction(i + 1)) is not None:
                return Found(i, direction[1], season_of(self.anchor.year + min(direction[0], 0), self.value(i, "season")))
            return None
        kind = "quarter" if self.has(i, "quarter") else "half" if self.has(i, "half") else ""
        if not kind:
            return None
        ordinal = self.at(i + 1)
        if ordinal is None or not ordinal.is_ordinal or ordinal.number is None or ordinal.number > (4 if kind == "quarter" else 2):
            return None
        year = self._year_at(i + 2) or self._period_after(i + 2)
        if year is None:
            return None
        make = quarter_of if kind == "quarter" else half_of
        return Found(i, year[1], make(year[0], ordinal.number))

    def _unit(self, i: int) -> Found | None:
        """الأسبوع الماضي, هذا العام, الشهر الجاري, عطلة نهاية الأسبوع."""
        j, shift = i, None
        if self.has(i, "this") and self.has(i + 1, "unit"):
            j, shift = i + 1, 0
        if not self.has(j, "unit") or self.lexemes[j].number is not None:
            return None
        unit = self.value(j, "unit")
        k = j + 1
        if shift is None:
            direction = self._direction(k)
            if direction is None:
                return Found(i, k, self._weekend(0)) if unit == "weekend" else None
            shift, k = direction
        if self.key(j) in DUALS or (self._is_plural(j)):
            return None
        stretch = self._shifted(unit, shift)
        return Found(i, k, stretch) if stretch is not None else None

    def _is_plural(self, j: int) -> bool:
        return self.key(j).removeprefix("ال") in ("ايام", "اسابيع", "اشهر", "شهور", "اعوام", "سنوات", "سنين", "عقود", "ساعات")

    def _shifted(self, unit: str, shift: int) -> Stretch | None:
        if unit == "day":
            return day_of(self.anchor + timedelta(days=shift), "relative")
        if unit == "week":
            return week_of(self.anchor + timedelta(weeks=shift))
        if unit == "weekend":
            return self._weekend(shift)
        if unit == "month":
            first = add_months(self.anchor.replace(day=1), shift)
            return month_of(first.year, first.month, "relative")
        if unit == "year":
            return year_of(self.anchor.year + shift, "relative")
        if unit == "decade":
            return decade_of(self.anchor.year // 10 + shift)._replace(method="relative")
        return None

    def _weekend(self, shift: int) -> Stretch:
        """Saturday and Sunday of the ISO week before the anchor."""
        monday = self.anchor - timedelta(days=self.anchor.weekday()) + timedelta(weeks=shift)
        saturday = monday + timedelta(days=5)
        if saturday > self.anchor and shift == 0:
            saturday -= timedelta(weeks=1)
        year, week, _ = saturday.isocalendar()
        return Stretch(saturday, saturday + timedelta(days=1), f"{year}-W{week:02d}-WE", "weekend", "relative")

    def _span_of_units(self, i: int) -> Found | None:
        """السنوات الخمس الماضية, الأيام الثلاثة المقبلة, الأشهر الماضية: a stretch that ends or begins at the anchor."""
        if not self.has(i, "unit") or not (self._is_plural(i) or self.key(i).removeprefix("ال") in DUALS):
            return None
        unit, j = self.value(i, "unit"), i + 1
        number = 2 if self.key(i).removeprefix("ال") in DUALS else None
        if (count := self._count(j)) is not None:
            number, j = count
        direction = self._direction(j)
        if direction is None or unit in ("hour", "weekend"):
            return None
        count_of = number or 3
        first, last = self._around(unit, count_of, direction[0])
        value = f"P{number}{'YMWD'[['year', 'month', 'week', 'day'].index(unit)]}" if number and unit != "decade" else None
        return Found(i, direction[1], Stretch(first, last, value, "span", "relative", number is not None))

    def _around(self, unit: str, count: int, direction: int) -> tuple[date, date]:
        other = self._moved(unit, count, 1 if direction > 0 else -1)
        return (self.anchor, other) if direction > 0 else (other, self.anchor)

    def _moved(self, unit: str, count: int, sign: int) -> date:
        if unit in ("day", "hour"):
            return self.anchor + timedelta(days=sign * (count if unit == "day" else 0))
        if unit == "week":
            return self.anchor + timedelta(weeks=sign * count)
        months = count * {"month": 1, "year": 12, "decade": 120}.get(unit, 1)
        try:
            return add_months(self.anchor, sign * months)
        except ValueError:
            return self.anchor

    def _ago(self, i: int) -> Found | None:
        """قبل ثلاثة أيام, منذ شهرين, بعد أسبوع من الآن; «بعد يومين من X» counts from X, which is told elsewhere."""
        if not (self.has(i, "ago") or self.key(i) == "بعد"):
            return None
        after = self.key(i) == "بعد"
        j = i + 1
        while self.has(j, "approx") or self.key(j) in ("ما", "يزيد", "علي", "اكثر", "من", "يقارب"):
            j += 1
        number, j = self._amount(j)
        if number is None or not self.has(j, "unit"):
            return None
        unit, j = self.value(j, "unit"), j + 1
        if unit in ("hour", "weekend"):
            return None
        if self.key(j) == "من" and self.key(j + 1) not in ("الان", "اليوم"):
            return self._reference(i, j, unit, number, 1 if after else -1)
        if after:
            return None if not self.looks_ahead(i) else self._moved_phrase(i, j, unit, number, 1)
        if self._direction(j) is not None:
            return None
        return self._moved_phrase(i, j, unit, number, -1)

    def _amount(self, j: int) -> tuple[int | None, int]:
        if self.has(j, "unit"):
            return (2 if self.key(j) in DUALS else 1), j
        count = self._count(j)
        return (count[0], count[1]) if count is not None and count[0] < 1000 else (None, j)

    def _moved_phrase(self, i: int, j: int, unit: str, number: int, sign: int) -> Found:
        day = self._moved(unit, number, sign)
        if unit == "year":
            return Found(
                i, j, year_of(day.year, "relative") if number > 1 else Stretch(day, day, day.isoformat(), "year", "relative")
            )
        if unit == "month":
            return Found(i, j, month_of(day.year, day.month, "relative"))
        if unit == "decade":
            return Found(i, j, year_of(day.year, "relative"))
        return Found(i, j, day_of(day, "relative"))

    def _reference(self, i: int, j: int, unit: str, number: int, sign: int) -> Found | None:
        """Count from the date phrase before, if the text has one."""
        base = next((f.stretch.first for f in reversed(self.previous) if f.stretch.first is not None), None)
        if base is None:
            return None
        kept, self.anchor = self.anchor, base
        try:
            found = self._moved_phrase(i, j, unit, number, sign)
        finally:
            self.anchor = kept
        return found._replace(stretch=found.stretch._replace(method="reference", is_certain=False))

    def _decade(self, i: int) -> Found | None:
        if not self.has(i, "decade"):
            return None
        tens = int(self.value(i, "decade"))
        j = i + 1
        if self.key(j) == "من" and self.key(j + 1) in ("القرن",):
            j += 3 if self.has(j + 2, "direction") or self.lexemes[min(j + 2, len(self.lexemes) - 1)].is_ordinal else 2
        century = 190 if 1900 + tens * 10 <= self.anchor.year else 180
        return Found(i, min(j, len(self.lexemes)), decade_of(century + tens))

    def _year(self, i: int) -> Found | None:
        year = self._year_at(i)
        if year is None:
            return self._hijri_only(i)
        lexeme = self.lexemes[i]
        if lexeme.kind == "number" and not (1700 <= year[0] <= max(self.anchor.year + 2, 1902 if self.anchor.year > 1000 else 2100)):
            return None
        second = None
        if self.key(year[1]) in ("-", "/", "–") and (second := self._year_at(year[1] + 1)) is not None and second[0] > year[0]:
            last = date(second[0], 12, 31)
            return Found(i, second[1], Stretch(date(year[0], 1, 1), last, f"{year[0]}/{second[0]}", "span"))
        return Found(i, year[1], year_of(year[0]))

    def _hijri_only(self, i: int) -> Found | None:
        j = i + 1 if self.has(i, "unit") and self.value(i, "unit") == "year" else i
        lexeme = self.at(j)
        if (
            lexeme is None
            or lexeme.number is None
            or not 1300 <= lexeme.number <= 1500
            or self.key(j + 1) not in ("ه", "هجري", "هجريه")
        ):
            return None
        try:
            first = date(*Hijri(lexeme.number, 1, 1).to_gregorian().datetuple())
            last = date(*Hijri(lexeme.number + 1, 1, 1).to_gregorian().datetuple()) - timedelta(days=1)
        except (ValueError, OverflowError):
            return Found(i, j + 2, OPEN)
        return Found(i, j + 2, Stretch(first, last, f"{first}/{last}", "year"))

    def _interval(self, i: int) -> Found | None:
        """من 5 إلى 10 مايو, بين عامي 1998 و2000, من الأحد حتى الخميس."""
        if not self.has(i, "from") or self.key(i) == "منذ":
            return None
        j = i + 1
        while self.key(j) in ("يوم", "عامي", "يومي", "شهري", "الفتره", "ما", "في", "تاريخ"):
            j += 1
        first = self._single(j)
        day = self._day_number(j) if first is None or first.stretch.granularity == "year" and False else None
        if first is None and day is None:
            return None
        k = first.last if first is not None else day[1]  # type: ignore[index]
        following = self.at(k)
        if following is None or not (self.has(k, "to") or following.front.startswith("و") or self.key(k) in ("و", "-")):
            return None
        k = k + 1 if self.has(k, "to") or self.key(k) in ("و", "-") else k
        k = self.skip(k, "يوم", "عام")
        last = self._single(k)
        if last is None or last.stretch.last is None:
            return None
        if first is not None and first.stretch.first is not None:
            start = first.stretch.first
            value = f"{first.stretch.value}/{last.stretch.value}"
        elif day is not None and last.stretch.granularity == "day":
            try:
                start = last.stretch.last.replace(day=day[0])
            except ValueError:
                return None
            value = f"{start}/{last.stretch.last}"
        else:
            return None
        if start > last.stretch.last:
            return None
        return Found(i, last.last, Stretch(start, last.stretch.last, value, "span", last.stretch.method, last.stretch.is_certain))

    def _single(self, j: int) -> Found | None:
        for rule in (
            self._day_part,
            self._explicit,
            self._numeric,
            self._relative_day,
            self._weekday,
            self._part,
            self._month,
            self._unit,
            self._year,
        ):
            found = rule(j) if self.at(j) is not None else None
            if found is not None:
                return found
        return None
