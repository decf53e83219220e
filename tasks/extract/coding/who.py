"""Who stands in a slot: actors of phrases, referents of pronouns, subjects carried over from the clause before.

In: frames of one sentence, the memory of the sentences before. Out: actors for a slot, never guessed silently: each actor says by
its `method` how it was found.
"""

from dataclasses import dataclass, field

from tasks.extract.actors import Actor
from tasks.extract.coding.model import PRONOUNS, Frame, Phrase, Sentence
from tasks.extract.coding.tables import CodingTables

COLLECTIVE = frozenset({"nationals", "group"})  # «القوات ... ثم انسحبوا»: bodies of men take a plural verb
STANDALONE = {"هو": ("m", "s"), "هي": ("f", "s"), "هم": ("m", "p"), "هن": ("f", "p"), "هما": ("", "d")}
ONE_PHRASE = frozenset({"علي", "الي", "ضد", "ل", "مع", "من", "عن", "ب"})
# «آخرون», «ثالث»: the noun that they count or order is left out, as it was just named.
OTHERS = frozenset({"اخر", "اخرون", "اخرين", "اخران", "اخرى", "ثالث", "رابع", "خامس", "سادس"})
INSTITUTIONS = frozenset({"country", "organization", "group"})


@dataclass
class Memory:
    """What the coder remembers of an article: the last subject, who spoke last, and the actors named so far, newest last."""

    subject: list[Actor] = field(default_factory=list)
    speaker: list[Actor] = field(default_factory=list)
    recent: list[Actor] = field(default_factory=list)
    partners: dict[str, Actor] = field(default_factory=dict)  # country of an actor -> the last one it dealt with

    def note_dyad(self, source: Actor | None, target: Actor | None) -> None:
        """Remember who deals with whom in this article."""
        if source is not None and target is not None and source.country and target.country and source.country != target.country:
            self.partners[source.country] = target
            self.partners[target.country] = source

    def partner(self, actor: Actor) -> Actor | None:
        """Return the last counterpart of an actor's country in this article."""
        found = self.partners.get(actor.country or "")
        return found._replace(method="coreference") if found is not None else None

    def step(self, length: int) -> None:
        """Go on to the next sentence, which begins `length` characters later: offsets stay relative to the present sentence.

        An actor of an earlier sentence so has negative offsets, which no actor of this one has, and the place of the present
        sentence in the article leads to him.
        """

        def back(actors: list[Actor]) -> list[Actor]:
            return [a._replace(start=a.start - length, end=a.end - length) for a in actors]

        self.subject, self.speaker, self.recent = back(self.subject), back(self.speaker), back(self.recent)
        self.partners = {country: back([actor])[0] for country, actor in self.partners.items()}

    def remember(self, actors: list[Actor], subject: list[Actor], speaker: list[Actor]) -> None:
        self.recent = (self.recent + [a for a in actors if a.kind != "nisba"])[-12:]
        self.subject = subject or self.subject
        self.speaker = speaker or self.speaker


def _is_town(actor: Actor) -> bool:
    return actor.kind == "place" or actor.method == "metonym"


def fits(actor: Actor, gender: str, number: str) -> bool:
    """Can a pronoun of this gender and number stand for the actor?"""
    if number == "d":
        return actor.number == "d"
    if number == "p":
        return actor.number == "p" or actor.kind in COLLECTIVE
    if actor.number == "p" and (gender == "f" or actor.kind not in INSTITUTIONS):
        return gender == "f"  # plurals of things and bodies take the feminine singular
    return not gender or not actor.gender or actor.gender == gender


