"""Numbers and quantifiers in front of an actor belong to its phrase: عشرات المتظاهرين، ما لا يقل عن 30 مدنيا، عدد من الجنود."""

from tasks.extract.actors.phrases import Phrase
from tasks.extract.actors.sentence import Words

AT_LEAST = frozenset({"يقل", "لا", "يربو", "يزيد", "يقارب", "يقرب"})


def widen(words: Words, phrase: Phrase, limit: int) -> None:
    """Move `phrase.first` left over quantifiers and numbers, not beyond word `limit`, and take the proclitics of that word."""
    _take_number_after(words, phrase)
    if phrase.proclitics:
        return
    i = phrase.first
    while i > limit:
        if words.is_counting(i - 1):
            i -= 1
        elif words.key(i - 1) in ("من", "عن", "علي", "على") and i - 2 >= limit and words.is_counting(i - 2):
            if words.key(i - 1).startswith("عل") and words.key(i - 2) not in AT_LEAST:
                break  # «هجمات 2001 على الولايات المتحدة»
            i -= 2
        elif words.key(i - 1) == "من" and i - 3 >= limit and words.has_article(i - 2) and words.is_counting(i - 3):
            i -= 3  # «الغالبية العظمى من المتظاهرين»
        else:
            break
    if i == phrase.first:
        return
    while i > limit and words.key(i) in AT_LEAST and words.key(i - 1) in ("ما", "لا"):
        i -= 1  # «ما لا يقل عن 30 مدنيا», «ما يربو على 900 متظاهر»
    phrase.first = i
    if phrase.number == "s" and not (phrase.row is not None and phrase.row.kind == "title"):
        phrase.number = "p"
    front = words.counting_front(i)
    phrase.proclitics = front
    if phrase.kind == "nationals" and not phrase.roles:
        phrase.roles = ("CVL",)


def _take_number_after(words: Words, phrase: Phrase) -> None:
    """فلسطينيين اثنين، شخص واحد: one and two stand after the noun."""
    if phrase.kind in ("agent", "nationals") and words.bare_key(phrase.last) in ("واحد", "واحدة", "اثنين", "اثنان", "اثنتين"):
        phrase.last += 1
