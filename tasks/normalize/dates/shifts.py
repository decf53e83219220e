"""Rules for phrases that count from now or from another date: ago, since, after, within, the day after."""

from tasks.normalize.dates.counts import count_of_units
from tasks.normalize.dates.days import Read, full_day
from tasks.normalize.dates.model import OPEN
from tasks.normalize.dates.nodes import Dated, Node, Plain
from tasks.normalize.dates.periods import container
from tasks.normalize.dates.reader import Reader
from tasks.normalize.dates.spans import After, Count, Shifted, Since, SomeAgo, Within
from tasks.normalize.dates.weekdays import any_day
from tasks.normalize.dates.words import tables

ONLY = frozenset({"فقط", "تقريبا"})  # stands between a count and من: بعد يومين فقط من اتصال سابق
SIGNS = {"before": -1, "since": -1, "after": 1}


def counted(r: Reader, i: int) -> Read:
    """قبل يومين, منذ نحو خمسة أسابيع, بعد يومين من الآن, خلال أسبوعين, قبل أيام."""
    entry = r.entry(i, "link")
    if entry is None or entry.value not in ("before", "since", "after", "during"):
        return None
    j = _skip_about(r, i + 1)
    some = _some(r, j, entry.value)
    if some is not None:
        return some
    found = counts(r, j)
    if found is None:
        return None
    return _placed(r, found[0], entry.value, found[1])


def _skip_about(r: Reader, i: int) -> int:
    """Over نحو, حوالي, أكثر من, ما لا يقل عن."""
    for keys, kind, _, _ in tables().names.get(r.key(i), ()):
        if kind == "about" and all(r.key(i + n) == key for n, key in enumerate(keys)):
            return i + len(keys)
    if r.link(i, "about"):
        return i + 1
    return i + 2 if r.link(i, "more") and r.link(i + 1, "of") else i


def counts(r: Reader, i: int) -> tuple[int, tuple[Count, ...]] | None:
    """Numbers with units joined by و: شهر واحد ويومان, 2 عام و 21 يوما."""
    first = count_of_units(r, i)
    if first is None:
        return None
    j, found = first[0], [first[1]]
    while True:
        k = j + 1 if r.key(j) == "و" else j
        front = r.at(k).entries.get("unit") or r.at(k).entries.get("number")
        if k == j and (front is None or "و" not in front.front):
            break
        more = count_of_units(r, k)
        if more is None or more[1][0] == found[-1][0]:
            break
        j = more[0]
        found.append(more[1])
    return j, tuple(found)


def _placed(r: Reader, j: int, link: str, found: tuple[Count, ...]) -> Read:
    if link == "during":
        return j, Within(found)
    if r.key(j) in ONLY and r.link(j + 1, "of", "on"):
        j += 1
    if r.link(j, "of") and r.entry(j + 1, "now") is not None:
        return j + 2, Shifted(found, SIGNS[link])
    if link == "since":
        return j, Since(found) if len(found) == 1 else Shifted(found, -1)
    if r.link(j, "of", "on"):
        if r.entry(j + 1, "that") is not None:
            return j + 2, Shifted(found, SIGNS[link], of_earlier=True)
        base = named_base(r, j + 1)
        return (base[0], Shifted(found, SIGNS[link], base[1])) if base is not None else (j, Plain(OPEN))
    return j, After(found) if link == "after" else Shifted(found, -1)


def named_base(r: Reader, i: int) -> Read:
    """The date right behind من: بعد يومين من 5 مايو."""
    return full_day(r, i) or any_day(r, i) or container(r, i)


def _some(r: Reader, i: int, link: str) -> Read:
    """قبل أيام, منذ بضعة أسابيع: a plural without number."""
    vague = r.entry(i, "vague")
    j = i + 1 if vague is not None and vague.value == "some" else i
    unit = r.entry(j, "unit")
    if unit is None or unit.kind != "p" or unit.has_article or link not in ("before", "since"):
        return None
    end = j + 2 if r.entry(j + 1, "vague") is not None else j + 1
    return end, Plain(OPEN) if r.link(end, "of", "on") else SomeAgo(unit.value, -1)


def from_now(r: Reader, i: int) -> Read:
    """1 شهر و 21 يوما من الآن with no word before it: ahead."""
    found = counts(r, i) if r.entry(i, "unit") is not None or r.at(i).number is not None or r.entry(i, "number") else None
    if found is not None and r.link(found[0], "of") and r.entry(found[0] + 1, "now") is not None:
        return found[0] + 2, Shifted(found[1], -1 if r.link(i - 1, "since", "before") else 1)
    return None


def then(r: Reader, i: int) -> Read:
    """قبلها بيومين, بعد ذلك بأسبوع, بعدها بثلاثة أيام: from the earlier date of the text."""
    entry = r.entry(i, "then")
    sign = int(entry.value) if entry is not None else 0
    j = i + 1
    if entry is None and r.link(i, "before", "after") and r.entry(i + 1, "that") is not None:
        sign, j = (-1 if r.link(i, "before") else 1), i + 2
    by = r.at(j).entries.get("unit") or r.at(j).entries.get("number")
    j = j + 1 if r.key(j) == "ب" else j
    if not sign or by is None or ("ب" not in by.front and r.key(j - 1) != "ب"):
        return None
    found = counts(r, j)
    return (found[0], Shifted(found[1], sign, of_earlier=True)) if found is not None else None


def morrow(r: Reader, i: int) -> Read:
    """غداة 15 مايو, عشية 15 مايو: the day after and before a full date."""
    entry = r.entry(i, "morrow")
    found = full_day(r, i + 1) if entry is not None else None
    if entry is None or found is None or not isinstance(found[1], Dated):
        return None
    node: Node = Shifted((("day", 1),), int(entry.value), found[1])
    return found[0], node


def day_which(r: Reader, i: int) -> Read:
    """اليوم الذي بعد غد."""
    if r.is_unit(i, "day") and r.link(i + 1, "which", "to") and r.link(i + 2, "before", "after"):
        return any_day(r, i + 2)
    return None
