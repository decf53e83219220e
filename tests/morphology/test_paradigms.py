"""Paradigms of 73 verbs over all patterns and weak roots, checked by hand; cells are folded, `;` between variants."""

import csv
from pathlib import Path

import pytest

from tasks.extract.morphology.conjugate import finite_forms, jussive_forms
from tasks.extract.morphology.derive import participles, verbal_nouns

ROWS = list(csv.DictReader((Path(__file__).parent / "paradigms.csv").read_text(encoding="utf-8").splitlines()))
CELLS = {
    "perfect_3ms": ("perfect", "active", "3", "m", "s"),
    "perfect_3fs": ("perfect", "active", "3", "f", "s"),
    "perfect_3mp": ("perfect", "active", "3", "m", "p"),
    "imperfect_3ms": ("imperfect", "active", "3", "m", "s"),
    "imperfect_3fs": ("imperfect", "active", "3", "f", "s"),
    "imperfect_3mp": ("imperfect", "active", "3", "m", "p"),
    "passive_perfect_3ms": ("perfect", "passive", "3", "m", "s"),
    "passive_imperfect_3ms": ("imperfect", "passive", "3", "m", "s"),
}


def cells(row: dict[str, str], column: str) -> set[str]:
    return set(filter(None, row[column].split(";")))


def test_table_covers_patterns_and_weak_roots() -> None:
    assert len(ROWS) >= 60
    assert {row["pattern"] for row in ROWS} == {*map(str, range(1, 11)), "Q1", "Q2", "Q4"}
    assert {row["class"] for row in ROWS} == {"sound", "hollow", "defective", "assimilated", "doubled", "hamzated"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['pattern']}-{row['root']}")
def test_finite_forms(row: dict[str, str]) -> None:
    forms = list(finite_forms(row["lemma"], row["root"], row["pattern"], row["vowel"]))
    for column, (aspect, voice, *cell) in CELLS.items():
        found = {
            f.text for f in forms if f.aspect == aspect and f.voice in (voice, "either") and [f.person, f.gender, f.number] == cell
        }
        if row[column]:
            assert found == cells(row, column), column
    first = {
        f.text for f in forms if f.aspect == "perfect" and f.voice in ("active", "either") and f.person == "1" and f.number == "s"
    }
    # where "I" is written like "she" only the latter is listed
    assert (first or cells(row, "perfect_3fs")) == cells(row, "perfect_1s")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['pattern']}-{row['root']}")
def test_derived_nouns(row: dict[str, str]) -> None:
    found = participles(row["lemma"], row["root"], row["pattern"], row["vowel"])
    for column, voice in (("participle_active", "active"), ("participle_passive", "passive")):
        if row[column]:
            assert {text for text, is_voice in found if is_voice in (voice, "either")} == cells(row, column)
    assert set(verbal_nouns(row["lemma"], row["root"], row["pattern"])) == cells(row, "verbal_noun")


@pytest.mark.parametrize(
    ("verb", "short"),
    [
        (("قَال", "قول", "1", "u"), "يقل"),
        (("دَعَا", "دعو", "1", "u"), "يدع"),
        (("تَلَقَّى", "لقي", "5", ""), "يتلق"),
        (("أَعَاد", "عود", "4", ""), "يعد"),
        (("رَأَى", "رءي", "1", "a"), "ير"),
    ],
)
def test_shortened_forms(verb: tuple[str, str, str, str], short: str) -> None:
    assert short in {form.text for form in jussive_forms(*verb)}


def test_sound_verbs_have_no_shortened_form() -> None:
    assert not list(jussive_forms("كَتَب", "كتب", "1", ""))


def test_not_to_be_has_a_perfect_only() -> None:
    forms = {(form.text, form.aspect) for form in finite_forms("لَيْسَ", "ليس", "1", "")}
    assert forms == {(text, "perfect") for text in ("ليس", "ليست", "ليسا", "ليسوا", "لسن", "لسنا", "لست")}
