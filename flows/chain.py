"""The whole data flow on one screen, without Prefect.

    files, feeds, archives -> articles -> sentences -> date mentions -> actor and event mentions -> warehouse
                                 └ quarantine (what could not be read or coded, with the reason)

Every step is a plain function of `tasks/`: frames in, frames out. `waqai predict`, the tests and the processes of a
backfill call this module as it is; `flows.news` runs the same functions as Prefect tasks.
"""

from dataclasses import dataclass, fields

import polars as pl

from tasks.extract.events import extract_events
from tasks.normalize.mentions import date_mentions
from tasks.normalize.sentences import split_sentences


@dataclass(frozen=True)
class Coded:
    """What one batch of articles gives: one frame per table. Field names are the names of the staged files."""

    articles: pl.DataFrame
    sentences: pl.DataFrame
    dates: pl.DataFrame
    actors: pl.DataFrame
    events: pl.DataFrame
    quarantine: pl.DataFrame

    def counts(self) -> dict[str, int]:
        """Return the number of rows of each frame by field name."""
        return {field.name: getattr(self, field.name).height for field in fields(self)}


def code_articles(articles: pl.DataFrame) -> Coded:
    """Code one batch of articles (`raw_article` rows, as `tasks.ingest` gives them).

    Each article is in exactly one of three groups afterwards: it has events, it has none, or it is in `quarantine`.
    """
    sentences = split_sentences(articles)
    dates = date_mentions(articles, sentences)
    actors, events, quarantine = extract_events(articles, sentences, dates)
    return Coded(articles, sentences, dates, actors, events, quarantine)
