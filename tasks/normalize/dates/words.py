"""Words of a text as date words: the tables under seeds/lexicon compiled for lookup.

A `Word` is computed once per written form and kept, so that a text without any date word costs one look-up per word.
"""

import re
from functools import cache
from typing import NamedTuple

from schemas.seeds import seed_rows
from tasks.normalize.clitics import noun_splits
from tasks.normalize.letters import MARKS, fold_loose, strip_marks

MAX_WORDS = 300_000  # written forms kept; the store is emptied when full


class Entry(NamedTuple):
    """One reading of a word: a row's value and kind (count of a unit, kind of a number, calendar of a month).

    `front` is what is written onto the word: conjunction, preposition, article.
    """

    row: str
    value: str
    kind: str
    front: tuple[str, ...]
    has_article: bool


class Word(NamedTuple):
    """A written form: its key, its readings by category, and whether it can begin or hold a date phrase."""

    key: str
    entries: dict[str, Entry]
    starts: bool


class Lexeme(NamedTuple):
    """A word, number or mark of the text, [start, end) in characters. `number` is None for words and marks."""

    start: int
    end: int
    text: str
    key: str
    entries: dict[str, Entry]
    number: int | None
    starts: bool


NOTHING: dict[str, Entry] = {}
END = Lexeme(-1, -1, "", "", NOTHING, None, False)
# A word of one of these categories alone makes a text worth reading; the others (in, of, five ...) stand everywhere.
STARTING = frozenset(
    (
        *("weekday", "month", "unit", "fraction", "pair", "weekend", "relative", "relative_night", "relative_first"),
        *("day_part", "morrow", "season", "decade", "moment", "then"),
    )
)
_LETTERS = rf"[\u0621-\u063a\u0641-\u064a\u0671-\u06d3{MARKS}]+"
_DIGITS = "[0-9\u0660-\u0669\u06f0-\u06f9]+"
_LEXEME = re.compile(rf"({_LETTERS})|({_DIGITS})|[^\W\d_]+|\S")
_WORD = re.compile(_LETTERS)
_STOP = re.compile(r"[.؟!؛]\s")  # no phrase goes on behind one
_YEAR_OR_NUMERIC = re.compile(rf"(?<![\d.,]){_DIGITS[:-1]}{{4}}(?!\d)|\d\s?[-/.\u2013]\s?\d")


class Tables(NamedTuple):
    """Stems by category, phrases of several words by first stem, and the rows of parts, months, cues and names."""

    stems: dict[str, list[tuple[str, str, str, str, str]]]  # stem -> (category, row id, value, count, article)
    pairs: dict[str, list[tuple[str, str, str, str]]]  # first stem of a month of two words -> (second stem, row, value, calendar)
    parts: dict[str, dict[str, str]]
    months: dict[str, dict[str, str]]
    cues: dict[str, str]
    names: dict[str, list[tuple[tuple[str, ...], str, str, str]]]  # first key -> (keys, kind, value, row)
    sets: dict[str, frozenset[str]]


@cache
def tables() -> Tables:
    """Return the compiled tables."""
    found = Tables({}, {}, {}, {}, {}, {}, {})
    for row in seed_rows("lexicon/time_words"):
        _add(found, row["words"], row["category"], row["id"], row["value"], row["count"], row["article"])
    for row in seed_rows("lexicon/number_words"):
        _add(found, row["words"], "number", row["id"], row["value"], row["kind"], "any")
    for row in seed_rows("lexicon/date_parts"):
        _add(found, row["words"], "part", row["id"], row["part"], "", "any")
        found.parts[row["id"]] = row
    for row in seed_rows("lexicon/months"):
        found.months[row["id"]] = row
        _add_month(found, row)
    for row in seed_rows("lexicon/tense_cues"):
        for word in row["words"].split(";"):
            found.cues[fold_loose(word)] = row["kind"]
    _add_names(found)
    return found


def _add(found: Tables, words: str, category: str, row: str, value: str, count: str, article: str) -> None:
    for word in words.split(";"):
        found.stems.setdefault(fold_loose(word), []).append((category, row, value, count, article))


