"""Commands that read a warehouse: sql, report, export, diff, quarantine list."""

import sys
from pathlib import Path

from flows.cli.show import OUT, fail, print_rows
from flows.folder import Folder, data_folder


def opened(warehouse: Path | None) -> Folder:
    """Return the data folder, where it holds a published warehouse.

    Raises:
        SystemExit: there is none.
    """
    folder = data_folder(warehouse)
    if not folder.published.exists():
        fail(f"no warehouse at {folder.published}: run some articles first (waqai run PATH), or give --warehouse DIR")
    return folder


def written(path: Path, rows: int) -> None:
    """Say where a result was written."""
    OUT.print(f"{rows} rows: {path}", highlight=False, markup=False, soft_wrap=True)


def list_quarantine(warehouse: Path | None, limit: int) -> None:
    """Print the quarantine: how many by reason, then the newest rows."""
    from flows import steps

    folder = opened(warehouse)
    counts = 'select step, reason_code, count(*) as n, max("at") as newest from core_quarantine group by all order by n desc'
    print_rows(steps.query(folder, counts), "by reason")
    print_rows(steps.quarantine_examples(folder, limit), f"the newest {limit}")


def list_cookbook() -> None:
    """Print the names of the ready queries and what each answers."""
    from warehouse.query import cookbook

    rows = [{"name": name, "what": recipe.title} for name, recipe in cookbook().items()]
    print_rows(rows, "ready queries; run one: waqai sql --cookbook NAME")


def run_sql(query: str | None, warehouse: Path | None, shape: str, out: Path | None, recipe: str | None, limit: int) -> None:
    """Run one query on the published warehouse, read only, and print or write the result."""
    from warehouse import query as ask

    if query is None and recipe is None:
        list_cookbook()
        return
    text = ask.recipe(recipe).sql if recipe is not None else str(query)
    frame = ask.fetch(opened(warehouse).root, text)
    if out is not None or shape == "parquet":
        path = out or Path("result.parquet")
        written(ask.write(frame, path, "" if path.suffix else shape), frame.height)
    elif shape != "table":
        sys.stdout.write(ask.as_text(frame, shape))
    else:
        print_rows(frame.head(limit).to_dicts(), columns=frame.columns)
        if frame.height > limit:
            OUT.print(f"{frame.height} rows; the first {limit} are shown (--limit)", style="dim")


def write_export(name: str, out: Path, warehouse: Path | None, header: bool) -> None:
    """Write the events in the columns of another project."""
    from warehouse.export import export

    written(*export(opened(warehouse).root, name, out, header=header))


def show_diff(old: Path, new: Path, out: Path | None, limit: int) -> None:
    """Print what changed between two warehouses: how many of each kind, then the first of them."""
    from tasks.changes import mention_changes
    from warehouse.query import fetch, write

    text = "select * from core_event_mention"
    changes = mention_changes(fetch(old, text), fetch(new, text))
    counts = changes.group_by("change").len("mentions").sort("change")
    print_rows(counts.to_dicts(), f"{old} to {new}")
    if out is not None:
        written(write(changes, out), changes.height)
    elif changes.height:
        print_rows(changes.head(limit).to_dicts(), f"the first {min(limit, changes.height)} (code, source > target, days)")


def write_report(
    warehouse: Path | None, out: Path, first_day: str | None, last_day: str | None, country: str | None, partner: str | None
) -> None:
    """Write the report page."""
    from tasks.report.page import write_report as write

    path = write(opened(warehouse).root, out, first_day, last_day, country, partner)
    OUT.print(f"page: {path}", highlight=False, markup=False, soft_wrap=True)
