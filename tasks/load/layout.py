"""The layout of a warehouse file: created, upgraded from older versions, or refused with a clear word.

Kept tables of an older file get the columns that were added since; a change that needs more than that is an SQL file
`warehouse/migrations/NNN_what.sql`, run in order in one transaction. Built tables need no migration: they are made anew.
"""

import re
from pathlib import Path

import duckdb

from schemas.contract import quote
from schemas.errors import WarehouseVersionError
from schemas.tables import ALL, KEPT
from warehouse.runner import FOLDER

MIGRATIONS = FOLDER / "migrations"


def migrations(folder: Path = MIGRATIONS) -> list[tuple[int, Path]]:
    """Return the migration files by number, in order."""
    found = []
    for path in folder.glob("*.sql"):
        match = re.match(r"(\d+)_", path.name)
        if match:
            found.append((int(match[1]), path))
    return sorted(found)


def file_version(con: duckdb.DuckDBPyConnection) -> int:
    """Return the layout version of the open file; 0 for a new file.

    Raises:
        WarehouseVersionError: the file holds tables, but none of ours.
    """
    names = {row[0] for row in con.execute("select table_name from duckdb_tables() where not temporary").fetchall()}
    if "schema_version" in names:
        return int(con.execute("select coalesce(max(version), 0) from schema_version").fetchall()[0][0])
    if names:
        raise WarehouseVersionError(
            f"this file holds {', '.join(sorted(names)[:3])} but no table schema_version: it is no warehouse of waqai. "
            "Choose another folder."
        )
    return 0


def prepare(con: duckdb.DuckDBPyConnection, folder: Path = MIGRATIONS) -> list[str]:
    """Create what is absent, upgrade what is older; return what was done, one sentence each.

    Raises:
        WarehouseVersionError: the file is newer than this waqai, or a column changed its type without a migration.
    """
    version = file_version(con)
    steps = migrations(folder)
    newest = max([1, *(number for number, _ in steps)])
    if version > newest:
        raise WarehouseVersionError(
            f"this warehouse has layout {version}; this waqai knows layouts up to {newest}. "
            "Upgrade waqai (git pull, make setup), or start a new folder."
        )
    done: list[str] = []
    con.execute("begin")
    try:
        for number, path in steps:
            if 0 < version < number:
                con.execute(path.read_text(encoding="utf-8"))
                done.append(f"migration {path.stem}")
        done += _complete(con)
        if version < newest:
            con.execute("insert into schema_version values (?, now()::timestamp, ?)", [newest, "; ".join(done)[:500]])
        con.execute("commit")
    except BaseException:
        con.execute("rollback")
        raise
    return done


def _complete(con: duckdb.DuckDBPyConnection) -> list[str]:
    present: dict[str, dict[str, str]] = {}
    for name, column, kind in con.execute("select table_name, column_name, data_type from duckdb_columns()").fetchall():
        present.setdefault(name, {})[column] = kind
    done = []
    for table in KEPT:
        columns = present.get(table.name)
        if columns is None:
            con.execute(table.ddl())
            done.append(f"made {table.name}")
        else:
            done += _add_columns(con, table.name, columns)
        if columns is None or done:
            for statement in table.comments():
                con.execute(statement)
    return done


def _add_columns(con: duckdb.DuckDBPyConnection, name: str, present: dict[str, str]) -> list[str]:
    done = []
    table = next(table for table in ALL if table.name == name)
    for column in table.columns:
        kind = present.get(column.name)
        if kind is None:
            con.execute(f"alter table {quote(name)} add column {quote(column.name)} {column.sql_type}")
            done.append(f"added {name}.{column.name}")
        elif kind != column.sql_type:
            raise WarehouseVersionError(
                f"{name}.{column.name} is {kind} in this file and {column.sql_type} in this waqai, and no migration "
                "says how to change it. Start a new folder and load the articles again."
            )
    return done
