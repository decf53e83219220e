"""Events in the columns of other projects, as files: GDELT 2.0, ICEWS, Phoenix, POLECAT (PLOVER)."""

from pathlib import Path

import polars as pl

from schemas.errors import QueryError
from warehouse.query import fetch, write
from warehouse.runner import queries


def export_names() -> dict[str, str]:
    """Return the exports by name (gdelt, icews, phoenix, plover) with what they are."""
    return {query.name.removeprefix("export_"): query.title for query in queries("exports").values()}


def export_frame(root: str | Path, name: str) -> pl.DataFrame:
    """Return an export as a frame, its rows in order of the columns: the same events give the same file.

    Args:
        root: the data folder, or the published file.
        name: gdelt, icews, phoenix or plover.

    Raises:
        QueryError: no such export.
    """
    if name not in export_names():
        raise QueryError(f"there is no export {name!r}; there are {', '.join(export_names())}")
    return fetch(root, f"select * from export_{name} order by all")


def export(root: str | Path, name: str, out: str | Path, *, header: bool = True) -> tuple[Path, int]:
    """Write an export to a .csv, .tsv or .parquet file; return the path and the number of rows.

    The files of GDELT and Phoenix have no header: `header=False` gives that.
    """
    frame = export_frame(root, name)
    return write(frame, out, header=header), frame.height
