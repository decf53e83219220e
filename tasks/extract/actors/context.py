"""Who is meant by a word that only the article as a whole explains.

In: sentences in order, title first. Out: their actors with country and roles filled in, `method` telling how: `coreference` when an
earlier mention says it (الوزير، الحركة، حكومته، the surname alone), `inferred` when only the article's main country or the
outlet's own country does (الشرطة، المتظاهرون).
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from tasks.extract.actors.find import Analysed, find_phrases, to_actor
from tasks.extract.actors.lexicon import ActorLexicon
from tasks.extract.actors.memory import Memory
from tasks.extract.actors.model import PSEUDO_COUNTRIES, Actor
from tasks.extract.actors.phrases import Phrase
from tasks.extract.actors.sentence import Words
from tasks.normalize.tokens import Token

PERSONS = ("person", "office")
SPEAKERS = ("organization", "group", "person", "office", "country")
HOME_WEIGHT = 3  # a paper's news without a country is of its own: worth as much as one country in the title
CIVIL = frozenset({"NGO", "MED", "BUS"})  # their plurals are actors without a country, too: المنظمات، وسائل الإعلام
CROWD = frozenset({"CVL", "REF", "UAF", "CRM"})
Sentence = tuple[Sequence[Token], Sequence[Analysed] | None, str | None]
Found = tuple[Words, list[Phrase]]


class DocumentContext:
    """The memory of one article.

    `read_document` is the usual way in: it looks at all sentences before it infers a country. `read` takes one sentence and knows
    only what came before it.
    """

    def __init__(self, lexicon: ActorLexicon, day: date, outlet_country: str | None = None) -> None:
        self.lexicon = lexicon
        self.day = day
        self.outlet_country = outlet_country
        self.memory = Memory(lexicon)
        home = {outlet_country: HOME_WEIGHT} if outlet_country else {}
        self.countries: Counter[str] = Counter(home)
        self.places: Counter[str] = Counter(home)
        self.is_counted = False
        self.scenes: list[list[tuple[int, str]]] = []  # `here` of the sentences read
        self.here: list[tuple[int, str]] = []  # places of the present sentence: token and country

    def read_document(self, sentences: Sequence[Sentence]) -> list[list[Actor]]:
        """Return the resolved actors of each sentence; `sentences` are (tokens, analyses or None, text or None)."""
        ahead = self.look_ahead(sentences)
        return [self._read(tokens, analyses, text, first) for (tokens, analyses, text), first in zip(sentences, ahead, strict=True)]

    def look_ahead(self, sentences: Sequence[Sentence]) -> list[Found]:
        """Count the countries of the whole article before reading it; the title counts threefold. Return what was found."""
        ahead = []
        for number, (tokens, analyses, _) in enumerate(sentences):
            words = self._words(tokens, analyses)
            phrases = find_phrases(words)
            self._count(words, phrases, 3 if number == 0 else 1)
            ahead.append((words, phrases))
        self.is_counted = True
        return ahead

    def resolve_sentence(
        self,
        tokens: Sequence[Token],
        analyses: Sequence[Analysed] | None,
        actors: Sequence[Actor],
        text: str | None = None,
    ) -> list[Actor]:
        """Return the actors of the next sentence, resolved, in order; those that need the article are added to `actors`."""
        resolved = self.read(tokens, analyses, text)
        return sorted([*resolved, *(actor for actor in actors if not _covered(actor, resolved))], key=lambda a: a.first)

    def read(self, tokens: Sequence[Token], analyses: Sequence[Analysed] | None = None, text: str | None = None) -> list[Actor]:
        """Return the resolved actors of the next sentence of the article.

        A pair word (الوزيران، الجانبان) gives two actors with one span.
        """
        return self._read(tokens, analyses, text, None)

    def _read(
        self, tokens: Sequence[Token], analyses: Sequence[Analysed] | None, text: str | None, first: Found | None
    ) -> list[Actor]:
        """Read a sentence; `first` is what a first look found, which holds unless the article has said more since."""
        if first is not None and not first[0].is_open and not first[0].names_known(self.memory.names):
            words, phrases = first
        else:
            words = self._words(tokens, analyses)
            phrases = find_phrases(words)
        resolved: list[Actor] = []
        if not self.is_counted:
            self._count(words, phrases, 3 if not self.memory.actors else 1)
        self.here = self._places_here(words, phrases)
        for phrase in phrases:
            pair = self.memory.pair(phrase, words)
            if pair:
                base = to_actor(words, phrase, tokens, text)
                resolved.extend(_alias(base, other) for other in pair)
                continue
            actor = self._resolve_phrase(words, phrase, tokens, text, resolved[-1] if resolved else None)
            if actor is not None:
                resolved.append(actor)
        self.memory.close_sentence()
        self.scenes.append(self.here)
        return resolved

    def scene(self, number: int, head: int) -> str | None:
        """Return the country in which the thing at token `head` of a sentence stands: of the nearest place, else the article's."""
        here = self.scenes[number]
        if here:
            return min(here, key=lambda place: abs(place[0] - head))[1]
        return self.places.most_common(1)[0][0] if self.places else self.main_country()

    def resolve(self, actor: Actor) -> Actor:
        """Return `actor` with country and roles completed from the article so far; unchanged when it has its country."""
        if actor.country or actor.kind == "nisba":
            return actor
        earlier = self.memory.same_head(actor.rows[0] if actor.rows else "")
        if earlier is not None:
            return _fill(actor, earlier)
        return self._infer(actor)

    def speaker(self, gender: str = "", number: str = "") -> Actor | None:
        """Return the one who goes on speaking where a sentence has only the verb (وأضاف، وأكدت), by gender and number."""
        return self.memory.speaker(gender, number)

    def pronoun(self, gender: str = "", number: str = "") -> Actor | None:
        """Return the latest actor that a pronoun or verb ending of this gender and number can mean."""
        return self.memory.pronoun(gender, number)

    def note_speaker(self, actor: Actor) -> None:
        """Tell the context who spoke in the sentence just read; the next bare وأضاف is his."""
        self.memory.last_speaker = actor

    def main_country(self) -> str | None:
        """Return the state that the article names most (of equals the one named first), the outlet's own counting too."""
        return max(self.countries, key=lambda code: self.countries[code], default=None)

    def _words(self, tokens: Sequence[Token], analyses: Sequence[Analysed] | None) -> Words:
        kinds = [(a.kind, a.proclitics) for a in analyses] if analyses is not None else None
        return Words(list(tokens), kinds, self.lexicon, self.day, self.memory.names, self.countries)

    def _count(self, words: Words, phrases: list[Phrase], weight: int) -> None:
        for phrase in phrases:
            if phrase.country and phrase.country not in PSEUDO_COUNTRIES and not phrase.is_ambiguous:
                self.countries[phrase.country] += weight
                if _is_scene(words, phrase):
                    self.places[phrase.country] += weight

    def _places_here(self, words: Words, phrases: list[Phrase]) -> list[tuple[int, str]]:
        """Places that the sentence names; a town whose country the article never names otherwise may be another's namesake."""
        named = [p for p in phrases if _is_scene(words, p) and p.country and not p.is_ambiguous]
        sure = [p for p in named if self.countries[p.country or ""] > 1] or (named if len(self.countries) == 1 else [])
        return [(words.index[p.first], p.country or "") for p in sure]

    def _resolve_phrase(
        self, words: Words, phrase: Phrase, tokens: Sequence[Token], text: str | None, before: Actor | None
    ) -> Actor | None:
        row = phrase.row
        if phrase.country_from == "world":
            body = self._pointed_at(words, phrase)
            if body is not None and body.country != "INT":
                phrase.country, phrase.country_from = body.country, "phrase"  # «دول الاتحاد»: of the body named before
        actor = to_actor(words, phrase, tokens, text)
        if row is not None and not phrase.country:
            earlier = self._antecedent(words, phrase)
            kingdom = self._one_of(row.traits) if phrase.is_definite and not phrase.enclitic else None
            if kingdom is not None:
                actor = actor._replace(country=kingdom, method="coreference")
            elif earlier is not None:
                actor = _fill(actor, earlier)
                if phrase.is_weak:
                    actor = actor._replace(roles=earlier.roles)
                if row.kind == "nation" or (phrase.enclitic and row.kind != "honorific" and "spokes" not in row.traits):
                    actor = actor._replace(roles=phrase.roles)  # his country, not he himself
            elif phrase.is_weak and not (
                phrase.is_definite
                and (row.kind == "nation" or "bare" in row.traits or (phrase.number == "p" and set(row.roles) & CIVIL))
            ):
                return None
            else:
                actor = self._beside(actor, phrase, before) or self._infer(actor)
        elif phrase.is_weak:
            return None
        if row is not None and "counterpart" in row.traits and not actor.roles:
            actor = actor._replace(roles=self.memory.last_office_roles())
        self.memory.add(actor, phrase, words)
        return actor

    def _beside(self, actor: Actor, phrase: Phrase, before: Actor | None) -> Actor | None:
        """«ميليشيات الحوثيين والنظام المخلوع»: what is joined to a body or to people is mostly of the same state."""
        if before is None or "و" not in phrase.proclitics or before.last != actor.first:
            return None
        known = before.country and before.country not in PSEUDO_COUNTRIES and before.kind not in ("country", "place", "nisba")
        sure = known and before.method not in ("inferred", "coreference")
        return actor._replace(country=before.country, method="inferred") if sure else None

    def _antecedent(self, words: Words, phrase: Phrase) -> Actor | None:
        traits = phrase.row.traits if phrase.row else frozenset()
        if phrase.enclitic and phrase.row and phrase.row.kind == "honorific":
            return self.memory.latest(PERSONS)
        if phrase.enclitic:
            return self.memory.owner(phrase.enclitic)
        if "document" in traits and phrase.is_definite:
            return self.memory.latest(SPEAKERS)
        if not phrase.is_definite or phrase.name or ("noback" in traits and not phrase.has_complement):
            return None  # المنطقة, المبنى: any one, not the one named before
        keys = frozenset(words.bare(i) for i in range(phrase.head + 1, phrase.last) if words.is_word(i))
        if phrase.has_complement and (body := self._pointed_at(words, phrase)) is not None:
            return body
        same = self.memory.same_head(phrase.rows[0], keys)
        return same or (self.memory.by_word(words.bare(phrase.head)) if phrase.number == "s" else None)

    def _pointed_at(self, words: Words, phrase: Phrase) -> Actor | None:
        """عناصر التنظيم: the complement may point to a body named before."""
        ends = (words.bare(i) for i in range(phrase.last - 1, phrase.head, -1) if words.points_back(i))
        return next((actor for actor in map(self.memory.by_word, ends) if actor is not None), None)

    def _one_of(self, traits: frozenset[str]) -> str | None:
        """المملكة: of the kingdoms that the row lists, the one that the article names most; else the first."""
        listed = next((trait.removeprefix("among=").split("+") for trait in traits if trait.startswith("among=")), [])
        return max(listed, key=lambda code: self.countries.get(code, 0)) if listed else None

    def _infer(self, actor: Actor) -> Actor:
        """Crowds and victims are of where things happen, officials and bodies of the state that the article is about.

        Where things happen is the place that the sentence names, the nearest first, else the one that the article names most.
        """
        country = self.main_country()
        is_local = bool(set(actor.roles) & CROWD) or actor.kind == "place"
        if is_local and self.here:
            country = min(self.here, key=lambda place: abs(place[0] - actor.head))[1]
        elif is_local and self.places:
            country = self.places.most_common(1)[0][0]
        if country is None or actor.kind == "nisba" or actor.roles == ("CRM",):
            return actor  # thieves and hackers may come from anywhere
        return actor._replace(country=country, method="inferred")


