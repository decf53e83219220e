"""Attacks and what they did: one event of a killing and its raid, of a shelling and what it hit, of an attack and its claim.

In: the candidates of one sentence. Out: the same with sources and targets shared, and a reason on those that tell nothing more.
"""

from tasks.extract.actors import Actor
from tasks.extract.coding.candidate import VIOLENCE, Candidate
from tasks.extract.coding.model import Frame
from tasks.extract.coding.tables import CodingTables, word_key

CLAIM = "015"
RESULTS = frozenset(
    {"light-result", "light-lead-to", "light-lead-to-l", "light-cause", "light-bring-about", "light-bring-about-by"}
)
RESULT_HEADS = frozenset({"ما", "امر", "شيء"})


class Attacks:
    """Joins what a sentence tells of one attack."""

    def __init__(self, tables: CodingTables, candidates: list[Candidate]) -> None:
        self.tables = tables
        self.candidates = candidates

    def merge_struck(self) -> None:
        """«القصف استهدف معسكرا», «في قصف استهدفه»: what an attack hits is told by a verb of its own; one event with the attack."""
        acts = [c for c in self.candidates if c.frame.kind == "noun" and c.code[:2] in VIOLENCE and not c.dropped]
        for struck in self.candidates:
            if struck.dropped or struck.frame.kind != "verb" or word_key(struck.frame.lemma) not in self.tables.sets["striking"]:
                continue
            subjects = [*struck.frame.phrases("subj"), *(struck.frame.phrases("obj") if struck.frame.is_passive else [])]
            spans = [(min(p.first, p.head - 1), p.last) for p in subjects]
            act = next((c for c in acts if any(a <= c.trigger < b for a, b in spans)), None)
            if act is None or struck.code[:2] not in VIOLENCE or not struck.targets:
                continue
            act.targets, act.rows = struck.targets, act.rows + struck.rows
            act.sources = [a for a in act.sources if a not in struck.targets]
            struck.dropped = f"tells whom {act.row.row} hits"

    def merge_means(self) -> None:
        """«قُتل خمسة مدنيين في غارة إسرائيلية»: patient of the killing, source and code of the attack; one event."""
        live = [c for c in self.candidates if not c.dropped and c.code[:2] in VIOLENCE]
        for killing in live:  # an attack may tell of several killings: «أدى إلى مقتل», «والذي أسفر عن إصابة»
            if killing.sources or not killing.targets or killing.dropped:
                continue
            for attack in live:
                is_live = not attack.dropped or attack.dropped.startswith("means of")
                if attack is killing or not is_live or attack.frame.kind != "noun":
                    continue
                if not self._is_means(killing.frame, attack.frame):
                    continue
                if sides := self._other_side(attack, killing):
                    killing.sources = sides
                    break
                if self._is_between_others(attack, killing):
                    continue
                partners = self._partners(attack) if not attack.sources else []
                if partners or not self._other_target(attack, killing):
                    killing.sources = attack.sources or partners
                    where = next((a.country for a in attack.targets if a.country and a.method != "inferred"), None)
                    if where:  # «قتل مدنيون في غارة على جنوب لبنان»: people without a country are those of the place hit
                        killing.targets = [a._replace(country=where) if a.method == "inferred" else a for a in killing.targets]
                    killing.code = attack.code
                    killing.rows += attack.rows
                    attack.dropped = f"means of {killing.row.row}"
                    break

    def merge_causes(self) -> None:
        """«أسفرت غارة أميركية عن مقتل جندي»: a killing that has its doer from the attack that caused it; one event."""
        live = [c for c in self.candidates if not c.dropped and c.code[:2] in VIOLENCE]
        for killing in live:
            for attack in live if killing.sources and killing.targets else ():
                is_bare = not attack.targets and attack.frame.kind == "noun" and attack is not killing
                if is_bare and any(p.first <= attack.trigger < p.last for p in killing.frame.phrases("cause")):
                    attack.dropped = attack.dropped or f"means of {killing.row.row}"
                    killing.rows += attack.rows

    def claim(self) -> None:
        """«قتل جنود في هجوم تبنته طالبان»: who claims an attack of the sentence that nobody else carried out, carried it out."""
        claims = [c for c in self.candidates if c.code == CLAIM and not c.dropped and c.sources]
        attacks = [c for c in self.candidates if c.code[:2] in VIOLENCE and not c.dropped]
        for claim in claims:
            for attack in attacks:
                if not attack.sources and attack.trigger < claim.trigger:
                    attack.sources = claim.sources
            if not claim.targets and attacks:
                claim.targets = attacks[0].targets

    def results(self) -> None:
        """«قصف الجيش منزلا ما أدى إلى مقتل مدنيين», «هاجموا الدورية فقتل جنديان»: who attacked, killed."""
        live = [c for c in self.candidates if c.code[:2] in VIOLENCE and not c.dropped]
        attacks = [c for c in live if c.sources and c.polarity == "asserted"]
        for killing in live:
            is_open = not killing.sources and bool(killing.targets)
            if not is_open or killing.code == "192" or not self._is_result(killing.frame):
                continue
            attack = next((c for c in reversed(attacks) if c.trigger < killing.trigger), None)
            if attack is not None and not attack.row.reciprocal:
                killing.sources = attack.sources
                where = next((a.country for a in killing.targets if a.country and a.method != "inferred"), None)
                if where:  # «قصفت إسرائيل منزلا»: the house of those killed
                    attack.targets = [a._replace(country=where) if a.method == "inferred" else a for a in attack.targets]

    def _is_result(self, frame: Frame) -> bool:
        """Does the frame stand behind ما أدى إلى, الأمر الذي أسفر عن, or is it a passive joined with ف?"""
        if frame.kind == "verb":
            return frame.is_passive and "ف" in frame.analysis.proclitics
        causes = frame.phrases("cause")
        return frame.light_row in RESULTS and all(not p.actors and RESULT_HEADS & {p.lemma, *p.lemmas[-1:]} for p in causes)

    @staticmethod
    def _partners(attack: Candidate) -> list[Actor]:
        """«في اشتباكات مع داعش», «في هجوم لداعش»: who the others fought, or whose attack it was."""
        slots = ("مع", "ل") if attack.row.reciprocal else ("ل",)
        return [a for slot in slots for p in attack.frame.phrases(slot) for a in p.actors if a.kind in ("group", "organization")]

    def _is_means(self, killing: Frame, attack: Frame) -> bool:
        phrases = [p for slot in ("في", "ب", "اثر", "خلال", "من", "cause") for p in killing.phrases(slot)]
        return any(p.first <= attack.trigger < p.last for p in phrases)

    @staticmethod
    def _other_side(attack: Candidate, killing: Candidate) -> list[Actor]:
        """«قتل عشرة من الميليشيات في مواجهات بين الجيش والميليشيات»: who fought those that were killed, if it is plain."""
        if not attack.row.reciprocal or not attack.sources or not attack.targets:
            return []
        dead = {(a.country, a.roles) for a in killing.targets}
        sides = [attack.sources, attack.targets]
        ours = [side for side in sides if any((a.country, a.roles) in dead for a in side)]
        return next(side for side in sides if side is not ours[0]) if len(ours) == 1 else []

    @staticmethod
    def _is_between_others(attack: Candidate, killing: Candidate) -> bool:
        """«قتل لاجئون في تبادل للنار بين الجيش والمتمردين»: a fight of two sides is told for itself if the dead are of neither, or
        are only «آخرون»."""
        if not (attack.row.reciprocal and attack.sources and attack.targets):
            return False
        sides = {(a.country, a.roles) for a in (*attack.sources, *attack.targets)}
        return all((a.country, a.roles) not in sides or a.method == "coreference" for a in killing.targets)

    @staticmethod
    def _other_target(attack: Candidate, killing: Candidate) -> bool:
        ours = {a.country for a in killing.targets if a.method != "inferred"}
        if not ours:
            return False
        return any(a.country not in ours and a.country for a in attack.targets)
