"""The word tables compiled into dictionaries, kept under WAQAI_CACHE by content.

In: seeds/lexicon/{verbs,nouns,nouns_conflict,closed_class,ambiguity}.csv. Out: `WordLexicon`: forms of verbs, nouns,
participles, closed words, and how often an ambiguous form is a verb.
"""

import hashlib
import os
import pickle
import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

from schemas.seeds import SEEDS, read_seed
from tasks.extract.morphology.conjugate import VerbForm, finite_forms, jussive_forms
from tasks.extract.morphology.derive import participles, verbal_nouns
from tasks.normalize.letters import fold, strip_marks

NOUN_TABLES = ("nouns", "nouns_conflict")
TABLES = ("verbs", *NOUN_TABLES, "closed_class", "ambiguity")
CODE = ("lexicon.py", "conjugate.py", "derive.py", "roots.py", "spelling.py", "model.py")


class NounEntry(NamedTuple):
    """A nominal lemma: `number` and `gender` are those of this form, empty where the ending tells."""

    lemma: str
    kind: str
    gender: str
    number: str
    verb: str
    row: str
    voice: str = ""


@dataclass
class WordLexicon:
    """All dictionaries of the embedded provider, by folded form."""

    verbs: dict[str, list[tuple[VerbForm, str, str]]] = field(default_factory=lambda: defaultdict(list))
    jussives: dict[str, list[tuple[VerbForm, str, str]]] = field(default_factory=lambda: defaultdict(list))
    nouns: dict[str, NounEntry] = field(default_factory=dict)
    plurals: dict[str, NounEntry] = field(default_factory=dict)  # أفعال that are verbal nouns too when written with إ
    participles: dict[str, NounEntry] = field(default_factory=dict)
    closed: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    priors: dict[str, float] = field(default_factory=dict)
    ranks: dict[str, int] = field(default_factory=dict)  # row of a verb -> place in the table, which is sorted by frequency


def _cells(row: dict[str, str], column: str) -> list[str]:
    return [part.strip() for part in row.get(column, "").split(";") if part.strip()]


def _add_verb(lexicon: WordLexicon, row: dict[str, str]) -> None:
    arguments = (row["lemma"], row["root"], row["form"], row["imperfect_vowel"])
    for form in finite_forms(*arguments):
        if len(form.text) < 3 and form.person == "1":
            continue  # نت، بت: abbreviations, not "I" forms
        lexicon.verbs[form.text].append((form, row["lemma"], row["id"]))
    for form in jussive_forms(*arguments):
        lexicon.jussives[form.text].append((form, row["lemma"], row["id"]))
    for text, voice in participles(*arguments):
        if len(text) < 3:
            continue
        lexicon.participles.setdefault(text, NounEntry(text, "participle", "m", "s", row["lemma"], row["id"], voice))
    for text in (*verbal_nouns(*arguments[:3]), *map(fold, _cells(row, "masdars"))):
        if len(text) > 2:
            gender = "f" if text.endswith("ة") else "m"
            lexicon.nouns.setdefault(text, NounEntry(text, "masdar", gender, "s", row["lemma"], row["id"]))


def _add_noun(lexicon: WordLexicon, row: dict[str, str]) -> None:
    lemma = strip_marks(row["lemma"])
    gender = row["gender"] or ("f" if lemma.endswith("ة") else "m")
    verb = row["verb"]
    lexicon.nouns[fold(lemma)] = NounEntry(lemma, row["kind"], gender, "s", verb, row["id"])
    for plural in _cells(row, "plurals"):
        number_gender = "f" if row["human"] != "y" else gender
        entry = NounEntry(lemma, row["kind"], number_gender, "p", verb, row["id"])
        other = lexicon.nouns.setdefault(fold(plural), entry)
        if other.row.startswith("verb-") and plural.startswith(("أ", "ا")):
            lexicon.plurals[fold(plural)] = entry


def compile_lexicon() -> WordLexicon:
    """Read all tables and build the dictionaries."""
    lexicon = WordLexicon()
    for rank, row in enumerate(read_seed("lexicon/verbs").iter_rows(named=True)):
        _add_verb(lexicon, row)
        lexicon.ranks[row["id"]] = rank
    for table in NOUN_TABLES:
        for row in read_seed(f"lexicon/{table}").iter_rows(named=True):
            _add_noun(lexicon, row)
    for row in read_seed("lexicon/closed_class").iter_rows(named=True):
        for word in _cells(row, "words"):
            lexicon.closed.setdefault(fold(word), (word, row["kind"], row["id"]))
    for row in read_seed("lexicon/ambiguity").iter_rows(named=True):
        n_verb, n_other = int(row["n_verb"]), int(row["n_other"])
        lexicon.priors[fold(row["form"])] = (n_verb + 0.5) / (n_verb + n_other + 1)
    lexicon.verbs, lexicon.jussives = dict(lexicon.verbs), dict(lexicon.jussives)
    return lexicon


def _content_hash() -> str:
    digest = hashlib.sha256()
    here = Path(__file__).parent
    paths = [SEEDS / "lexicon" / f"{t}.csv" for t in TABLES] + [here / n for n in CODE]
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@cache
def load_lexicon() -> WordLexicon:
    """Return the compiled tables, once per process, from WAQAI_CACHE (default ~/.cache/waqai) with this content."""
    folder = Path(os.environ.get("WAQAI_CACHE") or Path.home() / ".cache" / "waqai")
    path = folder / f"words-{_content_hash()}.pickle"
    if path.exists():
        try:
            with path.open("rb") as stream:
                loaded: WordLexicon = pickle.load(stream)  # noqa: S301 - our own file, named by its content
            return loaded
        except (pickle.UnpicklingError, EOFError, AttributeError):
            path.unlink(missing_ok=True)  # a broken cache file is made again
    lexicon = compile_lexicon()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}.part")
        part.write_bytes(pickle.dumps(lexicon, protocol=pickle.HIGHEST_PROTOCOL))
        part.replace(path)
    except OSError:
        pass  # a read-only cache folder costs time, nothing else
    return lexicon


PRONOUN_ENDINGS = ("هما", "هم", "هن", "ها", "نا", "ني", "كم", "ه")
THAT = re.compile(r"(و|ف)?(ب|ل|ك)?(ان|لكن)(ه|ها|هم|هما|هن|نا|ني|ي)?")
GOVERNED = re.compile(
    r"(و|ف)?(في|علي|الي|عن|من|مع|ل|ب|لدي|بين|ضد|حول|خلال|بعد|قبل|عند|نحو|منذ|امام|دون|تجاه|ازاء|وراء|خلف|معظم|كل|جميع|بعض)"
    r"(ه|ها|هم|هما|هن|نا|كم)"
)
