"""Verbal nouns and participles that a verb's pattern gives (Wright I, 195-236), folded."""

from tasks.extract.morphology.roots import Verb, read_verb, stem
from tasks.extract.morphology.spelling import write

# pattern -> verbal noun of sound, hollow and defective roots as sounds; 1 2 3 4 root letters, ^ the opening of pattern 8
VERBAL_NOUNS = {
    "2": (("ta12I3",), (), ("ta12iيaة",)),
    "3": (("mu1A2a3aة",), (), ("mu1A2Aة",)),
    "4": (("ءi12A3",), ("ءi1A3aة",), ("ءi12Aء",)),
    "5": (("ta1a22u3",), (), ("ta1a22I", "ta1a22")),
    "6": (("ta1A2u3",), (), ("ta1A2I", "ta1A2")),
    "7": (("ٱin1i2A3",), ("ٱin1iيA3",), ("ٱin1i2Aء",)),
    "8": (("ٱi^i2A3",), ("ٱi^iيA3",), ("ٱi^i2Aء",)),
    "9": (("ٱi12i3A3",), (), ()),
    "10": (("ٱisti12A3",), ("ٱisti1A3aة",), ("ٱisti12Aء",)),
    "Q1": (("1a23a4aة",), (), ("1a23Aة",)),
    "Q2": (("ta1a23u4",), (), ("ta1a23I",)),
    "Q4": (("ٱi12i34A4",), (), ()),
}
LETTERS = {"t": "ت", "n": "ن", "s": "س", "m": "م"}


def _fill(verb: Verb, shape: str) -> str:
    r = verb.root
    letters = {**LETTERS, "1": r[0], "2": r[1], "3": r[2], "4": r[-1], "^": verb.opening}
    return "".join(letters.get(sign, sign) for sign in shape)


def verbal_nouns(lemma: str, root: str, pattern: str) -> list[str]:
    """Return the verbal nouns of patterns 2-10 and the quadriliteral ones; pattern 1 has listed ones only."""
    verb = read_verb(lemma, root, pattern, "")
    if pattern not in VERBAL_NOUNS or root == "رءي":
        return []
    sound, hollow, defective = VERBAL_NOUNS[pattern]
    shapes = hollow if verb.is_hollow else defective if verb.is_defective else sound
    if pattern == "2" and root[-1] == "ء":
        shapes = ("ta12i3aة",)  # تهنئة
    return [write(_fill(verb, shape)) for shape in shapes]


def participles(lemma: str, root: str, pattern: str, vowel: str) -> list[tuple[str, str]]:
    """Return the participles (masculine singular) with their voice: active, passive, or either where they are written alike."""
    verb = read_verb(lemma, root, pattern, vowel)
    if verb.bare == "ليس":
        return []
    active, passive = _first(verb) if pattern == "1" else _derived(verb)
    texts = dict.fromkeys([*active, *passive])
    return [(text, "either" if text in active and text in passive else "active" if text in active else "passive") for text in texts]


def _derived(verb: Verb) -> tuple[list[str], list[str]]:
    found = []
    for number, vowel, lasts in ((2, "i", ("I", "")), (3, "a", ("Y",))):
        shape = stem(verb, number)
        if verb.is_defective:
            found.append([write("مu" + shape.long.replace("@a", "").replace("@u", "") + last) for last in lasts])
            continue
        base = shape.long.replace("@a", "").replace("@u", "")
        if not (verb.is_hollow or verb.is_doubled):
            base = base[:-2] + vowel + base[-1]
        found.append([write("مu" + base)])
    return found[0], found[1]


def _first(verb: Verb) -> tuple[list[str], list[str]]:
    a, b, c = tuple(verb.root)
    if verb.is_hollow:
        if c == "ء":
            return [], []  # جاءٍ is no word of news, مجيء is a verbal noun
        return [write(f"{a}Aءi{c}")], [write(f"مa{a}{'U' if b == 'و' else 'I'}{c}")]
    if verb.is_defective:
        return [write(f"{a}A{b}I"), write(f"{a}A{b}")], [write(f"مa{a}{b}{'U' if c == 'و' else 'I'}")]
    active = f"{a}A{b}" if verb.is_doubled else f"{a}A{b}i{c}"
    return [write(active)], [write(f"مa{a}{b}U{c}")]