def _add_month(found: Tables, row: dict[str, str]) -> None:
    for name in row["words"].split(";"):
        first, *rest = map(fold_loose, name.split())
        if rest:
            found.pairs.setdefault(first, []).append((rest[0], row["id"], row["month"], row["calendar"]))
            found.stems.setdefault(first, []).append(("month_first", row["id"], row["month"], row["calendar"], "no"))
        else:
            found.stems.setdefault(first, []).append(("month", row["id"], row["month"], row["calendar"], "no"))


def _add_names(found: Tables) -> None:
    for row in seed_rows("lexicon/date_names"):
        words = frozenset(map(fold_loose, row["words"].split(";"))) if row["words"] else frozenset()
        if row["phrase"]:
            for phrase in row["phrase"].split(";"):
                keys = tuple(map(fold_loose, phrase.replace("/", " / ").split()))
                found.names.setdefault(keys[0], []).append((keys, row["kind"], row["value"], row["id"]))
                found.sets[row["id"]] = words
        else:
            found.sets[row["kind"]] = found.sets.get(row["kind"], frozenset()) | words


class _Words(dict[str, Word]):
    """Written form -> Word, filled as forms are met."""

    def __missing__(self, text: str) -> Word:
        if len(self) > MAX_WORDS:
            self.clear()
        word = _word(text)
        self[text] = word
        return word


def _word(text: str) -> Word:
    key = fold_loose(text)
    entries: dict[str, Entry] = {}
    stems = tables().stems
    for front, stem in noun_splits(key):
        for category, row, value, count, article in stems.get(stem, ()):
            has_article = "ال" in front
            if (article == "yes" and not has_article) or (article == "no" and has_article):
                if category == "weekday":
                    category = "bare_weekday"
                else:
                    continue
            if article == "first":
                category += "_first"  # counts at the beginning of a text only
            if category not in entries:
                entries[category] = Entry(row, value, count, front, has_article)
    if "month" in entries and not _spelt_clearly(text, entries["month"]):
        entries["vague_month"] = entries["month"]
    starts = not STARTING.isdisjoint(entries) or "month_first" in entries or key in ("ال",)
    return Word(key, entries, starts)


def _spelt_clearly(text: str, entry: Entry) -> bool:
    """Is an ambiguous month name (آب) written with all its letters, or is the name free of doubt?"""
    row = tables().months[entry.row]
    return row["use"] != "strong" or (row["clear"] != "" and strip_marks(text).endswith(row["clear"]))


WORDS = _Words()


def may_hold_date(text: str) -> bool:
    """Return False when no word or number of `text` can be part of a date phrase: most sentences are passed over here."""
    known = WORDS
    # A list, not a generator: twice as fast on the few dozen words of a sentence.
    return any([known[w].starts for w in _WORD.findall(text)]) or _YEAR_OR_NUMERIC.search(text) is not None  # noqa: C419


def lex(text: str) -> list[Lexeme]:
    """Return words, numbers and marks of a text in order; a sentence without any date word is one mark. Empty: no date at all.

    A run of tatweel alone (ـ) is a dash.
    """
    lexemes: list[Lexeme] = []
    begin, is_dated = 0, False
    for stop in (*[match.end() for match in _STOP.finditer(text)], len(text)):
        if may_hold_date(text[begin:stop]):
            is_dated = True
            lexemes.extend(_lex_sentence(text, begin, stop))
        elif begin < stop:
            lexemes.append(Lexeme(begin, stop, "", ".", NOTHING, None, False))
        begin = stop
    return [*lexemes, END] if is_dated else []


def _lex_sentence(text: str, begin: int, stop: int) -> list[Lexeme]:
    lexemes = []
    known = WORDS
    make = tuple.__new__  # past the named constructor: a third less time in the busiest loop
    for match in _LEXEME.finditer(text, begin, stop):
        start, end = match.span()
        written = match.group()
        kind = match.lastindex
        if kind == 1:
            word = known[written]
            lexemes.append(make(Lexeme, (start, end, written, word.key or "-", word.entries, None, word.starts)))
        elif kind == 2:
            lexemes.append(make(Lexeme, (start, end, written, written, NOTHING, int(written), True)))
        else:
            key = "-" if written in "–—−‐" else written
            lexemes.append(make(Lexeme, (start, end, written, key, NOTHING, None, False)))
    return lexemes
