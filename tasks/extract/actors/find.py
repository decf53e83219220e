"""All actors of one sentence, left to right, longest match, without overlaps."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Protocol

import polars as pl

from schemas.seeds import read_seed
from tasks.extract.actors.apposition import name_before
from tasks.extract.actors.lexicon import ActorLexicon
from tasks.extract.actors.model import Actor, Nisba, Reading
from tasks.extract.actors.names import name_run, proper_name
from tasks.extract.actors.phrases import Phrase, nisba_of
from tasks.extract.actors.quantifiers import widen
from tasks.extract.actors.sentence import Words
from tasks.extract.actors.start import starts_plain
from tasks.normalize.letters import fold
from tasks.normalize.tokens import Token

OFFICIAL = frozenset({"GOV", "MIL", "COP", "LEG", "JUD"})


class Analysed(Protocol):
    """The part of a morphological analysis that actor finding reads."""

    @property
    def kind(self) -> str: ...

    @property
    def proclitics(self) -> tuple[str, ...]: ...


def find_actors(
    tokens: Sequence[Token],
    analyses: Sequence[Analysed] | None,
    lexicon: ActorLexicon,
    day: date,
    text: str | None = None,
) -> list[Actor]:
    """Return the actors of a sentence in order.

    Args:
        tokens: the sentence's tokens.
        analyses: one analysis per token, or None when there is no morphology (names after titles are then found less well).
        lexicon: from `load_actors`.
        day: day of publication; it decides who holds an office.
        text: the text the tokens came from; without it `Actor.text` is the words joined by spaces.
    """
    kinds = [(a.kind, a.proclitics) for a in analyses] if analyses is not None else None
    words = Words(list(tokens), kinds, lexicon, day)
    return [to_actor(words, phrase, tokens, text) for phrase in find_phrases(words) if not phrase.is_weak]


def find_phrases(words: Words) -> list[Phrase]:
    """Return the phrases of a sentence in order of their first word."""
    words.starter = starts_plain
    found: list[Phrase] = []
    i = 0
    while i < len(words):
        if not words.readings[i]:
            i += 1
            continue
        phrase = starts_plain(words, i) or (None if words.is_no_noun(i) else people(words, i, found))
        if phrase is None:
            i += 1
            continue
        widen(words, phrase, found[-1].last if found else 0)
        if name_before(words, phrase, found):
            found.pop()
        if phrase.row is not None and "counterpart" in phrase.row.traits:
            _counterpart(phrase, found)
        found.append(phrase)
        i = max(phrase.last, i + 1)
        while (elided := elided_head(words, phrase, i)) is not None:
            found.append(elided)
            i = elided.last
            phrase = elided
    return found


@cache
def _things() -> frozenset[str]:
    """Folded nouns that are international or western as things, not as somebody's act."""
    rows = read_seed("lexicon/sets_conflict").filter(pl.col("set") == "international_thing")
    return frozenset(fold(word) for word in rows["word"])


def people(words: Words, i: int, found: list[Phrase]) -> Phrase | None:
    """A country adjective on its own: a people, somebody of it, or the adjective of a noun that is no actor (kind nisba)."""
    hit = nisba_of(words, i)
    if hit is None:
        return None
    reading, nisba = hit
    if nisba.country == "INT" and i and words.key(i - 1).removeprefix("ال") in _things():
        return None  # «الطريق الدولي», «شمال غربي البلاد»: nobody acts there
    kind, roles = _people_kind(words, i, reading, nisba)
    phrase = Phrase(
        first=i,
        last=i + 1,
        head=i,
        kind=kind,
        method="stated",
        proclitics=reading.proclitics,
        country=nisba.country or None,
        roles=roles,
        rows=[nisba.id],
        gender=nisba.gender,
        number=nisba.number,
        is_loaded=nisba.is_loaded,
        is_definite=reading.is_definite,
    )
    _named_national(words, phrase)
    return phrase


def _named_national(words: Words, phrase: Phrase) -> None:
    """التونسي أنيس العامري: a person told by people and name."""
    if phrase.number == "s" and phrase.is_definite and phrase.last < len(words):
        end = name_run(words, phrase.last)
        if end > phrase.last and words.is_given_name(phrase.last):
            phrase.name = " ".join(token.text for token in words.tokens[phrase.last : end])
            phrase.kind, phrase.last, phrase.roles = "person", end, phrase.roles or ("CVL",)


