"""Commands that read a warehouse: sql, report, export, diff, quarantine list."""

from pathlib import Path

from flows.cli.show import fail, print_rows
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


def list_quarantine(warehouse: Path | None, limit: int) -> None:
    """Print the quarantine: how many by reason, then the newest rows."""
    from flows import steps

    folder = opened(warehouse)
    counts = "select step, reason_code, count(*) as n, max(at) as newest from core_quarantine group by all order by n desc"
    print_rows(steps.query(folder, counts), "by reason")
    print_rows(steps.quarantine_examples(folder, limit), f"the newest {limit}")
