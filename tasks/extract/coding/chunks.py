"""Outline of a sentence: words become phrases, verbs, clause words and marks, in order.

In: tokens, one analysis each, actors and date phrases. Out: `Item`s; every nominal token belongs to one `Phrase`.
The boundaries follow the study of Arabic news syntax in docs/how_an_event_is_coded.md: an idafa chain and its adjectives are one
phrase; a clitic preposition or conjunction, a closed name and a change from definite to indefinite start a new one.
"""

from functools import cache

from schemas.seeds import read_seed
from tasks.extract.actors import Actor
from tasks.extract.coding.boundaries import Boundaries
from tasks.extract.coding.model import Item, Phrase, Sentence
from tasks.extract.coding.tables import word_key

NOMINAL = frozenset(
    {"noun", "masdar", "participle", "adjective", "number", "quantifier", "nominal", "name", "pronoun", "demonstrative"}
)
CLITIC_PREPOSITIONS = frozenset({"ب", "ل", "ك"})


@cache
def clause_words() -> tuple[dict[tuple[str, ...], tuple[str, str]], int]:
    """Return {words of a clause word: (kind, slot)} and the length of the longest one."""
    table: dict[tuple[str, ...], tuple[str, str]] = {}
    for row in read_seed("lexicon/clause_words").iter_rows(named=True):
        for words in row["words"].split(";"):
            table[tuple(word_key(w) for w in words.split())] = (row["kind"], word_key(row["slot"]))
    return table, max(map(len, table))


DIRECTIONS = frozenset({"من", "الي"})


@cache
def first_words() -> frozenset[str]:
    """Return the words with which a clause word begins."""
    return frozenset(words[0] for words in clause_words()[0])


