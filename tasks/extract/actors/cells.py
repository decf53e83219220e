"""Cells of the actor tables. A table that is not there yet counts as empty; a bad role raises `ValueError` with its row id."""

from schemas.seeds import SEEDS, read_seed
from tasks.extract.actors.model import ROLES


def cell(row: dict[str, str], column: str) -> list[str]:
    """Return the entries of a `;` list cell; an absent column is an empty list."""
    return [entry.strip() for entry in (row.get(column) or "").split(";") if entry.strip()]


def roles_of(entries: list[str], row_id: str) -> tuple[str, ...]:
    """Return `entries` as roles; raise ValueError for one that the coding guide does not have."""
    for entry in entries:
        if entry not in ROLES:
            raise ValueError(f"{row_id}: unknown role {entry!r}")
    return tuple(entries)


def rows_of(table: str) -> list[dict[str, str]]:
    """Return the rows of seeds/lexicon/TABLE.csv, none when the table does not exist."""
    if not (SEEDS / "lexicon" / f"{table}.csv").exists():
        return []
    return read_seed(f"lexicon/{table}").to_dicts()
