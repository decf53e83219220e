"""What a table is, said once: columns, key, meaning and warnings.

A `Table` gives the polars schema of its frames, the DDL with comments, the check of a frame and its page in
docs/data_dictionary.md. Nothing else in the project lists the columns of a table.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from schemas.errors import ContractError

INSTANT = pl.Datetime("us", "UTC")
# An instant is a plain TIMESTAMP in UTC: TIMESTAMP WITH TIME ZONE needs an extra package in several clients.
SQL_TYPES: dict[Any, str] = {
    pl.String: "VARCHAR",
    pl.Int32: "INTEGER",
    pl.Int64: "BIGINT",
    pl.Int8: "TINYINT",
    pl.Float64: "DOUBLE",
    pl.Boolean: "BOOLEAN",
    pl.Date: "DATE",
    INSTANT: "TIMESTAMP",
    pl.List(pl.UInt32): "UINTEGER[]",
}


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        dtype: polars type of the column in frames.
        meaning: one sentence for people, with unit.
        is_required: no nulls.
        values: the only values allowed (besides null), or empty when the column is free.
        references: `table.column` that holds the same key.
        by_load: the load step fills it; frames of earlier steps need not have it.
    """

    name: str
    dtype: Any
    meaning: str
    example: str = ""
    is_required: bool = False
    values: tuple[Any, ...] = ()
    references: str = ""
    by_load: bool = False

    @property
    def sql_type(self) -> str:
        """The type of the column in DuckDB."""
        return SQL_TYPES[self.dtype]

    def comment(self) -> str:
        """Return the text of the column's comment in the warehouse."""
        parts = [self.meaning]
        if self.values:
            parts.append("One of: " + ", ".join(map(str, self.values)) + ".")
        if self.references:
            parts.append(f"Joins {self.references}.")
        if self.example:
            parts.append(f"Example: {self.example}")
        return " ".join(parts)


