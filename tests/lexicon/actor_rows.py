"""Shared by the tests of the actor tables: each row brings an example and what must be found in it."""

import csv
from datetime import date
from functools import cache
from pathlib import Path

from tasks.extract.actors import ActorLexicon, find_actors, load_actors
from tasks.normalize.tokens import tokenize

LEXICON = Path(__file__).parents[2] / "seeds" / "lexicon"


@cache
def lexicon() -> ActorLexicon:
    return load_actors()


def rows(table: str) -> list[dict[str, str]]:
    with (LEXICON / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def day_of(row: dict[str, str]) -> date:
    """A day on which the row holds: its last one, or a day of 2024."""
    last = row.get("to") or ""
    if last:
        return date.fromisoformat(last if len(last) == 10 else f"{last}-01-01")
    return date(2024, 6, 15)


def codes(sentence: str, day: date) -> list[str]:
    """The actors of a sentence as `ISO3:ROLE;ROLE`, `-` for no country."""
    actors = find_actors(tokenize(sentence), None, lexicon(), day, sentence)
    return [f"{actor.country or '-'}:{';'.join(actor.roles)}" for actor in actors]
