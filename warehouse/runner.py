"""Runs the SQL files of this folder. One SELECT a file; the file's name is the name of the table or view it makes.

The first comment line says what the query gives. A file may use what other files make: order follows from the names used.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

from schemas.contract import Table, quote

FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Query:
    """One SQL file: its name, its first comment and its SELECT."""

    name: str
    title: str
    sql: str

    def setting(self, name: str) -> str:
        """Return the value of a comment line `-- name: value`, or ""."""
        match = re.search(rf"^-- {name}: (.*)$", self.sql, re.MULTILINE)
        return match[1].strip() if match else ""


@cache
def queries(folder: str) -> dict[str, Query]:
    """Return the queries of `warehouse/FOLDER/*.sql` by name, in the order of the file names."""
    found = {}
    for path in sorted((FOLDER / folder).glob("*.sql")):
        sql = path.read_text(encoding="utf-8").strip().rstrip(";")
        title = sql.splitlines()[0].removeprefix("--").strip() if sql.startswith("--") else ""
        found[path.stem] = Query(path.stem, title, sql)
    return found


def in_order(found: Mapping[str, Query]) -> list[Query]:
    """Return queries so that each comes after those whose names it uses.

    Raises:
        ValueError: two queries use each other.
    """
    done: dict[str, Query] = {}
    left = dict(found)
    while left:
        ready = [q for q in left.values() if not any(uses(q, other) for other in left if other != q.name)]
        if not ready:
            raise ValueError(f"these queries use each other: {', '.join(sorted(left))}")
        for query in ready:
            done[query.name] = left.pop(query.name)
    return list(done.values())


def uses(query: Query, name: str) -> bool:
    """Return whether the SQL of a query has the name of a table."""
    return re.search(rf"\b{re.escape(name)}\b", query.sql) is not None


def build(con: duckdb.DuckDBPyConnection, query: Query, table: Table | None = None, kind: str = "") -> None:
    """Make the table or view of a query, with the comments of its declaration.

    The kind is `view` when the file says `-- kind: view`, else `table`; a table is created anew, a view replaced.
    """
    kind = kind or query.setting("kind") or "table"
    con.execute(f"create or replace {kind} {quote(query.name)} as\n{query.sql}")
    if table is None:
        if query.title:
            con.execute(f"comment on {kind} {quote(query.name)} is '{query.title.replace(chr(39), chr(39) * 2)}'")
        return
    for statement in table.comments(kind):
        con.execute(statement)