@dataclass(frozen=True)
class Table:
    """One table or view.

    Attributes:
        grain: what one row is, as a sentence that starts with "One row per".
        key: the columns that together name a row.
        careful: usage warnings, shown first in the dictionary.
        is_kept: rows are loaded and kept; else the table is built anew from others by SQL.
    """

    name: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    careful: tuple[str, ...] = ()
    is_kept: bool = True

    @property
    def schema(self) -> dict[str, Any]:
        """Polars types by column name, in order."""
        return {column.name: column.dtype for column in self.columns}

    @property
    def names(self) -> list[str]:
        """Column names in order."""
        return [column.name for column in self.columns]

    def empty(self) -> pl.DataFrame:
        """Return a frame with all columns and no rows."""
        return pl.DataFrame(schema=self.schema)

    def frame(self, rows: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
        """Return rows (dicts) as a frame with all columns of the table; what a row does not say is null.

        Raises:
            ContractError: a row has a column that the table does not have.
        """
        rows = list(rows)
        unknown = sorted({name for row in rows for name in row} - set(self.names))
        if unknown:
            raise ContractError(self.name, [f"no such column: {', '.join(unknown)}"])
        return pl.DataFrame({name: [row.get(name) for row in rows] for name in self.names}, schema=self.schema)

    def conform(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return the frame with the table's columns in order and type; what may be null and is absent is null.

        Raises:
            ContractError: a required column is absent, a column is unknown, or values do not fit the type.
        """
        unknown = sorted(set(frame.columns) - set(self.names))
        absent = [c.name for c in self.columns if c.is_required and not c.by_load and c.name not in frame.columns]
        problems = [f"no such column: {name}" for name in unknown] + [f"column {name} is absent" for name in absent]
        if problems:
            raise ContractError(self.name, problems)
        present = set(frame.columns)
        try:
            return frame.select(
                (pl.col(c.name) if c.name in present else pl.lit(None)).cast(c.dtype).alias(c.name) for c in self.columns
            )
        except pl.exceptions.PolarsError as error:
            raise ContractError(self.name, [f"a value does not fit its type: {error}"]) from error

    def problems(self, frame: pl.DataFrame, is_unique: bool = False) -> list[str]:
        """Return what is wrong with the rows of a conforming frame, one sentence each; nothing wrong: an empty list.

        `is_unique` says that the caller has made the keys unique already.
        """
        found = []
        for column in self.columns:
            values = frame[column.name]
            if column.is_required and not column.by_load and values.null_count():
                found.append(f"{values.null_count()} rows have no {column.name}")
            if column.values:
                wrong = values.drop_nulls().unique().to_list()
                wrong = sorted(str(value) for value in wrong if value not in column.values)
                if wrong:
                    allowed = ", ".join(map(str, column.values))
                    found.append(f"{column.name} has {', '.join(wrong[:3])}: allowed are {allowed}")
        if self.key and not is_unique:
            doubled = frame.height - frame.select(self.key).n_unique() if frame.height else 0
            if doubled:
                found.append(f"{doubled} rows repeat the key ({', '.join(self.key)})")
        return found

    def checked(self, frame: pl.DataFrame, is_unique: bool = False) -> pl.DataFrame:
        """Return the conforming frame.

        Raises:
            ContractError: with every problem that `conform` or `problems` finds.
        """
        frame = self.conform(frame)
        problems = self.problems(frame, is_unique)
        if problems:
            raise ContractError(self.name, problems)
        return frame

    def ddl(self) -> str:
        """Return the statement that creates the table when it is absent."""
        lines = [f"    {quote(c.name)} {c.sql_type}{' not null' if c.is_required else ''}" for c in self.columns]
        return f"create table if not exists {quote(self.name)} (\n" + ",\n".join(lines) + "\n)"

    def comments(self, kind: str = "table") -> list[str]:
        """Return the statements that comment the table (or view) and its columns."""
        text = " ".join([f"{self.grain}.", *(f"Careful: {warning}" for warning in self.careful)])
        made = [f"comment on {kind} {quote(self.name)} is {literal(text)}"]
        for column in self.columns:
            made.append(f"comment on column {quote(self.name)}.{quote(column.name)} is {literal(column.comment())}")
        return made


def quote(name: str) -> str:
    """Return a name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a text as an SQL string, for the statements that take no bound value."""
    return "'" + text.replace("'", "''") + "'"


def column_maker(dtype: Any) -> Any:
    """Return a short form of `Column` for one type, used by the declarations."""

    def make(name: str, meaning: str, **more: Any) -> Column:
        return Column(name, dtype, meaning, **more)

    return make


text = column_maker(pl.String)
integer = column_maker(pl.Int32)
count = column_maker(pl.Int64)
number = column_maker(pl.Float64)
day = column_maker(pl.Date)
instant = column_maker(INSTANT)
flag = column_maker(pl.Boolean)


def span(prefix: str, what: str) -> tuple[Column, Column, Column]:
    """Return the columns PREFIX_start, PREFIX_end and PREFIX_text of a place in the article's text."""
    return (
        integer(f"{prefix}_start", f"First character of {what} in raw_article.text, from 0."),
        integer(f"{prefix}_end", f"Character after the last one of {what}."),
        text(f"{prefix}_text", f"The words of {what} as the article has them."),
    )


def by_run() -> tuple[Column, Column, Column]:
    """Return the columns that say which run, code and lexicon made a row."""
    return (
        text("run_id", "Run that loaded the row.", references="run_log.run_id", by_load=True),
        text("code_version", "Version of waqai that coded the row.", by_load=True),
        text("lexicon_version", "Hash of the lexicon tables that coded the row.", example="3f9a1c0b7d2e", by_load=True),
    )


def find_table(name: str, tables: Sequence[Table]) -> Table:
    """Return the declaration of a table.

    Raises:
        KeyError: no such table.
    """
    for table in tables:
        if table.name == name:
            return table
    raise KeyError(f"no table is declared as {name!r}")
