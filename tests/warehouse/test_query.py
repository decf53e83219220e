"""Queries, exports and the cookbook; text from outside in files."""

import csv
import io
import json
import re
import subprocess
import venv
from collections.abc import Callable
from pathlib import Path

import duckdb
import polars as pl
import pytest

from schemas.errors import QueryError, WarehouseError
from tests.warehouse.conftest import Writer
from warehouse.dictionary import DOCS
from warehouse.export import export, export_frame, export_names
from warehouse.query import as_text, cookbook, fetch, open_published, recipe, run_sql, write

GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
ACTOR = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code", "Type2Code",
         "Type3Code")  # fmt: skip
SIDE = ("{0} Name", "{0} Country", "{0} COW", "Primary {0} Sector", "{0} Sectors", "{0} Title", "{0} Name Raw", "Wikipedia {0} ID")
# The published lists: GDELT 2.0 event codebook; ICEWS coded event data read-me; Phoenix pipeline output; POLECAT codebook.
PUBLISHED = {
    "gdelt": [
        "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
        *(f"Actor1{name}" for name in ACTOR), *(f"Actor2{name}" for name in ACTOR),
        "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions", "NumSources",
        "NumArticles", "AvgTone", *(f"{who}Geo_{name}" for who in ("Actor1", "Actor2", "Action") for name in GEO),
        "DATEADDED", "SOURCEURL",
    ],
    "icews": [
        "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code", "Intensity",
        "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City", "District",
        "Province", "Country", "Latitude", "Longitude",
    ],
    "phoenix": [
        "event_id_version", "date", "year", "month", "day", "source", "source_root", "source_agent", "source_others", "target",
        "target_root", "target_agent", "target_others", "code", "root_code", "quad_class", "goldstein", "issues", "lat", "lon",
        "place", "state", "country", "sentence_ids", "urls", "sources",
    ],
    "plover": [
        "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
        *(name.format("Actor") for name in SIDE), *(name.format("Recipient") for name in SIDE),
        "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
        "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language",
        "Version",
    ],
}  # fmt: skip
WIDTH = {"gdelt": 61, "icews": 20, "phoenix": 26, "plover": 40}
HOSTILE = [
    "<script>alert(1)</script>",
    "'; DROP TABLE raw_article; --",
    '=cmd|"/c calc"!A1',
    "+1+1",
    "@SUM(A1)",
    "-2+3",
    "\u202eمقلوب\u202c",
    "صفر\x00صفر",
    'سطر\tجدول "اقتباس", فاصلة',
]


@pytest.mark.parametrize("name", PUBLISHED)
def test_exports_have_the_published_columns(root: Path, name: str) -> None:
    frame = export_frame(root, name)
    assert frame.columns == PUBLISHED[name]
    assert len(frame.columns) == WIDTH[name]
    assert frame.height > 0


def test_types_are_those_of_the_projects(root: Path) -> None:
    gdelt = export_frame(root, "gdelt").schema
    whole = {"GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "IsRootEvent", "QuadClass", "NumMentions", "NumSources",
             "NumArticles", "Actor1Geo_Type", "Actor2Geo_Type", "ActionGeo_Type", "DATEADDED"}  # fmt: skip
    broken = {name for name in gdelt if name.endswith(("_Lat", "_Long"))} | {"FractionDate", "GoldsteinScale", "AvgTone"}
    assert {name for name, kind in gdelt.items() if kind.is_integer()} == whole
    assert {name for name, kind in gdelt.items() if kind.is_float()} == broken
    assert all(kind == pl.String for name, kind in gdelt.items() if name not in whole | broken)
    icews = export_frame(root, "icews").schema
    assert (icews["Event ID"], icews["Event Date"], icews["CAMEO Code"]) == (pl.Int64, pl.Date, pl.String)
    assert all(kind == pl.String for kind in list(export_frame(root, "phoenix").schema.values())[:5])
    assert export_frame(root, "plover").schema["Quad Code"] == pl.Int32


