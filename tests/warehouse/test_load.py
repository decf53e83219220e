"""Loading: idempotent, order-independent, transactional; recoding; versions of the layout."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from schemas.errors import CheckFailedError, ContractError, WarehouseVersionError
from schemas.tables import STAGED
from tasks.load import layout
from tasks.load.warehouse import Warehouse, load_and_publish, open_warehouse
from tests.warehouse.conftest import Frames, Writer
from warehouse.query import fetch

TABLES = (
    "raw_article",
    "core_sentence",
    "core_actor_mention",
    "core_event_mention",
    "core_event",
    "core_article_copy",
    "mart_dyad_day",
)
BY_RUN = ("run_id", "loaded_at")


def rows(root: Path, table: str) -> list[tuple[Any, ...]]:
    frame = fetch(root, f"select * from {table}")
    return sorted(frame.drop(name for name in BY_RUN if name in frame.columns).rows(), key=str)


def test_loading_twice_changes_nothing(root: Path, batches: list[Frames], tmp_path: Path) -> None:
    first = load_and_publish(tmp_path, batches, "run-1")
    assert first.n_articles == 60
    before = {table: fetch(tmp_path, f"select * from {table}").rows() for table in TABLES}
    again = load_and_publish(tmp_path, batches, "run-2")
    assert not again.is_change
    assert again.n_known == first.n_articles
    assert not again.is_published
    assert {table: fetch(tmp_path, f"select * from {table}").rows() for table in TABLES} == before
    assert fetch(tmp_path, "select run_id from run_log")["run_id"].to_list() == ["run-1"]


def test_the_order_of_loading_does_not_matter(root: Path, batches: list[Frames], tmp_path: Path) -> None:
    rng = random.Random(3)
    for number, batch in enumerate(rng.sample(batches, len(batches))):
        shuffled = {name: frame.sample(fraction=1, shuffle=True, seed=number) for name, frame in batch.items()}
        load_and_publish(tmp_path, [shuffled], f"run-{number}")
    for table in TABLES:
        assert rows(tmp_path, table) == rows(root, table), table


def test_rows_that_repeat_inside_a_batch_are_loaded_once(batches: list[Frames], tmp_path: Path) -> None:
    doubled = {name: pl.concat([frame, frame]) for name, frame in batches[0].items()}
    result = load_and_publish(tmp_path, [doubled, batches[0]], "run-1")
    assert result.n_event_mentions == 5 * result.n_articles
    assert rows(tmp_path, "core_event_mention") == rows(tmp_path, "(select distinct * from core_event_mention)")


def test_rows_of_articles_that_are_not_there_are_refused(batches: list[Frames], tmp_path: Path) -> None:
    orphans = {**batches[0], "articles": batches[0]["articles"].slice(3)}
    with pytest.raises(ContractError, match=r"core_sentence: 18 rows of articles that are not in the batch"):
        load_and_publish(tmp_path, [orphans], "run-1")
    with pytest.raises(ContractError, match="no such frame: event"):
        load_and_publish(tmp_path, [{"event": batches[0]["events"]}], "run-1")


BAD: dict[str, tuple[str, Callable[[pl.DataFrame], pl.DataFrame]]] = {
    "offsets_outside_article": ("events", lambda f: f.with_columns(target_end=pl.lit(100_000, pl.Int32))),
    "words_not_in_article": ("events", lambda f: f.with_columns(trigger_text=pl.lit("شيء آخر"))),
    "codes_outside_cameo": ("events", lambda f: f.with_columns(code=pl.lit("57"))),
    "inverted_days": ("events", lambda f: f.with_columns(last_day=pl.col("first_day").dt.offset_by("-1d"))),
}


@pytest.mark.parametrize("check", BAD)
def test_an_article_with_bad_rows_goes_to_quarantine_alone(check: str, batches: list[Frames], tmp_path: Path) -> None:
    name, spoil = BAD[check]
    frame = batches[1][name]
    victim = frame["article_id"][0]
    spoiled = pl.concat([spoil(frame.filter(article_id=victim)), frame.filter(pl.col("article_id") != victim)])
    result = load_and_publish(tmp_path, [{**batches[1], name: spoiled}], "run-1")
    assert (result.n_articles, result.n_event_mentions, result.n_quarantined) == (20, 95, 1)
    (row,) = fetch(tmp_path, "select article_ref, step, reason_code, reason from core_quarantine").rows()
    assert row[:3] == (victim, "load", check)
    assert row[3].endswith("a fault of the coder: report it with the article")
    assert fetch(tmp_path, "select * from core_sentence where article_id = ?", [victim]).height == 0


SPOIL = {
    "codes_outside_cameo": "update core_event_mention set code = '57'",
    "orphan_rows": "delete from raw_article where article_id = (select min(article_id) from raw_article)",
    "repeated_keys": "insert into core_sentence from core_sentence limit 1",
}


@pytest.mark.parametrize("check", SPOIL)
def test_a_blocking_check_keeps_everything_as_it_was(check: str, batches: list[Frames], tmp_path: Path) -> None:
    load_and_publish(tmp_path, batches[:1], "run-1")
    before = {table: rows(tmp_path, table) for table in TABLES}
    with open_warehouse(tmp_path) as warehouse:
        warehouse.con.execute(SPOIL[check])
        with pytest.raises(CheckFailedError, match=f"the warehouse is as it was: .*{check}: ") as caught:
            warehouse.load(batches[1:], "run-2")
        assert caught.value.failed[check] > 0
        assert warehouse.con.execute("select count(*) from run_log").fetchall() == [(1,)]
    assert {table: rows(tmp_path, table) for table in TABLES} == before


def test_warnings_do_not_stop(writer: Writer, load: Callable[..., Path]) -> None:
    article = writer.article("a", "s", None, "زار الرئيس باريس")
    for code in ("042", "040", "041"):
        writer.event(article, "زار", code, "ZZZ:GOV", "ZZZ:GOV")
    root = load(writer.frames())
    with open_warehouse(root) as warehouse:
        found = {check.name: check.n_bad for check in warehouse.run_checks() if check.n_bad}
    assert found == {"articles_without_day": 1, "self_dyads": 3, "unknown_countries": 1}


def test_coding_again_under_another_lexicon_replaces_the_rows_of_the_article(
    writer: Writer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    article = writer.article("a", "s", "2022-10-23", "زار الرئيس باريس وانتقد الاتفاق")
    writer.event(article, "زار", "042", "EGY:GOV", "FRA")
    writer.event(article, "انتقد", "111", "EGY:GOV")
    frames = writer.frames()
    load_and_publish(tmp_path, [frames], "run-1")
    fewer = {**frames, "events": frames["events"].head(1).with_columns(code=pl.lit("043"), event_mention_id=pl.lit("new"))}
    fewer["events"] = fewer["events"].with_columns(goldstein=pl.lit(2.8))
    assert not load_and_publish(tmp_path, [fewer], "run-2").is_change, "the same lexicon: left alone"
    result = load_and_publish(tmp_path, [fewer], "run-3", replace=True)
    assert (result.n_recoded, result.n_event_mentions, result.n_gone) == (1, 1, 2)
    assert fetch(tmp_path, "select event_mention_id, code, run_id from core_event_mention").rows() == [("new", "043", "run-3")]
    with open_warehouse(tmp_path) as warehouse:
        other = warehouse.load([frames], "run-4", lexicon="another")
    assert (other.n_recoded, other.n_event_mentions, other.n_gone) == (1, 2, 1)


def test_what_was_refused_is_kept_once_and_goes_when_the_article_is_coded(writer: Writer, tmp_path: Path) -> None:
    writer.article("a", "s", "2022-10-23", "نص")
    refused = {"quarantine_id": "q", "article_ref": "a", "step": "extract", "reason_code": "error", "reason": "x"}
    frames = {**writer.frames(), "quarantine": STAGED["quarantine"].frame([refused])}
    for number in range(2):
        load_and_publish(tmp_path, [frames], f"run-{number}")
    assert fetch(tmp_path, "select quarantine_id, run_id from core_quarantine").rows() == [("q", "run-0")]
    load_and_publish(tmp_path, [writer.frames()], "run-2", replace=True)
    assert fetch(tmp_path, "select * from core_quarantine").height == 0


def test_an_older_file_gets_new_columns_and_keeps_its_rows(batches: list[Frames], tmp_path: Path) -> None:
    load_and_publish(tmp_path, batches[:1], "run-1")
    with duckdb.connect(str(tmp_path / "private" / "warehouse.duckdb")) as con:
        n_rows = con.execute("select count(*) from raw_article").fetchall()[0][0]
        con.execute("alter table raw_article drop column payload_ref")
        con.execute("drop table core_quarantine")
    result = load_and_publish(tmp_path, batches[1:], "run-2")
    assert result.upgraded == ["added raw_article.payload_ref", "made core_quarantine"]
    assert fetch(tmp_path, "select count(*) as n, count(payload_ref) as p from raw_article").row(0) == (
        n_rows + result.n_articles,
        0,
    )


def test_migrations_run_once_and_in_order(batches: list[Frames], tmp_path: Path) -> None:
    load_and_publish(tmp_path / "data", batches[:1], "run-1")
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "002_lower.sql").write_text("update raw_article set source = 'two-' || source")
    (folder / "010_upper.sql").write_text("update raw_article set source = 'ten-' || source")
    with open_warehouse(tmp_path / "data") as warehouse:
        assert layout.prepare(warehouse.con, folder) == ["migration 002_lower", "migration 010_upper"]
        assert layout.prepare(warehouse.con, folder) == []
        sources = warehouse.con.execute("select distinct left(source, 8) from raw_article").fetchall()
        assert sources == [("ten-two-",)]
    with (
        pytest.raises(WarehouseVersionError, match="has layout 10; this waqai knows layouts up to 1"),
        open_warehouse(tmp_path / "data"),
    ):
        pass


def test_a_migration_that_fails_changes_nothing(batches: list[Frames], tmp_path: Path) -> None:
    load_and_publish(tmp_path / "data", batches[:1], "run-1")
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "002_half.sql").write_text("update raw_article set source = 'x'; select no_such_function()")
    with open_warehouse(tmp_path / "data") as warehouse:
        with pytest.raises(duckdb.Error):
            layout.prepare(warehouse.con, folder)
        assert warehouse.con.execute("select count(*) from raw_article where source = 'x'").fetchall() == [(0,)]
        assert layout.file_version(warehouse.con) == 1


def test_a_file_that_is_no_warehouse_is_refused(tmp_path: Path) -> None:
    for name, storage in (("old", "v1.4.0"), ("new", "latest")):
        (tmp_path / name / "private").mkdir(parents=True)
        with duckdb.connect() as con:
            con.execute(f"attach '{tmp_path / name / 'private' / 'warehouse.duckdb'}' as other (storage_version '{storage}')")
            con.execute("create table other.holidays (day date)")
    with pytest.raises(WarehouseVersionError, match="holds holidays but no table schema_version"), open_warehouse(tmp_path / "old"):
        pass
    with pytest.raises(WarehouseVersionError, match="Move it away or choose another folder"), open_warehouse(tmp_path / "new"):
        pass
    (tmp_path / "old" / "private" / "warehouse.duckdb").write_bytes(b"no database" * 1000)
    with pytest.raises(WarehouseVersionError, match="is no DuckDB file"), open_warehouse(tmp_path / "old"):
        pass


def test_a_column_of_another_type_is_refused(batches: list[Frames], tmp_path: Path) -> None:
    load_and_publish(tmp_path, batches[:1], "run-1")
    with duckdb.connect(str(tmp_path / "private" / "warehouse.duckdb")) as con:
        con.execute("alter table core_sentence alter position type varchar")
    with pytest.raises(WarehouseVersionError, match=r"core_sentence.position is VARCHAR in this file"), open_warehouse(tmp_path):
        pass


def test_a_long_backfill_loads_in_parts_and_finishes_once(batches: list[Frames], root: Path, tmp_path: Path) -> None:
    def part(warehouse: Warehouse, number: int) -> None:
        warehouse.load([batches[number]], "run-1", is_last=False)
        assert warehouse.state("built_load") == ""

    for number in range(len(batches)):
        with open_warehouse(tmp_path) as warehouse:
            part(warehouse, number)
            assert not warehouse.publish()
    with open_warehouse(tmp_path) as warehouse:
        assert warehouse.finish("run-1").n_events > 0
        assert warehouse.publish()
    assert rows(tmp_path, "core_event") == rows(root, "core_event")


def test_an_archive_goes_in_by_parts_and_a_load_that_died_goes_on(
    batches: list[Frames], root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tasks.load.warehouse.PART", 20)
    monkeypatch.setattr("tasks.load.warehouse.GROUP", 20)

    def dies() -> Iterator[Frames]:
        yield from batches[:2]
        raise OSError("the network is gone")

    with pytest.raises(OSError, match="the network is gone"):
        load_and_publish(tmp_path, dies(), "run-1")
    assert not (tmp_path / "waqai.duckdb").exists(), "half an archive is not published"
    result = load_and_publish(tmp_path, batches, "run-2")
    assert (result.n_articles, result.n_known, result.is_published) == (20, 40, True)
    logged = fetch(tmp_path, "select load_number, run_id, n_articles from run_log order by 1").rows()
    assert logged == [(1, "run-1", 20), (2, "run-1", 20), (3, "run-2", 20)]
    assert rows(tmp_path, "core_event") == rows(root, "core_event")


def test_checks_of_words_read_new_articles_in_a_run_and_all_of_them_on_demand(batches: list[Frames], tmp_path: Path) -> None:
    load_and_publish(tmp_path, batches[:1], "run-1")
    with open_warehouse(tmp_path) as warehouse:
        warehouse.con.execute("update core_event_mention set target_end = 100000, trigger_text = 'x'")
        found = {check.name: check.n_bad for check in warehouse.run_checks() if check.severity == "blocking" and check.n_bad}
        assert found == {"offsets_outside_article": 100, "words_not_in_article": 100}
        result = warehouse.load(batches[1:], "run-2")
        assert {check.name: check.n_bad for check in result.checks if check.n_bad} == {}
