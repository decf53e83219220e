"""A candidate event: a frame, the row that fits it, and what they come to.

In: nothing. Out: the `Candidate` that the steps of coding hand on, and small questions about a sentence that several steps ask.
"""

from dataclasses import dataclass, field

from tasks.extract.actors import Actor
from tasks.extract.coding.model import Frame, Sentence
from tasks.extract.coding.tables import Predicate

VIOLENCE = ("18", "19", "20")


@dataclass(slots=True)
class Candidate:
    """One predicate that a row fits. `dropped` says why it gives no event, or is empty."""

    frame: Frame
    row: Predicate
    code: str
    sources: list[Actor]
    targets: list[Actor]
    polarity: str = "asserted"
    modality: str = "actual"
    rows: list[str] = field(default_factory=list)
    speakers: list[Actor] = field(default_factory=list)
    dropped: str = ""
    failed: list[tuple[str, str]] = field(default_factory=list)
    content: "Candidate | None" = None

    @property
    def trigger(self) -> int:
        return self.frame.trigger


def asks_for(verb: Candidate, noun: Frame) -> bool:
    """Did the verb's row ask for this very noun («قطعت علاقاتها», «علقت مساعداتها») or for a word that describes it?"""
    for condition in verb.row.needs:
        if condition.negated or not condition.words:
            continue
        slots = ("obj", "subj") if condition.slot == "has" else (condition.slot,)
        for phrase in (p for slot in slots for p in verb.frame.phrases(slot)):
            is_asked = noun.lemma in condition.words or (condition.slot == "has" and not condition.words.isdisjoint(phrase.lemmas))
            if is_asked and phrase.first <= noun.trigger < phrase.last:
                return True
    return False


def is_political(candidate: Candidate) -> bool:
    """Does somebody take part who has a country or a role, or stands for one by the row (demonstrators)?"""
    if candidate.row.source_default or candidate.row.target_default:
        return True
    return any(a.country or a.roles for a in (*candidate.sources, *candidate.targets))


def content_end(sentence: Sentence, first: int) -> int:
    """Return the token where the phrase run that begins at `first` ends: the next verb, stop or subordinator."""
    for item in sentence.items:
        if item.first > first and item.kind in ("stop", "subordinator", "verb", "colon"):
            return item.first
    return len(sentence.tokens)


def content_regions(sentence: Sentence, candidate: Candidate) -> list[tuple[int, int]]:
    """Return the token ranges where the content of a speech act stands."""
    frame, ranges = candidate.frame, []
    for slot in candidate.row.content:
        if slot == "ان":
            if frame.content is not None:
                ranges.append(frame.content)
        else:
            for phrase in frame.phrases(slot):
                ranges.append((phrase.first, content_end(sentence, phrase.first)))
    return ranges
