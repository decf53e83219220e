"""Months, quarters, halves, seasons, years and decades."""

from datetime import date

from tasks.normalize.dates.model import Stretch, decade_of, half_of, month_of, quarter_of, season_of, year_of
from tasks.normalize.dates.numbers import count, ordinal, year_after, year_at, year_in_words
from tasks.normalize.dates.reader import Found, Reader
from tasks.normalize.dates.words import date_words

SECOND_NAMES = (("(", ")"), ("/", ""), ("-", ""), ("\\", ""), ("[", "]"), ("", ""))
OLDEST = 1700  # a bare number below is hardly a year of news


def month_name(r: Reader, i: int) -> tuple[int, int] | None:
    """A Gregorian month at i with its second name in any shape: مايو/أيار, فبراير (شباط); (month, next place)."""
    j = i + (r.is_unit(i, "month") and r.has(i + 1, "month"))
    if not r.has(j, "month"):
        return _numbered_month(r, i)
    if _is_other_word(r, j):
        return None
    month = r.value(j, "month")
    for opening, closing in SECOND_NAMES:
        k = j + 2 if opening else j + 1
        if (not opening or r.key(j + 1) == opening) and r.value(k, "month") == month:
            return int(month), k + 1 + (closing != "" and r.key(k + 1) == closing)
    return int(month), j + 1


def _is_other_word(r: Reader, i: int) -> bool:
    """آب (father), ماي, مارس (he practised) are months only beside a number, a year or another date word."""
    key = r.key(i)
    if key not in date_words().traps["month_or_word"]:
        return False
    if r.front(i) not in ("", "ل", "ب", "و"):
        return True
    if r.key(i - 1) == "في" and key not in date_words().traps["month_or_word_in"]:
        return False
    return not any(
        r.number(k) is not None or r.key(k) in ("/", "(", "شهر") or (r.lexemes[k].classes.keys() - {"range"})
        for k in (i - 1, i - 2, i + 1, i + 2)
        if 0 <= k < len(r.lexemes)
    )


def _numbered_month(r: Reader, i: int) -> tuple[int, int] | None:
    """شهر 3, شهر عشرة, الشهر الثامن من عام 2014 (not: للشهر الثامن على التوالي); (month, next place)."""
    if not r.is_unit(i, "month") or r.key(i) not in ("شهر", "الشهر") or r.has(i - 1, "ago"):
        return None
    if r.key(i) == "شهر":
        found = count(r, i + 1)
        told = found is not None and not r.is_plain(found[1])
    else:
        found = ordinal(r, i + 1)
        told = found is not None and r.front(i) != "ل" and (r.at(found[1]) is None or year_after(r, found[1]) is not None)
    return found if found is not None and told and 1 <= found[0] <= 12 else None


def month(r: Reader, i: int) -> Found | None:
    """مايو/أيار 2011, سبتمبر الماضي, أكتوبر من ذلك العام, يناير وفبراير من العام الماضي, 3-2015, هذا سبتمبر."""
    named = r.has(i, "this") and r.has(i + 1, "month")
    name = month_name(r, i + named)
    if name is None:
        return _month_by_digits(r, i)
    number, j = name
    later = month_name(r, j) if r.front(j) == "و" else None
    if later is not None and (pair := _month_pair(r, i, number, *later)) is not None:
        return pair
    if named:
        return Found(i, j, month_of(r.anchor.year, number, "relative"))
    year, last, method, certain = month_year(r, number, j, i)
    return Found(i, last, month_of(year, number, method, certain))


def month_year(r: Reader, number: int, j: int, i: int) -> tuple[int, int, str, bool]:
    """The year of the month that ends before j: (year, next place, method, is it certain?)."""
    if (told := year_after(r, j)) is not None:
        return told[0], told[1], "relative" if told[2] else "absolute", True
    if (words := year_in_words(r, j)) is not None:
        return words[0], words[1], "absolute", True
    if (direction := r.direction(j)) is not None:
        year = r.anchor.year
        if direction[0] < 0:
            year -= number >= r.anchor.month
        elif direction[0] > 0:
            year += number <= r.anchor.month
        return year, direction[1], "relative", True
    return r.choose_year(number, 0, i), j, "relative", False


def _month_pair(r: Reader, i: int, number: int, second: int, j: int) -> Found | None:
    year, last, method, certain = month_year(r, second, j, i)
    if second <= number:
        return None
    end = month_of(year, second).last
    value = f"{year}-{number:02d}/{year}-{second:02d}"
    return Found(i, last, Stretch(date(year, number, 1), end, value, "span", method, certain))


