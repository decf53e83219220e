"""The steps of a run around the pure chain: find sources, read them into batches, code, load, publish.

Plain functions of paths and small values (no frames travel between tasks, no Prefect here).
"""

import fcntl
import itertools
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import polars as pl

from flows import batches as files
from flows.folder import Folder
from flows.outcomes import Outcome, SourceOutcome

QUARANTINE = "quarantine.parquet"
MANY = 12  # more paths than this are read as one source: a task for each file would be more Prefect than work


@dataclass(frozen=True)
class Batch:
    """A batch folder and how people know it: `3 of 12, 500 articles`."""

    path: str
    label: str


@dataclass
class Read:
    """What reading gave: counts by source, batches to code, how many were refused by reason."""

    outcomes: list[SourceOutcome] = field(default_factory=list)
    batches: list[Batch] = field(default_factory=list)
    reasons: dict[str, int] = field(default_factory=dict)


@contextmanager
def workplace(folder: Folder, run_id: str) -> Iterator[Path]:
    """Give this run's own folder under `staging`, locked while the process lives; it is removed when all is loaded.

    After an error or a kill the folder stays, its lock is free, and the next run goes on with its batches.
    """
    work = folder.staging / run_id
    work.mkdir(parents=True, exist_ok=True)
    held = (work / "lock").open("a")
    fcntl.flock(held, fcntl.LOCK_EX)
    try:
        yield work
        shutil.rmtree(work, ignore_errors=True)
    finally:
        held.close()


def free_lock(work: Path) -> IO[str] | None:
    """Return the open lock of a run's folder when no living process holds it."""
    held = (work / "lock").open("a")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        held.close()
        return None
    return held


def batches_left_behind(folder: Folder, work: Path) -> list[Batch]:
    """Move the batches of runs that died into this run's folder, and return them.

    Moving is a rename: two runs that look at the same time cannot both get a batch.
    """
    found = []
    for other in sorted(folder.staging.glob("*/")):
        if other == work:
            continue
        held = free_lock(other)
        if held is None:
            continue
        for batch in sorted(path.parent for path in other.glob(f"*/{files.ARTICLES}")):
            target = work / f"{other.name[:8]}-{batch.name}"
            batch.rename(target)
            found.append(Batch(str(target), f"left by run {other.name[:8]}"))
        for refused in other.glob(f"*-{QUARANTINE}"):
            refused.rename(work / f"{other.name[:8]}-{refused.name}")
        shutil.rmtree(other, ignore_errors=True)
        held.close()
    return found


def code(batch: Batch) -> dict[str, int]:
    """Code one batch and return its counts (see `flows.batches.write_coded`)."""
    return files.code_batch(batch.path)


def count(outcome: Outcome, coded: Iterable[dict[str, int]], read: Iterable[Read]) -> None:
    """Add up the counts of batches and sources in `outcome`."""
    reasons: Counter[str] = Counter()
    for counts in coded:
        outcome.n_sentences += counts["sentences"]
        outcome.n_dates += counts["dates"]
        outcome.n_actors += counts["actors"]
        outcome.n_events += counts["events"]
        reasons.update({name[11:]: n for name, n in counts.items() if name.startswith("quarantine:")})
    for result in read:
        reasons.update(result.reasons)
    outcome.quarantine = dict(reasons.most_common())


def query(folder: Folder, text: str, values: Sequence[Any] = ()) -> list[dict[str, Any]]:
    """Return the rows of a query on the published warehouse; no rows when there is none yet."""
    if not folder.published.exists():
        return []
    from warehouse.query import fetch

    return fetch(folder.root, text, values).to_dicts()


def known_articles(folder: Folder) -> pl.Series:
    """Return the ids of the articles that the published warehouse holds."""
    rows = query(folder, "select article_id from raw_article")
    return pl.Series("article_id", [row["article_id"] for row in rows], dtype=pl.String)


@dataclass(frozen=True)
class PathSource:
    """Files and folders of this machine that somebody named."""

    name: str
    paths: tuple[str, ...]

    def batches(self, folder: Folder, run_id: str, size: int) -> Iterator[Any]:
        """Yield `tasks.ingest.read.Batch`es."""
        from tasks.ingest.read import read_batches

        yield from read_batches(self.paths, size=size, run_id=run_id, name=self.name)


@dataclass(frozen=True)
class DeclaredSources:
    """The sources of a `waqai.toml`, polled with what the last poll left (ETag, known addresses) in the data folder."""

    name: str
    config: Any
    only: list[str] | None
    report: Callable[[str], None]

    def batches(self, folder: Folder, run_id: str, size: int) -> Iterator[Any]:
        """Yield `tasks.ingest.read.Batch`es of all sources; one that is down gives a batch with `error`.

        What a batch holds counts as seen only when the next one is asked for: by then it is written.
        """
        from tasks.ingest.sources import collect
        from tasks.ingest.state import State

        with State(sources_state(folder)) as state:
            for batch in collect(self.config, state, names=self.only, run_id=run_id, size=size, report=self.report):
                yield batch
                state.commit()


def sources_state(folder: Folder) -> Path:
    """Return the file that remembers what the sources gave already."""
    folder.root.mkdir(parents=True, exist_ok=True)
    return folder.root / "sources.sqlite"


