"""From sounds to Arabic spelling: short vowels unwritten, one letter for a doubled one, hamza on its seat.

Sounds are one string: consonants as Arabic letters, short vowels `a i u`, long vowels `A I U`, `Y` a final alef written ى,
`ٱ` an alef that is only written. Hamza is always `ء`; its seat follows the rule of the school grammars (Wright I, 16-18): the
stronger of the vowels around it, i before u before a; after a long vowel and at the end of a word by what stands before it.

>>> write("yuءaكkid".replace("y", "ي").replace("k", "ك").replace("d", "د"))
'يؤكد'
"""

import re

STRENGTH = {"i": 3, "I": 3, "u": 2, "U": 2, "a": 1, "A": 1, "Y": 1}
SEATS = ("ء", "ا", "ؤ", "ئ")
LETTERS = {"A": "ا", "I": "ي", "U": "و", "Y": "ي", "ٱ": "ا", "a": "", "i": "", "u": ""}
CONSONANT = "[^aiuAIUYٱ]"
# ءaء + consonant is one long vowel (آمن), uي and iو become long (يوقن، إيقاف)
CONTRACTIONS = (
    (re.compile("ءء"), "ء"),
    (re.compile(f"ءaء(?={CONSONANT})"), "ءA"),
    (re.compile(f"ءuء(?={CONSONANT})"), "ءU"),
    (re.compile(f"ءiء(?={CONSONANT})"), "ءI"),
    (re.compile(f"uي(?=(?!ي){CONSONANT})"), "U"),
    (re.compile(f"iو(?=(?!و){CONSONANT})"), "I"),
)


def _seat(before: str, after: str) -> str:
    """Return the letter of a hamza between two sounds ("" at the end of the word)."""
    if after in ("", "ٱ"):
        return SEATS[STRENGTH.get(before, 0)] if before in "aiu" else "ء"
    if before in ("I", "ي"):
        return "ئ"
    if before in ("A", "U", "و"):
        return "ء" if after in "aA" else SEATS[STRENGTH.get(after, 0)]
    return SEATS[max(STRENGTH.get(before, 0), STRENGTH.get(after, 0))]


def write(sounds: str) -> str:
    """Return the folded spelling of a word given as sounds: every alef bare, final ى as ي."""
    for pattern, instead in CONTRACTIONS:
        sounds = pattern.sub(instead, sounds)
    letters: list[str] = []
    for i, sound in enumerate(sounds):
        before, after = (sounds[i - 1] if i else ""), sounds[i + 1 : i + 2]
        if before == "ي" and i == 3 and sounds[1] == "a":
            before = ""  # ييأس: after the prefix of the imperfect a first ي does not draw the hamza
        if sound == "ء":
            letters.append("ا" if i == 0 else _seat(before, after))
        elif sound == "A" and before == "ء" and letters[-1] == "ا":
            continue  # أ + ا is written آ, folded ا
        elif sound == before and sound not in LETTERS:
            continue  # a doubled consonant is written once
        else:
            letters.append(LETTERS.get(sound, sound))
    return "".join(letters)