def _month_by_digits(r: Reader, i: int) -> Found | None:
    """3-2015, 2015-3, 3/2015."""
    a, b = r.number(i), r.number(i + 2)
    if a is None or b is None or r.key(i + 1) not in ("-", "/") or not (r.is_numeral(i) and r.is_numeral(i + 2)):
        return None
    if r.key(i + 3) in ("-", "/") or r.key(i - 1) in ("-", "/") or r.lexemes[i + 2].end - r.lexemes[i].start > 7:
        return None
    year, number = (a, b) if len(r.key(i)) == 4 else (b, a)
    if 1900 <= year <= 2100 and 1 <= number <= 12:
        return Found(i, i + 3, month_of(year, number))
    return None


def fraction(r: Reader, i: int) -> Found | None:
    """الربع الثالث من عام 2011, النصف الأول من العام الجاري, الأشهر التسعة الأولى من 2008."""
    kind = "quarter" if r.has(i, "quarter") else "half" if r.has(i, "half") else ""
    number = r.number(i + 1)
    if not kind or number is None or not r.is_ordinal(i + 1) or number > (4 if kind == "quarter" else 2):
        return None
    if (told := year_after(r, i + 2)) is None:
        return None
    stretch = (quarter_of if kind == "quarter" else half_of)(told[0], number)
    return Found(i, told[1], stretch._replace(method="relative") if told[2] else stretch)


def season(r: Reader, i: int) -> Found | None:
    """صيف 2006, الشتاء الماضي, هذا الخريف."""
    named = r.has(i, "this") and r.has(i + 1, "season")
    j = i + named
    if not r.has(j, "season") or r.has(j, "hijri"):
        return None
    code = r.value(j, "season")
    if named:
        return Found(i, j + 1, season_of(r.anchor.year, code)._replace(method="relative"))
    if (told := year_after(r, j + 1)) is not None:
        stretch = season_of(told[0], code)
        return Found(i, told[1], stretch._replace(method="relative") if told[2] else stretch)
    if (direction := r.direction(j + 1)) is not None:
        return Found(i, direction[1], _season_toward(r.anchor, code, direction[0]))
    return None


def _season_toward(anchor: date, code: str, direction: int) -> Stretch:
    """The nearest season that ended before (-1) or begins after (1) the anchor; 0: that of the anchor's year."""
    years = range(anchor.year + 1, anchor.year - 3, -1) if direction < 0 else range(anchor.year, anchor.year + 2)
    for year in years:
        stretch = season_of(year, code)._replace(method="relative")
        first, last = stretch.first or anchor, stretch.last or anchor
        if (direction < 0 and last < anchor) or (direction > 0 and first > anchor) or (direction == 0 and year == anchor.year):
            return stretch
    return season_of(anchor.year, code)


def decade(r: Reader, i: int) -> Found | None:
    """التسعينات, ستينيات القرن الماضي, الأربعينيات من القرن التاسع عشر (not: في الثلاثينيات من عمره)."""
    if not r.has(i, "decade"):
        return None
    tens, j = int(r.value(i, "decade")), i + 1
    if r.key(j) == "من" and r.is_trap_word(j + 1, "age"):
        return None
    century = 190 if 1900 + tens * 10 <= r.anchor.year else 180
    told = _century(r, r.skip(j, "من"))
    if told is not None:
        century, j = told
    elif "ال" not in r.front(i) and not r.key(i).startswith("ال"):
        bare = r.key(i - 1) in ("في", "منذ", "خلال") or r.has(i - 1, "part")
        if not bare or r.is_plain(j):
            return None
    return Found(i, j, decade_of(century + tens))


def _century(r: Reader, j: int) -> tuple[int, int] | None:
    """القرن الماضي, القرن التاسع عشر, القرن العشرين: (years without the last digit, next place)."""
    if r.key(j) != "القرن":
        return None
    if (direction := r.direction(j + 1)) is not None and abs(direction[0]) < 2:
        return (r.anchor.year // 100 + direction[0]) * 10, direction[1]
    number = ordinal(r, j + 1)
    return ((number[0] - 1) * 10, number[1]) if number is not None else None


def year(r: Reader, i: int) -> Found | None:
    """عام 2003, سنة 96, 2003-2006; a bare number far ahead of the anchor is no year."""
    told = year_at(r, i)
    if told is None or r.key(i) in ("من", "في"):
        return None
    if r.is_numeral(i):
        latest = r.anchor.year + 2 if r.anchor.year > OLDEST else 2100
        if not OLDEST <= told[0] <= latest or r.key(i - 1) in ("-", "/", "+", ".") or r.key(i + 1) in ("/", "+", "%"):
            return None
    if r.key(told[1]) in ("-", "/", "–"):
        later = year_at(r, told[1] + 1)
        if later is not None and told[0] < later[0] < told[0] + 200:
            value = f"{told[0]}/{later[0]}"
            return Found(i, later[1], Stretch(date(told[0], 1, 1), date(later[0], 12, 31), value, "span"))
    return Found(i, told[1], year_of(told[0]))
