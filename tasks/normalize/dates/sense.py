"""Does a clause speak of what is ahead or of what is past? Words of the table `tense_cues` and verbs with the future prefix."""

from tasks.normalize.dates.reader import Reader, stems_of
from tasks.normalize.dates.words import Lexeme, tables

REACH = 25  # lexemes before the phrase in which a sign counts
BEHIND = 6  # and behind it
STOPS = frozenset(".؟!؛:")
FUTURE = "س"
PREFIXES = frozenset("ينتا")  # letters of the imperfect behind the future prefix


def is_future_verb(lexeme: Lexeme) -> bool:
    """Is the word built like س + imperfect verb, and not in the table of words that only look so?"""
    key = lexeme.key
    if key[:1] in ("و", "ف") and key[1:2] == FUTURE:
        key = key[1:]
    if len(key) < 4 or key[0] != FUTURE or key[1] not in PREFIXES or lexeme.entries:
        return False
    if key[1] == "ا" and FUTURE + "أ" not in lexeme.text:  # first person; without hamza (وسائل) it is some other word
        return False
    return tables().cues.get(key) != "plain"


def sense(r: Reader, first: int, last: int) -> int:
    """1 when the nearest sign before (else behind) the phrase points ahead, -1 when back, 0 when there is none.

    A past auxiliary right before a sign of the future turns it (كان يفترض, كان من المقرر).
    """
    for j in range(first - 1, max(-1, first - REACH - 1), -1):
        if r.key(j) in STOPS:
            break
        sign = _sign(r.lexemes[j])
        if sign:
            is_turned = sign > 0 and _sign(r.at(j - 2 if r.link(j - 1, "of") else j - 1)) < 0
            return -1 if is_turned else sign
    for j in range(last, min(r.size, last + BEHIND)):
        if r.key(j) in STOPS or r.key(j) == "،":
            break
        if _sign(r.lexemes[j]) > 0:
            return 1
    return 0


def _sign(lexeme: Lexeme) -> int:
    if not lexeme.key or lexeme.number is not None:
        return 0
    if is_future_verb(lexeme):
        return 1
    cues = tables().cues
    for stem in stems_of(lexeme.key):
        kind = cues.get(stem)
        if kind == "future":
            return 1
        if kind == "past":
            return -1
    return 0
