"""Which date phrase belongs to an event.

The phrase of its own clause wins, the nearest first; else a phrase that opens the sentence; else the publication day, and
that is said.
"""

from datetime import date
from typing import NamedTuple

from tasks.extract.coding.model import Frame, Sentence
from tasks.normalize.dates import DatePhrase


class EventDate(NamedTuple):
    """First and last day of an event and how they were found: phrase, sentence or publication."""

    first_day: date | None
    last_day: date | None
    granularity: str
    method: str
    phrase: DatePhrase | None


def date_of(sentence: Sentence, frame: Frame, published: date | None) -> EventDate:
    """Return the date of the event that `frame` tells."""
    known = [d for d in sentence.dates if d.first_day is not None]
    if known:
        own = _in_clause(sentence, frame, known)
        if own is not None:
            return EventDate(own.first_day, own.last_day, own.granularity, "phrase", own)
        opening = known[0]
        if _opens(sentence, opening) and not frame.is_relative:
            return EventDate(opening.first_day, opening.last_day, opening.granularity, "sentence", opening)
    return EventDate(published, published, "day", "publication", None)


def _in_clause(sentence: Sentence, frame: Frame, known: list[DatePhrase]) -> DatePhrase | None:
    tokens = sentence.tokens
    first, last = _segment(sentence, frame)
    begin, end = tokens[first].start, tokens[last - 1].end
    inside = [d for d in known if d.start < end and d.end > begin]
    if not inside:
        return None
    trigger = tokens[frame.trigger].start
    after = [d for d in inside if d.start >= trigger]
    return min(after or inside, key=lambda d: abs(d.start - trigger))


def _segment(sentence: Sentence, frame: Frame) -> tuple[int, int]:
    """The tokens between the clause openers around the trigger."""
    first, last = 0, len(sentence.tokens)
    for item in sentence.items:
        opens = item.kind in ("stop", "subordinator", "relative", "complementizer", "colon") or (
            item.kind == "verb" and item.first != frame.trigger and item.analysis and {"و", "ف"} & set(item.analysis.proclitics)
        )
        if not opens:
            continue
        if item.last <= frame.trigger:
            first = item.first
        elif item.first > frame.trigger_last:
            last = item.first
            break
    return first, max(last, first + 1)


def _opens(sentence: Sentence, phrase: DatePhrase) -> bool:
    return sum(t.end <= phrase.start for t in sentence.tokens) <= 2
