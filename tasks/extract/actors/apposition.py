"""A name with its title after it: «مايكل أورين السفير الإسرائيلي», «رانيا المشاط، وزيرة التخطيط»."""

from tasks.extract.actors.names import PARTICLES
from tasks.extract.actors.phrases import Phrase
from tasks.extract.actors.sentence import Words

MAX_NAME = 4


def name_before(words: Words, phrase: Phrase, found: list[Phrase]) -> bool:
    """Join the person name in front of a title phrase to it; return whether it was the last phrase of `found`."""
    row = phrase.row
    if row is None or row.kind != "title" or phrase.name or phrase.proclitics or phrase.number in ("p", "d"):
        return False
    before = phrase.first - 1
    has_comma = before >= 0 and words.key(before) in ("،", ",")
    end = before if has_comma else before + 1
    if found and found[-1].kind == "person" and found[-1].last == end and found[-1].row is None:
        person = found[-1]
        if phrase.country and person.country and phrase.country != person.country:
            return False
        phrase.set_country(person.country, "name")
        phrase.first, phrase.name, phrase.proclitics, phrase.kind = person.first, person.name, person.proclitics, "person"
        phrase.rows.extend(person.rows)
        return True
    if not phrase.country and has_comma:
        return False
    start = _run_back(words, end, found[-1].last if found else 0)
    if end - start >= 2 and words.is_given_name(start):
        phrase.name = " ".join(token.text for token in words.tokens[start:end])
        phrase.first, phrase.kind = start, "person"
    return False


def _run_back(words: Words, end: int, limit: int) -> int:
    """First word of the run of name words that ends before `end`; it starts with a given name."""
    start = best = end
    while start > limit and end - start < MAX_NAME:
        start -= 1
        if words.loose(start) not in PARTICLES and not words.is_name_word(start, is_first=False):
            break
        if words.is_given_name(start):
            best = start
    return best
