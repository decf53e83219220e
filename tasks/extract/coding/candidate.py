"""A candidate event: a frame, the row that fits it, and what they come to.

In: nothing. Out: the `Candidate` that the steps of coding hand on, and small questions about a sentence that several steps ask.
"""

from dataclasses import dataclass, field

from tasks.extract.actors import Actor
from tasks.extract.actors.model import PSEUDO_COUNTRIES
from tasks.extract.coding.model import Frame, Sentence
from tasks.extract.coding.tables import Predicate

# Acts that anybody does every day: only those of public actors are political.
TALK = frozenset({"01", "02", "03", "04", "05", "06"})
CONFESSIONS = frozenset({"015", "016"})
POWER = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "OPP", "PTY", "REB", "UAF"})
PUBLIC = POWER | {"NGO", "REL"}
STATES = frozenset({"country", "nationals", "nisba", "person"})
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
    root = candidate.code[:2]
    everybody = (*candidate.sources, *candidate.targets)
    if root == "01" and candidate.row.source != ("speaker",):
        everybody = tuple(candidate.sources)
    if root in TALK and candidate.code not in CONFESSIONS:  # a lecturer meets his students, a company praises its customers
        return any(_is_public(a) or (root == "02" and "CVL" in a.roles and a.country) for a in everybody)
    return any(a.country or a.roles for a in everybody)


def acts_for_state(actor: Actor) -> bool:
    """Does the actor act for a state, an army, a party or a movement?"""
    return bool(POWER & set(actor.roles))


def _is_public(actor: Actor) -> bool:
    """Does the actor act for a power or the world, or is it a state, a people or a politician?"""
    return bool(PUBLIC & set(actor.roles)) or actor.country in PSEUDO_COUNTRIES or (actor.kind in STATES and not actor.roles)


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
                ranges.append((frame.content[0], _clause_end(sentence, *frame.content)))
        else:
            for phrase in frame.phrases(slot):
                ranges.append((phrase.first, content_end(sentence, phrase.first)))
    return ranges


def _clause_end(sentence: Sentence, first: int, last: int) -> int:
    """«اتهمته بأنه خطوة ماكرة واستدعت السفير»: a verb joined to a clause without a verb belongs to the main clause."""
    verbs = [item for item in sentence.items if item.kind == "verb" and first <= item.first < last]
    opens = verbs[0] if verbs else None
    is_joined = opens is not None and opens.analysis is not None and "و" in opens.analysis.proclitics and opens.first > first + 1
    return opens.first if opens is not None and is_joined else last
