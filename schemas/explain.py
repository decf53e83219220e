"""Why a text is coded as it is, as plain data: filled by the coder, shown in the terminal and as a page.

All offsets are characters of `Explanation.text`.
"""

from dataclasses import dataclass, field

KINDS = ("source", "target", "actor", "trigger", "date", "place", "attributed")


@dataclass(frozen=True)
class Span:
    """Marked words. `kind` is one of KINDS; `label` what they are (`FRA:GOV;MIL`, `041`, `2022-10-21`); `event` the
    number of the event they belong to (from 1), or 0."""

    start: int
    end: int
    kind: str
    label: str
    event: int = 0
    method: str = ""
    rows: tuple[str, ...] = ()


@dataclass(frozen=True)
class Word:
    """One word and how it was read: lemma, kind, features for people, and the lexicon row."""

    start: int
    end: int
    text: str
    lemma: str = ""
    kind: str = ""
    features: str = ""
    row: str = ""


@dataclass(frozen=True)
class Party:
    """One side of an event; all empty when the text names nobody."""

    text: str = ""
    name: str = ""
    country: str = ""
    roles: tuple[str, ...] = ()
    method: str = ""
    rows: tuple[str, ...] = ()


@dataclass(frozen=True)
class ExplainedEvent:
    """One event card. `steps` tells in order how the code came about, one sentence each."""

    number: int
    code: str
    code_name: str
    quad_class: int
    goldstein: float
    trigger: str
    source: Party
    target: Party
    first_day: str = ""
    last_day: str = ""
    date_method: str = ""
    date_text: str = ""
    place: str = ""
    polarity: str = "asserted"
    modality: str = "actual"
    attributed: Party = field(default_factory=Party)
    rows: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    event_mention_id: str = ""


@dataclass(frozen=True)
class Rejected:
    """A candidate that became no event, and why."""

    trigger: str
    row: str
    reason: str
    start: int = -1
    end: int = -1


@dataclass(frozen=True)
class ExplainedSentence:
    """One sentence of the text: text[start:end]."""

    start: int
    end: int
    words: tuple[Word, ...] = ()
    spans: tuple[Span, ...] = ()
    events: tuple[ExplainedEvent, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Explanation:
    """A whole text. `published` is ISO or empty; `url` and `title` are those of its article, when it has one."""

    text: str
    sentences: tuple[ExplainedSentence, ...]
    published: str = ""
    title: str = ""
    url: str = ""
    outlet: str = ""
    code_version: str = ""
    lexicon_version: str = ""
