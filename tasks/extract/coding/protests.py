"""Against whom a crowd stands, when no slot of the row names him.

In: a protest among the candidates of a sentence. Out: its targets, by the phrases of protest, by its cries and its demands.
"""

from tasks.extract.actors import Actor
from tasks.extract.coding.candidate import Candidate
from tasks.extract.coding.model import Frame, Phrase, Sentence
from tasks.extract.coding.who import Participants

CRY_REACH = 4  # tokens between «غضب», «يسقط» and whom it is about


class ProtestTargets:
    """Finds the targets of the protests of one sentence."""

    def __init__(self, sentence: Sentence, who: Participants, candidates: list[Candidate]) -> None:
        self.sentence = sentence
        self.who = who
        self.candidates = candidates

    def of(self, candidate: Candidate) -> list[Actor]:
        """Against whom a protest is: after ضد or احتجاجا على, else whom the crowd makes demands on in the same sentence."""
        own = {a.start for a in candidate.sources}
        for slot in ("ضد", "احتجاجا", "علي"):
            for phrase in candidate.frame.phrases(slot):
                if inside := [a for a in (*phrase.actors, *phrase.inner) if a.start not in own]:
                    return inside[:1]
                if slot == "احتجاجا" and (meant := self._owner_of(phrase, candidate.frame)):
                    return meant
        if cried := self._cried(candidate.trigger, own):
            return cried
        for other in self.candidates:
            blames = other.code[:2] == "11" and any(a.country for a in other.targets)
            if (blames or other.row.act in ("demand", "appeal", "reject")) and other.trigger > candidate.trigger and other.targets:
                ours = {a.country for a in candidate.sources}
                if not ours or not other.sources or ours & {a.country for a in other.sources}:
                    return [a for a in other.targets if a.start not in own]
        return []

    def _owner_of(self, phrase: Phrase, frame: Frame) -> list[Actor]:
        """«احتجاجا على زيارته»: whose visit it is."""
        enclitic = self.sentence.analyses[phrase.head].enclitic
        return self.who.pronoun(enclitic, phrase.first, frame, exclude_subject=True) if enclitic else []

    def _cried(self, trigger: int, own: set[int]) -> list[Actor]:
        """«هتفوا «يسقط بوش»», «وسط غضب من قرار بريطانيا»: whose fall the crowd cries for, or at whom it is angry."""
        keys = self.sentence.lemma_keys
        for actor in self.sentence.actors:
            near = set(keys[max(trigger + 1, actor.first - CRY_REACH) : actor.first])
            if actor.first > trigger and actor.start not in own and near & self.who.cries and "CVL" not in actor.roles:
                return [actor]
        return []
