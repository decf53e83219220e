"""Commands that read a warehouse: sql, report, export, diff, quarantine list."""

import json
import sys
from pathlib import Path

import polars as pl

from flows.cli.show import OUT, fail, print_rows
from flows.folder import Folder, data_folder
from schemas.errors import QueryError


def opened(warehouse: Path | None) -> Folder:
    """Return the data folder, where it holds a published warehouse.

    Raises:
        SystemExit: there is none.
    """
    folder = data_folder(warehouse)
    if not folder.published.exists():
        fail(f"no warehouse at {folder.published}: run some articles first (waqai run PATH), or give --warehouse DIR")
    return folder


def list_quarantine(warehouse: Path | None, limit: int) -> None:
    """Print the quarantine: how many by reason, then the newest rows."""
    from flows import steps

    folder = opened(warehouse)
    counts = 'select step, reason_code, count(*) as n, max("at") as newest from core_quarantine group by all order by n desc'
    print_rows(steps.query(folder, counts), "by reason")
    print_rows(steps.quarantine_examples(folder, limit), f"the newest {limit}")


def run_sql(query: str | None, warehouse: Path | None, shape: str, out: Path | None, cookbook: str | None, limit: int) -> None:
    """Run one query on the published warehouse, read only, and print or write the result."""
    from warehouse.runner import queries

    recipes = queries("cookbook")
    if cookbook is not None:
        if cookbook not in recipes:
            fail(f"no query '{cookbook}' in the cookbook; without arguments `waqai sql` lists them")
        query = recipes[cookbook].sql
    if query is None:
        print_rows([{"name": name, "what": recipe.title} for name, recipe in recipes.items()], "run one: waqai sql -c NAME")
        return
    folder = opened(warehouse)
    frame = asked(folder, query)
    if out is not None or shape == "parquet":
        write_frame(frame, out or Path("result.parquet"))
        return
    if shape == "csv":
        sys.stdout.write(frame.write_csv())
    elif shape == "json":
        for row in frame.iter_rows(named=True):
            print(json.dumps(row, ensure_ascii=False, default=str))
    else:
        print_rows(frame.head(limit).to_dicts(), columns=frame.columns)
        if frame.height > limit:
            OUT.print(f"{frame.height} rows; the first {limit} are shown (--limit)", style="dim")


def asked(folder: Folder, query: str) -> pl.DataFrame:
    """Return the result of one query on the published file. The query can read this file and nothing else.

    Raises:
        QueryError: the query is wrong, or wants to write or to reach outside.
    """
    import duckdb

    settings = {"enable_external_access": "false", "lock_configuration": "true", "autoinstall_known_extensions": "false"}
    with duckdb.connect(str(folder.published), read_only=True, config=settings) as con:  # type: ignore[arg-type]
        try:
            relation = con.sql(query)
            if relation is None:
                raise QueryError("this statement gives no rows: ask with select")
            return pl.DataFrame(relation)
        except duckdb.Error as error:
            raise QueryError(str(error)) from None


def write_frame(frame: pl.DataFrame, path: Path) -> None:
    """Write a result by the ending of the file's name: .csv, .tsv, .json (one object a line) or .parquet.

    Raises:
        ValueError: another ending.
    """
    writers = {
        ".csv": lambda: frame.write_csv(path),
        ".tsv": lambda: frame.write_csv(path, separator="\t"),
        ".json": lambda: frame.write_ndjson(path),
        ".jsonl": lambda: frame.write_ndjson(path),
        ".parquet": lambda: frame.write_parquet(path),
    }
    if path.suffix not in writers:
        raise ValueError(f"{path}: the name must end in {', '.join(writers)}")
    writers[path.suffix]()
    OUT.print(f"{frame.height} rows: {path}", highlight=False, markup=False, soft_wrap=True)
