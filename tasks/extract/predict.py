"""Event and date predictions for texts as JSON records: how anyone scores waqai.

In: {"id", "text" or "sentences" (joined by a line feed), "published" or "anchor" (ISO date or date-time, or absent)}.
Out: {"id", "events": [...], "predicted": [...]}; offsets are characters of that text.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from tasks.extract.coding.coder import ArticleCoder, CodedSentence, Event, Resources, load_resources
from tasks.normalize.sentences import sentence_spans


def predict_records(records: Iterable[dict[str, Any]], resources: Resources | None = None) -> Iterator[dict[str, Any]]:
    """Yield one prediction for each record, in order.

    Raises:
        ValueError: a record has no id, neither text nor sentences, or a date that is not ISO 8601; the message names the record.
    """
    resources = resources or load_resources()
    for number, record in enumerate(records, 1):
        yield predict_record(record, resources, number)


def predict_record(record: dict[str, Any], resources: Resources, number: int = 1) -> dict[str, Any]:
    """Return the prediction for one record."""
    if "id" not in record:
        raise ValueError(f'record {number} has no id: give each line an "id"')
    text = record_text(record)
    coder = ArticleCoder(resources, anchor_of(record))
    events: list[dict[str, Any]] = []
    dates: list[dict[str, Any]] = []
    spans = list(sentence_spans(text))
    for (start, _, _), coded in zip(spans, coder.code_spans(spans), strict=True):
        events += [event_fields(event, coded, start) for event in coded.events if is_asserted(event)]
        dates += [
            {
                "start": start + d.start,
                "end": start + d.end,
                "value": d.value,
                "start_date": iso(d.first_day),
                "end_date": iso(d.last_day),
            }
            for d in coded.sentence.dates
        ]
    return {"id": record["id"], "events": events, "predicted": dates}


def is_asserted(event: Event) -> bool:
    """Does the text say that it happened or is planned? Negated and possible acts are rows of the warehouse, no predictions."""
    return event.candidate.polarity == "asserted" and event.candidate.modality in ("actual", "planned")


def record_text(record: dict[str, Any]) -> str:
    """Return the text of a record: `text`, or its `sentences` joined by a line feed."""
    if isinstance(record.get("sentences"), list):
        return "\n".join(str(s) for s in record["sentences"])
    if isinstance(record.get("text"), str):
        return record["text"]
    raise ValueError(f'record {record["id"]} has neither "text" nor "sentences"')


def anchor_of(record: dict[str, Any]) -> date | None:
    """Return the publication day of a record, or None when it has none."""
    value = record.get("published") or record.get("anchor")
    if not value:
        return None
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError as error:
        raise ValueError(f"record {record['id']}: {value!r} is no ISO date (2022-10-23)") from error


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def event_fields(event: Event, coded: CodedSentence, offset: int) -> dict[str, Any]:
    """Return an event as a flat record; `offset` is the place of its sentence in the article."""
    tokens = coded.sentence.tokens
    frame = event.candidate.frame
    last = event.when.last_day if event.when.last_day != event.when.first_day else None
    return {
        "start": offset + tokens[frame.trigger].start,
        "end": offset + tokens[frame.trigger_last - 1].end,
        "trigger": tokens[frame.trigger].text,
        "code": event.code,
        **_side("source", event),
        **_side("target", event),
        "date": iso(event.when.first_day),
        "date_end": iso(last),
        "date_method": event.when.method,
        "polarity": event.candidate.polarity,
        "modality": event.candidate.modality,
        "rows": event.candidate.rows,
    }


def _side(name: str, event: Event) -> dict[str, Any]:
    actor = event.source if name == "source" else event.target
    default = event.candidate.row.source_default if name == "source" else event.candidate.row.target_default
    if actor is None:
        roles = [default] if default else []
        return {f"{name}_country": None, f"{name}_roles": roles, f"{name}_text": None}
    return {f"{name}_country": actor.country, f"{name}_roles": list(actor.roles), f"{name}_text": actor.text}
