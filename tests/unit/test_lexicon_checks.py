"""What a spreadsheet can spoil in a word table is found, with table, line and column."""

import polars as pl
import pytest

from tasks.lexicon import check_cell, check_code, check_table, is_known, known_words

CODES = frozenset({"057", "190", "0256"})


@pytest.mark.parametrize(
    "text",
    ["\ufecb\ufe8e\ufe9f\ufedd", "الـرئيس", "ال\u200fرئيس", "رئ\u06ccس", "وزير  الدفاع", "أ\u0654".replace("أ", "ا")],
)
def test_wrong_letters_are_found(text: str) -> None:
    assert list(check_cell(text))


@pytest.mark.parametrize("text", ["", "عاجل", "أَعْلَن", "وزير الدفاع", "UN", "٣"])
def test_right_letters_pass(text: str) -> None:
    assert not list(check_cell(text))


def test_a_lost_zero_is_named() -> None:
    assert list(check_code("57", CODES)) == ["'57' is no CAMEO code; 057? spreadsheets drop the zero"]
    assert not list(check_code("057", CODES))
    assert not list(check_code("none", CODES))


def test_problems_name_line_and_column() -> None:
    table = pl.DataFrame({"id": ["a", "b", "a"], "code": ["190", "57", ""], "lemma": ["كتب", "هجم;;ضرب", "شرب"]})
    found = {(problem.line, problem.column) for problem in check_table("t", table, CODES)}
    assert found == {(3, "code"), (3, "lemma"), (4, "id")}


def test_known_words_are_known_with_what_is_written_onto_them() -> None:
    known = frozenset({"عراق", "وزير"})
    assert all(is_known(word, known) for word in ("العراق", "والعراق", "للوزير", "وَزِير"))
    assert not is_known("شويغو", known)


def test_tables_know_their_own_words() -> None:
    known = known_words()
    assert {"روسيا", "مصر", "وزير"} <= known
    assert "زقزقلبوط" not in known
