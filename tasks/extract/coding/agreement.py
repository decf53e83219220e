"""Agreement of verb and subject, and the verbs that only colour another verb.

In: a verb of a sentence and a phrase. Out: whether the phrase can be its subject (Wright II, 140-152: after a verb only gender
shows, before it number too).
"""

from functools import cache

import polars as pl

from schemas.seeds import read_seed
from tasks.extract.actors import Actor
from tasks.extract.coding.model import Item, Phrase
from tasks.normalize.letters import fold, strip_marks


@cache
def auxiliaries() -> dict[str, str]:
    """Return {verb lemma: effect} of verbs that only colour the verb after them."""
    rows = read_seed("lexicon/auxiliaries").iter_rows(named=True)
    return {strip_marks(lemma): row["effect"] for row in rows for lemma in row["lemmas"].split(";")}


@cache
def auxiliary_effect(lemma: str) -> str:
    return auxiliaries().get(strip_marks(lemma), "")


@cache
def _verbs_of(name: str) -> frozenset[str]:
    rows = read_seed("lexicon/sets_modality").filter(pl.col("set") == name)
    return frozenset(strip_marks(word) for word in rows["word"])


@cache
def _men() -> frozenset[str]:
    """Folded nouns for men, whose plural takes a masculine verb."""
    rows = read_seed("lexicon/nouns").filter(pl.col("human") == "y")
    return frozenset(fold(word) for lemma in rows["lemma"] for word in lemma.split(";") if not word.endswith("ة"))


def is_addressing(lemma: str) -> bool:
    """Is the verb said to somebody (set `addressing`)?"""
    return strip_marks(lemma) in _verbs_of("addressing")


def is_carrying_out(lemma: str) -> bool:
    """Is an act or a thing made its object, never its subject (set `carrying_out`)?"""
    return strip_marks(lemma) in _verbs_of("carrying_out")


def is_deciding(lemma: str) -> bool:
    """Does only a person do it, and to an act (set `deciding`)?"""
    return strip_marks(lemma) in _verbs_of("deciding")


def is_counting_group(lemma: str) -> bool:
    """«قصفت مجموعة من المتمردين»: does the noun count the people behind its من (set `counting_group`)?"""
    return lemma in _groups()


@cache
def _groups() -> frozenset[str]:
    rows = read_seed("lexicon/sets_modality").filter(pl.col("set") == "counting_group")
    return frozenset(fold(word) for word in rows["word"])


FEMININE = ("ة", "ه", "ات", "اء", "ي")  # endings of words that may be feminine
PERSONS = frozenset({"agent", "office", "nationals"})
BODIES = frozenset({"group", "organization", "agent"})


def agrees(item: Item, phrase: Phrase, before: bool) -> bool:
    """Can `phrase` be the subject of the verb? After a verb only gender shows; before it, number too."""
    analysis = item.analysis
    assert analysis is not None
    gender, number = phrase.gender, phrase.number
    actor = phrase.actors[0] if phrase.actors else None
    if actor is not None:
        gender, number = actor.gender or gender, actor.number or number
    if actor is not None and actor.kind in BODIES and phrase.lemma.endswith(("ة", "ات")) and analysis.gender == "f" and not before:
        return True  # «صادرت قوات الاحتلال»: the word decides, whatever the table says of the body
    if actor is not None and actor.kind in BODIES and analysis.gender == "m" and not phrase.lemma.endswith(FEMININE):
        gender = "m"  # «أعلن حزب العمال»
    if actor is not None and actor.kind == "country" and analysis.gender == "f" and analysis.number in ("s", ""):
        return True  # «أعلنت العراق», «ألغت الصومال»: names of countries may be feminine
    is_people = actor is not None and actor.kind in PERSONS and phrase.gender == "m" and not phrase.is_counted
    if before and is_people and number in ("d", "p") and analysis.number == "s" and analysis.gender == "m":
        return False  # «البلدان ... دعا»: before its verb a dual or plural of persons shows
    if before and analysis.number == "d":  # «وفدي» reads as a plural too
        return number == "d" or phrase.has_conjunct or (number == "p" and actor is None)
    if before and analysis.number == "p":
        return number == "p" or phrase.has_conjunct or (number == "" and actor is not None)
    if not gender or not analysis.gender or phrase.is_counted:
        return True
    if number == "p" and not before and _is_plain_body(actor, phrase):
        return analysis.gender == "f"  # «اتهم السلطات»: a body in the plural takes a feminine verb, so this one is the object
    is_called = is_people and analysis.gender == "f" and is_addressing(item.lemma) and phrase.lemma in _men()
    if number == "p" and not before and is_called:
        return False  # «ودعت الوسطاء إلى»: men take a masculine verb, so they are the object
    if number == "p" and not before:
        return gender != "f" or analysis.gender == "f" or actor is not None  # plurals of things take a feminine verb
    if number == "p":
        return analysis.gender == "f"
    return gender == analysis.gender


def _is_plain_body(actor: Actor | None, phrase: Phrase) -> bool:
    """A body in the plural (السلطات, القوات), not counted by a word of its own gender (عدد من المنظمات)."""
    return actor is not None and actor.kind == "organization" and actor.first == actor.head and phrase.lemma.endswith(("ات", "ة"))
