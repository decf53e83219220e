"""The flow `news` through Prefect's harness, on the bundled articles: rows, states, names, artifacts, resumption."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from flows.folder import Folder
from flows.steps import query

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = ROOT / "seeds" / "articles"
pytestmark = [pytest.mark.flow, pytest.mark.usefixtures("prefect_harness")]


def run(folder: Path, *paths: Path, **more: Any) -> Any:
    from flows.news import news

    return news(paths=[str(path) for path in paths], warehouse=str(folder), return_state=True, **more)


def mentions(folder: Path) -> list[dict[str, Any]]:
    return query(Folder(folder), "select * exclude (run_id) from core_event_mention order by event_mention_id")


def artifact_keys(flow_run_id: str) -> set[str]:
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterFlowRunId

    with get_client(sync_client=True) as client:
        found = client.read_artifacts(artifact_filter=ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[flow_run_id])))
    return {str(artifact.key) for artifact in found}


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    folder = tmp_path_factory.mktemp("news")
    return folder, run(folder, ARTICLES)


def test_run_completes_and_marks_every_row_with_its_id(coded: tuple[Path, Any]) -> None:
    folder, state = coded
    assert state.name == "Completed", state.message
    rows = query(Folder(folder), "select distinct run_id from core_event_mention")
    assert [row["run_id"] for row in rows] == [str(state.state_details.flow_run_id)]
    assert query(Folder(folder), "select count(*) as n from core_event_mention")[0]["n"] > 20


def test_articles_in_are_coded_empty_or_quarantined(coded: tuple[Path, Any]) -> None:
    folder, state = coded
    n_files = len(list(ARTICLES.glob("*.txt")))
    n_stored = query(Folder(folder), "select count(*) as n from raw_article")[0]["n"]
    n_refused = query(Folder(folder), "select count(distinct article_ref) as n from core_quarantine where step = 'ingest'")[0]["n"]
    assert n_stored + n_refused == n_files
    assert state.result(raise_on_failure=False)["n_read"] == n_stored


def test_artifacts_have_stable_keys(coded: tuple[Path, Any]) -> None:
    keys = artifact_keys(str(coded[1].state_details.flow_run_id))
    assert keys == {"waqai-summary", "waqai-newest-events", "waqai-quarantine", "waqai-quality"}


def test_second_run_has_nothing_new_and_adds_no_row(coded: tuple[Path, Any]) -> None:
    folder, _ = coded
    before = mentions(folder)
    state = run(folder, ARTICLES)
    assert state.name == "Nothing new"
    assert mentions(folder) == before


def test_order_of_files_and_size_of_batches_change_nothing(coded: tuple[Path, Any], tmp_path: Path) -> None:
    files = sorted(ARTICLES.glob("*.txt"), reverse=True)
    state = run(tmp_path, *files, batch_size=3)
    assert state.name == "Completed"
    assert mentions(tmp_path) == mentions(coded[0])


def test_unreadable_input_is_a_failure_with_reasons(tmp_path: Path) -> None:
    bad = tmp_path / "in"
    bad.mkdir()
    (bad / "a.txt").write_bytes(b"\x00\x01\x02" * 50)
    (bad / "b.json").write_text("{not json", encoding="utf-8")
    state = run(tmp_path / "data", bad)
    assert state.is_failed()
    assert state.name == "Nothing worked"
    assert state.result(raise_on_failure=False)["quarantine"]


def test_good_neighbours_of_bad_files_are_coded(tmp_path: Path) -> None:
    mixed = tmp_path / "in"
    mixed.mkdir()
    shutil.copy(sorted(ARTICLES.glob("*.txt"))[0], mixed)
    (mixed / "bad.json").write_text("{not json", encoding="utf-8")
    state = run(tmp_path / "data", mixed)
    assert state.is_completed()
    assert state.result(raise_on_failure=False)["n_new"] == 1
    assert sum(state.result(raise_on_failure=False)["quarantine"].values()) == 1


def killed(data: Path, patch: str, word: str) -> None:
    """Run the chain in a process of its own, with `patch` in place, and kill it when it prints `word`."""
    script = (
        f"import time\n{patch}\n"
        "from flows.cli.run import run_paths\nfrom pathlib import Path\n"
        f"run_paths([{str(ARTICLES)!r}], Path({str(data)!r}), plain=True, batch_size=5, limit=0)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline().strip() == word
        os.kill(process.pid, signal.SIGKILL)


WHILE_CODING = """
import flows.batches as module
whole = module.code_batch
def slow(batch):
    counts = whole(batch)
    print("coded", flush=True)
    time.sleep(60)
    return counts
