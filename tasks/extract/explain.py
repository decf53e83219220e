"""Why a text is coded as it is: words, actors, dates, rows that fired, rows that failed."""

from datetime import date

from schemas.cameo import cameo_code
from schemas.explain import ExplainedEvent, ExplainedSentence, Explanation, Party, Rejected, Span, Word
from schemas.seeds import lexicon_version
from tasks.extract.actors import Actor
from tasks.extract.coding.candidates import Candidate
from tasks.extract.coding.coder import ArticleCoder, CodedSentence, Event, Resources
from tasks.extract.coding.model import Frame, Item
from tasks.extract.events import shared_resources
from tasks.extract.morphology import Analysis
from tasks.normalize.sentences import sentence_spans


def explain_text(text: str, published: date | None = None, title: str = "", resources: Resources | None = None) -> Explanation:
    """Return how `text` is coded, sentence by sentence.

    Args:
        text: one sentence or a whole article.
        published: publication day; relative date phrases stay open without it.
        title: headline to show above the text.
        resources: lexicon and tables; those of the process when absent.
    """
    spans = list(sentence_spans(text))
    coder = ArticleCoder(resources or shared_resources(), published)
    coded = coder.code_spans(spans)
    explained = []
    number = 1
    for (start, end, _), sentence in zip(spans, coded, strict=True):
        explained.append(_sentence(sentence, start, end, number))
        number += len(sentence.events)
    return Explanation(
        text=text,
        sentences=tuple(explained),
        published=published.isoformat() if published else "",
        title=title,
        lexicon_version=lexicon_version(),
    )


def _sentence(coded: CodedSentence, start: int, end: int, number: int) -> ExplainedSentence:
    events = tuple(_event(event, coded, number + i) for i, event in enumerate(coded.events))
    return ExplainedSentence(
        start=start,
        end=end,
        words=tuple(_words(coded, start)),
        spans=tuple(_spans(coded, start, number)),
        events=events,
        rejected=tuple(_rejected(coded, start)),
        clauses=tuple(_clauses(coded)),
    )


def _words(coded: CodedSentence, offset: int) -> list[Word]:
    return [
        Word(offset + t.start, offset + t.end, t.text, a.lemma, a.kind, _features(a), a.row)
        for t, a in zip(coded.sentence.tokens, coded.sentence.analyses, strict=True)
        if t.kind != "mark"
    ]


def _features(analysis: Analysis) -> str:
    parts = (analysis.aspect, analysis.voice, analysis.person, analysis.gender, analysis.number)
    clitics = "+".join(analysis.proclitics) + ("+" if analysis.proclitics else "") + ("…" if analysis.enclitic else "")
    return " ".join(part for part in (*parts, clitics + analysis.enclitic) if part)


def _spans(coded: CodedSentence, offset: int, number: int) -> list[Span]:
    tokens = coded.sentence.tokens
    spans = [Span(offset + d.start, offset + d.end, "date", d.value or "?", 0, d.method) for d in coded.sentence.dates]
    parts = set()
    for i, event in enumerate(coded.events, number):
        frame = event.candidate.frame
        trigger = offset + tokens[frame.trigger].start, offset + tokens[frame.trigger_last - 1].end
        spans.append(Span(*trigger, "trigger", event.code, i, "", tuple(event.candidate.rows)))
        for kind, actor in (("source", event.source), ("target", event.target)):
            if actor is not None:
                parts.add((actor.start, actor.end))
                spans.append(_actor_span(actor, kind, offset, i))
        if event.place is not None:
            place = event.place
            spans.append(Span(offset + place.start, offset + place.end, "place", place.country or "", i))
    others = [a for a in coded.sentence.actors if (a.start, a.end) not in parts]
    return spans + [_actor_span(a, "actor", offset, 0) for a in others]


