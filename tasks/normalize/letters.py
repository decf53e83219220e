"""Arabic letters: what two spellings of one word have in common.

Text keeps its original form everywhere; these functions make *keys* to look words up. `fold` never changes the length of a
string that has no marks, so offsets of marked text go through `strip_marks_map`.

>>> fold("إلى أنقرة")
'الي انقرة'
>>> strip_marks("قُتِلَ")
'قتل'
"""

import re
from functools import lru_cache

# U+064B-0652 short vowels, 0653-0655 combining hamza/madda, 0670 dagger alef, 0640 tatweel, bidi and zero-width controls, BOM.
MARKS = "\u064b-\u0655\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u061c"
_MARK = re.compile(f"[{MARKS}]")

# Variants of one letter. Persian and Urdu keyboards give U+06A9, U+06CC, U+06C1; alef carries hamza or not at the writer's whim.
_FOLD = str.maketrans(
    "أإآٱىیکہګ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹",
    "اااايي" + "كهك" + "0123456789" * 2,
)
LONGEST_WORD = 40
_LOOSE = str.maketrans("ةؤئ", "هوي")


def strip_marks(text: str) -> str:
    """Return `text` without diacritics, tatweel and invisible controls."""
    return _MARK.sub("", text)


def strip_marks_map(text: str) -> tuple[str, list[int]]:
    """Return the stripped text and, for each of its characters and its end, the offset in `text`."""
    offsets = [i for i, letter in enumerate(text) if not _MARK.match(letter)]
    return "".join(text[i] for i in offsets), [*offsets, len(text)]


def fold(text: str) -> str:
    """Return the key of a word: no marks, one alef, one yeh, Persian letters as Arabic ones, ASCII digits."""
    return _fold_word(text) if len(text) < LONGEST_WORD else _MARK.sub("", text).translate(_FOLD)


@lru_cache(maxsize=1 << 17)
def _fold_word(word: str) -> str:
    """Words come again and again: an article has a few hundred different ones, a corpus some ten thousand that are frequent."""
    return _MARK.sub("", word).translate(_FOLD)


def fold_loose(text: str) -> str:
    """Return `fold` with teh marbuta as heh and hamza carriers bare: for names, where spelling varies most."""
    return fold(text).translate(_LOOSE)