def test_rows_of_an_export_say_what_the_event_says(writer: Writer, load: Callable[..., Path]) -> None:
    article = writer.article("a", "one", "2022-10-23", "أجرى وزير الدفاع الروسي محادثات مع نظيره الفرنسي في جنيف")
    place = {"place_text": "جنيف", "place_country": "FRA", "place_lat": 46.2, "place_lon": 6.1}
    writer.event(article, "محادثات", "041", "RUS:GOV;MIL", "FRA:GOV;MIL", **place)
    writer.event(article, "أجرى", "010", "RUS:GOV", polarity="negated")
    root = load(writer.frames())
    (gdelt,) = export_frame(root, "gdelt").rows(named=True)
    assert (gdelt["SQLDATE"], gdelt["EventCode"], gdelt["EventBaseCode"], gdelt["EventRootCode"]) == (20221023, "041", "041", "04")
    assert (gdelt["Actor1Code"], gdelt["Actor1Type1Code"], gdelt["Actor1Type2Code"], gdelt["Actor1Type3Code"]) == (
        "RUSGOVMIL", "GOV", "MIL", None)  # fmt: skip
    assert (gdelt["ActionGeo_CountryCode"], gdelt["ActionGeo_Lat"], gdelt["AvgTone"]) == ("FR", 46.2, None)
    (icews,) = export_frame(root, "icews").rows(named=True)
    assert (icews["Source Sectors"], icews["Source Country"], icews["Sentence Number"]) == ("Government, Military", "Russia", 1)
    (phoenix,) = export_frame(root, "phoenix").rows(named=True)
    assert (phoenix["source_root"], phoenix["source_agent"], phoenix["source_others"]) == ("RUS", "GOV", "MIL")
    (plover,) = export_frame(root, "plover").rows(named=True)
    assert (plover["Event Type"], plover["Quad Code"], plover["Actor COW"], plover["Recipient COW"]) == ("CONSULT", 1, 365, 220)


@pytest.mark.parametrize("name", export_names())
@pytest.mark.parametrize("ending", ["csv", "tsv", "parquet"])
def test_export_files_come_back_the_same(root: Path, tmp_path: Path, name: str, ending: str) -> None:
    path, n_rows = export(root, name, tmp_path / f"{name}.{ending}")
    if ending == "parquet":
        assert pl.read_parquet(path).equals(export_frame(root, name))
        return
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="," if ending == "csv" else "\t"))
    assert rows[0] == PUBLISHED[name]
    assert len(rows) == n_rows + 1
    assert {len(row) for row in rows} == {WIDTH[name]}


def test_unknown_names_are_told() -> None:
    with pytest.raises(QueryError, match="there is no export 'gdlet'; there are gdelt, icews, phoenix, plover"):
        export_frame("nowhere", "gdlet")
    with pytest.raises(WarehouseError, match="run `waqai run seeds/articles` first"):
        fetch("nowhere", "select 1")


@pytest.mark.parametrize("name", cookbook())
def test_every_query_of_the_cookbook_runs(root: Path, name: str) -> None:
    query = recipe(name)
    assert query.title
    frame = fetch(root, query.sql)
    assert frame.columns


def test_the_cookbook_has_what_was_promised(root: Path) -> None:
    assert len(cookbook()) >= 25
    assert recipe("13") is recipe("panel_dyad_month")
    panel = fetch(root, recipe("panel_dyad_month").sql)
    months = panel["month"].n_unique()
    assert panel.height == panel.select("source_country", "target_country").n_unique() * months, "no dyad misses a month"
    with pytest.raises(QueryError, match="more than one query of the cookbook is called 'panel'"):
        recipe("panel")


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        ("select 1; drop table raw_article", "one query at a time"),
        ("delete from raw_article", "read only"),
        ("copy raw_article to 'stolen.csv'", "may only read the warehouse"),
        ("select * from read_csv('/etc/passwd')", "may only read the warehouse"),
        ("attach 'other.duckdb'", "may only read the warehouse"),
        ("set enable_external_access = true", "locked"),
        ("select * from mart_events", r"(?s)does not exist.*tables for people: .*mart_event"),
        ("selekt 1", "syntax error"),
    ],
)
def test_what_a_query_may_not_do(root: Path, sql: str, why: str) -> None:
    with pytest.raises(QueryError, match=why):
        fetch(root, sql)


