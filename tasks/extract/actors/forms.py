"""Inflected forms of nouns and country adjectives, made from the citation form and the listed plurals.

Sound plurals and duals change with case (ون / ين) and lose their nun before a genitive (مسؤولو، مسؤولي); an indefinite
accusative is written with alef (متظاهرا). Rules: Ryding, A Reference Grammar of Modern Standard Arabic, ch. 7.
"""

from collections.abc import Iterator
from functools import lru_cache

from tasks.normalize.letters import fold, fold_loose

_CARRIERS = str.maketrans("ؤئ", "وي")


@lru_cache(maxsize=1 << 16)
def noun_key(text: str) -> str:
    """Return the key of a noun: `fold` with hamza carriers bare; teh marbuta stays, for it tells وزيرة from وزيره."""
    return fold(text).translate(_CARRIERS)


@lru_cache(maxsize=1 << 16)
def name_key(text: str) -> str:
    """Return the key of a proper name: `fold_loose`, and the doubled waw of داوود written once."""
    key = fold_loose(text)
    return key[:1] + key[1:].replace("وو", "و")  # not at the front: وواشنطن is و + واشنطن


def strip_article(key: str) -> str:
    """Return `key` without the article, so that أمين عام and الأمين العام have one key."""
    return key[2:] if key.startswith("ال") and len(key) > 3 else key


def lemma_key(text: str) -> str:
    """Return the key of a table word without its article; the alef of ألف is no article, as the written hamza shows."""
    return strip_article(noun_key(text)) if text.startswith("ال") else noun_key(text)


def singular_forms(word: str) -> Iterator[tuple[str, str]]:
    """Yield (form, number) of a singular noun: itself, accusative alef, dual in both cases, bound and free."""
    yield word, "s"
    if word.endswith("ة"):
        stem = word[:-1] + "ت"
    else:
        stem = word
        if not word.endswith(("ا", "ى", "ي")) or word.endswith("ي"):
            yield word + "ا", "s"
    for ending in ("ان", "ين", "ا", "ي"):
        if (stem.endswith("ت") and word.endswith("ة")) or ending in ("ان", "ين"):
            yield stem + ending, "d"


def plural_forms(plural: str) -> Iterator[tuple[str, bool]]:
    """Yield (form, is bound) of a listed plural; ون also gives ين and the bound و, ي."""
    yield plural, False
    if plural.endswith("ون") and len(plural) > 4:
        yield plural[:-2] + "ين", False
        yield plural[:-2] + "و", True
        yield plural[:-2] + "ي", True
    elif not plural.endswith(("ات", "ة", "ى", "ا", "اء", "ي")):
        yield plural + "ا", False


def nisba_forms(stem: str) -> Iterator[tuple[str, str, str]]:
    """Yield (form, gender, number) of a country adjective given its masculine singular (روسي)."""
    yield stem, "m", "s"
    yield stem + "ا", "m", "s"
    yield stem + "ة", "f", "s"
    yield stem + "ان", "m", "d"
    yield stem + "ون", "m", "p"
    yield stem + "ين", "m", "p"
    yield stem + "تان", "f", "d"
    yield stem + "تين", "f", "d"
    yield stem + "ات", "f", "p"
