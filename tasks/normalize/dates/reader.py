"""Reads the pieces of which date phrases are made: numbers, days, month names, years, directions.

Every method takes a place in the lexemes and returns (next place, what was read), or None.
"""

from functools import lru_cache

from tasks.normalize.clitics import noun_splits
from tasks.normalize.dates.model import Stretch
from tasks.normalize.dates.nodes import Node, That, Unit, Year
from tasks.normalize.dates.words import END, Entry, Lexeme, tables

DASHES = frozenset("-/")
COMMAS = frozenset("،,")
OPENING = {"(": ")", "[": "]", "«": "»"}


@lru_cache(maxsize=50_000)
def stems_of(key: str) -> frozenset[str]:
    """A folded word with and without what is written onto its front."""
    return frozenset(split.stem for split in noun_splits(key))


@lru_cache(maxsize=50_000)
def heads_of(key: str) -> frozenset[str]:
    """The same without the article: what the word can be as the head of a name (صلاة الجمعة, not الصحيفة الجمعة)."""
    return frozenset(split.stem for split in noun_splits(key) if "ال" not in split.proclitics)


class Reader:
    """The lexemes of one text, the earlier date read in it, and the last year that a number alone can mean."""

    def __init__(self, lexemes: list[Lexeme], last_year: int) -> None:
        self.lexemes = lexemes
        self.last_year = last_year
        self.size = len(lexemes)
        self.earlier: Stretch | None = None

    def at(self, i: int) -> Lexeme:
        return self.lexemes[i] if 0 <= i < self.size else END

    def key(self, i: int) -> str:
        return self.lexemes[i].key if 0 <= i < self.size else ""

    def entry(self, i: int, category: str) -> Entry | None:
        return self.lexemes[i].entries.get(category) if 0 <= i < self.size else None

    def link(self, i: int, *values: str) -> bool:
        entry = self.entry(i, "link")
        return entry is not None and entry.value in values

    def is_unit(self, i: int, unit: str, count: str = "1") -> bool:
        entry = self.entry(i, "unit")
        return entry is not None and entry.value == unit and entry.kind == count

    def is_plain_unit(self, i: int, unit: str) -> bool:
        """Is the word this unit with nothing but conjunction and article written onto it?"""
        entry = self.entry(i, "unit")
        return entry is not None and self.is_unit(i, unit) and entry.front in ((), ("ال",))

    def is_pair(self, i: int, unit: str) -> bool:
        """Is the word the dual before two days, months or years: يومي, شهري, عامي?"""
        entry = self.entry(i, "pair")
        return entry is not None and entry.value == unit

    def skip(self, i: int, keys: frozenset[str]) -> int:
        return i + 1 if self.key(i) in keys else i

    def skip_link(self, i: int, *values: str) -> int:
        return i + 1 if self.link(i, *values) else i

    def touches(self, i: int) -> bool:
        """Do lexemes i and i + 1 stand together without space?"""
        return self.at(i).end == self.at(i + 1).start

    def is_counted(self, i: int) -> bool:
        """Is the word at i a thing that is counted, so that a number before it is no year or day?"""
        return self.key(i) == "%" or self.key(i) in tables().sets["counted"]

    # -- numbers -----------------------------------------------------------------------------------------------------

    def digits(self, i: int) -> int | None:
        """A whole number in digits; not part of 1,200 or 2.5 or a time of day."""
        number = self.at(i).number
        if number is None:
            return None
        for j in (i - 1, i + 1):
            beyond = 2 * j - i
            is_split = self.key(j) in (".", ",", "٫", "٬") and self.at(beyond).number is not None
            if is_split and self.touches(min(i, j)) and self.touches(max(i, j) if j > i else beyond):
                return None
        return number

    def cardinal(self, i: int) -> tuple[int, int] | None:
        """A cardinal number in digits or words: خمسة وعشرين, ألفين وثمانية عشر."""
        number = self.digits(i)
        if number is not None:
            return i + 1, number
        if self.key(i) == "(" and self.key(i + 2) == ")" and self.at(i + 1).number is not None:
            return i + 3, self.at(i + 1).number or 0
        total, j = 0, i
        while (entry := self.entry(j, "number")) is not None and entry.kind in ("cardinal", "teen", "thousand"):
            if j > i and not self.key(j).startswith("و"):  # وأحد عشر looks like واحد
                break
            step = self._group(j, entry)
            if step is None:
                break
            j, group = step
            total += group
        return (j, total) if j > i else None

    def _group(self, i: int, entry: Entry) -> tuple[int, int] | None:
        number = int(entry.value)
        following = self.entry(i + 1, "number")
        if following is not None and following.front == () and following.value == "10" and number < 10 and entry.kind != "thousand":
            return i + 2, number + 10
        if entry.kind == "teen" and not (following is not None and "و" in following.front):
            return None
        if following is not None and following.kind == "thousand" and following.front == () and 2 < number < 11:
            return i + 2, number * 1000
        return i + 1, number

    def ordinal(self, i: int) -> tuple[int, int] | None:
        """An ordinal in words: الثالث, الثالث عشر, الحادي والعشرين; -1 for the last."""
        entry = self.entry(i, "number")
        if entry is None or entry.kind not in ("ordinal", "last"):
            return None
        number = int(entry.value)
        following = self.entry(i + 1, "number")
        if following is not None and following.kind == "cardinal" and 0 < number < 10:
            if following.value == "10" and following.front == ():
                return i + 2, number + 10
            if "و" in following.front and 20 <= int(following.value) <= 90:
                return i + 2, number + int(following.value)
        return i + 1, number

    def day(self, i: int) -> tuple[int, int] | None:
        """A day of the month: digits (also in brackets), an ordinal or a cardinal in words, 1 to 31."""
        if self.key(i) == "(" and self.key(i + 2) == ")":
            number = self.at(i + 1).number
            return (i + 3, number) if number is not None and 1 <= number <= 31 else None
        if self.at(i).number is not None:
            number = self.digits(i)
            return (i + 1, number) if number is not None and 1 <= number <= 31 and len(self.at(i).text) <= 2 else None
        found = self.ordinal(i) or self.cardinal(i)
        return found if found is not None and 1 <= found[1] <= 31 else None

    # -- months and years --------------------------------------------------------------------------------------------

    def month_name(self, i: int) -> tuple[int, int, str, bool] | None:
        """A month name: (next place, month, calendar, is it free of doubt). Two-word names are read here."""
        lexeme = self.at(i)
        if "month_first" in lexeme.entries:
            following = self.key(i + 1)
            for stem in stems_of(lexeme.key):
                for second, row, value, calendar in tables().pairs.get(stem, ()):
                    if second == following or "ال" + second == following:
                        return i + 2, int(value), calendar, tables().months[row]["use"] == "free"
        entry = lexeme.entries.get("month")
        if entry is None:
            return None
        use = tables().months[entry.row]["use"]
        clear = use == "free" or ("vague_month" not in lexeme.entries and self._is_led(i, entry))
        return i + 1, int(entry.value), entry.kind, clear

    def _is_led(self, i: int, entry: Entry) -> bool:
        """Is there a word before an ambiguous name that goes with time (في رمضان), and no person's name after it?"""
        led = self.link(i - 1, "in", "since", "to", "during", "before", "after", "which") or self.entry(i - 1, "part") is not None
        return led and entry.front == () and self.key(i + 1) not in tables().sets["person"]

    def month(self, i: int) -> tuple[int, int, str, bool] | None:
        """A month with its second name in any shape: مايو/أيار, فبراير (شباط), شهر أيار, شهر 3."""
        named = False
        if self.is_unit(i, "month"):
            numbered = self._numbered_month(i)
            if numbered is not None:
                return numbered
            i, named = i + 1, True
        found = self.month_name(i)
        if found is None:
            return None
        j, month, calendar, clear = found
        opening = self.key(j) if self.key(j) in OPENING or self.key(j) in ("/", "\\", "-") else ""
        second = self.month_name(j + 1 if opening else j)
        if second is not None and second[1:3] == (month, calendar):
            return self.skip(second[0], frozenset(OPENING.get(opening, ""))), month, calendar, True
        return j, month, calendar, clear or named

    def _numbered_month(self, i: int) -> tuple[int, int, str, bool] | None:
        entry = self.entry(i, "unit")
        found = self.ordinal(i + 1) if entry is not None and entry.has_article else self.cardinal(i + 1)
        if found is None or not 1 <= found[1] <= 12 or (self.is_counted(found[0]) and not self.is_unit(found[0], "year")):
            return None
        return found[0], found[1], "gregorian", entry is not None and not entry.has_article

    def year(self, i: int, after_month: bool = False) -> tuple[int, Node] | None:
        """A year: عام 2003, لعام 2014, من العام الماضي, ذلك العام, 1443هـ; four digits alone only `after_month`."""
        j = self.skip(i, COMMAS | DASHES) if after_month else i
        j = self.skip_link(j, "of", "in")
        if self.is_unit(j, "year"):
            return self._named_year(j)
        for category in ("this", "that"):
            if self.entry(j, category) is not None and self.is_plain_unit(j + 1, "year"):
                return j + 2, Unit("year", 0) if category == "this" else That("year")
        number = self.digits(j)
        era = self.entry(j + 1, "era")
        if after_month and number is None and (words := self.cardinal(j)) is not None and 1000 < words[1] <= 2200:
            return words[0], Year(words[1])
        if number is None or (self.is_counted(j + 1) and era is None):
            return None
        if era is not None and 0 < number < 3000 and (era.value == "hijri" or after_month):
            return j + 2, Year(number, era.value)
        if after_month and len(self.at(j).text) == 4 and 1000 <= number <= 2200 and self.key(j + 1) != ":":
            return j + 1, Year(number, "gregorian" if number > 1500 else "either")
        return None

    def _named_year(self, i: int) -> tuple[int, Node] | None:
        direction = self.direction(i + 1)
        if direction is not None:
            return direction[0], Unit("year", direction[1], direction[2])
        if self.entry(i + 1, "same") is not None:
            return i + 2, That("year")
        found = self.cardinal(i + 1)
        if found is None or self.is_counted(found[0]) or (self.at(i + 1).number is None and found[1] < 1000):
            return None
        j, number = found
        era = self.entry(j, "era")
        if era is not None:
            return j + 1, Year(number, era.value)
        if number < 100 and len(self.at(i + 1).text) == 2:
            return j, Year(number + (1900 if number > 50 else 2000))
        return (j, Year(number)) if 100 <= number <= 2200 else None

    def direction(self, i: int) -> tuple[int, int, bool] | None:
        """الماضي, الجاري, المقبل, بعد القادم, قبل الماضي: (next place, steps, is it counted from the earlier date)."""
        entry = self.entry(i, "direction")
        if entry is not None:
            return i + 1, int(entry.value), entry.row in ("direction-before", "direction-after")
        following = self.entry(i + 1, "direction")
        if following is not None and following.has_article:
            if self.link(i, "after") and following.value == "1":
                return i + 2, 2, False
            if self.link(i, "before") and following.value == "-1":
                return i + 2, -2, False
        return None
