"""The flows that look after a warehouse: recode, evaluate, maintenance."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from flows.folder import Folder
from flows.steps import query

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = ROOT / "seeds" / "articles"
pytestmark = [pytest.mark.flow, pytest.mark.usefixtures("prefect_harness")]


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from flows.cli.run import run_plainly

    folder = Folder(tmp_path_factory.mktemp("coded"))
    run_plainly([str(ARTICLES)], folder, 500)
    return folder.root


@pytest.fixture
def data(coded: Path, tmp_path: Path) -> Path:
    shutil.copytree(coded, tmp_path / "data", symlinks=True)
    return tmp_path / "data"


def mentions(folder: Path) -> list[dict[str, Any]]:
    names = "* exclude (run_id, lexicon_version)"
    return query(Folder(folder), f"select {names} from core_event_mention order by event_mention_id")


def recode(folder: Path, **more: Any) -> Any:
    from flows.recode import recode as flow

    return flow(warehouse=str(folder), return_state=True, **more)


def test_recode_with_the_same_lexicon_has_nothing_to_do(data: Path) -> None:
    state = recode(data)
    assert state.is_completed(), state.message
    assert str(state.message).startswith("0 articles")


def test_recode_of_everything_changes_nothing_and_is_the_same_again(data: Path) -> None:
    before = mentions(data)
    state = recode(data, everything=True, batch_size=4)
    assert state.result()["counts"] == {}
    assert mentions(data) == before


def test_recode_after_a_lexicon_change_reports_and_loads_it(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lexicon under which every second event is gone: the report counts them, a dry run changes nothing."""
    import polars as pl

    import flows.batches
    import flows.chain
    import flows.recode
    import tasks.load.warehouse

    real = flows.chain.extract_events

    def forgetful(*frames: pl.DataFrame) -> tuple[pl.DataFrame, ...]:
        actors, events, refused = real(*frames)
        return actors, events.sort("event_mention_id").gather_every(2), refused

    monkeypatch.setattr(flows.chain, "extract_events", forgetful)
    for module in (flows.batches, flows.recode, tasks.load.warehouse):
        monkeypatch.setattr(module, "lexicon_version", lambda: "another")
    before = mentions(data)
    dry = recode(data, dry_run=True)
    assert mentions(data) == before
    gone = sum(1 for _ in before) - (len(before) + 1) // 2
    counts = dry.result()["counts"]
    assert counts.get("gone", 0) + counts.get("changed", 0) > 0
    assert recode(data).result()["counts"] == counts
    assert len(mentions(data)) == len(before) - gone
    assert query(Folder(data), "select distinct lexicon_version as v from raw_article") == [{"v": "another"}]


def gold_file(folder: Path, text: str, code: str) -> Path:
    actor = {"text": "روسيا", "country": "RUS", "roles": []}
    event = {"sent": 0, "trigger": "x", "code": code, "source": actor, "target": None, "date": "2022-10-23", "date_end": None}
    path = folder / "gold.jsonl"
    record = {"id": "a", "published": "2022-10-23", "sentences": [text], "events": [event]}
    path.write_text(json.dumps(record, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def test_evaluate_keeps_scores_and_fails_under_a_floor(tmp_path: Path) -> None:
    from flows.evaluate import evaluate

    gold = gold_file(tmp_path, "كان الطقس جميلا في المدينة.", "190")
    passed = evaluate([str(gold)], warehouse=str(tmp_path / "data"), return_state=True)
    assert passed.is_completed()
    failed = evaluate([str(gold)], floors={"root": 0.5}, warehouse=str(tmp_path / "data"), return_state=True)
    assert failed.is_failed()
    assert "root 0.000 < 0.500" in str(failed.message)
    kept = (tmp_path / "data" / "evaluations.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["root"] for line in kept] == [0, 0]


def test_evaluate_refuses_a_floor_for_no_score(tmp_path: Path) -> None:
    from flows.evaluate import evaluate

    gold = gold_file(tmp_path, "كان الطقس جميلا.", "190")
    state = evaluate([str(gold)], floors={"rooot": 0.5}, warehouse=str(tmp_path), return_state=True)
    assert state.is_failed()
    assert "no such score: rooot" in str(state.message)


def test_maintenance_checks_publishes_and_reports(data: Path) -> None:
    from flows.maintenance import maintenance

    state = maintenance(warehouse=str(data), return_state=True)
    assert state.is_completed(), state.message
    assert "checks" in str(state.message)
    assert (data / "report.html").stat().st_size > 1000


def test_maintenance_without_a_warehouse_is_no_failure(tmp_path: Path) -> None:
    from flows.maintenance import maintenance

    assert maintenance(warehouse=str(tmp_path), return_state=True).name == "Nothing new"
