"""The gazetteer: each row lies where its country is, each name without a condition is found as a place of its country."""

from collections import defaultdict
from math import cos, hypot, radians

from tasks.extract.actors import find_actors
from tasks.normalize.letters import fold
from tasks.normalize.tokens import tokenize
from tests.lexicon.actor_rows import day_of, lexicon, rows

ROWS = rows("places")
KINDS = {"city", "region", "admin1", "camp", "area", "district", "crossing", "settlement", "site", "airport", "base", "island"}
KINDS |= {"port", "strait", "sea", "canal"}
# Letters of Persian, Kurdish and Urdu spelling that Arabic newspapers do not write (گ and چ stand in a few Iranian names).
FOREIGN = set("یکہەێۆڵۀڤپژٹڈںے")
KM_PER_DEGREE = 111.2
WIDE = {"", "USA", "RUS", "CHN", "CAN", "BRA", "AUS", "IDN", "GBR", "FRA", "ESP", "IND", "DNK", "MEX"}


def names(row: dict[str, str]) -> list[str]:
    return [name.strip() for name in row["names"].split(";")]


def test_ids_are_unique() -> None:
    ids = [row["id"] for row in ROWS]
    assert len(ids) == len(set(ids))


def test_rows_are_complete() -> None:
    states = {row["iso3"] for row in rows("countries")}
    for row in ROWS:
        assert all([*names(row), row["name_en"]]), row["id"]
        assert row["type"] in KINDS, row["id"]
        assert row["iso3"] in states or (row["iso3"] == "" and row["id"].startswith("place-world-")), row["id"]
        assert -90 <= float(row["lat"]) <= 90, row["id"]
        assert -180 <= float(row["lon"]) <= 180, row["id"]
        assert row["coordinates_from"] in ("own", "geonames"), row["id"]


def test_names_are_written_as_arabic_newspapers_write_them() -> None:
    for row in ROWS:
        for name in names(row):
            assert not set(name) & FOREIGN, row["id"]
            assert not any("a" <= letter.lower() <= "z" for letter in name), row["id"]


def test_a_name_stands_once_in_a_country() -> None:
    seen: dict[tuple[str, str], str] = {}
    for row in ROWS:
        for name in names(row):
            assert seen.setdefault((row["iso3"], fold(name)), row["id"]) == row["id"], (row["id"], name)


def test_towns_lie_near_the_other_towns_of_their_country() -> None:
    """A slip of the pen in a coordinate puts a town far from all others: within 1,700 km of the country's middle town.

    States that stretch over more than that, or have islands overseas, are left out.
    """
    points: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for row in ROWS:
        points[row["iso3"]].append((float(row["lat"]), float(row["lon"])))
    for row in ROWS:
        if row["iso3"] in WIDE:
            continue
        inside = points[row["iso3"]]
        lat = sorted(p[0] for p in inside)[len(inside) // 2]
        lon = sorted(p[1] for p in inside)[len(inside) // 2]
        north, east = float(row["lat"]) - lat, (float(row["lon"]) - lon) * cos(radians(lat))
        assert hypot(north, east) * KM_PER_DEGREE < 1700, row["id"]


def test_unconditioned_names_are_found_as_places() -> None:
    wrong, tried = [], 0
    shared: defaultdict[str, set[str]] = defaultdict(set)
    for row in ROWS:
        for name in names(row):
            shared[fold(name)].add(row["iso3"])
    for row in ROWS:
        if row["ambiguous"] or not row["iso3"]:
            continue
        for name in names(row):
            tried += 1
            sentence = f"اندلعت اشتباكات في {name} أمس"
            actors = find_actors(tokenize(sentence), None, lexicon(), day_of({}), sentence)
            if not shared[fold(name)] & {actor.country for actor in actors}:
                wrong.append((row["id"], name))
    assert tried > 2000
    assert len(wrong) / tried <= 0.02, wrong
