"""Pages of docs/ that are made from the declarations and the SQL files: the data dictionary and the SQL cookbook.

python -m warehouse.dictionary          # writes both; a test fails when they are stale
"""

from pathlib import Path

import duckdb

from schemas.contract import Table
from schemas.tables import ALL, BUILT, DIMS, KEPT, MARTS
from warehouse.runner import Query, queries

DOCS = Path(__file__).resolve().parent.parent / "docs"
GENERAL = (
    "**Reports are not events.** `core_event_mention` has a row for every report of an event. Count `core_event` or a mart.",
    "**Publication day is not event day.** `date_method` says where the day comes from; `publication`: the text gives none.",
    "**Not everything happened.** Negated, planned, demanded and threatened acts are rows. Marts and exports hold only what is "
    "asserted and actual; elsewhere filter `polarity` and `modality`.",
    "**More news is not more conflict.** Counts grow with coverage: divide by articles (`mart_coverage`, `mart_day.n_articles`).",
    "**Codes are text.** `'057'` is not `57`; read CSV exports with text columns.",
    "**Below the root, numbering differs** between CAMEO 1.1b3 (here) and the files of GDELT and Phoenix. Compare roots.",
    "**A null actor is a finding**: the text names nobody. Nothing is guessed in silence; see `source_method`, `target_method`.",
    "**Media choose.** Publishers differ in what they tell and how; `mart_coverage` and recipe 21 of the cookbook show it.",
    "**A machine coded this.** Sample rows, read their sentences (`waqai explain EVENT_ID`), report the error you find.",
)
HEAD = "<!-- Made by `python -m warehouse.dictionary`. Edit the declarations, not this page. -->\n"
PARTS: tuple[tuple[str, str, tuple[Table, ...]], ...] = (
    ("For people", "Start here. Built anew by each load.", MARTS),
    ("Events", "Built anew by each load from the mentions.", BUILT),
    ("What was read and coded", "Kept; offsets are characters of `raw_article.text`.", KEPT),
    ("To join with", "From the tables under `seeds/`. Every lexicon table is there too, as `lex_NAME`, all columns text.", DIMS),
)


def empty_warehouse() -> duckdb.DuckDBPyConnection:
    """Return a warehouse in memory with all tables, no rows, and the exports as views."""
    con = duckdb.connect(":memory:")
    for table in ALL:
        con.execute(table.ddl())
    for query in queries("exports").values():
        con.execute(f"create view {query.name} as {query.sql}")
    return con


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def table_page(table: Table) -> str:
    """Return the section of one table: warnings first, then what a row is, then the columns."""
    lines = [f"### `{table.name}`", ""]
    lines += [f"> **Careful.** {warning}\n" for warning in table.careful]
    lines += [f"{table.grain}. Key: {', '.join(f'`{name}`' for name in table.key)}.", ""]
    lines += ["| column | type | meaning |", "|---|---|---|"]
    for column in table.columns:
        kind = column.sql_type.lower() + (", required" if column.is_required else "")
        lines.append(f"| `{column.name}` | {kind} | {_cell(column.comment())} |")
    return "\n".join(lines) + "\n"


def export_page(con: duckdb.DuckDBPyConnection, query: Query) -> str:
    """Return the section of one export: its columns in order, and which of them are always null."""
    rows = con.execute(f"describe {query.name}").fetchall()
    lines = [f"### `{query.name}`", "", query.title, "", f"{len(rows)} columns: "]
    lines.append(", ".join(f"`{name}` {kind.lower()}{' (null)' if is_null(query, name) else ''}" for name, kind, *_ in rows) + ".")
    return "\n".join(lines) + "\n"


def is_null(query: Query, column: str) -> bool:
    """Return whether an export leaves a column empty, because nothing in our rows answers to it."""
    return any(line.strip().startswith("null::") and line.rstrip(",").endswith(f'as "{column}"') for line in query.sql.splitlines())


def data_dictionary() -> str:
    """Return docs/data_dictionary.md."""
    parts = [HEAD, "# Data dictionary\n", "The same texts are inside the file: `select * from duckdb_columns()`.\n"]
    parts += ["## Read this first\n", *(f"- {line}" for line in GENERAL), ""]
    for title, text, tables in PARTS:
        parts += [f"## {title}\n", f"{text}\n", *(table_page(table) for table in tables)]
    parts += ["## In the columns of other projects\n", "Views, and files by `waqai export NAME --out FILE`. Unknown is null.\n"]
    with empty_warehouse() as con:
        parts += [export_page(con, query) for query in queries("exports").values()]
    parts += [
        "## Checks\n",
        "Each is a SELECT of bad rows. A blocking one stops publishing.\n",
        "| check | severity | finds |",
        "|---|---|---|",
    ]
    parts += [f"| `{q.name}` | {q.setting('severity')} | {_cell(q.title)} |" for q in queries("checks").values()]
    return "\n".join(parts) + "\n"


def sql_cookbook() -> str:
    """Return docs/sql_cookbook.md: how to open the file, then every query of warehouse/cookbook."""
    parts = [HEAD, (Path(__file__).parent / "cookbook" / "opening.md").read_text(encoding="utf-8")]
    for number, query in enumerate(queries("cookbook").values(), start=1):
        body = "\n".join(line for line in query.sql.splitlines() if not line.startswith("--"))
        text = " ".join(line[2:].strip() for line in query.sql.splitlines() if line.startswith("--"))
        parts.append(f"### {number}. {text}\n\n`waqai sql --cookbook {query.name}`\n\n```sql\n{body}\n```\n")
    return "\n".join(parts)


PAGES = {"data_dictionary.md": data_dictionary, "sql_cookbook.md": sql_cookbook}

if __name__ == "__main__":
    for page, make in PAGES.items():
        (DOCS / page).write_text(make(), encoding="utf-8")