class Participants:
    """Answers who stands in the slots of one sentence's frames."""

    def __init__(self, sentence: Sentence, memory: Memory, tables: CodingTables) -> None:
        self.sentence = sentence
        self.memory = memory
        self.subjects: list[tuple[int, list[Actor]]] = []  # (trigger, actors) of the verb frames seen so far
        self.cache: dict[tuple[int, str], list[Actor]] = {}
        self.speeches = [f for f in sentence.frames if f.content is not None and f.lemma in tables.speech]
        self.slogans, self.bureaus, self.wording = tables.sets["slogan"], tables.sets["bureau"], tables.sets["wording"]
        self.gatherings, self.cries = tables.sets["gathering"], tables.sets["cry"]

    def of(self, frame: Frame, slot: str) -> list[Actor]:
        """Return the actors of a slot, in text order."""
        key = (id(frame), slot)
        if key not in self.cache:
            self.cache[key] = []  # a pronoun may lead back to the slot it stands in
            self.cache[key] = self._find(frame, slot)
        return self.cache[key]

    def _find(self, frame: Frame, slot: str) -> list[Actor]:
        found: list[Actor] = []
        if slot == "speaker":
            return self.speaker_of(frame)
        phrases = frame.phrases(slot)
        named = [p for p in phrases if p.lemma]
        if named and not all(p.is_listed for p in named):
            named = [p for p in named if not p.is_listed]
        if slot in ONE_PHRASE:
            named = self._first_partner(named)
        for phrase in named or phrases:  # «بين روسيا وأوكرانيا ... بينهما»: names count before pronouns
            for actor in self._of_phrase(phrase, frame, slot):
                if all(actor.start != a.start or actor.country != a.country for a in found):
                    found.append(actor)
        if not found and slot == "subj" and frame.kind == "verb" and (owner := self._owner(frame)):
            return owner
        if not found and slot == "subj" and not frame.phrases("subj") and frame.subject_from == "inherited":
            told = frame.governor if frame.kind == "noun" and frame.governor is not None else frame
            if told.analysis.person == "1":  # «سنواصل»، «نرفض»: who speaks, speaks of himself
                return self.speaker_of(frame) or self.memory.subject
            return self._inherited(frame)
        if not found and slot == "patient" and frame.subject_from == "inherited patient":
            return self._inherited(frame)
        return found

    def _owner(self, frame: Frame) -> list[Actor]:
        """«المكتب الإعلامي لزعيم المتمردين»: a definite body without a name acts for whom its ل names."""
        for phrase in frame.phrases("subj"):
            following = self.sentence.phrase_at.get(phrase.last)
            is_body = phrase.is_definite and phrase.lemma in self.bureaus
            if is_body and not phrase.inner and following is not None and following.slot == "ل" and following.first == phrase.last:
                return following.actors[:1]
        return []

    def _first_partner(self, named: list[Phrase]) -> list[Phrase]:
        """«مارستا ضغوطا على طهران لحثها على قبول عرض الأمم المتحدة»: the second على belongs to the word before it."""
        first = next((k for k, p in enumerate(named) if p.actors or p.inner), 0)
        kept: list[Phrase] = []
        for phrase in named[first:]:
            is_joined = phrase.first > 0 and "و" in self.sentence.analyses[phrase.first - 1].proclitics  # «ومع الاتحاد الأوروبي»
            if not kept or phrase.conjunct_of in kept or is_joined:
                kept.append(phrase)
        return kept

    def speaker_of(self, frame: Frame) -> list[Actor]:
        """Return who says the clause in which the frame stands: the subject of the nearest verb of saying around it."""
        for speech in reversed(self.speeches):
            assert speech.content is not None
            if speech is not frame and speech.content[0] <= frame.trigger < speech.content[1]:
                return self.of(speech, "subj")
        for first, last in self.sentence.quotes:
            if first <= frame.trigger < last:
                return self.memory.subject
        return []

    def _inherited(self, frame: Frame) -> list[Actor]:
        """The subject of the clause before, of the sentence before, or the nearest actor before that agrees."""
        analysis = frame.governor.analysis if frame.kind == "noun" and frame.governor else frame.analysis
        gender, number = analysis.gender, analysis.number
        for trigger, actors in reversed(self.subjects):
            if trigger < frame.trigger and self._agreeing(actors, gender, number):
                return actors
        speaks = frame.kind == "verb" and frame in self.speeches
        if speaks and self._agreeing(self.memory.speaker, gender, number):
            return self.memory.speaker  # «وأضاف»: who spoke before goes on speaking
        if self._agreeing(self.memory.subject, gender, number):
            return self.memory.subject
        for actor in reversed(self.sentence.actors):
            if actor.last <= frame.trigger and actor.kind not in ("nisba", "place") and fits(actor, gender, number or "s"):
                return [actor._replace(method="coreference")]
        return []

    def ruler(self, frame: Frame) -> list[Actor]:
        """Return the subject of the verb in whose clause a noun stands: «أكد بعد محادثات في موسكو»."""
        verbs = [f for f in self.sentence.frames if f.kind == "verb"]
        around = [f for f in verbs if f.first <= frame.trigger < max(f.last, f.first + 12)]
        governor = frame.governor
        if governor is not None and governor.is_relative and not self.of(governor, "subj"):
            around, governor = [f for f in around if f is not governor], None  # «خلال مكالمة أجريت مع»: it has no subject
        verb = governor or (around[-1] if around else next((f for f in verbs if f.trigger > frame.trigger), None))
        found = self.of(verb, "subj") if verb is not None else []
        is_itself = verb is not None and any(p.first <= frame.trigger < p.last for p in verb.phrases("subj"))
        return [a for a in found if a.kind != "place" and a.method != "metonym"] if is_itself else found  # «محادثات القاهرة»

    @staticmethod
    def _agreeing(actors: list[Actor], gender: str, number: str) -> bool:
        if not actors:
            return False
        if len(actors) > 1:
            return number in ("p", "d", "") or fits(actors[0], gender, "s")
        return fits(actors[0], gender, number or "s")

    def _of_phrase(self, phrase: Phrase, frame: Frame, slot: str) -> list[Actor]:
        if said := self._said_by(phrase):
            return said
        if phrase.actors:
            return [self._owned(a, phrase, frame) for a in phrase.actors]
        if phrase.enclitic and not phrase.lemma:
            if slot == "subj" and (known := self._subject_pronoun(phrase, frame)):
                return known
            return self.pronoun(phrase.enclitic, phrase.first, frame, exclude_subject=slot != "gen")
        if phrase.lemma in STANDALONE and phrase.last == phrase.first + 1:
            return self._standing(phrase, frame)
        if phrase.inner and slot == "subj" and phrase.lemma in self.gatherings and _is_town(phrase.inner[0]):
            return []  # «اتفاقات جنيف التي تحظر»: where it was made
        if phrase.inner:
            joined = phrase.conjunct_of is not None and bool(phrase.conjunct_of.actors)
            return [] if joined else phrase.inner[:1]  # «على غزة وهجمات الحوثيين»: what is joined to an actor and is none
        if slot == "subj" and phrase.lemma in self.slogans:
            return self._bearers(phrase)
        if phrase.lemma in OTHERS and not phrase.is_definite:
            return self._others(phrase)
        return []

    def _said_by(self, phrase: Phrase) -> list[Actor]:
        """«التصريحات العدائية من قبل مسؤولي إيران»: whose words they are, the agent phrase behind them says."""
        following = self.sentence.phrase_at.get(phrase.last + 2)
        if following is None or following.first != phrase.last + 2 or following.slot != "من قبل":
            return []
        return following.actors if self.wording & {phrase.lemma, *phrase.lemmas} else []

    def _bearers(self, phrase: Phrase) -> list[Actor]:
        """«رددوا هتافات تندد بالعدوان»: what slogans demand or condemn, those do who shout or carry them."""
        for frame in self.sentence.frames:
            held = (*frame.phrases("obj"), *frame.phrases("علي"))
            if frame.kind == "verb" and frame.trigger < phrase.first and phrase in held:
                return self.of(frame, "subj")
        return []

    def _others(self, phrase: Phrase) -> list[Actor]:
        """«قتل جندي وأصيب سبعة آخرون»: people of the kind named before (the head is left out, Wright II, 137)."""
        for actor in reversed(self.sentence.actors):
            if actor.last <= phrase.first and actor.kind == "agent" and "UAF" not in actor.roles:
                return [actor._replace(method="coreference")]
        return []

    def _standing(self, phrase: Phrase, frame: Frame) -> list[Actor]:
        """«وهو تقدم بدعوى»: a pronoun that stands for itself takes up the subject of before."""
        gender, number = STANDALONE[phrase.lemma]
        suffix = {"هو": "ه", "هي": "ها"}.get(phrase.lemma, phrase.lemma)
        if phrase.first and self.sentence.tokens[phrase.first - 1].kind != "mark":  # «صورة للرئيس وهو يخطب»: the one just named
            return self.pronoun(suffix, phrase.first, frame, exclude_subject=False)
        for trigger, actors in reversed(self.subjects):
            if trigger < frame.trigger and self._agreeing(actors, gender, number):
                return actors
        if self._agreeing(self.memory.subject, gender, number):
            return self.memory.subject
        return self.pronoun(suffix, phrase.first, frame, exclude_subject=False)

    def _subject_pronoun(self, phrase: Phrase, frame: Frame) -> list[Actor]:
        """«قال الوزير إنه سيزور»: the pronoun of إن takes up the subject of the verb of saying."""
        gender, number = PRONOUNS.get(phrase.enclitic, ("", ""))
        if phrase.enclitic not in PRONOUNS:
            return self.speaker_of(frame)
        for trigger, actors in reversed(self.subjects):
            if trigger < frame.trigger and self._agreeing(actors, gender, number):
                return actors
        return []

    def _owned(self, actor: Actor, phrase: Phrase, frame: Frame) -> Actor:
        """«قواته», «حكومتها»: an agent without a country takes that of its possessor."""
        enclitic = self.sentence.analyses[actor.head].enclitic
        if actor.country is not None or not enclitic or enclitic not in PRONOUNS:
            return actor
        owners = self.pronoun(enclitic, actor.first, frame, exclude_subject=False)
        if not owners:
            return actor
        return actor._replace(country=owners[0].country, method="coreference", rows=actor.rows + owners[0].rows)

    def pronoun(self, enclitic: str, token: int, frame: Frame, exclude_subject: bool) -> list[Actor]:
        """Return the referent of a pronoun: the nearest earlier actor that agrees and is not the clause's own subject."""
        if enclitic not in PRONOUNS:
            return []
        gender, number = PRONOUNS[enclitic]
        described = frame.antecedent
        is_resumed = frame.kind == "verb" and token >= frame.trigger and described not in frame.phrases("subj")
        if is_resumed and described is not None and (described.actors or described.gender in ("", gender)):
            return described.actors  # «المدن التي سيطرت عليها القوات»: the pronoun takes up what the clause describes
        subject = self.of(frame, "subj") if exclude_subject and frame.kind != "noun" else []
        barred = {(a.start, a.country) for a in subject}
        earlier = [a for a in self.sentence.actors if a.last <= token and a.kind != "nisba"]
        if number == "d" and (pair := self._pair(earlier)):
            return pair
        lands = {a.country for a in subject}
        for actor in (*reversed(earlier), *reversed(self.memory.recent)):
            if actor.kind in ("country", "place") and actor.country in lands:
                continue  # «الرئيس الفرنسي ... شريك لفرنسا ... سيزورها»: not his own country
            if fits(actor, gender, number) and (actor.start, actor.country) not in barred:
                return [actor._replace(method="coreference")]
        return []

    def person_before(self, frame: Frame) -> list[Actor]:
        """Return the nearest person before the frame: nobody arrests a country («أمر بالقبض عليها»)."""
        for actor in (*reversed(self.sentence.actors), *reversed(self.memory.recent)):
            if actor.kind in ("person", "office") and (actor.start < 0 or actor.last <= frame.trigger):
                return [actor._replace(method="coreference")]
        return []

    @staticmethod
    def _pair(earlier: list[Actor]) -> list[Actor]:
        """«محادثات جرت بينهما»: the last two actors of different countries."""
        for i in range(len(earlier) - 1, 0, -1):
            second, first = earlier[i], earlier[i - 1]
            if first.country and second.country and first.country != second.country:
                return [first._replace(method="coreference"), second._replace(method="coreference")]
        return []

    def settle(self, frame: Frame) -> None:
        """Remember the subject of a verb frame for the clauses after it."""
        actors = self.of(frame, "obj" if frame.is_passive else "subj")
        if actors:
            self.subjects.append((frame.trigger, actors))
