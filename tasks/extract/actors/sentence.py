"""A sentence as the actor stage sees it: its words without quotation marks, their readings, and questions about them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from tasks.extract.actors.forms import name_key, noun_key, strip_article
from tasks.extract.actors.lexicon import ActorLexicon
from tasks.extract.actors.model import Name, Reading
from tasks.extract.actors.words import readings_of
from tasks.normalize.tokens import Token

if TYPE_CHECKING:
    from tasks.extract.actors.phrases import Phrase

Known = dict[str, tuple[tuple[tuple[str, ...], Name], ...]]  # first word -> further words and row
FRONTS = frozenset("وفبل")
_CLOSED = frozenset({"preposition", "conjunction", "subordinator", "relative", "negation", "particle", "demonstrative", "pronoun"})
_NO_PLACE = _CLOSED | {"adjective", "verb", "participle", "number", "quantifier"}
_NOUNS = frozenset({"noun", "masdar", "nominal", "participle", "adjective"})
_QUOTES = frozenset("\"“”«»„'‘’`")


def is_fixed_name(reading: Reading) -> bool:
    """Whether the word alone is the name of a country, body or place, and so no person's."""
    return any(not tail and name.kind != "person" and not name.is_weak for tail, name in reading.names)


class Words:
    """A sentence without its quotation marks: keys and readings by position, and the way back to token indices."""

    def __init__(
        self,
        tokens: list[Token],
        kinds: list[tuple[str, tuple[str, ...]]] | None,
        lexicon: ActorLexicon,
        day: date,
        known: Known | None = None,
        preferred: Mapping[str, int] | None = None,
    ) -> None:
        self.lexicon = lexicon
        self.starter: Callable[[Words, int, int], Phrase | None] | None = None
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
        self.known: Known = known or {}
        self.is_open = False  # a name of several countries was met: what the article is about decides
        if known:
            self._add_known(known)

    def _add_known(self, known: Known) -> None:
        """Put names that the document introduced earlier in front of the readings of the tables."""
        for i, front, key in self._known_here(known):
            self.readings[i] = (Reading(tuple(front), False, "", (), known[key], ()), *self.readings[i])

    def _known_here(self, known: Known) -> Iterator[tuple[int, str, str]]:
        """Yield words that are such names: position, the letters in front, the name's key."""
        for i, token in enumerate(self.tokens):
            if token.kind not in ("word", "latin"):
                continue
            key = self.loose(i)
            if key in known:
                yield i, "", key
            elif key[:1] in FRONTS and key[1:] in known:
                yield i, key[0], key[1:]
            elif key[:2] in ("ول", "وب") and key[2:] in known:
                yield i, key[:2], key[2:]

    def names_known(self, known: Known) -> bool:
        """Does the sentence name somebody whom the article has introduced?"""
        return bool(known) and next(self._known_here(known), None) is not None

    def start(self, i: int, depth: int) -> Phrase | None:
        """The phrase that starts at word `i`, inside another phrase when depth > 0."""
        assert self.starter is not None
        return self.starter(self, i, depth)

    def __len__(self) -> int:
        return len(self.tokens)

    def loose(self, i: int) -> str:
        """Key for proper names."""
        if i not in self._loose:
            self._loose[i] = name_key(self.tokens[i].key)
        return self._loose[i]

    def bare(self, i: int) -> str:
        """Key for nouns, without article."""
        if i not in self._bare:
            self._bare[i] = strip_article(noun_key(self.tokens[i].key))
        return self._bare[i]

    def possessed(self, i: int, key: str) -> str:
        """The possessive pronoun on word `i` when the rest of it is the noun `key`: خارجيته, خارجيتها."""
        if i >= len(self.tokens) or not key.endswith("ة") or not self.bare(i).startswith(key[:-1] + "ت"):
            return ""
        rest = self.bare(i)[len(key) :]
        return rest if rest in ("ه", "ها", "هم", "هما", "هن", "نا") else ""

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
        if not self.is_word(i) or any(reading.agents or is_fixed_name(reading) for reading in self.readings[i]):
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

    def is_no_noun(self, i: int) -> bool:
        """Whether the morphology reads word `i` as a verb or a word of grammar (طالب the verb, وإلى)."""
        return (self.kinds[i] == "verb" and not self.has_article(i)) or self.kinds[i] in _CLOSED

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

    def is_known_other(self, i: int) -> bool:
        """Whether the morphology reads word `i` as something that no town is called by: طويلة the adjective, not the town.

        A name that the article introduced («قرية دوما») is none of these.
        A participle with the article is a name (الموصل, المنصورة) unless it describes a definite noun before it.
        """
        if self.loose(i) in self.known:
            return False
        if self.kinds[i] == "participle" and self.has_article(i):
            return i > 0 and self.is_word(i - 1) and self.has_article(i - 1)
        return self.kinds[i] in _NO_PLACE

    def after_site(self, i: int) -> bool:
        """Whether a word for a town or region stands right before word `i`, to govern it: ولاية، محافظة، مدينة."""
        if not self.is_word(i - 1) or self.has_article(i - 1) or self.bare(i - 1) in ("قرية", "حي", "مخيم"):
            return False
        is_body = self._has_kind(i - 1, "body") and self.kinds[i - 1] == self.kinds[i] == "noun"  # «شرطة جدة»
        return is_body or self._has_kind(i - 1, "site")

    def moves(self, i: int) -> bool:
        """Whether word `i` is a verb of going somewhere: «وصل المبعوث إلى صنعاء» tells where to, not to whom he is sent."""
        return self.is_word(i) and self.loose(i) in self.lexicon.motion

    def may_be_name(self, i: int) -> bool:
        """Whether a word that is also a surname is read as a name here: the morphology does not know it as something else."""
        return self.kinds[i] in ("", "nominal", "latin")

    def is_given_name(self, i: int) -> bool:
        if self.kinds[i] in _CLOSED or (not self.kinds[i] and self.tokens[i].text == "على"):
            return False  # على is written like علي in many papers, and the other way round
        return self.loose(i) in self.lexicon.given_names

    def is_name_word(self, i: int, *, is_first: bool) -> bool:
        """Whether word `i` can be part of an unknown person name."""
        token = self.tokens[i]
        if token.kind == "latin":
            return True
        if token.kind != "word":
            return False
        if self.is_given_name(i):
            return True
        if len(token.key) < 3 or (is_first and any(reading.proclitics for reading in self.readings[i])):
            return False
        if any(reading.agents or reading.nisbas or is_fixed_name(reading) for reading in self.readings[i]):
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

    def governs(self, i: int) -> bool:
        """Whether word `i` is a noun whose genitive or adjective the next word is."""
        return self.is_word(i) and self.kinds[i] in _NOUNS

    def points_back(self, i: int) -> bool:
        """Whether word `i` is a definite body word that says nothing alone: التنظيم, الحركة, الوزارة."""
        return self.has_article(i) and self._has_kind(i, "body")

    def is_counting(self, i: int) -> bool:
        """Whether word `i` counts what follows: a number or a quantifier (عشرات، بعض، أحد)."""
        if not 0 <= i < len(self.tokens) or (self.key(i) == "نحو" and self.has_article(i + 1)):
            return False  # «سار نحو السفارة»
        return self.tokens[i].kind == "number" or self._has_kind(i, "quantifier")

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

    def is_plural(self, i: int) -> bool:
        """Whether word `i` is a plural, by the tables or its ending."""
        listed = any(form.number == "p" for reading in self.readings[i] for form in reading.agents)
        return listed or self.key(i).endswith(("ين", "ون", "اء"))

    def looks_plural(self, i: int) -> bool:
        """Whether word `i` may be a plural noun of persons, which a plural adjective would describe."""
        return self.key(i).endswith(("ين", "ون", "اء")) or self.kinds[i] == "noun"

    def matches(self, i: int, tail: tuple[str, ...], *, as_name: bool) -> bool:
        if i + len(tail) > len(self.tokens):
            return False
        get = self.loose if as_name else self.bare
        return all(get(i + offset) == part for offset, part in enumerate(tail))