def test_results_as_text_and_files(root: Path, tmp_path: Path) -> None:
    sql = "select code, goldstein, [1, 2] as list from core_event where code = '042' limit 1"
    assert run_sql(root, sql) == 'code,goldstein,list\n042,1.9,"[1, 2]"\n'
    assert json.loads(run_sql(root, sql, "json")) == {"code": "042", "goldstein": 1.9, "list": [1, 2]}
    for name in ("a.csv", "a.tsv", "a.jsonl", "a.parquet"):
        assert Path(run_sql(root, sql, out=tmp_path / name)).stat().st_size > 0
    with pytest.raises(QueryError, match="format 'xlsx' is none of csv, tsv, json, parquet"):
        run_sql(root, sql, out=tmp_path / "a.xlsx")
    assert fetch(root, "select ? as a, ? as b", [1, "x"]).rows() == [(1, "x")]
    assert fetch(root, "select $a as a", {"a": "'; drop"}).rows() == [("'; drop",)]


def test_hostile_text_passes_through_tables_unchanged(writer: Writer, load: Callable[..., Path]) -> None:
    for number, text in enumerate(HOSTILE):
        line = f"قال {text}".replace("\n", " ")
        writer.event(writer.article(f"a{number}", "s", "2023-01-01", line), "قال", "010", "EGY:GOV", source_name=text)
    root = load(writer.frames())
    with open_published(root) as con:
        stored = {row[0] for row in con.execute("select text from raw_article").fetchall()}
    assert stored == {f"قال {text}" for text in HOSTILE}


def test_no_cell_of_a_csv_is_a_formula() -> None:
    frame = pl.DataFrame({"name": [*HOSTILE, "  =1", "عادي", None], "goldstein": [-10.0] * (len(HOSTILE) + 3)})
    for shape, mark in (("csv", ","), ("tsv", "\t")):
        rows = list(csv.reader(io.StringIO(as_text(frame, shape)), delimiter=mark, quoting=csv.QUOTE_MINIMAL))
        if shape == "csv":
            assert {len(row) for row in rows} == {2}
        assert not [row[0] for row in rows if row[0].lstrip()[:1] in ("=", "+", "-", "@")]
        assert "\x00" not in as_text(frame, shape)
        assert rows[-2] == ["عادي", "-10.0"], "numbers keep their sign"


def test_a_tsv_line_is_a_row(tmp_path: Path) -> None:
    path = write(pl.DataFrame({"a": ["x\ty", "x\ny", 'q"q'], "b": [1, 2, 3]}), tmp_path / "a.tsv")
    assert path.read_text(encoding="utf-8") == 'a\tb\nx y\t1\nx y\t2\nq"q\t3\n'


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("version", ["1.4.4", "1.5.1"])
def test_older_duckdb_opens_the_published_file(root: Path, tmp_path: Path, version: str) -> None:
    home = tmp_path / "env"
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", f"duckdb=={version}"]
    if subprocess.run(install, capture_output=True, timeout=200).returncode:
        pytest.skip(f"duckdb {version} cannot be installed here: no package index, or no wheel for this Python")
    program = (
        "import duckdb, sys; con = duckdb.connect(sys.argv[1], read_only=True); "
        "names = [r[0] for r in con.execute('select table_name from information_schema.tables').fetchall()]; "
        "n = sum(con.execute(f'select count(*) from \"{name}\"').fetchone()[0] for name in names); "
        "print(duckdb.__version__, len(names), n)"
    )
    result = subprocess.run([str(python), "-c", program, str(root / "waqai.duckdb")], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    seen, n_tables, n_rows = result.stdout.split()
    with duckdb.connect(str(root / "waqai.duckdb"), read_only=True) as con:
        names = [r[0] for r in con.execute("select table_name from information_schema.tables").fetchall()]
        expected = sum(con.execute(f'select count(*) from "{name}"').fetchall()[0][0] for name in names)
    assert (seen, int(n_tables), int(n_rows)) == (version, len(names), expected)


def test_the_python_snippets_of_the_cookbook_run(root: Path) -> None:
    text = (DOCS / "sql_cookbook.md").read_text(encoding="utf-8")
    snippets = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len(snippets) == 3
    names: dict[str, object] = {}
    for snippet in snippets:
        exec(compile(snippet.replace('"data/', f'"{root}/'), "sql_cookbook.md", "exec"), names)
    assert isinstance(names["frame"], pl.DataFrame)
    assert names["frame"].height > 0
    names["con"].close()  # type: ignore[attr-defined]


def test_every_recipe_is_in_the_page() -> None:
    text = (DOCS / "sql_cookbook.md").read_text(encoding="utf-8")
    assert all(f"waqai sql --cookbook {name}" in text for name in cookbook())
