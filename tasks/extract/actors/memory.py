"""What an article has named so far, and how later words point back to it."""

from tasks.extract.actors.forms import name_key, noun_key, strip_article
from tasks.extract.actors.lexicon import ActorLexicon
from tasks.extract.actors.model import PSEUDO_COUNTRIES, Actor, Name
from tasks.extract.actors.names import PARTICLES
from tasks.extract.actors.phrases import Phrase
from tasks.extract.actors.sentence import Words

OFFICIAL = frozenset({"GOV", "MIL", "COP", "LEG", "JUD"})
BYSTANDERS = frozenset({"CVL", "HLH", "MED", "EDU", "LAB", "REF", "REL"})
PAIRS = frozenset({"البلدين", "الدولتين", "الجانبين", "الطرفين"})
_FEMININE, _PLURAL = frozenset({"ها"}), frozenset({"هم", "هن", "هما"})


class Memory:
    """Actors of the article in order, names it introduced, and who spoke last."""

    def __init__(self, lexicon: ActorLexicon) -> None:
        self.lexicon = lexicon
        self.actors: list[Actor] = []
        self.words: list[frozenset[str]] = []
        self.sentence_start = 0
        self.last_speaker: Actor | None = None
        self.names: dict[str, tuple[tuple[tuple[str, ...], Name], ...]] = {}

    def add(self, actor: Actor, phrase: Phrase, words: Words) -> None:
        """Remember an actor that has been resolved."""
        self.actors.append(actor)
        keys = {words.bare(i) for i in range(phrase.first, phrase.last) if words.is_word(i)}
        if actor.kind in ("organization", "group"):
            keys |= {strip_article(noun_key(word)) for word in actor.name.split()}
        self.words.append(frozenset(keys))
        if phrase.name:
            self._learn(actor, phrase)

    def close_sentence(self) -> None:
        """The sentence is over: its first person or body is the one who goes on speaking."""
        for actor in self.actors[self.sentence_start :]:
            if actor.kind in ("person", "office", "organization", "group", "country"):
                self.last_speaker = actor
                break
        self.sentence_start = len(self.actors)

    def _learn(self, actor: Actor, phrase: Phrase) -> None:
        """A person's full name and surname stand for the person from now on; a village's name for the village."""
        parts = [name_key(part) for part in phrase.name.split()]
        if not parts:
            return
        name = Name(
            actor.rows[-1],
            "place" if actor.kind == "place" else "person",
            phrase.name,
            actor.country or "",
            actor.roles,
            "",
            "",
            actor.gender,
            "s",
            False,
            frozenset(),
            frozenset(),
            False,
        )
        cut = len(parts) - 1 if actor.kind != "place" else 0
        while cut > 0 and parts[cut - 1] in PARTICLES:
            cut -= 1
        for tail in {tuple(parts), tuple(parts[cut:])}:
            if len("".join(tail)) > 2:
                entries = [entry for entry in self.names.get(tail[0], ()) if entry[0] != tail[1:]]
                entries.append((tail[1:], name))
                self.names[tail[0]] = tuple(sorted(entries, key=lambda entry: -len(entry[0])))

    def same_head(self, row: str, keys: frozenset[str] = frozenset()) -> Actor | None:
        """Latest actor with the same head word and all of `keys`, and a country; a stated one before an inferred one."""
        same = [
            actor
            for actor, words in zip(reversed(self.actors), reversed(self.words), strict=True)
            if actor.rows and actor.rows[0] == row and actor.country and keys <= words
        ]
        return next((actor for actor in same if actor.method != "inferred"), same[0] if same else None)

    def by_word(self, key: str) -> Actor | None:
        """Latest actor whose phrase contains the noun: الحركة after حركة حماس or زعيم حركة حماس."""
        for actor, keys in zip(reversed(self.actors), reversed(self.words), strict=True):
            if key in keys and actor.country and actor.kind not in ("country", "nationals", "nisba", "place"):
                return actor
        return None

    def owner(self, enclitic: str) -> Actor | None:
        """The actor that a possessive pronoun means: حكومتها is of a country or woman, حكومته of a man, حكومتهم of a people."""
        for actor in reversed(self.actors):
            if not actor.country or actor.kind in ("nisba", "place") or actor.country in PSEUDO_COUNTRIES:
                continue
            if enclitic in _PLURAL and actor.number == "s":
                continue
            if (
                enclitic not in _PLURAL
                and actor.number == "s"
                and actor.gender
                and (actor.gender == "f") != (enclitic in _FEMININE)
            ):
                continue
            return actor
        return None

    def latest(self, kinds: tuple[str, ...]) -> Actor | None:
        """Latest actor of one of the kinds with a country, the speaker of the last sentence first; who only reports is none."""
        last = [self.last_speaker] if self.last_speaker is not None else []
        fits = (a for a in (*last, *reversed(self.actors)) if a.kind in kinds and a.country and "MED" not in a.roles)
        return next(fits, None)

    def last_office_roles(self) -> tuple[str, ...]:
        for actor in reversed(self.actors):
            if actor.kind in ("person", "office") and set(actor.roles) & OFFICIAL:
                return actor.roles
        return ()

    def pair(self, phrase: Phrase, words: Words) -> list[Actor]:
        """The two actors behind a dual: الوزيران the last two ministers, الجانبان the last two countries."""
        row = phrase.row
        if row is None or phrase.number != "d" or phrase.country or not phrase.is_definite or phrase.name:
            return []
        if words.key(phrase.last - 1) in PAIRS and phrase.last - phrase.first > 1:  # «رئيسا البلدين»: an office of each
            return [actor._replace(roles=phrase.roles, name="") for actor in self._sides()]
        found: dict[str, Actor] = {}
        for actor in reversed(self.actors):
            is_side = actor.method != "inferred" and not (actor.roles and set(actor.roles) <= BYSTANDERS)
            is_official = actor.kind == "person" and bool(set(actor.roles) & OFFICIAL)
            is_counterpart = is_official or (actor.method == "coreference" and actor.kind == "office")
            fits = is_side if "party" in row.traits else is_counterpart or actor.rows[:1] == (row.id,)
            if actor.country and actor.country not in found and fits and actor.kind not in ("nisba", "place"):
                found[actor.country] = actor
            if len(found) == 2:
                return list(reversed(found.values()))
        return []

    def _sides(self) -> list[Actor]:
        """The last two states that the article named."""
        found: dict[str, Actor] = {}
        for actor in reversed(self.actors):
            if actor.country and actor.country not in (*found, *PSEUDO_COUNTRIES) and actor.kind not in ("nisba", "place"):
                found[actor.country] = actor
            if len(found) == 2:
                return list(reversed(found.values()))
        return []

    def speaker(self, gender: str, number: str) -> Actor | None:
        last = self.last_speaker
        if last is not None and _agrees(last, gender, number):
            return last
        return self.pronoun(gender, number)

    def pronoun(self, gender: str, number: str) -> Actor | None:
        for actor in reversed(self.actors):
            if actor.country and actor.kind not in ("nisba", "place") and _agrees(actor, gender, number):
                return actor
        return None


def _agrees(actor: Actor, gender: str, number: str) -> bool:
    if number and actor.number and (number == "s") != (actor.number == "s"):
        return False
    return not (gender and actor.gender and number != "p" and gender != actor.gender)
