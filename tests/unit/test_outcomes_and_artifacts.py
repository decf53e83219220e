"""What a run says of itself, and that text from outside cannot act in it."""

import pytest

from flows import artifacts
from flows.outcomes import Outcome, SourceOutcome


@pytest.mark.parametrize(
    ("sources", "quarantine", "name"),
    [
        ([SourceOutcome("a", n_read=5, n_new=5)], {}, "Completed"),
        ([SourceOutcome("a", n_read=5, n_new=0)], {}, "Nothing new"),
        ([SourceOutcome("a", n_read=0, n_new=0)], {}, "Nothing new"),
        ([SourceOutcome("a", error="down")], {}, "Nothing worked"),
        ([SourceOutcome("a", error="down"), SourceOutcome("b", n_read=2, n_new=1)], {}, "Completed in part"),
        ([SourceOutcome("a", n_quarantined=3)], {"no-date": 3}, "Nothing worked"),
        ([SourceOutcome("a", n_read=2, n_new=0, n_quarantined=1)], {"no-date": 1}, "Nothing new"),
    ],
)
def test_states_tell_nothing_new_from_nothing_worked(sources: list[SourceOutcome], quarantine: dict, name: str) -> None:
    assert Outcome(sources=sources, quarantine=quarantine).state()[0] == name


def test_a_resumed_run_is_no_empty_run() -> None:
    assert Outcome(sources=[SourceOutcome("a", n_read=3)], n_resumed=1).state()[0] == "Completed"


HOSTILE = "<script>alert(1)</script> | `x` [a](javascript:alert(1)) *b* \n# c"


def test_cells_cannot_act() -> None:
    text = artifacts.cell(HOSTILE)
    assert not set(text) & set("<>|`[]*\n")
    assert artifacts.table(("a", "b"), [(HOSTILE, 1)], (1,)).count("\n") == 2


def test_pages_escape_names_and_errors() -> None:
    outcome = Outcome(sources=[SourceOutcome(HOSTILE, error=HOSTILE)], quarantine={HOSTILE: 2})
    page = artifacts.summary(outcome) + artifacts.quarantine(outcome.quarantine, [{"reason": HOSTILE}])
    assert "<script>" not in page
    assert "](" not in page


def test_bars_hold_one_mark_for_each_value_and_escape_labels() -> None:
    svg = artifacts.bars([("<b>", 1.0), ("y", 4.0)], "events")
    assert svg.count("<rect") == 2
    assert "<b>" not in svg
    assert 'height="80.0"' in svg
