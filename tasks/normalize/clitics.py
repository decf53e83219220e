"""Letters written onto a noun: conjunction, preposition, article.

>>> Split(("و", "ل", "ال"), "روسي") in noun_splits("وللروسي")
True
>>> noun_splits("بالقاهرة")[-1]
Split(proclitics=('ب', 'ال'), stem='قاهرة')
"""

from functools import lru_cache
from typing import NamedTuple


class Split(NamedTuple):
    """One reading of a written word: what is written onto its front, and the rest."""

    proclitics: tuple[str, ...]
    stem: str


CONJUNCTIONS = ("و", "ف")
PREPOSITIONS = ("ب", "ل", "ك")


@lru_cache(maxsize=200_000)
def noun_splits(key: str) -> tuple[Split, ...]:
    """Return every reading of a folded word as conjunction + preposition + article + noun, the whole word first."""
    readings = [Split((), key)]
    for conjunction in ("", *CONJUNCTIONS):
        if conjunction and not key.startswith(conjunction):
            continue
        rest = key[len(conjunction) :]
        front = (conjunction,) if conjunction else ()
        if conjunction and len(rest) >= 2:
            readings.append(Split(front, rest))
        if rest.startswith("ال") and len(rest) >= 4:
            readings.append(Split((*front, "ال"), rest[2:]))
        for preposition in PREPOSITIONS:
            if not rest.startswith(preposition) or len(rest) < 3:
                continue
            readings.append(Split((*front, preposition), rest[1:]))
            if rest.startswith(preposition + "ال") and len(rest) >= 5:
                readings.append(Split((*front, preposition, "ال"), rest[3:]))
        if rest.startswith("لل") and len(rest) >= 4:  # ل + ال is written لل
            readings.append(Split((*front, "ل", "ال"), rest[2:]))
            readings.append(Split((*front, "ل", "ال"), rest[1:]))  # للجنة = ل + لجنة + ال
    return tuple(readings)
