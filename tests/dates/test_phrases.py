"""Every phrase of the table and every row of the word tables resolves as it says.

`expect`: the days of each phrase found (`first..last` or one day), several with `;`;
`-` for one that stays open; `none` for no phrase.
"""

import csv
from datetime import date
from pathlib import Path

import pytest

from schemas.seeds import read_seed
from tasks.normalize.dates import DatePhrase, resolve_dates

ANCHOR = date(2022, 10, 23)  # a Sunday
TABLES = ("time_words", "months", "number_words", "date_parts", "date_names", "tense_cues")


def shown(phrases: list[DatePhrase]) -> str:
    """The days of phrases as the tables write them."""
    days = []
    for phrase in phrases:
        if phrase.first_day is None:
            days.append("-")
        elif phrase.first_day == phrase.last_day:
            days.append(str(phrase.first_day))
        else:
            days.append(f"{phrase.first_day}..{phrase.last_day}")
    return ";".join(days) or "none"


def own_phrases() -> list[dict[str, str]]:
    with (Path(__file__).parent / "phrases.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def table_rows() -> list[tuple[str, dict[str, str]]]:
    return [(f"{name}:{row['id']}", row) for name in TABLES for row in read_seed(f"lexicon/{name}").iter_rows(named=True)]


@pytest.mark.parametrize("row", own_phrases(), ids=lambda row: row["id"])
def test_phrase(row: dict[str, str]) -> None:
    assert shown(resolve_dates(row["text"], date.fromisoformat(row["anchor"]))) == row["expect"]


@pytest.mark.parametrize(("name", "row"), table_rows(), ids=lambda value: value if isinstance(value, str) else "")
def test_row_of_word_table(name: str, row: dict[str, str]) -> None:
    assert row["example"], f"{name} has no example"
    assert shown(resolve_dates(row["example"], ANCHOR)) == row["expect"]


@pytest.mark.parametrize(("name", "row"), table_rows(), ids=lambda value: value if isinstance(value, str) else "")
def test_example_holds_a_word_of_its_row(name: str, row: dict[str, str]) -> None:
    words = [word for column in ("words", "phrase") for word in row.get(column, "").split(";") if word]
    assert any(word.removesuffix("ة") in row["example"] for word in words)


def test_table_is_large_and_ids_are_unique() -> None:
    rows = own_phrases()
    assert len(rows) >= 300
    assert len({row["id"] for row in rows}) == len(rows)
    assert len({row["text"] for row in rows}) == len(rows)
