"""Questions to the published warehouse: read only, results as frames, text or files.

fetch("data", "select * from mart_event where source_country = ?", ["YEM"])      -> polars frame
write(frame, "events.csv")                                                        -> CSV, TSV, JSON Lines or Parquet
cookbook()["01_first_look"].sql                                                   -> a ready query
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from schemas.errors import QueryError, WarehouseError
from warehouse.runner import Query, queries

PUBLISHED = "waqai.duckdb"
FORMATS = ("csv", "tsv", "json", "parquet")
# A cell of text that begins so is run as a formula by spreadsheet programs (OWASP, "CSV Injection").
FORMULA = r"^[\s\x00]*[=+\-@]|^[\t\r]"


def published_file(root: str | Path) -> Path:
    """Return the published file of a data folder; `root` may also be the file itself.

    Raises:
        WarehouseError: there is none yet.
    """
    path = Path(root).expanduser()
    path = path if path.suffix == ".duckdb" else path / PUBLISHED
    if not path.exists():
        raise WarehouseError(f"there is no warehouse at {path}: run `waqai run seeds/articles` first")
    return path


@contextmanager
def open_published(root: str | Path, files: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the published warehouse read only.

    Args:
        root: the data folder, or the file.
        files: let queries read and write other files too (read_csv, COPY); off, a query touches the warehouse alone.
    """
    con = duckdb.connect(str(published_file(root)), read_only=True)
    try:
        con.execute("set TimeZone = 'UTC'")
        if not files:
            con.execute("set enable_external_access = false")
        con.execute("set lock_configuration = true")
        yield con
    finally:
        con.close()


def fetch(
    root: str | Path, sql: str, values: Sequence[Any] | Mapping[str, Any] = (), *, limit: int | None = None, files: bool = False
) -> pl.DataFrame:
    """Return the rows of a query.

    Args:
        root: the data folder, or the file.
        sql: one query of DuckDB's SQL.
        values: for its `?` (a sequence) or `$name` (a mapping).
        limit: at most so many rows.
        files: see `open_published`.

    Raises:
        QueryError: the query is wrong or not allowed; the message says why and where to look.
    """
    with open_published(root, files) as con:
        try:
            statements = con.extract_statements(sql)
            if len(statements) != 1:
                raise QueryError("give one query at a time")
            relation = con.sql(sql, params=values if isinstance(values, Mapping) else list(values))
            if relation is None:
                return pl.DataFrame()
            return pl.DataFrame(relation if limit is None else relation.limit(limit))
        except duckdb.Error as error:
            raise QueryError(_explain(error, con)) from error


def _explain(error: duckdb.Error, con: duckdb.DuckDBPyConnection) -> str:
    text = str(error).strip()
    if "read-only" in text.lower():
        return f"the published warehouse is read only: {text.splitlines()[0]}"
    if "external access" in text or "disabled by configuration" in text or "disabled through configuration" in text:
        return "this query wants to read or write another file; it may only read the warehouse"
    if re.search(r"Table with name|does not exist", text):
        names = [row[0] for row in con.execute("select distinct table_name from duckdb_columns() order by 1").fetchall()]
        people = ", ".join(name for name in names if name.startswith(("mart_", "core_", "raw_")))
        return f"{text}\ntables for people: {people}; all of them: select table_name, comment from duckdb_tables()"
    return text


def cookbook() -> dict[str, Query]:
    """Return the queries of the cookbook by name, in order."""
    return queries("cookbook")


def recipe(name: str) -> Query:
    """Return a query of the cookbook by its name, its number, or a part of the name that only it has.

    Raises:
        QueryError: no query, or more than one, has that name.
    """
    every = cookbook()
    found = [q for q in every.values() if name == q.name or q.name.startswith(f"{name.zfill(2)}_") or name in q.name]
    exact = [q for q in found if name == q.name or q.name.startswith(f"{name.zfill(2)}_")]
    found = exact or found
    if len(found) != 1:
        near = ", ".join(q.name for q in found or every.values())
        raise QueryError(f"{'no' if not found else 'more than one'} query of the cookbook is called {name!r}: {near}")
    return found[0]


def harmless(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with an apostrophe before text that a spreadsheet would run as a formula, and without NULs."""
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    return frame.with_columns(
        pl.when(pl.col(name).str.contains(FORMULA))
        .then(pl.lit("'") + pl.col(name))
        .otherwise(pl.col(name))
        .str.replace_all("\x00", "", literal=True)
        .alias(name)
        for name in texts
    )


def as_text(frame: pl.DataFrame, shape: str, *, header: bool = True) -> str:
    """Return a frame as CSV, TSV or JSON Lines.

    CSV and TSV cells are made harmless (see `harmless`); in TSV, tabs and line ends inside a cell become spaces, because
    many readers of TSV know no quotes.

    Raises:
        QueryError: no such format.
    """
    if shape == "json":
        return frame.write_ndjson()
    if shape not in ("csv", "tsv"):
        raise QueryError(f"format {shape!r} is none of {', '.join(FORMATS)}")
    frame = harmless(_flat(frame))
    if shape == "csv":
        return frame.write_csv(include_header=header)
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    frame = frame.with_columns(pl.col(name).str.replace_all(r"[\t\r\n]+", " ") for name in texts)
    return frame.write_csv(include_header=header, separator="\t", quote_style="never")


def _flat(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with lists and structs as JSON text: CSV has no nested cells."""
    nested = [name for name, kind in frame.schema.items() if kind.is_nested()]
    if not nested:
        return frame
    return frame.with_columns(
        pl.Series(name, [None if v is None else str(v.to_list() if isinstance(v, pl.Series) else v) for v in frame[name]])
        for name in nested
    )


def write(frame: pl.DataFrame, out: str | Path, shape: str = "", *, header: bool = True) -> Path:
    """Write a frame to a file; the format is `shape`, else the ending of the name. Returns the path.

    Raises:
        QueryError: the format is not known.
    """
    path = Path(out).expanduser()
    shape = shape or {"jsonl": "json", "ndjson": "json"}.get(path.suffix[1:].lower(), path.suffix[1:].lower())
    path.parent.mkdir(parents=True, exist_ok=True)
    if shape == "parquet":
        frame.write_parquet(path, compression="zstd")
    else:
        path.write_text(as_text(frame, shape, header=header), encoding="utf-8", newline="")
    return path


def run_sql(root: str | Path, sql: str, shape: str = "csv", out: str | Path | None = None, *, files: bool = False) -> str:
    """Run a query and return its result as text, or write it to `out` and return the path.

    Raises:
        QueryError: the query or the format is wrong; Parquet needs `out`.
    """
    frame = fetch(root, sql, files=files)
    if out is not None:
        return str(write(frame, out, "" if Path(out).suffix else shape))
    return as_text(frame, shape)
