"""Numbers inside date phrases: days of a month, counts, years."""

from tasks.normalize.dates.reader import Reader
from tasks.normalize.dates.words import date_words

TEENS = ("عشر", "عشره")
YEAR_WORDS = ("عام", "سنه", "العام", "السنه")


def day_number(r: Reader, i: int) -> tuple[int, int] | None:
    """A day of the month at i: digits (also in brackets) or an ordinal in words; (day, next place)."""
    if r.key(i) == "(" and r.key(i + 2) == ")" and r.is_numeral(i + 1):
        inner = day_number(r, i + 1)
        return (inner[0], i + 3) if inner else None
    number = r.number(i)
    if number is None:
        return None
    if r.is_numeral(i):
        return (number, i + 1) if 1 <= number <= 31 and len(r.key(i)) <= 2 else None
    return ordinal(r, i)


def ordinal(r: Reader, i: int) -> tuple[int, int] | None:
    """الثالث, الثامن عشر, الحادي والعشرين; (number up to 31, next place)."""
    number = r.number(i)
    if number is None or not r.is_ordinal(i):
        return None
    following = r.number(i + 1)
    if r.key(i + 1) in TEENS and number < 10:
        return number + 10, i + 2
    if following in (20, 30) and r.front(i + 1).startswith("و") and number < 10:
        return number + following, i + 2
    return (number, i + 1) if number <= 31 else None


def count(r: Reader, i: int) -> tuple[int, int] | None:
    """A cardinal number at i, digits (also in brackets) or words (خمسة وعشرين); (number, next place)."""
    if r.key(i) == "(" and r.key(i + 2) == ")" and r.is_numeral(i + 1):
        return r.number(i + 1) or 0, i + 3
    number = r.number(i)
    if number is None or r.is_ordinal(i):
        return None
    following = r.number(i + 1)
    if not r.is_numeral(i) and following is not None:
        if r.key(i + 1) in TEENS and number < 10:
            return number + 10, i + 2
        if following >= 20 and r.front(i + 1).startswith("و"):
            return number + following, i + 2
    return number, i + 1


def year_at(r: Reader, i: int) -> tuple[int, int] | None:
    """A year at i, with or without عام before it; (year, next place)."""
    j = i + 1 if r.key(i) in ("من", "في") and r.has(i + 1, "unit") else i
    named = r.is_unit(j, "year") and r.key(j) in YEAR_WORDS
    j += named
    number = r.number(j)
    if number is None or not r.is_numeral(j):
        return year_in_words(r, j) if named else None
    if 1000 <= number <= 2100 and len(r.key(j)) == 4:
        after = r.key(j + 1)
        if after in date_words().traps["hijri_mark"] or (not named and r.is_trap_word(j + 1, "after")):
            return None
        return number, r.skip(j + 1, "م", "ميلادي", "ميلاديه")
    if named and 0 < number < 100 and not r.is_plain(j + 1):
        return (2000 if number <= r.anchor.year % 100 + 1 else 1900) + number, j + 1
    return None


def year_in_words(r: Reader, i: int) -> tuple[int, int] | None:
    """ألفين وثمانية عشر, ألف وتسعمئة وتسعين; (year, next place)."""
    total, j = r.number(i), i + 1
    if total not in (1000, 2000):
        return None
    while (more := r.number(j)) is not None and (r.front(j).startswith("و") or r.key(j) in TEENS):
        total += more
        j += 1
    return (total, j) if 1000 < total <= 2100 else None


def year_after(r: Reader, i: int) -> tuple[int, int, bool] | None:
    """The year that follows a month or a part of a year, by number or by words (من العام الماضي, من ذلك العام).

    (year, next place, is it counted from the anchor or another date?)
    """
    beyond = r.skip(i, "،", ",", "من", "في", "/", "-", "ب")
    for j in (i, beyond):
        if (found := year_at(r, j) or year_in_words(r, j)) is not None:
            return *found, False
    period = year_by_words(r, r.skip(i, "من", "في"))
    return (*period, True) if period is not None else None


def year_by_words(r: Reader, j: int) -> tuple[int, int] | None:
    """العام الماضي, هذا العام, ذلك العام, العام نفسه; (year, next place)."""
    if r.is_unit(j + 1, "year") and (r.key(j) in ("ذلك", "تلك") or r.has(j, "this")):
        return (_told_year(r) if r.value(j, "this") != "0" else r.anchor.year), j + 2
    if not r.is_unit(j, "year"):
        return None
    if r.key(j + 1) in ("نفسه", "نفسها", "ذاته", "ذاتها"):
        return _told_year(r), j + 2
    direction = r.direction(j + 1)
    return (r.anchor.year + direction[0], direction[1]) if direction else None


def _told_year(r: Reader) -> int:
    told = r.last_date()
    return told.first.year if told is not None and told.first is not None else r.anchor.year
