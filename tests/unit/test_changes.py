"""Two codings of the same articles: added, gone, changed, and nothing for what is equal."""

from datetime import date
from typing import Any

import polars as pl

from tasks.changes import mention_changes


def mentions(*rows: dict[str, Any]) -> pl.DataFrame:
    whole = {"article_id": "a", "trigger_start": 0, "trigger_text": "قصف", "code": "190", "source_code": "ISRMIL"}
    whole |= {"target_code": None, "first_day": date(2024, 1, 1), "last_day": date(2024, 1, 1)}
    schema = dict.fromkeys(whole, pl.String) | {"trigger_start": pl.Int32, "first_day": pl.Date, "last_day": pl.Date}
    return pl.DataFrame([{**whole, **row} for row in rows], schema=schema)


def test_equal_codings_give_nothing() -> None:
    frame = mentions({}, {"trigger_start": 9})
    assert mention_changes(frame, frame.reverse()).height == 0


def test_added_gone_and_changed_are_told_apart() -> None:
    before = mentions({}, {"trigger_start": 5}, {"trigger_start": 7, "article_id": "b"})
    after = mentions({"code": "195"}, {"trigger_start": 9}, {"trigger_start": 7, "article_id": "b"})
    rows = mention_changes(before, after).select("change", "before", "after").rows()
    assert rows == [
        ("changed", "190 ISRMIL>- 2024-01-01/2024-01-01", "195 ISRMIL>- 2024-01-01/2024-01-01"),
        ("gone", "190 ISRMIL>- 2024-01-01/2024-01-01", None),
        ("added", None, "190 ISRMIL>- 2024-01-01/2024-01-01"),
    ]


def test_one_more_target_on_a_trigger_is_a_change_of_that_trigger() -> None:
    rows = mention_changes(mentions({"target_code": "LBN"}), mentions({"target_code": "LBN"}, {"target_code": "SYR"}))
    assert rows["change"].to_list() == ["added"]
    assert rows["after"].to_list() == ["190 ISRMIL>SYR 2024-01-01/2024-01-01"]


def test_empty_sides() -> None:
    assert mention_changes(mentions(), mentions()).height == 0
    assert mention_changes(mentions(), mentions({}))["change"].to_list() == ["added"]
