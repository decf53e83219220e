"""The table of docs/dates.md says what the resolver does."""

from datetime import date
from pathlib import Path

import pytest

from tasks.normalize.dates import DatePhrase, resolve_dates

PAGE = Path(__file__).resolve().parents[2] / "docs/dates.md"
ANCHOR = date(2022, 10, 23)
TABLE = "| Kind | Phrase | Days | Method |"


def page_rows() -> list[tuple[str, str, str]]:
    """(phrase, days, method) of the table of what is understood."""
    lines = PAGE.read_text(encoding="utf-8").split(TABLE)[1].splitlines()[2:]
    rows = []
    for line in lines:
        if not line.startswith("|"):
            break
        _, phrase, days, method = (cell.strip() for cell in line.strip("|").split("|"))
        rows.append((phrase, days, method))
    return rows


def shown(phrase: DatePhrase) -> str:
    if phrase.first_day == phrase.last_day:
        return str(phrase.first_day)
    return f"{phrase.first_day}..{phrase.last_day}"


@pytest.mark.parametrize(("phrase", "days", "method"), page_rows())
def test_row(phrase: str, days: str, method: str) -> None:
    found = resolve_dates(phrase, ANCHOR)
    assert (";".join(map(shown, found)) or "none") == days
    assert ", ".join(dict.fromkeys(one.method for one in found)) == method


def test_table_is_there() -> None:
    assert len(page_rows()) > 60
