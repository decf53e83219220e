"""The coder: sentences of one article in, event mentions out.

`code_sentence` runs outline -> frames -> candidates -> events for one sentence; `ArticleCoder` keeps what an article has said so far.
"""

from dataclasses import dataclass
from datetime import date

from tasks.extract.actors import Actor, ActorLexicon, DocumentContext, find_actors, load_actors
from tasks.extract.coding.candidates import Candidate, find_candidates
from tasks.extract.coding.chunks import outline
from tasks.extract.coding.clauses import verb_frames
from tasks.extract.coding.model import Frame, Sentence
from tasks.extract.coding.nominals import nominal_frames
from tasks.extract.coding.tables import CodingTables, load_tables
from tasks.extract.coding.when import EventDate, date_of
from tasks.extract.coding.where import EventPlace, place_of
from tasks.extract.coding.who import Memory, Participants
from tasks.extract.morphology import Morphology, disambiguate, load_morphology
from tasks.normalize.dates import DatePhrase, resolve_dates
from tasks.normalize.letters import fold, strip_marks
from tasks.normalize.tokens import tokenize

MAX_PAIRS = 12  # one predicate with more actor pairs than this is a list of states, not that many events


@dataclass(slots=True)
class Event:
    """One coded assertion. Offsets of actors and tokens refer to the sentence's text."""

    candidate: Candidate
    source: Actor | None
    target: Actor | None
    when: EventDate
    place: EventPlace | None

    @property
    def code(self) -> str:
        return self.candidate.code


@dataclass(slots=True)
class CodedSentence:
    """Everything the coder knows about one sentence: what `waqai explain` shows."""

    sentence: Sentence
    events: list[Event]
    candidates: list[Candidate]
    rejected: list[tuple[Frame, list[tuple[str, str]]]]


@dataclass(frozen=True, slots=True)
class Resources:
    """Read-only tables shared by all articles of a process."""

    morphology: Morphology
    actors: ActorLexicon
    tables: CodingTables


def load_resources() -> Resources:
    """Load lexicon, morphology and coding tables."""
    return Resources(load_morphology(), load_actors(), load_tables())


class ArticleCoder:
    """Codes the sentences of one article in order (title first)."""

    def __init__(self, resources: Resources, published: date | None, outlet_country: str | None = None) -> None:
        self.resources = resources
        self.published = published
        self.context = DocumentContext(resources.actors, published or date.today(), outlet_country)
        self.memory = Memory()

    def code(self, text: str, dates: list[DatePhrase] | None = None) -> CodedSentence:
        """Code one sentence; `dates` are its date phrases if they are known already (offsets in the sentence)."""
        sentence = self._read(text, dates)
        outline(sentence)
        verbs = verb_frames(sentence)
        sentence.frames = verbs + nominal_frames(sentence, verbs, self.resources.tables)
        who = Participants(sentence, self.memory)
        candidates, rejected = find_candidates(sentence, who, self.resources.tables)
        events = self._events(sentence, candidates)
        subject = next((actors for _, actors in who.subjects), [])
        self.memory.remember(sentence.actors, subject)
        return CodedSentence(sentence, events, candidates, rejected)

    def _read(self, text: str, dates: list[DatePhrase] | None) -> Sentence:
        resources = self.resources
        tokens = tokenize(text)
        analyses = disambiguate(tokens, resources.morphology.analyse([t.text for t in tokens]))
        day = self.published or date.today()
        actors = find_actors(tokens, analyses, resources.actors, day)
        actors = self.context.resolve_sentence(tokens, analyses, actors)
        if dates is None:
            dates = resolve_dates(text, day)
        sentence = Sentence(text, tokens, analyses, actors, dates)
        sentence.lemma_keys = [
            fold(strip_marks(a.lemma)) if a.lemma and a.kind != "nominal" else t.key for t, a in zip(tokens, analyses, strict=True)
        ]
        if dates:
            sentence.in_time = frozenset(
                i for i, t in enumerate(tokens) for d in dates if d.start <= t.start < d.end
            )
        return sentence

    def _events(self, sentence: Sentence, candidates: list[Candidate]) -> list[Event]:
        events: list[Event] = []
        for candidate in candidates:
            if candidate.dropped or not candidate.code:
                continue
            if not self._is_political(candidate):
                candidate.dropped = "no politically relevant actor"
                continue
            when = date_of(sentence, candidate.frame, self.published)
            place = place_of(sentence, candidate.frame)
            for source, target in self._pairs(candidate):
                events.append(Event(candidate, source, target, when, place))
        return events

    @staticmethod
    def _is_political(candidate: Candidate) -> bool:
        actors = [*candidate.sources, *candidate.targets]
        if candidate.row.source_default or candidate.row.target_default:
            return True
        return any(a.country or a.roles for a in actors)

    @staticmethod
    def _pairs(candidate: Candidate) -> list[tuple[Actor | None, Actor | None]]:
        sources: list[Actor | None] = list(candidate.sources) or [None]
        targets: list[Actor | None] = list(candidate.targets) or [None]
        pairs = []
        for source in sources:
            for target in targets:
                if source is not None and target is not None and source.start == target.start and source.country == target.country:
                    target = None
                if (source, target) not in pairs:
                    pairs.append((source, target))
        return pairs[:MAX_PAIRS]
