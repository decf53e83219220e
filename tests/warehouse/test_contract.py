"""Declarations: DDL, comments, frames; CAMEO facts; the pages made from them."""

from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from schemas import contract
from schemas.cameo import cameo_code, cameo_codes
from schemas.errors import ContractError
from schemas.tables import ALL, CORE_EVENT_MENTION, CORE_SENTENCE, RAW_ARTICLE
from warehouse.dictionary import DOCS, PAGES, empty_warehouse
from warehouse.runner import FOLDER, Query, in_order, queries

SENTENCE = {"sentence_id": "a-0", "article_id": "a", "position": 0, "start": 0, "end": 3, "text": "قال", "is_title": False}


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)
def test_the_ddl_makes_the_declared_columns_with_comments(table: contract.Table) -> None:
    con = duckdb.connect()
    con.execute(table.ddl())
    for statement in table.comments():
        con.execute(statement)
    rows = con.execute(
        "select column_name, data_type, is_nullable, comment from duckdb_columns() where not internal order by column_index"
    ).fetchall()
    assert [(name, kind, nullable) for name, kind, nullable, _ in rows] == [
        (c.name, c.sql_type, not c.is_required) for c in table.columns
    ]
    assert all(comment for *_, comment in rows)
    assert set(table.key) <= set(table.names)


def test_references_point_to_columns_that_exist() -> None:
    known = {f"{table.name}.{name}" for table in ALL for name in table.names}
    wrong = [(t.name, c.name) for t in ALL for c in t.columns if c.references and c.references not in known]
    assert wrong == []


def test_a_frame_of_rows_has_every_column_and_null_for_what_is_not_said() -> None:
    frame = CORE_EVENT_MENTION.frame([{"article_id": "a", "first_day": date(2022, 10, 23)}])
    assert frame.columns == CORE_EVENT_MENTION.names
    assert frame["code"].to_list() == [None]
    with pytest.raises(ContractError, match="no such column: sorce_text"):
        CORE_EVENT_MENTION.frame([{"sorce_text": "x"}])


def test_conform_names_every_problem() -> None:
    good = CORE_SENTENCE.frame([SENTENCE])
    with pytest.raises(ContractError, match=r"no such column: extra; column text is absent"):
        CORE_SENTENCE.conform(good.drop("text").with_columns(extra=pl.lit(1)))
    with pytest.raises(ContractError, match="does not fit its type"):
        CORE_SENTENCE.conform(good.with_columns(start=pl.lit("first")))
    assert CORE_SENTENCE.conform(good.select(reversed(good.columns))).equals(good)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"text": None}, "1 rows have no text"),
        ({}, r"1 rows repeat the key \(sentence_id\)"),
    ],
)
def test_checked_refuses_bad_rows(change: dict[str, object], problem: str) -> None:
    rows = [SENTENCE, {**SENTENCE, **({"sentence_id": "a-1", **change} if change else {})}]
    with pytest.raises(ContractError, match=problem):
        CORE_SENTENCE.checked(CORE_SENTENCE.frame(rows))


def test_values_outside_a_closed_list_are_named() -> None:
    frame = CORE_EVENT_MENTION.frame([{"polarity": "perhaps"}])
    assert "polarity has perhaps: allowed are asserted, negated" in CORE_EVENT_MENTION.problems(frame)


def test_comments_survive_quotes() -> None:
    table = contract.Table("t", "One row per 'thing'", ("a",), (contract.text("a", 'It\'s a "name"; drop table t'),))
    con = duckdb.connect()
    for statement in (table.ddl(), *table.comments()):
        con.execute(statement)
    assert con.execute("select comment from duckdb_columns() where not internal").fetchall() == [('It\'s a "name"; drop table t',)]


def test_cameo_has_316_codes_in_the_numbering_of_the_manual() -> None:
    codes = cameo_codes()
    assert len(codes) == 316
    assert [sum(len(code) == n for code in codes) for n in (2, 3, 4)] == [20, 149, 147]
    assert codes["016"].goldstein == -5  # "deny responsibility"; an older numbering has +3.4 and another meaning here
    assert codes["057"].quad_class == 1
    assert {codes[c].quad_class for c in ("06", "08")} == {2}
    assert {codes[c].quad_class for c in ("09", "13")} == {3}
    assert {codes[c].quad_class for c in ("14", "20")} == {4}
    assert all(code.root in codes and code.code.startswith(code.root) for code in codes.values())
    assert not codes["010"].plover_type
    assert codes["1952"].plover_type == "ASSAULT"


def test_a_lost_zero_is_explained() -> None:
    with pytest.raises(KeyError, match="did a spreadsheet drop the zero of 057"):
        cameo_code("57")


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_fresh(page: str) -> None:
    """When this fails: python -m warehouse.dictionary."""
    assert (DOCS / page).read_text(encoding="utf-8") == PAGES[page]()


def test_sql_files_say_what_they_give_and_are_one_select() -> None:
    for path in sorted(FOLDER.glob("*/*.sql")):
        if path.parent.name == "migrations":
            continue
        sql = path.read_text(encoding="utf-8")
        assert sql.startswith("-- "), path.name
        assert len(sql.splitlines()) <= 110, path.name
        assert len(duckdb.connect().extract_statements(sql)) == 1, path.name


def test_marts_have_their_declared_columns() -> None:
    with empty_warehouse() as con:
        for query in in_order(queries("marts")):
            described = con.execute(f"describe {query.sql}").fetchall()
            declared = next(table for table in ALL if table.name == query.name)
            assert [(name, kind) for name, kind, *_ in described] == [(c.name, c.sql_type) for c in declared.columns], query.name


def test_queries_run_after_those_they_use() -> None:
    found = {name: Query(name, "", sql) for name, sql in {"a": "select * from b", "b": "select * from c", "c": "select 1"}.items()}
    assert [query.name for query in in_order(found)] == ["c", "b", "a"]
    with pytest.raises(ValueError, match="use each other: a, b"):
        in_order({"a": found["a"], "b": Query("b", "", "select * from a")})


def test_the_text_of_an_article_is_required() -> None:
    assert {c.name for c in RAW_ARTICLE.columns if c.is_required} == {"article_id", "source", "text"}
    assert (Path(FOLDER) / "migrations").is_dir()