def _people_kind(words: Words, i: int, reading: Reading, nisba: Nisba) -> tuple[str, tuple[str, ...]]:
    """Tell المتظاهرين | الفلسطينيين (people) from الغارة الإسرائيلية (adjective) by the word before.

    An adjective follows its noun at once, without clitics, with the same article and, if the noun shows it, the same gender.
    """
    roles = nisba.roles or (() if reading.is_definite and nisba.number == "p" else ("CVL",))
    if reading.proclitics and reading.proclitics != ("و",):
        return ("nationals", roles) if nisba.number != "s" or not reading.is_definite else ("nisba", nisba.roles)
    before = i - 1
    if reading.proclitics or not words.is_word(before):
        is_people = nisba.number != "s" or (nisba.gender == "m" and words.is_counting(before))
        return ("nationals", roles) if is_people else ("nisba", nisba.roles)
    if words.is_counting(before) or (words.takes_person(before) and not words.has_article(before)):
        return "nationals", roles
    if nisba.number == "s":
        return "nisba", nisba.roles
    agrees = words.has_article(before) == reading.is_definite and words.looks_plural(before)
    return ("nisba", nisba.roles) if agrees else ("nationals", roles)


def _counterpart(phrase: Phrase, found: list[Phrase]) -> None:
    """نظيره holds the same office as the last office holder before it."""
    for earlier in reversed(found):
        if earlier.row is not None and earlier.row.kind == "title" and set(earlier.roles) & OFFICIAL:
            phrase.roles = earlier.roles
            phrase.method = "coreference"
            return


def elided_head(words: Words, phrase: Phrase, j: int) -> Phrase | None:
    """والبريطاني بن والاس after نظيره الفرنسي X; وألمانيا after وزراء خارجية فرنسا: the head word counts for this one too."""
    row = phrase.row
    if row is None or phrase.country_from not in ("nisba", "name") or j >= len(words):
        return None
    start = j + 1 if words.key(j) in ("،", ",") and j + 1 < len(words) else j
    if phrase.country_from == "nisba":
        return _elided_nisba(words, phrase, start)
    if phrase.number == "s" or not (words.key(start).startswith("و") or start != j):
        return None
    inner = starts_plain(words, start)
    if inner is None or inner.kind != "country" or (inner.proclitics != ("و",) and start == j):
        return None
    inner.kind, inner.roles, inner.row, inner.country_from, inner.number = (
        phrase.kind,
        phrase.roles,
        row,
        "name",
        phrase.number,
    )
    inner.method = "title"
    inner.rows.append(row.id)
    return inner


def _elided_nisba(words: Words, phrase: Phrase, start: int) -> Phrase | None:
    hit = nisba_of(words, start)
    if hit is None:
        return None
    reading, nisba = hit
    if reading.proclitics != ("و",) or reading.is_definite != phrase.is_definite or nisba.country == phrase.country:
        return None
    elided = Phrase(
        first=start,
        last=start + 1,
        head=start,
        kind=phrase.kind,
        method=phrase.method,
        proclitics=("و",),
        country=nisba.country or None,
        roles=phrase.roles,
        rows=[*phrase.rows[:1], nisba.id],
        gender=nisba.gender,
        number="s" if phrase.number == "d" else phrase.number,
        is_definite=True,
        is_former=phrase.is_former,
        row=phrase.row,
        head_roles=phrase.head_roles,
        nisba_at=start,
        country_from="nisba",
    )
    elided.last = proper_name(words, elided, start + 1)
    if elided.name and elided.kind == "office":
        elided.kind = "person"
    return elided


def to_actor(words: Words, phrase: Phrase, tokens: Sequence[Token], text: str | None) -> Actor:
    """Return the phrase as an Actor over the sentence's own tokens and characters."""
    first, last, head = words.index[phrase.first], words.index[phrase.last - 1] + 1, words.index[phrase.head]
    start, end = tokens[first].start, tokens[last - 1].end
    surface = text[start:end] if text is not None else " ".join(token.text for token in tokens[first:last])
    return Actor(
        first,
        last,
        head,
        start,
        end,
        surface,
        phrase.name or phrase.canonical or surface,
        phrase.country,
        phrase.roles,
        phrase.kind,
        phrase.method,
        tuple(dict.fromkeys(phrase.rows)),
        phrase.gender,
        phrase.number,
        phrase.proclitics,
        phrase.is_loaded,
    )
