"""Text and publication day in, date phrases out."""

from collections.abc import Callable
from datetime import date

from tasks.normalize.dates.grammar import read_phrases
from tasks.normalize.dates.model import DatePhrase
from tasks.normalize.dates.reader import Reader
from tasks.normalize.dates.sense import sense
from tasks.normalize.dates.words import Lexeme, lex

FIRST_YEAR = 1001  # an anchor in an earlier year stands for an unknown publication day
SOME_DAY = date(2000, 1, 1)  # counted from where no day is known; what depends on it is then opened again
YEARS_AHEAD = 2  # a number alone further ahead is hardly the year of an event: plans say عام 2030
LAST_YEAR = 2100
KNOWN = ("absolute", "event")


def resolve_dates(text: str, anchor: date | None, tense: Callable[[int], int] | None = None) -> list[DatePhrase]:
    """Find and resolve the date phrases of a text.

    Args:
        text: Arabic text, a sentence or a whole article; offsets of the result are characters of it.
        anchor: the day from which relative phrases count, usually the publication day; None (or a day before the year 1001)
            when it is unknown: then only phrases that say everything resolve.
        tense: says for the character offset of a phrase whether its clause speaks of what is ahead (1) or past (-1) or gives no
            sign (0); words near the phrase are asked when it is absent or says 0.

    Returns:
        The phrases in text order, without overlaps. What a rule reads but cannot resolve has null days and the method "open".
        Phrases relative to another date (بعدها بيومين) count from the last date before them in the text.
    """
    lexemes = lex(text)
    if not lexemes:
        return []
    is_known = anchor is not None and anchor.year >= FIRST_YEAR
    day = anchor if anchor is not None and is_known else SOME_DAY
    reader = Reader(lexemes, day.year + YEARS_AHEAD if is_known else LAST_YEAR)

    def direction(first: int, last: int) -> int:
        told = int(tense(lexemes[first].start)) if tense is not None else 0
        return told or sense(reader, first, last)

    phrases = []
    for found in read_phrases(reader, day, direction):
        start, end = _begin(lexemes[found.first]), lexemes[found.last - 1].end
        stretch = found.stretch
        if not is_known and stretch.method not in KNOWN:
            stretch = stretch._replace(first=None, last=None, value=None, method="open", is_certain=False)
        phrases.append(
            DatePhrase(
                start, end, text[start:end], stretch.value, stretch.first, stretch.last, stretch.granularity, stretch.method,
                stretch.is_certain and stretch.first is not None,
            )
        )  # fmt: skip
    return phrases


def _begin(lexeme: Lexeme) -> int:
    """Where the phrase begins: behind conjunction and preposition written onto its first word, before the article."""
    front: tuple[str, ...] = ()
    for entry in lexeme.entries.values():
        front = tuple(f for f in entry.front if f != "ال")
        break
    width = sum(map(len, front))
    has_plain_front = lexeme.text.startswith("".join(front))
    return lexeme.start + width if width and has_plain_front and not lexeme.text.startswith("لل") else lexeme.start
