"""From frames to candidate events: rows chosen, contents of speech acts composed, means of attack merged.

In: the frames of one sentence. Out: `Candidate`s, each with code, sources, targets, polarity and modality, and a reason when it is
not to be an event.
"""

from tasks.extract.actors import Actor
from tasks.extract.coding.asserted import Assertions, is_unreal
from tasks.extract.coding.attacks import Attacks
from tasks.extract.coding.candidate import VIOLENCE, Candidate, asks_for, is_political
from tasks.extract.coding.match import AGENT_SLOTS, FORCE, PLACES, choose, rows_of, turn_passive
from tasks.extract.coding.model import Frame, Sentence
from tasks.extract.coding.speech import Composer
from tasks.extract.coding.tables import CodingTables, Predicate
from tasks.extract.coding.who import Participants
from tasks.extract.coding.widen import Widener

ON_PERSONS = frozenset({"115", "116", "173", "174", "181", "182", "185", "186"})  # done to people, not to lands

__all__ = ["Candidate", "CandidateReader", "find_candidates"]

JUDGING, REFUSING = frozenset({"05", "11", "12"}), frozenset({"reject", "refuse"})  # their object is often a thing
MOVING = frozenset({"علي", "الي", "ل", "ضد", "مع"})


class CandidateReader:
    """Finds the candidates of one sentence."""

    def __init__(self, sentence: Sentence, who: Participants, tables: CodingTables) -> None:
        self.sentence = sentence
        self.who = who
        self.tables = tables
        self.candidates: list[Candidate] = []
        self.rejected: list[tuple[Frame, list[tuple[str, str]]]] = []

    def run(self) -> list[Candidate]:
        before: Frame | None = None
        for frame in sorted(self.sentence.frames, key=lambda f: f.trigger):
            turn_passive(frame, self.who, rows_of(frame, self.tables), before)
            if frame.kind == "verb":
                self.who.settle(frame)
                before = frame
        for frame in self.sentence.frames:
            self._candidate(frame)
        self.candidates.sort(key=lambda c: c.trigger)
        self._merge_light_verbs()
        Composer(self.sentence, self.tables, self.candidates).run()
        attacks = Attacks(self.tables, self.candidates)
        attacks.merge_struck()
        attacks.merge_means()
        attacks.merge_causes()
        self._merge_repeats()
        widener = Widener(self.sentence, self.who, self.candidates, self.tables.sites)
        for candidate in self.candidates:
            if not candidate.dropped:
                widener.widen(candidate)
        attacks.claim()
        attacks.results()  # after the widener, that finds the houses
        for candidate in self.candidates:
            if not candidate.dropped and not is_political(candidate):
                candidate.dropped = "no politically relevant actor"
        Assertions(self.sentence, self.tables, self.candidates).run()
        for candidate in self.candidates:
            if candidate.code in ("010", "013") and not candidate.dropped and not candidate.targets:
                widener.about(candidate)
        return self.candidates

    def _candidate(self, frame: Frame) -> None:
        before = self.sentence.items[frame.item - 1] if frame.item > 0 else None
        if frame.kind == "noun" and before is not None and before.kind == "negation" and before.lemma.startswith("ليس"):
            frame.is_negated = True  # «ليس هذا احتجاجا», «وهذا ليس احتجاجا»
        row, failed = choose(frame, self.who, self.tables)
        if row is None:
            if failed:
                self.rejected.append((frame, failed))
            return
        candidate = Candidate(frame, row, row.code, self._first(frame, row), self._targets(frame, row), failed=failed)
        candidate.rows = [row.row, *([frame.light_row] if frame.light_row else [])]
        is_turned = frame.is_negated and bool(row.negative_code)
        if row.code == "none" and not is_turned:
            candidate.dropped = "counterexample"
        elif not row.alone:
            candidate.dropped = "content only"
        if frame.is_negated:
            candidate.polarity = "negated"
            if row.negative_code:
                candidate.code, candidate.polarity = row.negative_code, "asserted"
        elif frame.is_hypothetical or frame.auxiliary == "near" or is_unreal(self.sentence, self.tables, frame, candidate.code):
            candidate.modality = "hypothetical"
        if row.code == "190" and candidate.sources and all(set(a.roles) == {"CVL"} for a in candidate.sources):
            candidate.code = "180"  # civilians fight no war: their attack is an assault
        if self._is_undergone(frame, row):  # «60 تونسيا مختطفين»
            candidate.sources, candidate.targets = [], candidate.sources
        if row.code[:2] in VIOLENCE:  # «بالمدينة بعد استهدافها للتنظيم»: no town does it that only a pronoun may mean
            candidate.sources = [a for a in candidate.sources if a.kind != "place" or a.method != "coreference"]
        if row.code[:2] == "14":  # «احتجاجات باريس»: a place stands for the crowd in it
            candidate.sources = [a._replace(roles=("CVL",)) if a.kind == "place" else a for a in candidate.sources]
        if row.code[:2] in VIOLENCE and not candidate.targets and self._names_town(frame, candidate):
            candidate.sources, candidate.targets = [], candidate.sources  # «هجوم برلين»: where it was
        if row.code[:2] == "04" and frame.kind == "noun" and self._names_place(frame, candidate):
            candidate.sources = []  # «لقاء الدوحة», «محادثات جنيف»: where it was
        if row.code[:2] == "19":  # «غارة إسرائيلية»: a state fights by its army
            candidate.sources = [a._replace(roles=("MIL",)) if a.kind == "nisba" and not a.roles else a for a in candidate.sources]
        self._pair(candidate)
        self.candidates.append(candidate)

    @staticmethod
    def _is_undergone(frame: Frame, row: Predicate) -> bool:
        """A participle of force without object is the passive one: nobody kidnaps nobody."""
        is_force = frame.kind == "participle" and row.code[:2] in FORCE and row.target[:1] == ("obj",)
        return is_force and not (frame.phrases("obj") or frame.phrases("gen") or frame.analysis.enclitic)

    @staticmethod
    def _names_town(frame: Frame, candidate: Candidate) -> bool:
        """Is the only source a town in the genitive of an attack that no verb carries out?"""
        is_open = frame.kind == "noun" and not frame.light_row and frame.subject_from != "doer" and not candidate.row.reciprocal
        if not is_open or not candidate.sources:
            return False
        inside = [a for p in frame.phrases("gen") for a in p.actors if a.first == frame.trigger + 1]
        return all(a.kind == "place" and a.method != "metonym" and a in inside for a in candidate.sources)

    def _names_place(self, frame: Frame, candidate: Candidate) -> bool:
        """Is the only source a capital or town in the genitive of the meeting?"""
        only = candidate.sources[0] if len(candidate.sources) == 1 else None
        if only is None or frame.phrases("subj") or (only.method != "metonym" and only.kind != "place"):
            return False
        return any(only in phrase.actors for phrase in frame.phrases("gen"))

    def _first(self, frame: Frame, row: Predicate) -> list[Actor]:
        slots = row.source
        if frame.subject_from == "doer":  # «قصف إسرائيل لغزة»: the genitive is known to be the subject
            slots = ("subj", *slots)
        for slot in slots:
            if slot == "gen" and (row.act in REFUSING or row.code[:2] in JUDGING) and self._is_of_thing(frame):
                continue
            if actors := self.who.of(frame, slot):
                return actors
        return self._agent(frame) if frame.kind == "noun" else []

    def _is_of_thing(self, frame: Frame) -> bool:
        """«رفض إجراءات العبادي»: is the genitive of a verbal noun a thing, which somebody else has?"""
        if frame.kind != "noun" or frame.analysis.kind != "masdar" or not frame.phrases("gen"):
            return False
        first = frame.phrases("gen")[0]
        between = self.sentence.analyses[frame.trigger + 1 : first.first]
        return bool(between) and all(a.kind in ("noun", "masdar") and not a.enclitic for a in between)

    def _agent(self, frame: Frame) -> list[Actor]:
        """«احتجاجات من قبل الأهالي», «قتله على يد مسلحين»: an agent phrase is the nearest event's before it."""
        for slot in AGENT_SLOTS:
            for phrase in frame.phrases(slot)[:1]:
                if not any(frame.trigger < other.trigger < phrase.first for other in self.sentence.frames):
                    return self.who.of(frame, slot)
        return []

    def _nearest_first(self, frame: Frame, slots: tuple[str, ...]) -> list[str]:
        """«يرسلها إلى الحوثيين في انتهاك لقرار المجلس»: of two prepositions with actors the nearer one has the partner."""
        at = {slot: p.first for slot in slots if slot in MOVING for p in reversed(frame.phrases(slot)) if p.actors or p.inner}
        ordered = iter(sorted(at, key=lambda slot: at[slot]))
        return [next(ordered) if slot in at else slot for slot in slots]

    def _targets(self, frame: Frame, row: Predicate) -> list[Actor]:
        has_patient = frame.phrases("patient") or frame.subject_from == "inherited patient"
        if has_patient and (actors := self.who.of(frame, "patient")):
            return actors
        taken = {(a.start, a.country) for a in self._first(frame, row)}
        done_to = ("gen",) if frame.subject_from == "doer" else ()  # «اتهام الرياض طهران»
        for slot in (*self._nearest_first(frame, row.target), *done_to):
            actors = [a for a in self.who.of(frame, slot) if (a.start, a.country) not in taken]
            if actors and row.code[:3] in ON_PERSONS and all(a.kind in PLACES and a.method == "coreference" for a in actors):
                actors = [a for a in self.who.person_before(frame) if (a.start, a.country) not in taken]
            if actors:
                return actors
        return []

    def _pair(self, candidate: Candidate) -> None:
        """Reciprocal acts of several subjects («روسيا وتركيا», «بين الهند وباكستان») are between them."""
        if not candidate.row.reciprocal or candidate.targets:
            return
        between = [] if candidate.frame.kind == "verb" and candidate.sources else self.who.of(candidate.frame, "بين")
        both = candidate.sources if len(candidate.sources) > 1 else between
        if len(candidate.sources) == 1 and both and len(both) == 1:
            candidate.targets = both
        elif len(both) > 1:
            candidate.sources, candidate.targets = both[:1], both[1:]

    def _merge_light_verbs(self) -> None:
        """The light verb itself is no second event beside its noun."""
        verbs = {id(c.frame): c for c in self.candidates if c.frame.kind == "verb" and not c.dropped and not c.row.act}
        for noun in self.candidates:  # «رفع العقوبات»: a row of the verb that asks for this noun says more than a light verb
            verb = verbs.get(id(noun.frame.governor))
            if not noun.frame.light_row or verb is None or noun.dropped or not asks_for(verb, noun.frame):
                continue
            if verb.code[:2] != noun.code[:2]:
                noun.dropped = f"part of {verb.row.row}"
            elif noun.code.endswith("0"):
                noun.code = verb.code
                noun.rows.append(verb.row.row)
        carried = {id(c.frame.governor) for c in self.candidates if c.frame.light_row and not c.dropped}
        for candidate in self.candidates:
            if id(candidate.frame) in carried and candidate.frame.kind == "verb":
                candidate.dropped = candidate.dropped or "light verb"

    def _merge_repeats(self) -> None:
        """«انتقد القرار، واصفا إياه بالسخيف»: a participle of the verb's own root and without a target tells the same act again."""
        told = {id(c.frame): c for c in self.candidates if not c.dropped}
        for candidate in self.candidates:
            verb = told.get(id(candidate.frame.governor)) if candidate.frame.kind == "participle" else None
            if verb is None or candidate.dropped or candidate.code[:2] != verb.code[:2]:
                continue
            if not candidate.targets or candidate.targets == verb.targets:
                candidate.dropped = f"repeats {verb.row.row}"


def find_candidates(
    sentence: Sentence, who: Participants, tables: CodingTables
) -> tuple[list[Candidate], list[tuple[Frame, list[tuple[str, str]]]]]:
    """Return the candidates of a sentence and the frames that no row fits, with the conditions that failed."""
    reader = CandidateReader(sentence, who, tables)
    return reader.run(), reader.rejected
