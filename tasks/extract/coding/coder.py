"""The coder: sentences of one article in, event mentions out.

A sentence goes outline -> frames -> candidates -> events; `ArticleCoder` keeps what the article has said so far.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import accumulate

from tasks.extract.actors import Actor, ActorLexicon, DocumentContext, load_actors
from tasks.extract.actors.find import Analysed
from tasks.extract.actors.model import PSEUDO_COUNTRIES, UNKNOWN_DAY
from tasks.extract.coding.candidate import acts_for_state
from tasks.extract.coding.candidates import Candidate, find_candidates
from tasks.extract.coding.chunks import outline
from tasks.extract.coding.clauses import verb_frames
from tasks.extract.coding.model import Frame, Sentence
from tasks.extract.coding.nominals import nominal_frames
from tasks.extract.coding.speech import plan
from tasks.extract.coding.tables import CodingTables, load_tables, word_key
from tasks.extract.coding.topic import topic_of
from tasks.extract.coding.when import Dater, EventDate
from tasks.extract.coding.where import EventPlace, place_of
from tasks.extract.coding.who import Memory, Participants
from tasks.extract.morphology import Analysis, Morphology, disambiguate, load_morphology
from tasks.normalize.dates import DatePhrase, resolve_dates, writing_day
from tasks.normalize.mentions import HEAD_SENTENCES
from tasks.normalize.tokens import Token, tokenize

OPPOSED = frozenset({"REB", "OPP", "SEP", "UAF"})
MERGED = ("means of", "tells whom", "no politically relevant actor")  # no event of their own beside another
MUTUAL = frozenset({"04"})  # consultations: who meets, meets somebody
ARTICLES = ("وبال", "وال", "بال", "كال", "فال", "ولل", "لل", "ال")
MAX_PAIRS = 12  # one predicate with more actor pairs than this is a list of states, not that many events


@dataclass(slots=True)
class Event:
    """One coded assertion. Offsets refer to the sentence's text; those of an actor taken up from an earlier one are negative."""

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
        self.outlet_country = outlet_country
        self.memory = Memory()

    def code(
        self,
        texts: Sequence[str],
        dates: Sequence[list[DatePhrase]] | None = None,
        starts: Sequence[int] | None = None,
    ) -> list[CodedSentence]:
        """Code an article given as its sentences.

        Args:
            texts: the sentences, title first.
            dates: their date phrases if known (offsets in the sentence).
            starts: where each sentence begins in the article; without it they are taken as joined by one character.
        """
        if starts is None:
            starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
        anchor = writing_day("\n".join(texts[:HEAD_SENTENCES]), self.published) if self.published is not None else None
        read = [self._words(text) for text in texts]
        context = DocumentContext(self.resources.actors, self.published or UNKNOWN_DAY, self.outlet_country)
        words: list[tuple[Sequence[Token], Sequence[Analysed] | None, str | None]] = [
            (tokens, analyses, text) for text, (tokens, _, analyses) in zip(texts, read, strict=True)
        ]
        actors = context.read_document(words)
        sentences = []
        for number, (text, (tokens, readings, analyses)) in enumerate(zip(texts, read, strict=True)):
            phrases = resolve_dates(text, anchor) if dates is None else dates[number]
            sentences.append(_sentence(text, tokens, analyses, actors[number], phrases))
            sentences[-1].readings = readings
            sentences[-1].scene = partial(context.scene, number)
        topic = topic_of([s.lemma_keys for s in sentences], sum(any(map(acts_for_state, s.actors)) for s in sentences))
        coded = []
        for number, sentence in enumerate(sentences):
            if number:
                self.memory.step(starts[number] - starts[number - 1])
            coded.append(self._code(sentence, topic))
        return coded

    def code_spans(self, spans: Sequence[tuple[int, int, str]]) -> list[CodedSentence]:
        """Code an article given as (start, end, text) of its sentences."""
        return self.code([text for _, _, text in spans], starts=[start for start, _, _ in spans])

    def _words(self, text: str) -> tuple[list[Token], list[tuple[Analysis, ...]], list[Analysis]]:
        tokens = tokenize(text)
        readings = self.resources.morphology.analyse([t.text for t in tokens])
        return tokens, readings, disambiguate(tokens, readings)

    def _code(self, sentence: Sentence, topic: str) -> CodedSentence:
        outline(sentence)
        verbs = verb_frames(sentence, self.resources.tables.speech)
        sentence.frames = verbs + nominal_frames(sentence, verbs, self.resources.tables)
        who = Participants(sentence, self.memory, self.resources.tables)
        candidates, rejected = find_candidates(sentence, who, self.resources.tables)
        for candidate in candidates if topic else ():
            candidate.dropped = candidate.dropped or f"article about {topic}"
        events = self._events(sentence, candidates)
        subject = next((actors for _, actors in who.subjects), [])
        speaker = next((found for f in who.speeches if f.kind == "verb" and (found := who.of(f, "subj"))), [])
        self.memory.remember(sentence.actors, subject, speaker)
        return CodedSentence(sentence, events, candidates, rejected)

    def _events(self, sentence: Sentence, candidates: list[Candidate]) -> list[Event]:
        events: list[Event] = []
        coded = {id(c.frame) for c in candidates if not c.dropped.startswith(MERGED)}
        dater = Dater(sentence, self.published, [f for f in sentence.frames if id(f) not in coded])
        for candidate in candidates:
            if candidate.dropped or not candidate.code:
                continue
            self._complete(candidate)
            if candidate.modality == "actual" and not candidate.row.act and dater.lies_ahead(candidate.frame, candidate.code):
                plan(self.resources.tables, candidate)  # «يزور أنقرة الشهر المقبل»
            ahead = candidate.modality != "actual" or candidate.frame.is_future
            when = dater.date_of(candidate.frame, candidate.code, ahead)
            place = place_of(sentence, candidate.frame)
            for source, target in self._pairs(candidate):
                events.append(Event(candidate, source, target, when, place))
                if candidate.code[:2] != "01":
                    self.memory.note_dyad(source, target)
        return events

    def _complete(self, candidate: Candidate) -> None:
        """An act between two sides that names one of them: the other is its last counterpart in the article."""
        if candidate.code[:2] not in MUTUAL:
            return
        if len(candidate.sources) == 1 and not candidate.targets:
            host = self._host(candidate)
            partner = host if host is not None else self.memory.partner(candidate.sources[0])
            candidate.targets = [partner] if partner is not None else []

    def _host(self, candidate: Candidate) -> Actor | None:
        """«ناقش الوزير الإيراني في الكويت العلاقات»: an official who talks in another state talks to that state."""
        source = candidate.sources[0]
        if "GOV" not in source.roles or source.country in PSEUDO_COUNTRIES:
            return None
        around = [a for phrase in candidate.frame.phrases("في") for a in phrase.actors if a.kind in ("country", "place")]
        return next((a for a in around if a.country not in (None, source.country, *PSEUDO_COUNTRIES)), None)

    @staticmethod
    def _is_own_land(source: Actor, target: Actor) -> bool:
        """A country or place of the source itself is no target («حربها على البلد المجاور», «على الحدود»); the state of its rebels
        and opponents is one («متهما تركيا»)."""
        if target.kind == "country" and OPPOSED & set(source.roles):
            return False
        return target.kind in ("place", "country") and target.country == source.country

    @staticmethod
    def _pairs(candidate: Candidate) -> list[tuple[Actor | None, Actor | None]]:
        sources: list[Actor | None] = list(candidate.sources) or [None]
        targets: list[Actor | None] = list(candidate.targets) or [None]
        pairs = []
        for source in sources:
            for target in targets:
                if source is not None and target is not None and _is_same(source, target):
                    target = None
                if source is not None and target is not None and ArticleCoder._is_own_land(source, target):
                    target = None
                if (source, target) not in pairs:
                    pairs.append((source, target))
        return pairs[:MAX_PAIRS]


def _is_same(source: Actor, target: Actor) -> bool:
    """One actor on both sides: the same words, or a pronoun that leads back to the source's name."""
    same_name = source.name == target.name and source.roles == target.roles and target.kind == "person"
    return source.country == target.country and (source.start == target.start or same_name)


def _sentence(text: str, tokens: list[Token], analyses: list[Analysis], actors: list[Actor], dates: list[DatePhrase]) -> Sentence:
    sentence = Sentence(text, tokens, analyses, actors, dates)
    sentence.lemma_keys = [
        word_key(a.lemma) if a.lemma and a.kind != "nominal" else _nominal_key(t, a) for t, a in zip(tokens, analyses, strict=True)
    ]
    if dates:
        sentence.in_time = frozenset(i for i, t in enumerate(tokens) if any(d.start <= t.start < d.end for d in dates))
    return sentence


def _nominal_key(token: Token, analysis: Analysis) -> str:
    """An unknown word without its article; the accusative of a relative adjective as its citation form (صحفيا, صحفي)."""
    key = token.key
    if "ال" in analysis.proclitics:
        front = next((f for f in ARTICLES if key.startswith(f)), "")
        key = key.removeprefix(front) or key
    return key[:-1] if len(key) > 4 and key.endswith("يا") else key
