"""Coded sentences as rows of `core_actor_mention` and `core_event_mention`."""

import hashlib
from typing import Any

from schemas.cameo import cameo_code
from tasks.extract.actors import Actor
from tasks.extract.coding.coder import CodedSentence, Event


def content_id(*parts: object) -> str:
    """Return 20 hex digits that depend on the parts alone: the same content gets the same id on every run."""
    return hashlib.blake2b("\x1f".join(map(str, parts)).encode(), digest_size=10).hexdigest()


def actor_code(actor: Actor) -> str:
    """Return the CAMEO actor code: country and roles run together, RUSGOVMIL."""
    return (actor.country or "") + "".join(actor.roles)


def actor_rows(coded: CodedSentence, article_id: str, sentence_id: str, offset: int) -> list[dict[str, Any]]:
    """Return one row per actor mention of a sentence; `offset` is the sentence's place in the article."""
    rows = []
    for actor in coded.sentence.actors:
        start, end = offset + actor.start, offset + actor.end
        rows.append(
            {
                "actor_mention_id": content_id(article_id, start, end, actor.country, actor.roles),
                "article_id": article_id,
                "sentence_id": sentence_id,
                "start": start,
                "end": end,
                "text": actor.text,
                "name": actor.name,
                "country_code": actor.country,
                "roles": ";".join(actor.roles),
                "actor_code": actor_code(actor),
                "kind": actor.kind,
                "method": actor.method,
                "lexicon_rows": ";".join(actor.rows),
                "is_loaded_term": actor.is_loaded,
            }
        )
    return rows


def event_row(event: Event, coded: CodedSentence, article_id: str, sentence_id: str, offset: int) -> dict[str, Any]:
    """Return the row of one event mention."""
    frame, candidate = event.candidate.frame, event.candidate
    tokens = coded.sentence.tokens
    start, end = offset + tokens[frame.trigger].start, offset + tokens[frame.trigger_last - 1].end
    code = cameo_code(event.code)
    speakers = candidate.speakers[:1]
    row: dict[str, Any] = {
        "article_id": article_id,
        "sentence_id": sentence_id,
        "trigger_start": start,
        "trigger_end": end,
        "trigger_text": coded.sentence.text[start - offset : end - offset],
        "code": event.code,
        "root_code": code.root,
        "quad_class": code.quad_class,
        "goldstein": code.goldstein,
        **_side("source", event.source, offset, candidate.row.source_default),
        **_side("target", event.target, offset, candidate.row.target_default),
        **_date(event, offset),
        **_place(event, offset),
        "polarity": candidate.polarity,
        "modality": candidate.modality,
        "tense": "future" if frame.is_future else frame.analysis.aspect or None,
        "voice": "passive" if frame.is_passive else frame.analysis.voice or None,
        **_attributed(speakers[0] if speakers else None, offset),
        "rule_rows": ";".join(candidate.rows),
        "lexicon_rows": ";".join((*(event.source.rows if event.source else ()), *(event.target.rows if event.target else ()))),
    }
    row["event_mention_id"] = content_id(
        article_id,
        start,
        end,
        row["source_code"],
        row["source_start"],
        row["target_code"],
        row["target_start"],
        event.code,
    )
    return row


def _side(name: str, actor: Actor | None, offset: int, default: str) -> dict[str, Any]:
    keys = ("start", "end", "text", "name", "country", "roles", "code", "method", "rows")
    if actor is None:
        values: tuple[Any, ...] = (
            None,
            None,
            None,
            None,
            None,
            default or None,
            default or None,
            "default" if default else None,
            None,
        )
    else:
        values = (
            offset + actor.start,
            offset + actor.end,
            actor.text,
            actor.name,
            actor.country,
            ";".join(actor.roles) or None,
            actor_code(actor) or None,
            actor.method,
            ";".join(actor.rows),
        )
    return {f"{name}_{key}": value for key, value in zip(keys, values, strict=True)}


def _date(event: Event, offset: int) -> dict[str, Any]:
    when, phrase = event.when, event.when.phrase
    return {
        "first_day": when.first_day,
        "last_day": when.last_day,
        "date_granularity": when.granularity,
        "date_text": phrase.text if phrase else None,
        "date_start": offset + phrase.start if phrase else None,
        "date_end": offset + phrase.end if phrase else None,
        "date_method": when.method,
    }


def _place(event: Event, offset: int) -> dict[str, Any]:
    place = event.place
    if place is None:
        return dict.fromkeys(("place_start", "place_end", "place_text", "place_country", "place_lat", "place_lon"))
    return {
        "place_start": offset + place.start,
        "place_end": offset + place.end,
        "place_text": place.text,
        "place_country": place.country,
        "place_lat": place.lat,
        "place_lon": place.lon,
    }


def _attributed(speaker: Actor | None, offset: int) -> dict[str, Any]:
    if speaker is None:
        return dict.fromkeys(f"attributed_{k}" for k in ("start", "end", "text", "country", "roles"))
    return {
        "attributed_start": offset + speaker.start,
        "attributed_end": offset + speaker.end,
        "attributed_text": speaker.text,
        "attributed_country": speaker.country,
        "attributed_roles": ";".join(speaker.roles) or None,
    }
