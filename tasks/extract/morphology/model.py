"""One reading of a word, and what gives readings."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class Analysis(NamedTuple):
    """One reading of a written word.

    `lemma`: a verb's vocalised third person perfect (أَعْلَن), else the bare citation form (هجوم). `kind`: verb, masdar, participle,
    noun, adjective, number, preposition, conjunction, subordinator, relative, negation, particle, demonstrative, quantifier,
    pronoun, nominal (unknown word), mark, latin. `aspect`: perfect, imperfect. `voice`: active, passive, either (written alike).
    `person` 1 or 3, `gender` m f, `number` s d p; empty where the form does not tell. `verb`: vocalised verb of a verbal noun or
    participle. `row`: id of the lexicon row.
    """

    lemma: str
    kind: str
    aspect: str = ""
    voice: str = ""
    person: str = ""
    gender: str = ""
    number: str = ""
    proclitics: tuple[str, ...] = ()
    enclitic: str = ""
    verb: str = ""
    row: str = ""


class Morphology(Protocol):
    """Gives the readings of words, most likely first; an unknown word has one reading of kind `nominal`."""

    name: str

    def analyse(self, words: Sequence[str]) -> list[tuple[Analysis, ...]]:
        """Return the readings of each word as written (marks allowed)."""