def _is_scene(words: Words, phrase: Phrase) -> bool:
    """Whether things happen there: a place, or a country after في or ب."""
    if phrase.kind == "place":
        return True
    inside = phrase.first > 0 and not phrase.proclitics and words.key(phrase.first - 1).removeprefix("و") in ("في", "داخل")
    return phrase.kind == "country" and phrase.method == "stated" and (inside or "ب" in phrase.proclitics)


def _covered(actor: Actor, others: Sequence[Actor]) -> bool:
    return any(other.first < actor.last and actor.first < other.last for other in others)


def _fill(actor: Actor, earlier: Actor) -> Actor:
    """The later, shorter mention takes country, and roles when it has none of its own or the earlier ones contain them."""
    roles = actor.roles
    if not roles or set(roles) <= set(earlier.roles):
        roles = earlier.roles
    name = earlier.name if earlier.kind == "person" and actor.kind == "office" else actor.name
    return actor._replace(country=earlier.country, roles=roles, name=name, method="coreference", is_loaded=actor.is_loaded)


def _alias(base: Actor, other: Actor) -> Actor:
    """`other` seen through the words of `base`."""
    return base._replace(
        country=other.country,
        roles=other.roles,
        name=other.name,
        kind=other.kind,
        method="coreference",
        rows=other.rows,
    )
