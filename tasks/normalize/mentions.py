"""Date phrases of every sentence, with the days they name: the frame `core_date_mention`."""

from datetime import date

import polars as pl

from tasks.normalize.dates import resolve_dates

DATE_MENTION_SCHEMA = {
    "date_mention_id": pl.String,
    "article_id": pl.String,
    "sentence_id": pl.String,
    "start": pl.Int32,
    "end": pl.Int32,
    "text": pl.String,
    "value": pl.String,
    "first_day": pl.Date,
    "last_day": pl.Date,
    "granularity": pl.String,
    "method": pl.String,
    "is_certain": pl.Boolean,
}


def date_mentions(articles: pl.DataFrame, sentences: pl.DataFrame) -> pl.DataFrame:
    """Return the date phrases of `sentences`, resolved against the publication day of their article.

    Args:
        articles: columns `article_id`, `published_day` (date or null: then only full dates resolve).
        sentences: columns `sentence_id`, `article_id`, `start`, `text`.

    Returns:
        Columns of DATE_MENTION_SCHEMA; `start` and `end` are characters of the article's text.
    """
    days: dict[str, date | None] = dict(articles.select("article_id", "published_day").iter_rows())
    rows = []
    for sentence_id, article_id, start, text in sentences.select("sentence_id", "article_id", "start", "text").iter_rows():
        for number, d in enumerate(resolve_dates(text, days[article_id])):
            place = (start + d.start, start + d.end, d.text)
            found = (d.value, d.first_day, d.last_day, d.granularity, d.method, d.is_certain)
            rows.append((f"{sentence_id}-d{number}", article_id, sentence_id, *place, *found))
    return pl.DataFrame(rows, schema=DATE_MENTION_SCHEMA, orient="row")
