"""Kill -9 at random moments of load and publish; readers while runs publish; two writers."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import polars as pl
import pytest

from bench.rows import make_batches
from schemas.errors import WarehouseBusyError
from tasks.load.place import Place
from tasks.load.warehouse import load_and_publish, open_warehouse
from warehouse.query import fetch

ROOT = Path(__file__).resolve().parents[2]
N_BATCHES, SIZE = 6, 150
KILLS = 30


def start(root: Path) -> subprocess.Popen[str]:
    program = [sys.executable, "-m", "tests.warehouse.crash", str(root), str(N_BATCHES), str(SIZE)]
    return subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def counts(root: Path) -> dict[str, int]:
    sql = """select
        (select count(*) from raw_article) as articles,
        (select count(distinct article_id) from raw_article) as distinct_articles,
        (select count(*) from core_event_mention) as mentions,
        (select coalesce(sum(n_mentions), 0) from core_event) as merged,
        (select coalesce(sum(n_event_mentions), 0) from run_log) as logged,
        (select coalesce(sum(n_events), 0) from mart_day) as mart,
        (select count(*) from core_event where polarity = 'asserted' and modality = 'actual') as actual"""
    return {name: int(value) for name, value in fetch(root, sql).row(0, named=True).items()}


def states() -> list[int]:
    """Return the numbers of articles after each batch: the only ones that may ever be seen."""
    known: set[str] = set()
    found = [0]
    for batch in make_batches(N_BATCHES * SIZE, SIZE):
        known |= set(batch["articles"]["article_id"])
        found.append(len(known))
    return found


def consistent(found: dict[str, int]) -> bool:
    return (
        found["mentions"] == 5 * found["articles"]
        and found["articles"] == found["distinct_articles"]
        and found["mentions"] == found["merged"] == found["logged"]
        and found["mart"] == found["actual"]
    )


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_kill_at_any_moment_leaves_the_old_or_the_new_state(tmp_path: Path) -> None:
    """30 kills over several warehouses; a later run always completes, no row lost or doubled."""
    rng, whole = random.Random(7), states()
    killed, round_number = 0, 0
    while killed < KILLS:
        root, before = tmp_path / f"data-{round_number}", 0
        round_number += 1
        while killed < KILLS:
            with start(root) as process:
                assert process.stdout
                lines = [process.stdout.readline()]  # killed while it works, not while it starts
                time.sleep(rng.uniform(0.0, 1.5))
                if process.poll() is not None:
                    break
                process.send_signal(signal.SIGKILL)
                lines += process.stdout.readlines()
            killed += 1
            done = len([line for line in lines if line.strip()])
            found = counts(root)
            assert consistent(found), found
            assert found["articles"] in whole
            assert found["articles"] >= max(before, whole[done]), "what was reported as published is there"
            before = found["articles"]
        with start(root) as last:
            last.communicate()
        assert last.returncode == 0
        found = counts(root)
        assert consistent(found)
        assert found["articles"] == whole[-1]
        leftovers = [path.name for path in root.glob("*.publishing")]
        assert not leftovers


READER = """
import sys, time, duckdb
n, seen, until = 0, set(), time.monotonic() + float(sys.argv[2])
while time.monotonic() < until:
    with duckdb.connect(sys.argv[1], read_only=True) as con:
        for _ in range(5):
            a, m, e, d = con.execute('''select (select count(*) from raw_article), (select count(*) from core_event_mention),
                (select sum(n_mentions) from core_event), (select sum(n_mentions) from mart_day)''').fetchone()
            assert m == 5 * a == e == d, (a, m, e, d)
            seen.add(a); n += 1
print(n, len(seen))
"""


def test_a_reader_in_a_loop_never_fails_and_never_sees_half(tmp_path: Path) -> None:
    batches = list(make_batches(400, 100))
    load_and_publish(tmp_path, batches[:1], "run-0")
    reader = subprocess.Popen(
        [sys.executable, "-c", READER, str(tmp_path / "waqai.duckdb"), "6"], stdout=subprocess.PIPE, text=True
    )
    for number, batch in enumerate(batches[1:], start=1):
        time.sleep(0.5)
        assert load_and_publish(tmp_path, [batch], f"run-{number}").is_published
    output, _ = reader.communicate(timeout=60)
    assert reader.returncode == 0
    n_queries, n_states = map(int, output.split())
    assert n_queries > 20
    assert n_states >= 3


def test_a_second_writer_is_told_who_writes(tmp_path: Path) -> None:
    with (
        open_warehouse(tmp_path),
        pytest.raises(WarehouseBusyError, match=r"another program writes .*process \d+"),
        open_warehouse(tmp_path, wait=0.3),
    ):
        pass


def test_a_run_that_died_before_publishing_is_published_by_the_next(tmp_path: Path) -> None:
    (batch,) = make_batches(20, 20)
    with open_warehouse(tmp_path) as warehouse:
        warehouse.load([batch], "run-1")
    assert not Place(tmp_path).published.exists()
    result = load_and_publish(tmp_path, [batch], "run-2")
    assert result.is_published
    assert not result.is_change
    assert fetch(tmp_path, "select distinct run_id from raw_article")["run_id"].to_list() == ["run-1"]


def test_parquet_is_complete_and_readable_without_us(root: Path) -> None:
    with duckdb.connect(str(root / "waqai.duckdb"), read_only=True) as con:
        n_mentions = con.execute("select count(*) from core_event_mention").fetchall()[0][0]
    frame = pl.scan_parquet(root / "parquet" / "core_event_mention" / "**" / "*.parquet", hive_partitioning=True).collect()
    assert frame.height == n_mentions
    assert frame.filter(pl.col("first_day").dt.month() != pl.col("month").cast(pl.Int8)).height == 0
    assert pl.read_parquet(root / "parquet" / "core_sentence.parquet").height > n_mentions


def test_months_that_did_not_change_are_linked_not_written_again(tmp_path: Path, batches: list[dict[str, pl.DataFrame]]) -> None:
    load_and_publish(tmp_path, batches[:2], "run-1")
    months = sorted((tmp_path / "parquet" / "core_event_mention").glob("*/*/*.parquet"))
    before = {path.name: path.stat().st_ino for path in months}
    load_and_publish(tmp_path, batches[2:], "run-2")
    after = {path.name: path.stat().st_ino for path in (tmp_path / "parquet" / "core_event_mention").glob("*/*/*.parquet")}
    shared = before.keys() & after.keys()
    assert shared
    assert all(before[name] == after[name] for name in shared)
    assert before.keys() != after.keys()
