"""The table of office holders: no impossible dates, and the right person on the first day of each year from 2005 to 2026.

data/office_holders.csv is the check table, written apart from offices.csv: country, office, first and last year, person (empty: the
post was vacant or does not exist). A year stands for its 1st of January.
"""

import csv
import re
from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from tasks.extract.actors import find_actors
from tasks.extract.actors.model import PSEUDO_COUNTRIES, ROLES
from tasks.normalize.tokens import tokenize
from tests.lexicon.actor_rows import lexicon, rows

CHECKS = Path(__file__).parent / "data" / "office_holders.csv"
POSTS = {"head_of_state", "head_of_government", "foreign_minister", "defence_minister", "interior_minister", "other"}
DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
LAST = "9999-12-31"
Row = dict[str, str]


@cache
def offices() -> list[Row]:
    return rows("offices")


def checks() -> list[tuple[str, str, date, str]]:
    with CHECKS.open(encoding="utf-8", newline="") as stream:
        return [
            (row["country"], row["office"], date(year, 1, 1), row["person"])
            for row in csv.DictReader(stream)
            for year in range(int(row["first_year"]), int(row["last_year"]) + 1)
        ]


def first_day(text: str) -> str:
    return text + "-01-01"[: 10 - len(text)] if len(text) < 10 else text


def holders(country: str, office: str, day: date) -> list[Row]:
    """The rows in force for a post. A row whose note begins with `rival` counts only where nothing else is in force."""
    iso = day.isoformat()
    found = [
        row
        for row in offices()
        if row["country"] == country and row["office"] == office and first_day(row["from"]) <= iso <= (row["to"] or LAST)
    ]
    return [row for row in found if not row["note"].startswith("rival")] or found


def said_by(person: str, day: date) -> tuple[str | None, set[str]]:
    """Country and roles that the actor stage gives to `person` on `day`."""
    sentence = f"قال {person} إن المحادثات مستمرة"
    actors = find_actors(tokenize(sentence), None, lexicon(), day, sentence)
    return (actors[0].country, set(actors[0].roles)) if actors else (None, set())


def test_ids_are_unique() -> None:
    ids = [row["id"] for row in offices()]
    assert len(ids) == len(set(ids))


def test_cells_are_well_formed() -> None:
    states = {row["iso3"] for row in rows("countries")} | set(PSEUDO_COUNTRIES)
    for row in offices():
        assert all([row["person"], row["name_en"], row["office_ar"]]), row["id"]
        assert row["office"] in POSTS, row["id"]
        assert row["country"] in states, row["id"]
        assert set(filter(None, row["roles"].split(";"))) <= set(ROLES), row["id"]
        assert row["gender"] in ("m", "f"), row["id"]
        assert DAY.fullmatch(row["from"]), row["id"]
        assert not row["to"] or DAY.fullmatch(row["to"]), row["id"]


def test_no_office_ends_before_it_starts() -> None:
    assert not [row["id"] for row in offices() if row["to"] and row["to"] < row["from"]]


def test_no_unmarked_overlap_for_one_post() -> None:
    """Two people in one post at a time need a note in one of the rows: rival, acting, interim ..."""
    posts: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in offices():
        if row["office"] != "other":
            posts[row["country"], row["office"]].append(row)
    overlaps = []
    for held in posts.values():
        held.sort(key=lambda row: row["from"])
        for i, earlier in enumerate(held):
            end = earlier["to"] or LAST
            for later in held[i + 1 :]:
                if later["from"] < end[: len(later["from"])] and not (earlier["note"] or later["note"]):
                    overlaps.append((earlier["id"], later["id"]))
    assert not overlaps


def test_the_same_person_is_written_in_one_way() -> None:
    """One English name and one gender per person and country, so that rows of one person can be joined."""
    seen: dict[tuple[str, str], tuple[str, str]] = {}
    for row in offices():
        told = (row["name_en"], row["gender"])
        assert seen.setdefault((row["country"], row["person"]), told) == told, row["id"]


def test_title_country_and_day_give_the_person() -> None:
    wrong = []
    for country, office, day, person in checks():
        found = {row["person"] for row in holders(country, office, day)}
        if found != ({person} if person else set()):
            wrong.append((country, office, day.year, person, found))
    assert len(checks()) > 2500
    assert len(wrong) / len(checks()) <= 0.02, wrong


def test_person_and_day_give_country_and_role() -> None:
    named = [check for check in checks() if check[3]]
    wrong = []
    for country, office, day, person in named:
        roles = {role for row in holders(country, office, day) if row["person"] == person for role in row["roles"].split(";")}
        found = said_by(person, day)
        if found[0] != country or not roles <= found[1]:
            wrong.append((country, office, day.year, person, found))
    assert len(wrong) / len(named) <= 0.02, wrong


@pytest.mark.parametrize("column", ["person", "variants"])
def test_every_full_name_finds_its_row(column: str) -> None:
    """Each name of two words or more gives country and roles of its row on the first day of the range."""
    wrong, tried = [], 0
    for row in offices():
        for name in row[column].split(";"):
            if " " not in name:
                continue
            tried += 1
            country, roles = said_by(name, date.fromisoformat(first_day(row["from"])))
            if country != row["country"] or not set(filter(None, row["roles"].split(";"))) <= roles:
                wrong.append((row["id"], name, country, roles))
    assert tried > 700
    assert len(wrong) / tried <= 0.01, wrong
