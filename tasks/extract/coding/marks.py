"""Punctuation of a sentence: where parts end, what is quoted, what only says where and by whom it was written.

In: tokens. Out: items for stops, commas and longer quotations; short quotation marks and parentheses are passed over.
"""

from abc import ABC, abstractmethod

from tasks.extract.actors import Actor
from tasks.extract.coding.model import Item, Sentence

QUOTES = frozenset("\"“”«»'‘’")
OPENING, CLOSING = frozenset("“«‘"), frozenset("”»’")
STOPS = frozenset(".!؟?؛;…")
DASHES = frozenset("-–—")
LONG_DATELINE = 14  # tokens
LONG_QUOTE = 5  # tokens; shorter quotation marks only set off a name or a term


class Marks(ABC):
    """Reads the marks of one sentence; the outline of its words is built on it."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.items: list[Item] = []
        self.slot = ""
        self.quoted_to = -1

    @abstractmethod
    def _close(self) -> None:
        """End the phrase that is still open."""

    def _mark(self, i: int) -> int:
        text = self.sentence.tokens[i].text
        if text in QUOTES:
            return self._quote(i)
        if text == "(":
            return self._parenthesis(i)
        kind = "stop" if text in STOPS else "colon" if text == ":" else "comma" if text in "،,-–—" else "mark"
        if kind == "stop" and not self._is_sentence_end(i):
            return i + 1
        self._close()
        self.slot = ""
        if text[0] in DASHES and self._is_dateline(i):
            self.items, kind = [], "stop"
            self.sentence.phrase_at.clear()
        self.items.append(Item(kind, i, i + 1))
        return i + 1

    def _quote(self, i: int) -> int:
        """Marks around a name are passed over; a longer quotation is somebody's words and begins a part of its own."""
        tokens, text = self.sentence.tokens, self.sentence.tokens[i].text
        if text in CLOSING or i < self.quoted_to:
            return i + 1
        end = next(
            (j for j in range(i + 1, len(tokens)) if tokens[j].text in QUOTES and tokens[j].text not in OPENING), len(tokens)
        )
        if end - i > LONG_QUOTE:
            self.quoted_to = end + 1
            self._close()
            self.slot = ""
            self.items.append(Item("quote", i, i + 1, analysis=None))
            self.sentence.quotes.append((i + 1, end))
        return i + 1

    def _is_sentence_end(self, i: int) -> bool:
        """A full stop inside an abbreviation (ا ف ب. or د.) ends nothing."""
        return i == 0 or len(self.sentence.tokens[i - 1].key) > 1 or i == len(self.sentence.tokens) - 1

    def _is_dateline(self, i: int) -> bool:
        """«دبي، الإمارات (CNN) --», «القدس 15 - 7 (اف ب) -»: where and by whom it was written, no part of the first clause."""
        if i > LONG_DATELINE or any(item.kind not in ("phrase", "comma", "mark") for item in self.items):
            return False
        phrases = [item.phrase for item in self.items if item.phrase is not None]
        return any(a.kind == "place" or a.method == "metonym" for p in phrases for a in p.actors) and all(
            p.actors or self.sentence.tokens[p.first].kind in ("latin", "number") for p in phrases
        )

    def _parenthesis(self, i: int) -> int:
        """A short parenthesis (an agency, a gloss, an age) says nothing about the clause around it."""
        tokens = self.sentence.tokens
        for j in range(i + 1, min(i + 9, len(tokens))):
            if tokens[j].text == ")":
                return j + 1
        return i + 1

    def _balance(self, actor: Actor) -> None:
        """«قناة "القاهرة الإخبارية"»: a name that takes in the opening mark alone leaves a closing one behind."""
        tokens = self.sentence.tokens
        marks = sum(tokens[i].text in QUOTES and tokens[i].text not in CLOSING for i in range(actor.first, actor.last))
        if marks % 2 and actor.last < len(tokens) and tokens[actor.last].text in QUOTES:
            self.quoted_to = max(self.quoted_to, actor.last + 1)
