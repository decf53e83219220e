"""Sentences and date mentions in, actor mentions and event mentions out."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

import polars as pl

from schemas.seeds import read_seed
from schemas.tables import CORE_ACTOR_MENTION, CORE_EVENT_MENTION, CORE_QUARANTINE
from tasks.extract.coding.coder import ArticleCoder, Resources, load_resources
from tasks.extract.rows import actor_rows, content_id, event_row
from tasks.normalize.dates import DatePhrase


@cache
def shared_resources() -> Resources:
    """Return the tables of this process, loaded once."""
    return load_resources()


@cache
def outlet_countries() -> dict[str, str]:
    """Return {name or domain of an outlet: country of its domestic news}."""
    rows = read_seed("lexicon/outlets").iter_rows(named=True)
    return {
        key.strip().lower(): row["country"]
        for row in rows
        if row["country"]
        for key in (*row["names"].split(";"), *row["domains"].split(";"))
        if key.strip()
    }


def outlet_country(*names: str | None) -> str | None:
    """Return the country of the first known outlet among names and domains, or None."""
    known = outlet_countries()
    return next((known[n.lower()] for n in names if n and n.lower() in known), None)


def extract_events(
    articles: pl.DataFrame, sentences: pl.DataFrame, dates: pl.DataFrame, resources: Resources | None = None
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Code a batch of articles.

    Args:
        articles: `raw_article` rows; `article_id`, `source`, `outlet`, `published_day` are used.
        sentences: `core_sentence` rows of these articles.
        dates: `core_date_mention` rows of these sentences.
        resources: lexicon and tables; loaded once per process when absent.

    Returns:
        `core_actor_mention`, `core_event_mention` and `core_quarantine` rows. An article that cannot be coded is in
        quarantine with the reason and has no other rows; it stops nothing.
    """
    resources = resources or shared_resources()
    by_article = _group(sentences.select("article_id", "sentence_id", "start", "text").iter_rows())
    phrases = _date_phrases(sentences, dates)
    actors: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []
    refused: list[dict[str, Any]] = []
    for article in articles.select("article_id", "source", "outlet", "published_day").iter_rows(named=True):
        own = by_article.get(article["article_id"], [])
        try:
            article_actors, article_events = _code(article, own, phrases, resources)
        except Exception as error:  # whatever one text does to the coder, the others are coded
            refused.append(_refusal(article["article_id"], error))
            continue
        actors += article_actors
        events += article_events
    return (
        CORE_ACTOR_MENTION.frame(actors).unique("actor_mention_id", maintain_order=True),
        CORE_EVENT_MENTION.frame(events).unique("event_mention_id", maintain_order=True),
        CORE_QUARANTINE.frame(refused),
    )


def _group(rows: Iterable[tuple[Any, ...]]) -> dict[str, list[tuple[Any, ...]]]:
    groups: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for key, *rest in rows:
        groups[key].append(tuple(rest))
    return groups


def _date_phrases(sentences: pl.DataFrame, dates: pl.DataFrame) -> dict[str, list[DatePhrase]]:
    """Date mentions by sentence, with offsets in the sentence."""
    starts = dict(sentences.select("sentence_id", "start").iter_rows())
    columns = (
        "sentence_id",
        "start",
        "end",
        "text",
        "value",
        "first_day",
        "last_day",
        "granularity",
        "method",
        "is_certain",
    )
    groups: dict[str, list[DatePhrase]] = defaultdict(list)
    for sentence_id, start, end, *rest in dates.select(columns).iter_rows():
        offset = starts[sentence_id]
        groups[sentence_id].append(DatePhrase(start - offset, end - offset, *rest))
    return groups


def _code(
    article: dict[str, Any],
    sentences: list[tuple[Any, ...]],
    phrases: dict[str, list[DatePhrase]],
    resources: Resources,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    country = outlet_country(article["outlet"], article["source"])
    coder = ArticleCoder(resources, article["published_day"], country)
    texts = [text for _, _, text in sentences]
    starts = [start for _, start, _ in sentences]
    dates = [phrases.get(sentence_id, []) for sentence_id, _, _ in sentences]
    actors: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []
    for (sentence_id, start, _), coded in zip(sentences, coder.code(texts, dates, starts), strict=True):
        actors += actor_rows(coded, article["article_id"], sentence_id, start)
        events += [event_row(event, coded, article["article_id"], sentence_id, start) for event in coded.events]
    return actors, events


def _refusal(article_id: str, error: Exception) -> dict[str, Any]:
    reason = f"The coder failed on this article ({type(error).__name__}: {error}). Please report it with the text."
    return {
        "quarantine_id": content_id(article_id, "extract", reason),
        "article_ref": article_id,
        "step": "extract",
        "reason_code": "coder_error",
        "reason": reason,
    }
