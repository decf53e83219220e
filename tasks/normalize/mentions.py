"""Date phrases of every sentence, with the days they name: the frame `core_date_mention`."""

from datetime import date

import polars as pl

from tasks.normalize.dates import resolve_dates, writing_day

HEAD_SENTENCES = 12  # from the top; a date line or a first «أمس الأحد» stands there

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
    """Return the date phrases of `sentences`, resolved against the day on which their article was written.

    That is its publication day, or the day before where the text itself says so (see `writing_day`).

    Args:
        articles: columns `article_id`, `published_day` (date or null: then only full dates resolve).
        sentences: columns `sentence_id`, `article_id`, `start`, `text`.

    Returns:
        Columns of DATE_MENTION_SCHEMA; `start` and `end` are characters of the article's text.
    """
    days = _writing_days(articles, sentences)
    rows = []
    for sentence_id, article_id, start, text in sentences.select("sentence_id", "article_id", "start", "text").iter_rows():
        for number, d in enumerate(resolve_dates(text, days[article_id])):
            place = (start + d.start, start + d.end, d.text)
            found = (d.value, d.first_day, d.last_day, d.granularity, d.method, d.is_certain)
            rows.append((f"{sentence_id}-d{number}", article_id, sentence_id, *place, *found))
    return pl.DataFrame(rows, schema=DATE_MENTION_SCHEMA, orient="row")


def _writing_days(articles: pl.DataFrame, sentences: pl.DataFrame) -> dict[str, date | None]:
    heads = sentences.group_by("article_id", maintain_order=True).agg(pl.col("text").head(HEAD_SENTENCES))
    texts: dict[str, list[str]] = dict(heads.iter_rows())
    days: dict[str, date | None] = dict(articles.select("article_id", "published_day").iter_rows())
    return {
        article: writing_day("\n".join(texts.get(article, [])), day) if day is not None else None for article, day in days.items()
    }
