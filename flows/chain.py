"""The whole data flow on one screen, without Prefect.

    files, feeds, archives -> articles -> sentences -> date mentions -> actor and event mentions -> warehouse
                                 └ quarantine (what could not be read or coded, with the reason)

`code_articles` is one batch through the pure steps of `tasks/`. `run_chain` is one run: read the sources, code what is
new in batches, load, publish. It hands each step to `call`, which runs it: plainly here, as Prefect tasks in
`flows.news`. So both ways are the same flow.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any, Protocol

import polars as pl

from flows.folder import Folder
from flows.outcomes import Outcome
from flows.progress import tell
from schemas.seeds import lexicon_version
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


class Call(Protocol):
    """How steps are run: `each` gives the results of one step over several items, in order."""

    def each(self, step: str, name: str, function: Callable[..., Any], items: Sequence[Any], *more: Any) -> list[Any]:
        """Run `function(item, *more)` for every item under the policy of `step`, named `name` for people."""


class Plain:
    """Runs steps one after the other in this process."""

    def each(self, step: str, name: str, function: Callable[..., Any], items: Sequence[Any], *more: Any) -> list[Any]:
        """Return the results in order; the first error ends the run."""
        results = []
        for done, item in enumerate(items, start=1):
            results.append(function(item, *more))
            tell(step, done, len(items))
        return results


def run_chain(sources: Iterable[Any], folder: Folder, run_id: str, call: Call, batch_size: int = 500) -> Outcome:
    """Read sources, code what is new, load and publish; return the counts.

    Args:
        sources: what `flows.steps.find_sources` gives.
        folder: the data folder; work in progress lies under its `staging`, so that a run that died can be resumed.
        run_id: stands on every row of this run.
        call: how steps are run.
        batch_size: articles in one batch.
    """
    from flows import steps

    outcome = Outcome(run_id=run_id, folder=str(folder.root), lexicon=lexicon_version())
    with steps.workplace(folder, run_id) as work:
        clock = time.monotonic()

        def took(step: str) -> None:
            nonlocal clock
            outcome.seconds[step] = round(time.monotonic() - clock, 2)
            clock = time.monotonic()

        read = call.each("read", "read {item.name}", steps.read_source, list(sources), folder, str(work), run_id, batch_size)
        outcome.sources = [source for result in read for source in result.outcomes]
        took("read")
        batches = [batch for result in read for batch in result.batches]
        left = steps.batches_left_behind(folder, work)
        outcome.n_batches, outcome.n_resumed = len(batches), len(left)
        coded = call.each("code", "code batch {item.label}", steps.code, [*left, *batches])
        steps.count(outcome, coded, read)
        took("code")
        if coded or outcome.quarantine:
            job = steps.Load(str(work), [batch.path for batch in (*left, *batches)], run_id)
            outcome.n_added = call.each("load", "load and publish", steps.load, [job], folder)[0]
        took("load")
    return outcome