module.code_batch = slow
"""
WHILE_LOADING = """
import tasks.load.batch as module
whole, times = module.insert, []
def slow(con, table, frame):
    whole(con, table, frame)
    times.append(table.name)
    if len(times) == 4:
        print("loading", flush=True)
        time.sleep(60)
module.insert = slow
"""
BEFORE_PUBLISHING = """
import tasks.load.publish as module
def slow(con, place, state):
    print("publishing", flush=True)
    time.sleep(60)
module.publish = slow
"""


@pytest.mark.parametrize(
    ("patch", "word"),
    [(WHILE_CODING, "coded"), (WHILE_LOADING, "loading"), (BEFORE_PUBLISHING, "publishing")],
    ids=["coding", "loading", "publishing"],
)
def test_a_run_that_was_killed_is_finished_by_the_next_one(patch: str, word: str, tmp_path: Path, coded: tuple[Path, Any]) -> None:
    """SIGKILL at three moments: nothing is lost, nothing is doubled, the next run says that it resumed."""
    data = tmp_path / "data"
    killed(data, patch, word)
    assert not (data / "waqai.duckdb").exists(), "half of a run is never published"
    state = run(data, sorted(ARTICLES.glob("*.txt"))[0])
    assert state.is_completed(), state.message
    assert state.result(raise_on_failure=False)["n_resumed"] >= 2
    assert mentions(data) == mentions(coded[0])
    assert not list((data / "staging").iterdir()), "nothing is left behind"


def test_failure_says_what_to_do(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    locked = tmp_path / "data"
    locked.write_text("a file where the data folder should be", encoding="utf-8")
    with caplog.at_level("ERROR"):
        state = run(locked, ARTICLES)
    assert state.is_failed()
    assert "What to do: " in caplog.text


def test_a_full_disk_publishes_nothing_and_the_next_run_goes_on(tmp_path: Path, coded: tuple[Path, Any]) -> None:
    """A limit on the size of files stands for the full disk: the load fails with one line, nothing is half there."""
    data = tmp_path / "data"
    script = (
        "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))\n"
        f"import sys\nsys.argv = ['waqai', 'run', {str(ARTICLES)!r}, '--plain', '--warehouse', {str(data)!r}]\n"
        "from flows.cli import main\nmain()\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout
    assert "waqai: " in done.stderr
    assert "Traceback" not in done.stderr
    assert not (data / "waqai.duckdb").exists()
    state = run(data, sorted(ARTICLES.glob("*.txt"))[0])
    assert state.is_completed(), state.message
    assert mentions(data) == mentions(coded[0])


def test_two_runs_at_once_end_with_the_rows_of_both(tmp_path: Path, coded: tuple[Path, Any]) -> None:
    data = tmp_path / "data"
    halves = sorted(ARTICLES.glob("*.txt"))
    command = [sys.executable, "-m", "flows.cli", "run", "--plain", "--limit", "0", "--warehouse", str(data)]
    runs = [
        subprocess.Popen([*command, *map(str, part)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for part in (halves[:8], halves[5:])
    ]
    outputs = [process.communicate(timeout=120)[0] for process in runs]
    assert [process.returncode for process in runs] == [0, 0], outputs
    assert mentions(data) == mentions(coded[0])
