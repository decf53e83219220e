"""The knowledge tables under `seeds/`: CSV, UTF-8, every cell text.

Codes are text (057 is not 57), so schema inference is off. An empty cell is the empty string.
"""

from __future__ import annotations

import csv
import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

SEEDS = Path(__file__).resolve().parent.parent / "seeds"


def read_seed(name: str) -> pl.DataFrame:
    """Return the table `seeds/NAME.csv`, e.g. `read_seed("lexicon/verbs")`; all columns are strings, no nulls.

    Raises:
        FileNotFoundError: there is no such table.
    """
    import polars as pl  # here: those who need rows alone start without it

    frame = pl.read_csv(SEEDS / f"{name}.csv", infer_schema=False)
    return frame.with_columns(pl.all().fill_null("").str.strip_chars())


def seed_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of the table `seeds/NAME.csv` as `read_seed` would, without loading a frame library.

    Raises:
        FileNotFoundError: there is no such table.
    """
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [{column: (cell or "").strip() for column, cell in row.items()} for row in csv.DictReader(file)]


@cache
def lexicon_version() -> str:
    """Return 12 hex digits that change when any lexicon table changes."""
    digest = hashlib.sha256()
    for path in sorted((SEEDS / "lexicon").glob("**/*.csv")):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
