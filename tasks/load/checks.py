"""Checks of a warehouse: each is an SQL file of warehouse/checks that returns the bad rows."""

from dataclasses import dataclass
from typing import Any

import duckdb

from schemas.errors import CheckFailedError
from warehouse.runner import queries

N_EXAMPLES = 3


@dataclass(frozen=True)
class CheckResult:
    """What one check found. `severity` is `blocking` (nothing is published) or `warning`."""

    name: str
    title: str
    severity: str
    n_bad: int
    examples: tuple[dict[str, Any], ...] = ()

    def __str__(self) -> str:
        return f"{self.name}: {self.n_bad} bad rows ({self.title.rstrip('.')})"


def run_checks(con: duckdb.DuckDBPyConnection, after_load: int = 0) -> list[CheckResult]:
    """Run all checks on an open warehouse and return what each found, blocking ones first.

    Checks of the words of a text read `fresh_article`: the articles of the loads after number `after_load`. A text and
    its spans never change once loaded, so a scheduled run need not read the whole archive again; 0 reads everything.
    """
    con.execute(
        "create or replace temp view fresh_article as select * from raw_article "
        f"where {int(after_load)} = 0 or run_id in (select run_id from run_log where load_number > {int(after_load)})"
    )
    results = []
    for query in queries("checks").values():
        found = con.execute(f"select count(*) from ({query.sql}) as bad").fetchall()[0][0]
        examples: tuple[dict[str, Any], ...] = ()
        if found:
            rows = con.execute(f"select * from ({query.sql}) as bad limit {N_EXAMPLES}")
            names = [column[0] for column in rows.description or []]
            examples = tuple(dict(zip(names, row, strict=True)) for row in rows.fetchall())
        results.append(CheckResult(query.name, query.title, query.setting("severity"), int(found), examples))
    return sorted(results, key=lambda result: (result.severity != "blocking", result.name))


def refuse_bad(results: list[CheckResult]) -> None:
    """Let pass when no blocking check found anything.

    Raises:
        CheckFailedError: with the names, counts and examples of the blocking checks that did.
    """
    failed = [result for result in results if result.severity == "blocking" and result.n_bad]
    if failed:
        lines = [f"{result}, e.g. {result.examples[0]}" for result in failed]
        raise CheckFailedError(
            {result.name: result.n_bad for result in failed},
            "nothing was published, the warehouse is as it was: " + "; ".join(lines),
        )
