"""What holds for every text: offsets slice it, phrases do not overlap, days are in order, nothing raises."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.seeds import read_seed
from tasks.normalize.dates import DatePhrase, resolve_dates

TABLES = ("time_words", "months", "number_words", "date_parts", "date_names")
WORDS = sorted({
    word
    for name in TABLES
    for row in read_seed(f"lexicon/{name}").iter_rows(named=True)
    for column in ("words", "phrase")
    for word in row.get(column, "").split(";")
    if word
})  # fmt: skip
LINKS = [
    "من",
    "إلى",
    "حتى",
    "في",
    "و",
    "بين",
    "الماضي",
    "المقبل",
    "-",
    "/",
    "،",
    "(",
    ")",
    ":",
    "هـ",
    "3",
    "31",
    "99",
    "٢٠٢٢",
    "1443",
    "9999",
    "0",
]
date_words = st.lists(st.one_of(st.sampled_from(WORDS), st.sampled_from(LINKS)), max_size=12).map(" ".join)
anchors = st.one_of(st.dates(), st.sampled_from([date.min, date.max, date(1000, 1, 1), date(2024, 2, 29)]))


def is_sound(text: str, phrases: list[DatePhrase]) -> None:
    end = 0
    for phrase in phrases:
        assert end <= phrase.start < phrase.end <= len(text)
        assert text[phrase.start : phrase.end] == phrase.text
        assert (phrase.first_day is None) == (phrase.last_day is None)
        if phrase.first_day is not None and phrase.last_day is not None:
            assert phrase.first_day <= phrase.last_day
        else:
            assert not phrase.is_certain
        end = phrase.end


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80), anchors)
def test_any_text(text: str, anchor: date) -> None:
    is_sound(text, resolve_dates(text, anchor))


@settings(max_examples=1000, deadline=None)
@given(date_words, anchors)
def test_any_row_of_date_words(text: str, anchor: date) -> None:
    is_sound(text, resolve_dates(text, anchor))


@settings(max_examples=200, deadline=None)
@given(date_words)
def test_without_an_anchor_no_day_depends_on_it(text: str) -> None:
    phrases = resolve_dates(text, None)
    is_sound(text, phrases)
    assert all(phrase.first_day is None for phrase in phrases if phrase.method in ("relative", "weekday"))


@settings(max_examples=200, deadline=None)
@given(date_words, st.text(alphabet="سكتب لنهي", max_size=30))
def test_offsets_move_with_text_before_them(text: str, before: str) -> None:
    """Words of no date before a full stop and a new line only move the phrases along."""
    lead = f"{before.strip()}.\n"
    assert not resolve_dates(lead, date(2022, 10, 23))
    moved = resolve_dates(lead + text, date(2022, 10, 23))
    is_sound(lead + text, moved)
    assert all(phrase.start >= len(lead) for phrase in moved)
