"""What the actor stage works with: compiled table rows, readings of a word, and the actors it returns."""

from datetime import date
from typing import NamedTuple

ROLES = (
    "GOV",
    "MIL",
    "COP",
    "LEG",
    "JUD",
    "OPP",
    "PTY",
    "REB",
    "UAF",
    "CRM",
    "CVL",
    "MED",
    "EDU",
    "BUS",
    "LAB",
    "REL",
    "NGO",
    "HLH",
    "REF",
)

UNKNOWN_DAY = date(2000, 1, 1)  # of an article without a day: everybody holds the office that he is known for
PSEUDO_COUNTRIES = ("IGO", "IMG", "NGO", "INT")


class Actor(NamedTuple):
    """One actor named in a sentence.

    `first`, `last`, `head` are token indices ([first, last) and the head word), `start`, `end` character offsets in the text the
    tokens came from. `country` is ISO 3166-1 alpha-3 or IGO, IMG, NGO, INT; None when unknown. `kind`: country, nationals,
    person, office, organization, group, agent; `nisba` for a country adjective on another noun (غارة إسرائيلية), `place` for a
    place below the country that may stand for its people. `method`: stated, title, name, metonym, coreference, inferred.
    """

    first: int
    last: int
    head: int
    start: int
    end: int
    text: str
    name: str
    country: str | None
    roles: tuple[str, ...]
    kind: str
    method: str
    rows: tuple[str, ...]
    gender: str
    number: str
    proclitics: tuple[str, ...]
    is_loaded: bool


class AgentRow(NamedTuple):
    """A row of agents.csv: title, person or group word, body, modifier, quantifier."""

    id: str
    kind: str
    roles: tuple[str, ...]
    country: str
    is_human: bool
    complements: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    traits: frozenset[str]


class Form(NamedTuple):
    """One inflected form of an agent word; `tail` are the further words of its lemma, without article."""

    row: int
    tail: tuple[str, ...]
    gender: str
    number: str
    is_bound: bool = False  # مسؤولو, مسؤولي: only before a genitive, never with the article


class Name(NamedTuple):
    """A proper name that is matched as written: country, capital, seat of power, body, group, person or place."""

    id: str
    kind: str
    name: str
    country: str
    roles: tuple[str, ...]
    first_day: str
    last_day: str
    gender: str
    number: str
    is_loaded: bool
    after: frozenset[str]
    not_before: frozenset[str]
    is_weak: bool
    not_after: frozenset[str] = frozenset()


class Nisba(NamedTuple):
    """One form of a country, group or bloc adjective."""

    id: str
    country: str
    roles: tuple[str, ...]
    gender: str
    number: str
    is_loaded: bool


class Reading(NamedTuple):
    """One way to read a written word: letters in front, article, possessive, and what the tables know about the rest."""

    proclitics: tuple[str, ...]
    is_definite: bool
    enclitic: str
    agents: tuple[Form, ...]
    names: tuple[tuple[tuple[str, ...], Name], ...]
    nisbas: tuple[Nisba, ...]
