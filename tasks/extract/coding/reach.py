"""How far a clause reaches to the right of its verb.

In: the items of a sentence and the place of a verb. Out: the phrases of its clause, up to what ends it.
"""

from tasks.extract.coding.agreement import is_addressing
from tasks.extract.coding.model import Item, Phrase, Sentence

HARD_STOPS = frozenset({"stop", "subordinator", "verb", "relative", "complementizer", "colon"})


def phrases_after(sentence: Sentence, k: int, speech: frozenset[str]) -> tuple[list[tuple[int, Phrase]], int]:
    """Return the phrases right of the verb at `k` up to the end of its clause, and the index of the item that ends it.

    `speech` are the lemmas of verbs of saying: what they quote is a part of its own.
    """
    items = sentence.items
    found: list[tuple[int, Phrase]] = []
    passed: list[Phrase | None] = []
    comma = False
    j = k + 1
    while j < len(items):
        item = items[j]
        if item.kind == "comma":
            if _comma_ends(items, j):
                break
            # «، اليوم الأحد،»: two commas with nothing but a date between them close again, as does «الرئيس، باراك أوباما،»
            sets_off = _has_comma(sentence, items[j - 1]) or item.first - 1 in sentence.in_time  # «خطف مسلحون أمس، عددا»
            comma = items[j - 1].kind != "comma" and (comma or not sets_off)
        elif item.kind == "quote":
            if items[k].lemma in speech:
                break
        elif item.kind == "relative":
            resumed = _after_relative(items, j)
            if resumed is None:
                break
            j = resumed
            continue
        elif item.kind in HARD_STOPS:
            break
        elif item.phrase is not None:
            bare_late = comma and not item.phrase.slot and not item.phrase.conjunct_of and any(not p.slot for _, p in found)
            if bare_late and len(found) == 1 and _is_addressed(items, k, j):
                bare_late = False
            if bare_late or item.phrase.conjunct_of in passed:
                passed.append(item.phrase)  # «9400 فلسطيني، بينهم أطفال ونساء»: what is joined to it is out, too
            else:
                found.append((j, item.phrase))
        j += 1
    return found, j


def _is_addressed(items: list[Item], k: int, j: int) -> bool:
    """«دعت الأمانة العامة، المنظمات إلى»: somebody between the comma and إلى whom a verb of addressing needs."""
    phrase = items[j].phrase
    following = next((item.phrase for item in items[j + 1 : j + 4] if item.phrase is not None and item.phrase.slot), None)
    is_called = following is not None and following.slot in ("الي", "ب", "علي")
    return is_addressing(items[k].lemma) and phrase is not None and bool(phrase.actors) and is_called


def _has_comma(sentence: Sentence, item: Item) -> bool:
    """Does the phrase take in a comma, as a title with its holder's name does?"""
    return item.phrase is not None and any(t.text in ("،", ",") for t in sentence.tokens[item.first : item.last])


def _comma_ends(items: list[Item], j: int) -> bool:
    """After a comma a verb starts a new clause; a phrase may still belong to the old one."""
    following = items[j + 1] if j + 1 < len(items) else None
    return bool(following is None or following.kind in ("verb", "stop", "subordinator", "negation"))


def _after_relative(items: list[Item], j: int) -> int | None:
    """Where the main clause goes on after a relative one: behind the comma that closes it, else behind what its verb needs.

    «طيران التحالف الذي تقوده المملكة (في إطار العملية) مواقع للحوثيين»: a verb with a pronoun needs a subject, no more.
    """
    verb = next((m for m in range(j + 1, min(j + 4, len(items))) if items[m].kind == "verb"), None)
    for m in range(j + 1, min(j + 14, len(items))):
        item = items[m]
        if item.kind in ("stop", "colon"):
            break
        if item.kind == "comma" and m + 1 < len(items):
            return m + 1 if items[m + 1].phrase is not None or items[m + 1].kind == "complementizer" else None
    if verb is None or items[verb].analysis is None or not items[verb].analysis.enclitic:  # type: ignore[union-attr]
        return None
    after = verb + 1
    while after + 1 < len(items) and items[after + 1].phrase is not None and items[after + 1].phrase.conjunct_of is not None:  # type: ignore[union-attr]
        after += 1  # «شهدتها مناطق وقرى»: both are its subject
    return after + 1 if after + 1 < len(items) and items[after].phrase is not None else None
