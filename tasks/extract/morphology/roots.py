"""The parts of a verb: its root, pattern and weakness, and the stems that they give.

The ten patterns and the quadriliteral ones follow Wright I, 29-73; what weak roots change, 82-178.
"""

from typing import NamedTuple

from tasks.normalize.letters import fold, strip_marks

WEAK = "وي"
SHADDA = "\u0651"
SHORT_VOWELS = "\u064b\u064c\u064d\u064e\u064f\u0650\u0652"
SHORT = {"A": "a", "I": "i", "U": "u"}

# pattern -> (head, last vowel) of perfect active, perfect passive, imperfect active, imperfect passive. 1 2 3 are root letters,
# @ the prefix of the imperfect, ^ the letters that the citation form of pattern 8 opens with (اتّخذ، ازداد), ~ its vowel 1.
PATTERNS = {
    "1": (("1a2", "a"), ("1u2", "i"), ("@a12", "u"), ("@u12", "a")),
    "2": (("1a22", "a"), ("1u22", "i"), ("@u1a22", "i"), ("@u1a22", "a")),
    "3": (("1A2", "a"), ("1U2", "i"), ("@u1A2", "i"), ("@u1A2", "a")),
    "4": (("ءa12", "a"), ("ءu12", "i"), ("@u12", "i"), ("@u12", "a")),
    "5": (("ta1a22", "a"), ("tu1u22", "i"), ("@ata1a22", "a"), ("@uta1a22", "a")),
    "6": (("ta1A2", "a"), ("tu1U2", "i"), ("@ata1A2", "a"), ("@uta1A2", "a")),
    "7": (("ٱin1a2", "a"), ("ٱun1u2", "i"), ("@an1a2", "i"), ("@un1a2", "a")),
    "8": (("ٱi^a2", "a"), ("ٱu^u2", "i"), ("@a^a2", "i"), ("@u^a2", "a")),
    "9": (("ٱi12a", ""), ("ٱu12u", ""), ("@a12a", ""), ("@u12a", "")),
    "10": (("ٱista12", "a"), ("ٱustu12", "i"), ("@asta12", "i"), ("@usta12", "a")),
    "Q1": (("1a23", "a"), ("1u23", "i"), ("@u1a23", "i"), ("@u1a23", "a")),
    "Q2": (("ta1a23", "a"), ("tu1u23", "i"), ("@ata1a23", "a"), ("@uta1a23", "a")),
    "Q4": (("ٱi12a3", "a"), ("ٱu12u3", "i"), ("@a12a3", "i"), ("@u12a3", "a")),
}


class Verb(NamedTuple):
    """A verb and its weakness; `bare` is the unvocalised citation form, `opening` the letters ^ of pattern 8."""

    bare: str
    root: str
    pattern: str
    perfect_vowel: str
    imperfect_vowel: str
    opening: str
    is_hollow: bool
    is_defective: bool
    is_doubled: bool


class Stem(NamedTuple):
    """A stem as sounds: before a vowel or nothing, before a consonant, shortened by the jussive; `final` ends a defective one."""

    long: str
    short: str
    jussive: str
    final: str = ""  # aU aI (دعا رمى), i (بقي), I U A of the imperfect; "" when the verb is not defective


def read_verb(lemma: str, root: str, pattern: str, vowel: str) -> Verb:
    """Return the parts of a verb; `vowel` is the imperfect vowel of pattern 1 (u, i, a; wa keeps a first و) or ""."""
    bare = strip_marks(lemma)
    key = fold(bare)
    hollow = (
        len(root) == 3 and root[1] in WEAK and root[2] not in WEAK and key[-2:-1] == "ا" and pattern in ("1", "4", "7", "8", "10")
    )
    defective = root[-1] in WEAK and key[-1] in "اي" and root[-1:] != "ء"
    doubled = lemma.rstrip(SHORT_VOWELS).endswith(SHADDA) and pattern not in ("2", "5")
    opening = bare[1:-1] if doubled else bare[1:-2]
    marks = [c for c in lemma if c in "\u064e\u0650\u064f"]
    perfect = {"\u0650": "i", "\u064f": "u"}.get(marks[1], "a") if pattern == "1" and len(marks) > 1 and not hollow else "a"
    return Verb(bare, root, pattern, perfect, vowel, opening.replace("ئ", "ء"), hollow, defective, doubled)


def _fill(verb: Verb, shape: str) -> str:
    r = verb.root
    letters = {"1": r[0], "2": r[1], "3": r[2], "^": verb.opening, "t": "ت", "n": "ن", "s": "س"}
    return "".join(letters.get(sign, sign) for sign in shape)


def _long_vowel(verb: Verb, number: int) -> str:
    """The long vowel of a hollow stem: قال، قيل، يقول، يقال."""
    if number == 0:
        return "A"
    if number in (1, 3):
        return "I" if number == 1 else "A"
    if verb.pattern == "1":
        return {"u": "U", "i": "I", "a": "A"}.get(verb.imperfect_vowel) or ("U" if verb.root[1] == "و" else "I")
    return "I" if verb.pattern in ("4", "10") else "A"


def stem(verb: Verb, number: int) -> Stem:
    """Return stem 0 perfect active, 1 perfect passive, 2 imperfect active, 3 imperfect passive (`@` stands for the prefix)."""
    shape, vowel = PATTERNS[verb.pattern][number]
    last = verb.root[-1]
    if verb.pattern == "1" and number == 0:
        vowel = verb.perfect_vowel
    head = _fill(verb, shape)
    if verb.root == "رءي" and (verb.pattern == "4" or number > 1):  # يرى، أرى: the hamza of the root falls (Wright I, 176)
        head = head[0] + head[1:].replace("ء", "")
    if verb.pattern == "1" and number == 2:
        vowel = verb.imperfect_vowel if verb.imperfect_vowel in ("a", "i", "u") else "a" if "ء" in verb.root[1:] else "u"
        if verb.root[0] == "و" and verb.imperfect_vowel != "wa":
            head = head.replace("و", "", 1)  # وصل يصل
    if verb.is_hollow:
        front = head[:-1].rstrip("au")
        long = _long_vowel(verb, number)
        short = SHORT[long]
        if number == 0 and verb.pattern == "1":
            short = "i" if verb.root[1] == "ي" or verb.imperfect_vowel == "a" else "u"  # بعتُ، نلتُ، قلتُ
        return Stem(front + long + last, front + short + last, front + SHORT[long] + last)
    if verb.is_defective:
        return Stem(head, head, head, _final(verb, number))
    whole = head + vowel + last
    if verb.pattern == "9":
        return Stem(whole, whole + "a" + last, whole)
    if verb.is_doubled:
        return (
            Stem(head + vowel, whole, head + vowel)
            if verb.pattern != "Q4"
            else Stem(head + vowel + last, whole + "a" + last, whole)
        )
    return Stem(whole, whole, whole)


def _final(verb: Verb, number: int) -> str:
    if number == 1 or (number == 0 and verb.bare.endswith("ي")):
        return "i"
    if number == 0:
        return "aU" if verb.pattern == "1" and verb.root[-1] == "و" else "aI"
    if number == 3 or verb.pattern in ("5", "6", "Q2"):
        return "A"
    if verb.pattern != "1":
        return "I"
    if verb.imperfect_vowel in ("a", "i", "u"):
        return {"a": "A", "i": "I", "u": "U"}[verb.imperfect_vowel]
    return "A" if verb.bare.endswith("ي") else "U" if verb.root[-1] == "و" else "I"
