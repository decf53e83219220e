"""One actor phrase from a given word on: name or agent word, then complement, adjectives, membership, person name.

"وزير الدفاع الروسي سيرغي شويغو" is agent + complement + nisba + name; "المتحدث باسم وزارة الخارجية الإيرانية" is agent + باسم +
another phrase, whose country and roles it takes over.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tasks.extract.actors.forms import noun_key, strip_article
from tasks.extract.actors.model import AgentRow, Form, Name, Nisba, Reading
from tasks.extract.actors.tables import ActorLexicon
from tasks.extract.actors.words import readings_of
from tasks.normalize.letters import fold_loose
from tasks.normalize.tokens import Token

_NOUNS = frozenset({"noun", "masdar", "nominal", "participle", "adjective"})
_QUOTES = frozenset("\"“”«»„'‘’`")
MAX_DEPTH = 4
NOT_HEADS = frozenset({"modifier", "quantifier", "patient"})


@dataclass(slots=True)
class Phrase:
    """A phrase under construction over words [first, last) of a `Words`."""

    first: int
    last: int
    head: int
    kind: str
    method: str
    proclitics: tuple[str, ...] = ()
    country: str | None = None
    roles: tuple[str, ...] = ()
    name: str = ""
    rows: list[str] = field(default_factory=list)
    gender: str = ""
    number: str = ""
    is_loaded: bool = False
    is_definite: bool = False
    is_former: bool = False
    enclitic: str = ""
    row: AgentRow | None = None
    head_roles: tuple[str, ...] = ()
    nisba_at: int = -1
    country_from: str = ""  # nisba, name, phrase, place
    is_weak: bool = False  # the row wants a country or complement and the sentence has none

    def add_roles(self, roles: tuple[str, ...]) -> None:
        self.roles += tuple(role for role in roles if role not in self.roles)

    def set_country(self, country: str | None, origin: str) -> None:
        if country and not self.country:
            self.country, self.country_from = country, origin


class Words:
    """A sentence without its quotation marks: keys and readings by position, and the way back to token indices."""

    def __init__(
        self,
        tokens: list[Token],
        kinds: list[tuple[str, tuple[str, ...]]] | None,
        lexicon: ActorLexicon,
        day: date,
        known: dict[str, tuple[tuple[tuple[str, ...], Name], ...]] | None = None,
        preferred: Mapping[str, int] | None = None,
    ) -> None:
        self.lexicon = lexicon
        self.preferred: Mapping[str, int] = preferred or {}
        self.day = day.isoformat()
        self.tokens: list[Token] = []
        self.index: list[int] = []
        self.is_quoted: list[bool] = []
        self.kinds: list[str] = []
        self.fronts: list[tuple[str, ...]] = []
        quoted = False
        for i, token in enumerate(tokens):
            if token.kind == "mark" and token.text in _QUOTES:
                quoted = True
                continue
            self.tokens.append(token)
            self.index.append(i)
            self.is_quoted.append(quoted)
            kind, front = kinds[i] if kinds else ("", ())
            self.kinds.append(kind)
            self.fronts.append(front)
            quoted = False
        self.readings = [readings_of(t.key, lexicon) if t.kind in ("word", "latin") else () for t in self.tokens]
        self._loose: dict[int, str] = {}
        self._bare: dict[int, str] = {}
        if known:
            self._add_known(known)

    def _add_known(self, known: dict[str, tuple[tuple[tuple[str, ...], Name], ...]]) -> None:
        """Put names that the document introduced earlier in front of the readings of the tables."""
        for i, token in enumerate(self.tokens):
            if token.kind not in ("word", "latin"):
                continue
            for front in ("", "و", "ف", "ب", "ل", "ول", "وب"):
                key = self.loose(i)
                if key.startswith(front) and key[len(front) :] in known:
                    names = known[key[len(front) :]]
                    self.readings[i] = (Reading(tuple(front), False, "", (), names, ()), *self.readings[i])
                    break

    def __len__(self) -> int:
        return len(self.tokens)

    def loose(self, i: int) -> str:
        """Key for proper names."""
        if i not in self._loose:
            self._loose[i] = fold_loose(self.tokens[i].key)
        return self._loose[i]

    def bare(self, i: int) -> str:
        """Key for nouns, without article."""
        if i not in self._bare:
            self._bare[i] = strip_article(noun_key(self.tokens[i].key))
        return self._bare[i]

    def bare_key(self, i: int) -> str:
        return self.bare(i) if self.is_word(i) else ""

    def key(self, i: int) -> str:
        return self.tokens[i].key if 0 <= i < len(self.tokens) else ""

    def has_article(self, i: int) -> bool:
        return i < len(self.tokens) and self.tokens[i].key.startswith("ال") and len(self.tokens[i].key) > 3

    def is_word(self, i: int) -> bool:
        return 0 <= i < len(self.tokens) and self.tokens[i].kind in ("word", "latin")

    def is_plain_noun(self, i: int) -> bool:
        """Whether word `i` can be a noun that no table knows as an actor; without analyses only the article tells."""
        if not self.is_word(i) or any(reading.agents or reading.names for reading in self.readings[i]):
            return False
        if not self.kinds[i]:
            return self.has_article(i)
        return self.kinds[i] in _NOUNS and not self.has_front(i)

    def is_plain_adjective(self, i: int) -> bool:
        """Whether the definite word `i` is an adjective without meaning for us (الخاصة، الاتحادية)."""
        if not self.has_article(i) or self.readings[i]:
            return False
        if self.kinds[i] in ("adjective", "participle"):
            return True
        return self.kinds[i] in ("", "nominal", "noun") and self.key(i).endswith(("ي", "ية", "يين", "يون"))

    def is_verb(self, i: int) -> bool:
        return self.kinds[i] == "verb" and not self.has_article(i)

    def has_front(self, i: int) -> bool:
        """Whether a conjunction or preposition is written onto word `i`, as the morphology sees it."""
        return bool(self.fronts[i]) and self.fronts[i][0] != "ال"

    def follows_of(self, i: int) -> bool:
        """Whether a word that wants ل stands before `i`: التابعة للجيش، الموالية للرئيس."""
        return i > 0 and any(
            "of" in self.lexicon.agents[form.row].traits and self.lexicon.agents[form.row].kind == "modifier"
            for reading in self.readings[i - 1]
            for form in reading.agents
        )

    def may_be_name(self, i: int) -> bool:
        """Whether a word that is also a surname is read as a name here: the morphology does not know it as something else."""
        return self.kinds[i] in ("", "nominal", "latin")

    def is_given_name(self, i: int) -> bool:
        return self.loose(i) in self.lexicon.given_names

    def is_name_word(self, i: int, *, is_first: bool) -> bool:
        """Whether word `i` can be part of an unknown person name."""
        token = self.tokens[i]
        if token.kind == "latin":
            return True
        if token.kind != "word" or len(token.key) < 2:
            return False
        if self.loose(i) in self.lexicon.given_names:
            return True
        if any(reading.agents or reading.nisbas for reading in self.readings[i]):
            return False
        if self.kinds[i]:
            return self.kinds[i] == "nominal" and not self.has_front(i) and not (is_first and self.has_article(i))
        return not is_first and self.has_article(i)

    def _has_kind(self, i: int, kind: str) -> bool:
        agents = self.lexicon.agents
        return any(
            agents[form.row].kind == kind and self.matches(i + 1, form.tail, as_name=False)
            for reading in self.readings[i]
            for form in reading.agents
        )

    def is_counting(self, i: int) -> bool:
        """Whether word `i` counts what follows: a number or a quantifier (عشرات، بعض، أحد)."""
        return 0 <= i < len(self.tokens) and (self.tokens[i].kind == "number" or self._has_kind(i, "quantifier"))

    def counting_front(self, i: int) -> tuple[str, ...]:
        """Clitics in front of the quantifier at `i`."""
        agents = self.lexicon.agents
        for reading in self.readings[i]:
            if any(agents[form.row].kind == "quantifier" for form in reading.agents):
                return reading.proclitics
        return ()

    def takes_person(self, i: int) -> bool:
        """Whether word `i` is a noun whose genitive is a person: مقتل فلسطيني، إصابة تركيين."""
        return self._has_kind(i, "patient")

    def looks_plural(self, i: int) -> bool:
        """Whether word `i` may be a plural noun of persons, which a plural adjective would describe."""
        return self.key(i).endswith(("ين", "ون", "اء")) or self.kinds[i] == "noun"

    def matches(self, i: int, tail: tuple[str, ...], *, as_name: bool) -> bool:
        if i + len(tail) > len(self.tokens):
            return False
        get = self.loose if as_name else self.bare
        return all(get(i + offset) == part for offset, part in enumerate(tail))


def longest_names(words: Words, i: int, reading: Reading) -> tuple[int, list[Name]]:
    """Return the length in words of the longest name that starts at `i`, and the rows that have it."""
    length, rows = 0, []
    for tail, name in reading.names:
        if length and len(tail) + 1 < length:
            break
        if words.matches(i + 1, tail, as_name=True) and _fits(words, i, len(tail) + 1, name):
            length = len(tail) + 1
            rows.append(name)
    return length, rows


def _fits(words: Words, i: int, length: int, name: Name) -> bool:
    """Conditions of the row: the word that must stand before, and those that must not follow."""
    before = words.loose(i - 1).removeprefix("و") if i else ""
    if (name.after and before not in name.after) or (before and before in name.not_after):
        return False
    return not (name.not_before and i + length < len(words) and words.loose(i + length) in name.not_before)


def longest_agent(words: Words, i: int, reading: Reading) -> tuple[int, Form | None]:
    """Return the length of the longest agent lemma at `i` and its form."""
    for form in reading.agents:
        row = words.lexicon.agents[form.row]
        if row.kind in NOT_HEADS or ("definite" in row.traits and not reading.is_definite):
            continue
        if words.matches(i + 1, form.tail, as_name=False):
            return len(form.tail) + 1, form
    return 0, None


def current_names(rows: list[Name], words: Words) -> tuple[list[Name], bool]:
    """Return the rows in force on the article's day, else the latest before it, and whether they are in force.

    Of several persons with one surname the one whose country the article names most comes first. ISO days compare as text;
    a year alone covers the whole year.
    """
    day = words.day
    rows = sorted(rows, key=lambda row: -words.preferred.get(row.country, 0)) if len(rows) > 1 else rows
    now = [r for r in rows if (not r.first_day or r.first_day <= day) and (not r.last_day or day <= r.last_day + "-99")]
    if now:
        return now, True
    past = [r for r in rows if r.first_day and r.first_day <= day]
    if past:
        latest = max(r.first_day for r in past)
        return [r for r in past if r.first_day == latest], False
    return rows[:1], False


def nisba_of(words: Words, i: int) -> tuple[Reading, Nisba] | None:
    """Return the country adjective at `i`, if the word can be one."""
    if i >= len(words):
        return None
    for reading in words.readings[i]:
        if reading.nisbas:
            return reading, reading.nisbas[0]
    return None
