"""Text and publication day in, date phrases out."""

import re
from collections.abc import Callable
from datetime import date
from functools import cache

from tasks.normalize.dates.grammar import Reader
from tasks.normalize.dates.model import DatePhrase
from tasks.normalize.dates.words import Lexeme, date_words, lex
from tasks.normalize.letters import fold_loose

NO_YEAR = 1000  # an anchor up to this year stands for an unknown publication day
# A verb with the future prefix, سوف, or a word of plans and forecasts near the phrase.
AHEAD = re.compile(
    r"^(?:و|ف)?(?:س[ينتا]\w{2,}|سوف|لن)$|^(?:و|ف)?(?:مقرر|المقرر|مرتقب|المرتقب|متوقع|المتوقع|منتظر|المنتظر|يعتزم|تعتزم|يتوقع)$"
)
REACH = 8  # lexemes to the left in which a sign of the future counts


@cache
def _cue() -> re.Pattern[str]:
    """Any first word of a date phrase: a text without one has no date, and is passed over at once."""
    words = sorted({key for key in date_words().cues if len(key) > 2}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)) + r"|\d")


def resolve_dates(text: str, anchor: date, tense: Callable[[int], bool] | None = None) -> list[DatePhrase]:
    """Find and resolve the date phrases of a text.

    Args:
        text: any Arabic text; offsets of the result are characters of it.
        anchor: the day from which relative phrases count, usually the publication day.
        tense: says for a character offset whether the clause around it speaks of the future; word cues are used when absent.

    Returns:
        The phrases in text order, without overlaps. What a rule reads but cannot resolve has null days.
    """
    if _cue().search(fold_loose(text)) is None:
        return []
    lexemes = lex(text)

    def looks_ahead(i: int) -> bool:
        if tense is not None:
            return tense(lexemes[i].start)
        return _ahead(lexemes, i)

    phrases = []
    for found in Reader(lexemes, anchor, looks_ahead).run():
        start, end = lexemes[found.first].start, lexemes[found.last - 1].end
        first = lexemes[found.first]
        if first.front and first.kind == "word":
            start += _front_width(text[start:end], first.front)
        stretch = found.stretch
        if anchor.year <= NO_YEAR and stretch.method != "absolute":
            stretch = stretch._replace(first=None, last=None, value=None, method="open")
        phrases.append(
            DatePhrase(
                start,
                end,
                text[start:end],
                stretch.value,
                stretch.first,
                stretch.last,
                stretch.granularity,
                stretch.method,
                stretch.is_certain,
            )
        )
    return phrases


def _front_width(text: str, front: str) -> int:
    """Letters of conjunction and preposition written onto the first word; the article stays in the phrase."""
    clitics = front.removesuffix("ال")
    return len(clitics) if clitics in ("و", "ف", "ب", "ل", "وب", "ول") and len(text) > len(clitics) else 0


def _ahead(lexemes: list[Lexeme], i: int) -> bool:
    for lexeme in lexemes[max(0, i - REACH) : i]:
        if lexeme.key in (".", "؛"):
            continue
        if AHEAD.match(lexeme.key) and lexeme.key.lstrip("وف") not in date_words().traps["nofuture"]:
            return True
    return False
