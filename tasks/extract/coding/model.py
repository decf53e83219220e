"""What a sentence looks like to the coder: phrases, items and frames over its tokens."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tasks.extract.actors import Actor
from tasks.extract.morphology import Analysis
from tasks.normalize.dates import DatePhrase
from tasks.normalize.tokens import Token

# What a pronoun agrees with: gender and number of the word it stands for. Plurals of things take ها.
PRONOUNS = {"ه": ("m", "s"), "ها": ("f", "s"), "هم": ("m", "p"), "هن": ("f", "p"), "هما": ("", "d")}


@dataclass(slots=True)
class Phrase:
    """A noun phrase: tokens [first, last); `slot` is its preposition, folded, or "" for a bare phrase."""

    first: int
    last: int
    head: int
    lemma: str
    slot: str = ""
    actors: list[Actor] = field(default_factory=list)  # the phrase itself is this actor
    inner: list[Actor] = field(default_factory=list)  # actors inside it: genitives and country adjectives
    enclitic: str = ""
    gender: str = ""
    number: str = ""
    is_definite: bool = False
    is_counted: bool = False  # a number or quantifier stands in front
    conjunct_of: "Phrase | None" = None
    is_listed: bool = False  # those it means are named behind it: «دول بينها فرنسا»
    has_conjunct: bool = False  # another phrase is joined to it with و
    lemmas: tuple[str, ...] = ()


@dataclass(slots=True)
class Item:
    """One step of the sentence's outline; `kind` is verb, phrase, the kind of a clause word, or of a mark."""

    kind: str
    first: int
    last: int
    lemma: str = ""
    phrase: Phrase | None = None
    analysis: Analysis | None = None


@dataclass(slots=True)
class Frame:
    """A predicate with what stands around it. `slots` maps subj, obj, gen, adj, patient and prepositions to phrases."""

    trigger: int
    kind: str
    lemma: str
    analysis: Analysis
    first: int
    last: int
    item: int = -1
    slots: dict[str, list[Phrase]] = field(default_factory=dict)
    content: tuple[int, int] | None = None  # tokens of the clause after أن, إن or a colon
    is_negated: bool = False
    is_future: bool = False
    is_hypothetical: bool = False
    is_quoted: bool = False
    is_passive: bool = False
    is_relative: bool = False
    antecedent: Phrase | None = None  # whom or what a relative clause describes
    auxiliary: str = ""
    subject_from: str = ""  # post, before, relative, inherited
    governor: "Frame | None" = None
    light_row: str = ""
    phase: str = ""
    speaker: list[Actor] = field(default_factory=list)
    trigger_last: int = -1
    lemmas: frozenset[str] = frozenset()
    homographs: tuple[str, ...] = ()  # other verbs written like this one (حمل: حَمَل, حَمَّل)

    def phrases(self, slot: str) -> list[Phrase]:
        return self.slots.get(slot, [])

    def add(self, slot: str, phrase: Phrase) -> None:
        self.slots.setdefault(slot, []).append(phrase)


@dataclass(slots=True)
class Sentence:
    """One sentence ready for coding. Offsets of tokens are characters of `text`."""

    text: str
    tokens: list[Token]
    analyses: list[Analysis]
    actors: list[Actor]
    dates: list[DatePhrase]
    items: list[Item] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    phrase_at: dict[int, Phrase] = field(default_factory=dict)  # token -> phrase
    in_time: frozenset[int] = frozenset()
    lemma_keys: list[str] = field(default_factory=list)
    readings: list[tuple[Analysis, ...]] = field(default_factory=list)
    quotes: list[tuple[int, int]] = field(default_factory=list)  # token ranges of longer quotations
    scene: Callable[[int], str | None] = field(default=lambda head: None)  # country in which the thing at a token stands
