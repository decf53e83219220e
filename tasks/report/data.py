"""What the report shows, as plain rows from the published warehouse."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import duckdb

from tasks.load.checks import CheckResult, run_checks
from warehouse.runner import queries

Row = dict[str, Any]
N_MATRIX, N_ACTORS, N_OUTLETS, N_PLACES = 12, 15, 20, 150


@dataclass(frozen=True)
class Scope:
    """What the report is about: days, and events in which a country takes part, or two countries with each other."""

    first_day: date | None = None
    last_day: date | None = None
    country: str | None = None
    partner: str | None = None

    def where(self) -> tuple[str, list[Any]]:
        """Return the condition on mart_event and its values."""
        parts, values = ["is_actual", "first_day is not null"], list[Any]()
        if self.first_day:
            parts.append("first_day >= ?")
            values.append(self.first_day)
        if self.last_day:
            parts.append("first_day <= ?")
            values.append(self.last_day)
        if self.country and self.partner:
            parts.append("((source_country = ? and target_country = ?) or (source_country = ? and target_country = ?))")
            values += [self.country, self.partner, self.partner, self.country]
        elif self.country:
            parts.append("(source_country = ? or target_country = ?)")
            values += [self.country, self.country]
        return " and ".join(parts), values


@dataclass
class ReportData:
    """All numbers and texts of one report."""

    scope: Scope
    totals: Row
    unit: str
    timeline: list[Row]
    matrix: list[Row]
    matrix_countries: list[str]
    actors: list[Row]
    countries: list[Row]
    places: list[Row]
    roots: list[Row]
    outlets: list[Row]
    events: list[Row]
    names: dict[str, tuple[str, str]] = field(default_factory=dict)
    checks: list[CheckResult] = field(default_factory=list)
    state: Row = field(default_factory=dict)


def rows(con: duckdb.DuckDBPyConnection, sql: str, values: Sequence[Any] = ()) -> list[Row]:
    """Return the rows of a query as dicts."""
    result = con.execute(sql, list(values))
    names = [column[0] for column in result.description or []]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def whole_period(con: duckdb.DuckDBPyConnection, scope: Scope) -> Scope:
    """Return the scope with days: those of the articles where none are given, so that history told as background stays out."""
    known = rows(con, "select min(published_day) as first, max(published_day) as last from raw_article")[0]
    return Scope(scope.first_day or known["first"], scope.last_day or known["last"], scope.country, scope.partner)


def read(con: duckdb.DuckDBPyConnection, scope: Scope, n_events: int) -> ReportData:
    """Return the data of a report.

    Args:
        con: the published warehouse, open read only.
        scope: what it is about.
        n_events: how many events are listed with their sentences.
    """
    scope = whole_period(con, scope)
    where, values = scope.where()
    con.execute(f"create or replace temp table chosen as select * from mart_event where {where}", values)
    sql = {name: query.sql for name, query in queries("report").items()}
    unit = "day"
    if scope.first_day and scope.last_day:
        length = (scope.last_day - scope.first_day).days
        unit = "day" if length <= 92 else "week" if length <= 2 * 366 else "month"
    leading = [row["country_code"] for row in rows(con, sql["countries"])][:N_MATRIX]
    return ReportData(
        scope=scope,
        totals=rows(con, sql["totals"], [scope.first_day, scope.last_day])[0],
        unit=unit,
        timeline=rows(con, sql["timeline"], [unit]),
        matrix=rows(con, sql["matrix"], [leading]),
        matrix_countries=leading,
        actors=rows(con, sql["actors"], [N_ACTORS]),
        countries=rows(con, sql["countries"]),
        places=rows(con, sql["places"], [N_PLACES]),
        roots=rows(con, sql["roots"]),
        outlets=rows(con, sql["outlets"], [N_OUTLETS]),
        events=rows(con, sql["events"], [n_events]),
        names={r["country_code"]: (r["name_en"], r["name_ar"]) for r in rows(con, "select * from dim_country")},
        checks=run_checks(con),
        state=rows(con, sql["state"])[0],
    )
