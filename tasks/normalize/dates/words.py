"""Words of a text as date words: the tables of seeds/lexicon compiled for lookup.

In: tokens. Out: `Lexeme`s, one per word or fixed group of words, each with its class and value.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from schemas.seeds import read_seed
from tasks.normalize.letters import fold_loose
from tasks.normalize.tokens import Token, tokenize

DUALS = ("يومين", "يومان", "اسبوعين", "اسبوعان", "شهرين", "شهران", "عامين", "عامان", "سنتين", "سنتان", "عقدين", "ساعتين")


class Lexeme(NamedTuple):
    """Token(s) [first, last): `key` without clitics, `classes` {class: value}, `number` or None, `front` clitics."""

    first: int
    last: int
    start: int
    end: int
    key: str
    classes: dict[str, str]
    number: int | None
    is_ordinal: bool
    front: str
    kind: str


@dataclass
class DateWords:
    """All tables: entries by first word (longest first), numbers, traps."""

    entries: dict[str, list[tuple[tuple[str, ...], dict[str, str]]]] = field(default_factory=lambda: defaultdict(list))
    numbers: dict[str, tuple[int, bool]] = field(default_factory=dict)
    traps: dict[str, frozenset[str]] = field(default_factory=dict)
    cues: frozenset[str] = frozenset()


def _key(word: str) -> str:
    return fold_loose(word)


@cache
def date_words() -> DateWords:
    """Return the compiled tables."""
    tables = DateWords()
    merged: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    for row in read_seed("lexicon/time_words").iter_rows(named=True):
        for words in row["words"].split(";"):
            merged[tuple(_key(w) for w in words.split())][row["class"]] = row["value"]
    for words, classes in merged.items():
        tables.entries[words[0]].append((words, classes))
    for group in tables.entries.values():
        group.sort(key=lambda entry: -len(entry[0]))
    for row in read_seed("lexicon/number_words").iter_rows(named=True):
        for word in row["words"].split(";"):
            if " " not in word:
                tables.numbers.setdefault(_key(word), (int(row["value"]), row["kind"] == "ordinal"))
    traps: dict[str, set[str]] = defaultdict(set)
    for row in read_seed("lexicon/date_traps").iter_rows(named=True):
        traps[row["kind"]] |= {
            _key(w) if row["kind"] != "phrase" else " ".join(map(_key, w.split())) for w in row["words"].split(";")
        }
    tables.traps = {kind: frozenset(words) for kind, words in traps.items()}
    tables.cues = frozenset(tables.entries) | frozenset(tables.numbers)
    return tables


FRONTS = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وال", "فال", "ال", "بال", "كال", "لل", "ولل", "وبال")


@cache
def readings(key: str) -> tuple[tuple[str, str], ...]:
    """Return (front, rest) splits of a folded word, the whole word first."""
    found = [("", key)]
    for front in FRONTS[1:]:
        if key.startswith(front) and len(key) - len(front) >= 2:
            rest = key[len(front) :]
            found.append((front, rest))
            if front.endswith("ال") or front.endswith("لل"):
                found.append((front[:-2] if front.endswith("ال") else front[:-1], "ال" + rest))
            if front == "لل":
                found.append(("ل", "ال" + rest))
    return tuple(found)


def lex(text: str) -> list[Lexeme]:
    """Return the lexemes of a text, in order; every token is in one."""
    tables = date_words()
    tokens = tokenize(text)
    keys = [_key(t.text) for t in tokens]
    lexemes = []
    i = 0
    while i < len(tokens):
        lexeme = _entry(tables, tokens, keys, i)
        lexemes.append(lexeme)
        i = lexeme.last
    return lexemes


def _entry(tables: DateWords, tokens: list[Token], keys: list[str], i: int) -> Lexeme:
    token = tokens[i]
    if token.kind == "number":
        digits = token.key.replace(",", "").replace("٬", "")
        value = int(digits) if digits.isdigit() and len(digits) < 9 else None
        return Lexeme(i, i + 1, token.start, token.end, token.key, {}, value, False, "", "number")
    if token.kind != "word":
        return Lexeme(i, i + 1, token.start, token.end, token.text, {}, None, False, "", token.kind)
    best: tuple[int, dict[str, str], str, str] | None = None
    for front, rest in readings(keys[i]):
        for words, classes in tables.entries.get(rest, ()):
            n = len(words)
            if best is not None and n <= best[0]:
                break
            if n == 1 or tuple(keys[i + 1 : i + n]) == words[1:]:
                best = (n, classes, front, rest)
                break
    number, ordinal, front = _number(tables, keys[i])
    if best is not None:
        n, classes, front, rest = best
        last = tokens[i + n - 1]
        return Lexeme(
            i, i + n, token.start, last.end, " ".join([rest, *keys[i + 1 : i + n]]), classes, number, ordinal, front, "word"
        )
    return Lexeme(i, i + 1, token.start, token.end, keys[i], {}, number, ordinal, front, "word")


def _number(tables: DateWords, key: str) -> tuple[int | None, bool, str]:
    for front, rest in readings(key):
        if rest in tables.numbers:
            value, ordinal = tables.numbers[rest]
            return value, ordinal, front
    return None, False, ""
