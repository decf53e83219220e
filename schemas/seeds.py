"""The knowledge tables under `seeds/`: CSV, UTF-8, every cell text.

Codes are text (057 is not 57), so schema inference is off. An empty cell is the empty string.
"""

import hashlib
from functools import cache
from pathlib import Path

import polars as pl

SEEDS = Path(__file__).resolve().parent.parent / "seeds"


def read_seed(name: str) -> pl.DataFrame:
    """Return the table `seeds/NAME.csv`, e.g. `read_seed("lexicon/verbs")`; all columns are strings, no nulls.

    Raises:
        FileNotFoundError: there is no such table.
    """
    frame = pl.read_csv(SEEDS / f"{name}.csv", infer_schema=False)
    return frame.with_columns(pl.all().fill_null("").str.strip_chars())


@cache
def lexicon_version() -> str:
    """Return 12 hex digits that change when any lexicon table changes."""
    digest = hashlib.sha256()
    for path in sorted((SEEDS / "lexicon").glob("**/*.csv")):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
