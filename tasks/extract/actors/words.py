"""Readings of one written word against the actor tables; remembered per word.

>>> lexicon = load_actors()
>>> [r.proclitics for r in readings_of("والروسي", lexicon)]
[('و',)]
"""

from tasks.extract.actors.forms import name_key, noun_key, strip_article
from tasks.extract.actors.lexicon import ActorLexicon, load_actors
from tasks.extract.actors.model import Form, Reading
from tasks.normalize.clitics import noun_splits

__all__ = ["load_actors", "readings_of"]

MAX_WORDS = 500_000
ENCLITICS = ("هما", "ها", "هم", "هن", "نا", "ه")


def readings_of(key: str, lexicon: ActorLexicon) -> tuple[Reading, ...]:
    """Return the readings of a folded word that some table knows, the one with fewest split letters first."""
    known = lexicon.words.get(key)
    if known is None:
        if len(lexicon.words) > MAX_WORDS:  # misspellings of millions of articles
            lexicon.words.clear()
        known = lexicon.words[key] = tuple(_readings(noun_key(key), lexicon))
    return known


def _readings(key: str, lexicon: ActorLexicon) -> list[Reading]:
    found: list[Reading] = []
    seen: set[tuple[tuple[str, ...], str]] = set()
    for split in noun_splits(key):
        is_definite = split.proclitics[-1:] == ("ال",)
        if "ك" in split.proclitics:
            continue  # "like a minister" names no actor, and كاميرات is no princess
        front = split.proclitics[:-1] if is_definite else split.proclitics
        if not is_definite and strip_article(split.stem) != split.stem:
            own, people = lexicon.forms.get(split.stem, ()), lexicon.nisbas.get(split.stem, ())
            if own or people:  # ألف, ألماني; all else is covered by the split with the article
                found.append(Reading(front, False, "", own, (), people))
            continue
        written = ("ال" if is_definite else "") + split.stem
        if (front, written) in seen:
            continue
        seen.add((front, written))
        names = lexicon.names.get(name_key(written), ())
        agents, enclitic = _agents(split.stem, is_definite, lexicon)
        nisbas = lexicon.nisbas.get(split.stem, ())
        if names or agents or nisbas:
            found.append(Reading(front, is_definite, enclitic, agents, names, nisbas))
    return found


def _agents(stem: str, is_definite: bool, lexicon: ActorLexicon) -> tuple[tuple[Form, ...], str]:
    """Agent forms of a stem, with the possessive pronoun that is written onto it (وزيره، حكومتها)."""
    direct = lexicon.forms.get(stem, ())
    if direct or is_definite:
        return direct, ""
    for enclitic in ENCLITICS:
        if stem.endswith(enclitic) and len(stem) - len(enclitic) >= 2:
            rest = stem[: -len(enclitic)]
            forms = lexicon.forms.get(rest, ())
            if not forms and rest.endswith("ت"):
                forms = lexicon.forms.get(rest[:-1] + "ة", ())
            if not forms and rest.endswith(("اي", "او")):  # نظرائه, وزراؤها
                forms = lexicon.forms.get(rest[:-1] + "ء", ())
            if not forms and rest.endswith("ا"):
                forms = lexicon.forms.get(rest + "ن", ())
            if forms:
                return forms, enclitic
    if stem.endswith("ه"):  # teh marbuta without its dots
        return lexicon.forms.get(stem[:-1] + "ة", ()), ""
    return (), ""