def _actor_span(actor: Actor, kind: str, offset: int, event: int) -> Span:
    label = (actor.country or "?") + (":" + ";".join(actor.roles) if actor.roles else "")
    return Span(offset + actor.start, offset + actor.end, kind, label, event, actor.method, actor.rows)


def _party(actor: Actor | None, default: str = "") -> Party:
    if actor is None:
        return Party(roles=(default,), method="default") if default else Party()
    return Party(actor.text, actor.name, actor.country or "", actor.roles, actor.method, actor.rows)


def _event(event: Event, coded: CodedSentence, number: int) -> ExplainedEvent:
    candidate, code = event.candidate, cameo_code(event.code)
    row, when = candidate.row, event.when
    return ExplainedEvent(
        number=number,
        code=event.code,
        code_name=code.name,
        quad_class=code.quad_class,
        goldstein=code.goldstein,
        trigger=coded.sentence.tokens[candidate.frame.trigger].text,
        source=_party(event.source, row.source_default),
        target=_party(event.target, row.target_default),
        first_day=when.first_day.isoformat() if when.first_day else "",
        last_day=when.last_day.isoformat() if when.last_day else "",
        date_method=when.method,
        date_text=when.phrase.text if when.phrase else "",
        place=event.place.text if event.place else "",
        polarity=candidate.polarity,
        modality=candidate.modality,
        attributed=_party(candidate.speakers[0] if candidate.speakers else None),
        rows=tuple(candidate.rows),
        steps=tuple(_steps(candidate, coded)),
    )


def _steps(candidate: Candidate, coded: CodedSentence) -> list[str]:
    """Tell in order how the code came about."""
    frame, tokens = candidate.frame, coded.sentence.tokens
    steps = [f"«{tokens[frame.trigger].text}» is the {frame.kind} {frame.lemma}"]
    steps += [f"row {row} did not fit: condition on {slot} failed" for row, slot in candidate.failed[:6]]
    steps.append(f"row {candidate.row.row} fits" + (f" with {len(candidate.row.needs)} conditions" if candidate.row.needs else ""))
    if frame.light_row:
        steps.append(f"light verb row {frame.light_row} lends subject and partners")
    if candidate.content is not None:
        content = candidate.content
        steps.append(
            f"speech act {candidate.row.act} x content {content.code} («{tokens[content.trigger].text}») = {candidate.code}"
        )
    if frame.is_passive:
        steps.append("read as passive: what stands in the subject's place is the target")
    if frame.subject_from == "inherited" and candidate.sources:
        steps.append("no subject of its own: carried over from the clause or sentence before")
    if candidate.code != candidate.row.code and candidate.content is None:
        steps.append(f"code {candidate.row.code or 'open'} became {candidate.code} ({candidate.modality})")
    return steps


def _rejected(coded: CodedSentence, offset: int) -> list[Rejected]:
    tokens = coded.sentence.tokens

    def place(frame: Frame) -> tuple[str, int, int]:
        token = tokens[frame.trigger]
        return token.text, offset + token.start, offset + token.end

    found = []
    for candidate in coded.candidates:
        if candidate.dropped:
            text, start, end = place(candidate.frame)
            found.append(Rejected(text, candidate.row.row, candidate.dropped, start, end))
    for frame, failed in coded.rejected:
        text, start, end = place(frame)
        reason = "; ".join(f"{row}: condition on {slot} failed" for row, slot in failed[:4])
        found.append(Rejected(text, failed[0][0], reason, start, end))
    return found


def _clauses(coded: CodedSentence) -> list[str]:
    """The outline of the sentence, one entry per item."""
    return [_item(item, coded) for item in coded.sentence.items]


def _item(item: Item, coded: CodedSentence) -> str:
    tokens = coded.sentence.tokens[item.first : item.last]
    words = " ".join(t.text for t in tokens)
    slot = f" after {item.phrase.slot}" if item.phrase is not None and item.phrase.slot else ""
    return f"{item.kind}{slot}: {words}"