def find_sources(
    paths: Sequence[str] | None, config: str, only: list[str] | None = None, report: Callable[[str], None] = print
) -> list[Any]:
    """Return the sources of a run: the paths when there are any, else those of the file `config`.

    Args:
        paths: files and folders; many of them are read as one source.
        config: a `waqai.toml`. only: names of its sources; None: all.
        report: called with one line for each thing that goes wrong with a source.

    Raises:
        ConfigError: the file is missing or has mistakes; every mistake is named.
    """
    if paths and len(paths) > MANY:
        return [PathSource(f"{len(paths)} paths", tuple(paths))]
    if paths:
        return [PathSource(Path(path).name or path, (path,)) for path in paths]
    from tasks.ingest.config import read_config

    declared = read_config(config)
    return [DeclaredSources(f"{len(declared.named(only))} sources of {Path(config).name}", declared, only, report)]


def read_source(source: Any, folder: Folder, place: str, run_id: str, size: int) -> Read:
    """Read one source into batches at `place` (a folder or fsspec address); only what the warehouse lacks is kept.

    What is refused is staged beside them. An error of a source as a whole is in its outcome. The memory
    is that of one batch.
    """
    result = Read()
    known = known_articles(folder)
    files.make_folder(place)
    for number, batch in enumerate(source.batches(folder, run_id, size), start=1):
        new = batch.articles.filter(~pl.col("article_id").is_in(known.implode()))
        known = pl.concat([known, new["article_id"]])
        _add(result, batch, new.height)
        if batch.quarantine.height:
            files.write_frame(batch.quarantine, f"{place}/{slug(source.name)}-{number:04d}-{QUARANTINE}")
        paths = files.write_batches(new, place, size, number, slug(source.name))
        result.batches += [Batch(path, f"{batch.name} {number}, {new.height} articles") for path in paths]
    return result


def _add(result: Read, batch: Any, n_new: int) -> None:
    outcome = next((one for one in result.outcomes if one.name == batch.name), None)
    if outcome is None:
        outcome = SourceOutcome(batch.name)
        result.outcomes.append(outcome)
    outcome.n_read += batch.articles.height + batch.n_unchanged
    outcome.n_new += n_new
    outcome.n_quarantined += batch.quarantine.height
    outcome.error = outcome.error or batch.error
    for reason, n in Counter(batch.quarantine["reason_code"].to_list()).items():
        result.reasons[reason] = result.reasons.get(reason, 0) + n


def slug(name: str) -> str:
    """Return a name as part of a path: nothing of it can lead out of the folder."""
    return "".join(letter if letter.isalnum() or letter in "-_" else "_" for letter in name)[:60] or "source"


def cores() -> int:
    """Return how many processes this machine runs at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


NEWEST = """
    select coalesce(strftime(m.first_day, '%Y-%m-%d'), '') as day,
           coalesce(m.source_name, m.source_text, '') as source, coalesce(m.source_code, '') as source_code,
           m.code, c.name as event,
           coalesce(m.target_name, m.target_text, '') as target, coalesce(m.target_code, '') as target_code,
           s.text as sentence
    from core_event_mention m
    join core_sentence s using (sentence_id)
    left join dim_cameo_code c on c.code = m.code
    where ? is null or m.run_id = ?
    order by m.first_day desc nulls last, m.article_id, m.trigger_start, m.event_mention_id
    limit ?
"""


def newest_events(folder: Folder, limit: int = 50, run_id: str | None = None) -> list[dict[str, Any]]:
    """Return the newest event mentions (of one run, or of all) as rows for people."""
    return query(folder, NEWEST, (run_id, run_id, limit))


def quarantine_examples(folder: Folder, limit: int = 20) -> list[dict[str, Any]]:
    """Return the newest quarantine rows."""
    text = "select article_ref, step, reason_code, reason from core_quarantine"
    return query(folder, f'{text} order by "at" desc, quarantine_id limit ?', (limit,))


def run_history(folder: Folder, limit: int = 40) -> list[dict[str, Any]]:
    """Return the last loads, oldest first."""
    text = "select * from (select * from run_log order by load_number desc limit ?) order by load_number"
    return query(folder, text, (limit,))


def quarantined(folder: Folder, reason: str | None = None) -> tuple[list[str], list[str]]:
    """Return what can be tried again: files that are there still, and references of declared sources."""
    rows = query(folder, "select distinct article_ref, payload_ref, reason_code from core_quarantine where step = 'ingest'")
    paths, references = set(), set()
    for row in rows:
        if reason not in (None, row["reason_code"]):
            continue
        path = str(row["payload_ref"] or row["article_ref"]).split("#")[0].split("!")[0]
        if Path(path).is_file():
            paths.add(path)
        else:
            references.add(row["article_ref"])
    return sorted(paths), sorted(references)


@dataclass(frozen=True)
class Load:
    """What one load takes: where the refusals of reading lie, the coded batches, the run's id."""

    place: str
    batches: list[str]
    run_id: str
    label: str = ""
    replace: bool = False


def load(job: Load, folder: Folder) -> int:
    """Load coded batches and staged refusals, check, publish; return the event mentions added.

    Frames are read batch by batch. Nothing is published when a check fails.
    """
    from tasks.load.warehouse import load_and_publish

    refused = [{"quarantine": files.read_frame(path)} for path in files.find_frames(job.place, QUARANTINE)]
    frames = itertools.chain(refused, map(files.read_coded, job.batches))
    return int(load_and_publish(folder.root, frames, job.run_id, replace=job.replace).n_event_mentions)
