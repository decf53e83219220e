"""Every row of agents.csv finds its own example."""

import pytest

from tests.lexicon.actor_rows import codes, day_of, rows

ROWS = rows("agents")


@pytest.mark.parametrize("row", [row for row in ROWS if row["example"]], ids=lambda row: row["id"])
def test_example_gives_expected_actor(row: dict[str, str]) -> None:
    assert row["expect"] in codes(row["example"], day_of(row))


def test_ids_are_unique() -> None:
    ids = [row["id"] for row in ROWS]
    assert len(ids) == len(set(ids))
