"""The steps of a run around the pure chain: find sources, read them into batches, code, load, publish.

Plain functions of paths and small values (no frames travel between tasks, no Prefect here).
"""

import fcntl
import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import polars as pl

from flows import batches as files
from flows.folder import Folder
from flows.outcome import Outcome, SourceOutcome
from schemas.seeds import lexicon_version

__all__ = ["lexicon_version"]
QUARANTINE = "quarantine.parquet"


@dataclass(frozen=True)
class Batch:
    """A batch folder and how people know it: `3 of 12, 500 articles`."""

    path: str
    label: str


@dataclass
class Read:
    """What reading one source gave: counts, batches to code, and the file of what was refused (or "")."""

    outcome: SourceOutcome
    batches: list[Batch] = field(default_factory=list)
    quarantine: str = ""
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


def _free(work: Path) -> IO[str] | None:
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
        held = _free(other)
        if held is None:
            continue
        for batch in map(Path, files.find_batches(str(other))):
            target = work / f"left-{other.name[:8]}-{batch.name}"
            batch.rename(target)
            found.append(Batch(str(target), f"left by {other.name[:8]}"))
        for refused in other.glob(f"*{QUARANTINE}"):
            refused.rename(work / f"left-{other.name[:8]}-{refused.name}")
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
    import duckdb

    with duckdb.connect(str(folder.published), read_only=True) as con:
        result = con.execute(text, list(values))
        names = [column[0] for column in result.description or []]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def known_articles(folder: Folder) -> pl.Series:
    """Return the ids of the articles that the published warehouse holds."""
    rows = query(folder, "select article_id from raw_article")
    return pl.Series("article_id", [row["article_id"] for row in rows], dtype=pl.String)


def write_refused(refused: pl.DataFrame, work: Path, name: str) -> str:
    """Stage quarantine rows of reading; return the path, or "" when there are none."""
    if not refused.height:
        return ""
    path = work / f"{name}-{QUARANTINE}"
    files.write_frame(refused, str(path))
    return str(path)


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
    text = "select article_ref, step, reason_code, reason from core_quarantine order by at desc, quarantine_id limit ?"
    return query(folder, text, (limit,))


def run_history(folder: Folder, limit: int = 40) -> list[dict[str, Any]]:
    """Return the last loads, oldest first."""
    text = "select * from (select * from run_log order by load_number desc limit ?) order by load_number"
    return query(folder, text, (limit,))


def quarantined_paths(folder: Folder, reason: str | None = None) -> list[str]:
    """Return the files that the quarantine points to and that are there still."""
    text = "select distinct payload_ref, reason_code from core_quarantine where payload_ref is not null"
    found = set()
    for row in query(folder, text):
        if reason not in (None, row["reason_code"]):
            continue
        path = str(row["payload_ref"]).split("#")[0].split("!")[0]
        if Path(path).is_file():
            found.add(path)
    return sorted(found)
