"""Is a text Arabic? Counted in letters and short words, without a model.

Persian, Urdu, Kurdish and Pashto share the script: they betray themselves by letters that Arabic lacks and by their own
commonest words, while every Arabic news text is full of Arabic function words.
"""

import re
from functools import cache

from schemas.seeds import read_seed

SAMPLE = 1000
_OTHER = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u04ff\u0590-\u05ff\u0900-\u0fff\u3040-\u9fff\uac00-\ud7af]+")
# peh, tcheh, jeh, keheh, gaf, Farsi yeh, heh goal, noon ghunna, yeh barree, Kurdish and Urdu letters.
_FOREIGN = re.compile("[\u067e\u0686\u0698\u06a9\u06af\u06c1\u06be\u06d2\u0679\u0688\u0691\u06ba\u06ce\u06c6\u06d5\u0695\u06b5]")
_WORD = re.compile("[\u0621-\u06d3]+")


@cache
def common_words() -> frozenset[str]:
    """Return seeds/ingest/common_words.csv: the words that no Arabic paragraph does without."""
    return frozenset(read_seed("ingest/common_words")["word"].to_list())


def _is_common(word: str) -> bool:
    if word in common_words() or (len(word) > 4 and word.startswith("ال")):
        return True
    return word[0] in "وف" and (word[1:] in common_words() or word.startswith(("وال", "فال")))


def language_of(text: str) -> str:
    """Return "ar" for Arabic, "other-arabic-script" for its neighbours, "other" for other scripts, "" without letters.

    Text shorter than 20 words is taken as Arabic when its letters are: a headline may have no function word.
    """
    sample = text if len(text) <= SAMPLE else text[:SAMPLE]
    words = _WORD.findall(sample)
    n_arabic = sum(map(len, words))
    n_other = sum(map(len, _OTHER.findall(sample)))
    if not n_arabic and not n_other:
        return ""
    if n_arabic < 0.6 * (n_arabic + n_other):
        # Front matter in Latin letters (mark-up, a list of networks) must not hide an Arabic article.
        if len(text) > SAMPLE and n_arabic:
            middle = text[SAMPLE : 2 * SAMPLE]
            if sum(map(len, _WORD.findall(middle))) > 2 * sum(map(len, _OTHER.findall(middle))):
                return language_of(text[SAMPLE:])
        return "other"
    if len(_FOREIGN.findall(sample)) > 0.02 * n_arabic:
        return "other-arabic-script"
    if len(words) >= 20 and sum(map(_is_common, words)) < 0.12 * len(words):
        return "other-arabic-script"
    return "ar"
