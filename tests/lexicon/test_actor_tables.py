"""What holds for all rows of the actor tables: known roles, countries, traits, and ranges that end after they start."""

import pytest

from tasks.extract.actors.model import PSEUDO_COUNTRIES, ROLES
from tests.lexicon.actor_rows import rows

TRAITS = {
    "adjectival",
    "closed",
    "counterpart",
    "definite",
    "document",
    "elliptic",
    "fixed",
    "former",
    "in",
    "inherit",
    "not_by",
    "of",
}
TRAITS |= {"bare", "named", "noback", "open", "party", "post", "destination", "replace", "spokes", "topic", "weak"}
TRAITS |= {"masdar", "no_dual", "unowned"}
KINDS = {"title", "rank", "honorific", "person", "body", "nation", "site", "modifier", "quantifier", "patient"}
TABLES = ("agents", "organizations", "groups")


@pytest.mark.parametrize("table", TABLES)
def test_roles_and_countries_are_known(table: str) -> None:
    states = {row["iso3"] for row in rows("countries")} | set(PSEUDO_COUNTRIES)
    for row in rows(table):
        assert set(filter(None, row["roles"].split(";"))) <= set(ROLES), row["id"]
        assert row["country"] == "" or row["country"] in states, row["id"]


@pytest.mark.parametrize("table", ["organizations", "groups"])
def test_ranges_end_after_they_start(table: str) -> None:
    for row in rows(table):
        assert not (row["from"] and row["to"]) or row["from"] <= row["to"], row["id"]


@pytest.mark.parametrize("table", TABLES)
def test_cells_have_no_presentation_forms_or_double_spaces(table: str) -> None:
    for row in rows(table):
        for column, text in row.items():
            assert "  " not in text, (row["id"], column)
            assert not any("\ufb50" <= letter <= "\ufeff" or letter in "\u0640\u200b" for letter in text), (row["id"], column)


def test_agent_kinds_and_traits_are_known() -> None:
    for row in rows("agents"):
        assert row["kind"] in KINDS, row["id"]
        traits = {trait for trait in row["traits"].split(";") if trait and "=" not in trait}
        assert traits <= TRAITS, (row["id"], traits - TRAITS)


def test_agent_table_has_three_hundred_roles_of_persons_and_bodies() -> None:
    assert sum(row["kind"] in ("title", "rank", "person", "body") for row in rows("agents")) >= 300
