"""Every row of countries.csv finds its own example, every name finds its country, and the conditions of names are known ones."""

import pytest

from tasks.extract.actors import find_actors
from tasks.extract.actors.model import ROLES
from tasks.normalize.letters import fold_loose
from tasks.normalize.tokens import tokenize
from tests.lexicon.actor_rows import codes, day_of, lexicon, rows

ROWS = rows("countries")
CONDITIONS = {"context", "place", "never", "not_before", "not_after", "not_name", "not_adjective"}
LISTS = ("names", "capitals", "metonyms")


def entries(row: dict[str, str], column: str) -> list[str]:
    return [entry.strip() for entry in row[column].split(";") if entry.strip()]


def bare(entry: str) -> str:
    return entry.partition(":")[0]


def test_ids_are_unique() -> None:
    ids = [row["id"] for row in ROWS]
    assert len(ids) == len(set(ids))


def test_un_members_observers_and_disputed_territories_are_there() -> None:
    states = {row["iso3"] for row in ROWS}
    assert len(states) >= 199
    assert {"PSE", "VAT", "XKX", "TWN", "ESH", "HKG", "SSD", "TLS", "MNE"} <= states


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_example_gives_expected_actor(row: dict[str, str]) -> None:
    assert row["expect"] in codes(row["example"], day_of(row))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_conditions_are_known_and_name_a_name_of_the_row(row: dict[str, str]) -> None:
    own = {bare(entry) for column in LISTS for entry in entries(row, column)}
    for entry in entries(row, "ambiguous"):
        name, kind, *words = entry.split(":")
        assert name in own
        assert kind in CONDITIONS
        assert bool(words) == (kind in ("not_before", "not_after"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_roles_of_seats_of_power_are_known(row: dict[str, str]) -> None:
    for entry in entries(row, "metonyms"):
        roles = entry.partition(":")[2].split("+")
        assert set(roles) <= set(ROLES), entry


def test_no_name_is_listed_twice() -> None:
    """One spelling belongs to one row; عمان (Amman, Oman) is the only one that two states share."""
    seen: dict[str, str] = {}
    shared = set()
    for row in ROWS:
        for column in LISTS:
            for entry in entries(row, column):
                key = fold_loose(bare(entry))
                if seen.setdefault(key, row["id"]) != row["id"]:
                    shared.add(bare(entry))
    assert shared == {"عمان"}


def test_unconditioned_names_find_their_country() -> None:
    wrong, tried = [], 0
    for row in ROWS:
        conditioned = {bare(entry) for entry in entries(row, "ambiguous")}
        for name in entries(row, "names"):
            if name in conditioned:
                continue
            tried += 1
            sentence = f"أعلنت {name} موقفها"
            actors = find_actors(tokenize(sentence), None, lexicon(), day_of(row), sentence)
            if (row["iso3"] or None) not in {actor.country for actor in actors}:
                wrong.append((row["id"], name))
    assert tried > 400
    assert not wrong


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("دعت موسكو إلى التهدئة", "RUS:GOV"),
        ("رفض الكرملين الاتهامات", "RUS:GOV"),
        ("نفى البنتاغون سقوط قتلى", "USA:GOV;MIL"),
        ("رحب قصر الإليزيه بالاتفاق", "FRA:GOV"),
        ("رفضت داونينغ ستريت التعليق", "GBR:GOV"),
        ("صوت الكنيست على القانون", "ISR:LEG"),
        ("أدان الأتراك الهجوم", "TUR:"),
        ("استنكر المغاربة القرار", "MAR:"),
        ("رفض الروس العقوبات", "RUS:"),
    ],
)
def test_capitals_seats_and_peoples(sentence: str, expected: str) -> None:
    assert expected in codes(sentence, day_of({}))
