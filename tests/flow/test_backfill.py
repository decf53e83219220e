"""The flow `backfill`: processes, a Dask cluster that loses a worker, and going on after a stop."""

import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flows import batches as files
from flows.folder import Folder
from flows.server import free_port
from flows.steps import query

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = ROOT / "seeds" / "articles"
pytestmark = [pytest.mark.flow, pytest.mark.usefixtures("prefect_harness")]


def backfill(folder: Path, *paths: Path, **more: Any) -> Any:
    from flows.backfill import backfill as flow

    return flow(paths=[str(path) for path in paths], warehouse=str(folder), return_state=True, **more)


def mentions(folder: Path) -> list[dict[str, Any]]:
    return query(Folder(folder), "select * exclude (run_id) from core_event_mention order by event_mention_id")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A JSON Lines archive: the bundled articles, and 240 copies with texts of their own."""
    from tasks.ingest.read import read_paths

    articles, _ = read_paths([str(ARTICLES)])
    path = tmp_path_factory.mktemp("archive") / "archive.jsonl"
    with path.open("w", encoding="utf-8") as out:
        for copy in range(20):
            for row in articles.head(12).iter_rows(named=True):
                text = row["text"] + (f"\nنسخة رقم {copy}." if copy else "")
                record = {
                    "source": row["source"],
                    "title": row["title"],
                    "text": text,
                    "published": str(row["published_day"]),
                }
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
    return path


@pytest.fixture(scope="module")
def expected(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    folder = tmp_path_factory.mktemp("threads")
    state = backfill(folder, archive, runner="threads", workers=1, batch_size=500)
    assert state.is_completed(), state.message
    return mentions(folder)


def test_processes_give_the_same_rows(archive: Path, expected: list[dict[str, Any]], tmp_path: Path) -> None:
    state = backfill(tmp_path, archive, runner="processes", workers=2, batch_size=60)
    assert state.is_completed(), state.message
    assert state.result(raise_on_failure=False)["n_batches"] == 4
    assert mentions(tmp_path) == expected
    assert not (tmp_path / "backfill").exists()


def test_goes_on_where_it_stopped(archive: Path, expected: list[dict[str, Any]], tmp_path: Path) -> None:
    """Half of the batches are coded already, one is loaded: only the rest is done."""
    work = tmp_path / "work"
    assert backfill(tmp_path / "first", archive, runner="threads", work=str(work), batch_size=60).is_completed()
    batches = files.find_batches(str(work)) or sorted(str(path) for path in work.iterdir())
    assert len(batches) == 4
    assert all(files.is_loaded(batch) for batch in batches)
    shutil.rmtree(batches[0])
    again = backfill(tmp_path / "second", archive, runner="threads", work=str(work), batch_size=60)
    assert again.result()["n_batches"] == 1


def test_unknown_runner_is_refused(archive: Path, tmp_path: Path) -> None:
    state = backfill(tmp_path, archive, runner="cloud")
    assert state.is_failed()
    assert "threads, processes or dask" in str(state.message)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list["subprocess.Popen[bytes]"]]]:
    """A real `dask scheduler` and two `dask worker` processes, as an administrator would start them."""
    address = f"tcp://127.0.0.1:{free_port()}"
    dask = [sys.executable, "-m", "dask"]
    log = (tmp_path / "dask.log").open("wb")
    options = {"cwd": ROOT, "stdout": log, "stderr": log, "start_new_session": True}
    scheduler = subprocess.Popen([*dask, "scheduler", "--host", address, "--no-dashboard"], **options)
    place = ["--nthreads", "1", "--no-dashboard", "--local-directory", str(tmp_path), "--no-nanny"]
    workers = [subprocess.Popen([*dask, "worker", address, *place], **options) for _ in range(2)]
    yield address, workers
    for process in (*workers, scheduler):
        process.kill()
        process.wait()
    log.close()


@pytest.mark.slow
def test_dask_cluster_that_loses_a_worker_loses_and_doubles_nothing(
    cluster: tuple[str, list["subprocess.Popen[bytes]"]], archive: Path, expected: list[dict[str, Any]], tmp_path: Path
) -> None:
    import threading

    address, workers = cluster
    work = tmp_path / "work"

    def kill_one_after_the_first_batches() -> None:
        end = time.monotonic() + 120
        while time.monotonic() < end:
            if len(list(work.glob("*/done.json"))) >= 2:
                workers[0].send_signal(signal.SIGKILL)
                return
            time.sleep(0.02)

    killer = threading.Thread(target=kill_one_after_the_first_batches)
    killer.start()
    state = backfill(tmp_path / "data", archive, runner="dask", dask_address=address, work=str(work), batch_size=10)
    killer.join()
    assert state.is_completed(), state.message
    assert workers[0].wait(10) == -signal.SIGKILL, "the worker was killed in the middle"
    assert workers[1].poll() is None
    assert state.result(raise_on_failure=False)["n_batches"] == 24
    assert mentions(tmp_path / "data") == expected