class Outliner(Boundaries):
    """Builds the items of one sentence, left to right."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.slot = ""  # preposition waiting for its phrase
        self.listed = False  # «بينهم» stands before
        self.joined = False  # a standalone و or a comma stands before
        self.hedged = False  # «ما وصفه ب»: its ب belongs to the naming
        self.words, self.longest = clause_words()
        self.openers = first_words()

    def run(self) -> list[Item]:
        i, n = 0, len(self.sentence.tokens)
        while i < n:
            i = self._step(i)
        return self.items

    def _step(self, i: int) -> int:
        sentence = self.sentence
        token = sentence.tokens[i]
        if token.kind == "mark":
            return self._mark(i)
        if i in sentence.in_time:
            self._close()
            self.slot = ""
            return i + 1
        if (actors := self.actor_at.get(i)) is not None:
            return self._actor(actors)
        if (length := self._clause_word(i)) > 0:
            return i + length
        analysis = sentence.analyses[i]
        if analysis.kind in NOMINAL or token.kind in ("latin", "number") or self._negates_adjective(i):
            self._nominal(i)
            return i + 1
        self._function_word(i)
        return i + 1

    def _negates_adjective(self, i: int) -> bool:
        """«بصفة غير رسمية»: غير before an adjective is part of its phrase, no negation of a clause."""
        words = self.sentence.analyses
        return self.sentence.tokens[i].key == "غير" and i + 1 < len(words) and words[i + 1].kind in NOMINAL

    def _is_next(self, i: int) -> bool:
        return i > 0 and self.sentence.analyses[i - 1].kind == "preposition"

    def _clause_word(self, i: int) -> int:
        tokens, analyses = self.sentence.tokens, self.sentence.analyses
        keys = [t.key for t in tokens[i : i + self.longest]]
        bare = keys[0][1:] if len(keys[0]) > 2 and keys[0][0] in "وف" else ""
        if keys[0] not in self.openers and bare not in self.openers:
            return 0
        for length in range(len(keys), 0, -1):
            found = self.words.get(tuple(keys[:length])) or (self.words.get((bare, *keys[1:length])) if bare else None)
            if found is None:
                continue
            is_agent = found[1] == "علي يد" and i + 1 in self.actor_at  # «برصاص الجيش»
            is_whole = "ب" in analyses[i].proclitics and found[1] != "علي يد"  # «باتجاه», «بسبب»: no other word is written so
            may_be_other = analyses[i].kind in ("verb", "noun", "masdar", "name") and not is_whole
            if length == 1 and not is_agent and (may_be_other or i in self.actor_at) and not self._is_adverb(i, found):
                continue
            if length == 1 and keys[0] == "امام" and tokens[i].text.startswith("إ"):
                continue  # «إمام جامع» is not أمام
            kind, slot = found
            if kind == "list":
                if not self._lists(i + length):
                    continue
                self._close()
                self.listed = True
            elif kind == "hedge":
                self._close()
                self.hedged = True
            elif kind == "preposition":
                self._close()
                self.slot = self.slot if self.slot in DIRECTIONS and slot == "في" and self._is_next(i) else slot
            else:
                self._close()
                self.slot = ""
                self.items.append(Item(kind, i, i + length, lemma=slot or keys[0], analysis=analyses[i]))
            return length
        return 0

    def _lists(self, following: int) -> bool:
        """Is an actor named behind «بينهم», and a phrase before it, at most a comma away, of which he is one?"""
        named = self.actor_at.get(following, [])
        before = [item for item in self.items[-2:] if item.kind != "comma"]
        return bool(named and before) and named[0].kind != "agent" and before[-1].phrase is not None

    def _function_word(self, i: int) -> None:
        analysis, token = self.sentence.analyses[i], self.sentence.tokens[i]
        kind = analysis.kind
        if kind == "preposition":
            self._close()
            slot = word_key(analysis.lemma)
            if self.slot in DIRECTIONS and slot not in DIRECTIONS and self._is_next(i):
                slot = self.slot  # «من وسط غزة», «إلى داخل سوريا»
            if analysis.enclitic:
                phrase = Phrase(i, i + 1, i, "", slot=slot, enclitic=analysis.enclitic)
                self._append(phrase)
                self._close()
                self.slot = ""
            else:
                self.slot = slot
            return
        self._close()
        if kind != "conjunction":
            self.slot = ""
        if kind == "verb":
            self.items.append(Item("verb", i, i + 1, analysis.lemma, analysis=analysis))
        elif kind in ("relative", "negation", "particle", "subordinator"):
            self.items.append(Item(kind, i, i + 1, token.key, analysis=analysis))
        elif kind == "conjunction":
            self.joined = True

    def _actor(self, actors: list[Actor]) -> int:
        actor = actors[0]
        proclitics = actor.proclitics
        self._balance(actor)
        own = self._own_preposition(proclitics)
        is_free = not self.slot and not own and not {"و", "ف"} & set(proclitics)
        if self.open is not None and is_free and self.open.last == actor.first:
            takes = actor.kind == "nisba" or (not self.closed and not self._ends_definite())
            takes = takes and not self._is_object(actor) and (actor.kind == "nisba" or not self.described)
            if takes:
                self.open.inner += actors
                self.described = actor.kind == "nisba"
                self._grow(actor.last)
                self.closed = actor.kind != "nisba" or self.closed
                return actor.last
        phrase = Phrase(actor.first, actor.last, actor.head, self._lemma(actor.head), gender=actor.gender, number=actor.number)
        phrase.is_definite = True
        if actor.kind == "nisba":
            phrase.inner += actors
        else:
            phrase.actors += actors
        phrase.slot = own or self.slot
        self._join(phrase, bool({"و", "ف"} & set(proclitics)), bool(own or self.slot))
        self._append(phrase)
        self.closed = True
        self.slot = ""
        return actor.last

    def _own_preposition(self, proclitics: tuple[str, ...]) -> str:
        own = next((p for p in proclitics if p in CLITIC_PREPOSITIONS), "")
        hedged, self.hedged = self.hedged, False
        return "" if hedged and own == "ب" else own

    def _nominal(self, i: int) -> None:
        analysis, token = self.sentence.analyses[i], self.sentence.tokens[i]
        proclitics = set(analysis.proclitics)
        own = self._own_preposition(analysis.proclitics)
        is_free = not self.slot and not own and not proclitics & {"و", "ف"}
        if self.open is not None and is_free and self.open.last == i and self._extends(i):
            self._grow(i + 1)
            self.closed = self.closed or bool(analysis.enclitic)
            self.described = self.described or (analysis.kind in ("adjective", "participle") and "ال" not in proclitics)
            return
        phrase = Phrase(i, i + 1, i, self._lemma(i), slot=own or self.slot, enclitic=analysis.enclitic)
        phrase.gender, phrase.number = analysis.gender, analysis.number
        phrase.is_definite = "ال" in proclitics or bool(analysis.enclitic)
        phrase.is_counted = analysis.kind in ("number", "quantifier") or token.kind == "number"
        if analysis.kind == "pronoun":
            self.joined = False  # «، وهو تقدم»: opens a clause of its own
        else:
            self._join(phrase, bool(proclitics & {"و", "ف"}), bool(own or self.slot))
        self._append(phrase)
        self.closed = bool(analysis.enclitic)
        self.slot = ""

    def _join(self, phrase: Phrase, has_waw: bool, has_slot: bool) -> None:
        """A phrase after و shares the preposition of the phrase before, unless it brings its own."""
        before = self.items[-1] if self.items else None
        if before is not None and before.kind == "comma" and has_waw and len(self.items) > 1:
            before = self.items[-2]
        if (has_waw or self.joined) and before is not None and before.phrase is not None:
            if not has_slot:
                phrase.slot = before.phrase.slot
                phrase.conjunct_of = before.phrase
            elif phrase.slot == before.phrase.slot:
                phrase.conjunct_of = before.phrase
        if self.listed:
            before = self.items[-1] if self.items[-1].phrase is not None else self.items[-2]
            assert before.phrase is not None
            phrase.slot, phrase.conjunct_of, before.phrase.is_listed, self.listed = before.phrase.slot, before.phrase, True, False
        if phrase.conjunct_of is not None:
            phrase.conjunct_of.has_conjunct = True
        self.joined = False

    def _append(self, phrase: Phrase) -> None:
        self.items.append(Item("phrase", phrase.first, phrase.last, phrase.lemma, phrase))
        self.open, self.described = phrase, False
        for t in range(phrase.first, phrase.last):
            self.sentence.phrase_at[t] = phrase

    def _grow(self, last: int) -> None:
        phrase = self.open
        assert phrase is not None
        if phrase.is_counted and phrase.head == phrase.last - 1 and last - phrase.last == 1:
            phrase.head, phrase.lemma = phrase.last, self._lemma(phrase.last)  # the counted noun is the head
        for t in range(phrase.last, last):
            self.sentence.phrase_at[t] = phrase
        phrase.last = last
        self.items[-1].last = last

    def _close(self) -> None:
        self.open = None
        self.closed = self.described = False
        self.joined = False

    def _lemma(self, i: int) -> str:
        return self.sentence.lemma_keys[i]


def outline(sentence: Sentence) -> list[Item]:
    """Fill `sentence.items` and `sentence.phrase_at`; return the items."""
    sentence.items = Outliner(sentence).run()
    for item in sentence.items:
        if item.phrase is not None:
            item.phrase.lemmas = tuple(sentence.lemma_keys[item.phrase.first : item.phrase.last])
            item.phrase.is_definite = item.phrase.is_definite or _ends_definite(sentence, item.phrase)
    return sentence.items


def _ends_definite(sentence: Sentence, phrase: Phrase) -> bool:
    """«تأجيل الانتخابات», «قرار المحكمة», «بيان له»: the last genitive makes the chain definite (Wright II, 232)."""
    last = sentence.analyses[phrase.last - 1]
    return "ال" in last.proclitics or bool(last.enclitic) or any(a.kind not in ("nisba", "agent") for a in phrase.inner)
