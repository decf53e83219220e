"""Forms of Arabic verbs as newspapers write them: no short vowels, hamza on its seat.

In: a verb as citation form, root and pattern (1-10, Q1, Q2, Q4). Out: its finite forms, folded (every alef bare, final ى as ي).
Orders and the second person are left out: 0.3 % of the verbs of news, and written like more frequent words.

>>> "سيطرت" in {f.text for f in finite_forms("سَيْطَر", "سيطر", "Q1", "")}
True
>>> sorted({f.text for f in finite_forms("قَال", "قول", "1", "") if f.aspect == "imperfect" and f.person == "3" and f.number == "s"})
['تقال', 'تقول', 'يقال', 'يقول']
"""

from collections.abc import Iterator
from typing import NamedTuple

from tasks.extract.morphology.roots import Verb, read_verb, stem
from tasks.extract.morphology.spelling import write
from tasks.normalize.letters import fold

Cell = tuple[str, str, str]  # person, gender, number
IMPERFECT_PREFIXES: tuple[tuple[str, Cell], ...] = (
    ("ي", ("3", "m", "s")),
    ("ت", ("3", "f", "s")),
    ("ن", ("1", "", "p")),
    ("ء", ("1", "", "s")),
)
# Perfect endings after a long stem, and after the weak ending of a defective verb: aU دعا, aI رمى, i بقي.
PERFECT_ENDINGS: tuple[tuple[Cell, dict[str, str]], ...] = (
    (("3", "m", "s"), {"": "", "aU": "A", "aI": "Y", "i": "I"}),
    (("3", "f", "s"), {"": "aت", "aU": "aت", "aI": "aت", "i": "iيaت"}),
    (("3", "m", "d"), {"": "A", "aU": "aوA", "aI": "aيA", "i": "iيA"}),
    (("3", "f", "d"), {"": "aتA", "aU": "aتA", "aI": "aتA", "i": "iيaتA"}),
    (("3", "m", "p"), {"": "Uٱ", "aU": "aوٱ", "aI": "aوٱ", "i": "Uٱ"}),
)
PERFECT_CONSONANT: tuple[tuple[Cell, str], ...] = ((("3", "f", "p"), "نa"), (("1", "", "p"), "نA"), (("1", "", "s"), "تu"))
BACK = {"aU": "aو", "aI": "aي", "i": "I"}
# Imperfect endings: written letters that follow each final of a defective verb.
IMPERFECT_ENDINGS: tuple[tuple[str, dict[str, str]], ...] = (
    ("d", {"": "Aنi", "U": "uوAنi", "I": "iيAنi", "A": "aيAنi"}),
    ("d", {"": "A", "U": "uوA", "I": "iيA", "A": "aيA"}),
    ("p", {"": "Uنa", "U": "Uنa", "I": "Uنa", "A": "aونa"}),
    ("p", {"": "Uٱ", "U": "Uٱ", "I": "Uٱ", "A": "aوٱ"}),
)
LAST = {"": "", "U": "U", "I": "I", "A": "Y"}
FEMININE_PLURAL = {"": "نa", "U": "Uنa", "I": "Iنa", "A": "aينa"}
NOT = (("3", "m", "s", "ليس"), ("3", "f", "s", "ليست"), ("3", "m", "d", "ليسا"), ("3", "m", "p", "ليسوا"), ("3", "f", "p", "لسن"),
       ("1", "", "p", "لسنا"), ("1", "", "s", "لست"))  # fmt: skip


class VerbForm(NamedTuple):
    """One written form: `text` is folded; `voice` is either where active and passive are written alike."""

    text: str
    aspect: str
    voice: str
    person: str
    gender: str
    number: str


def finite_forms(lemma: str, root: str, pattern: str, vowel: str) -> Iterator[VerbForm]:
    """Yield the third-person and first-person forms of a verb, folded.

    Args:
        lemma: vocalised citation form; its marks show a doubled last letter and the vowel of the perfect.
        root: three or four letters, hamza as ء.
        pattern: 1-10, Q1, Q2, Q4.
        vowel: imperfect vowel of pattern 1 (u, i, a; wa keeps a first و) where spelling depends on it, else "".
    """
    verb = read_verb(lemma, root, pattern, vowel)
    if verb.bare == "ليس":  # the one verb without imperfect (Wright I, 182)
        yield from (VerbForm(text, "perfect", "active", *cell) for *cell, text in NOT)
        return
    yield from _voiced("perfect", _perfect(verb, 0), _perfect(verb, 1))
    yield from _voiced("imperfect", _imperfect(verb, 2), _imperfect(verb, 3))


def jussive_forms(lemma: str, root: str, pattern: str, vowel: str) -> Iterator[VerbForm]:
    """Yield the singular forms that لم and لا shorten (لم يقل، لم يدع) where they are written unlike the full ones."""
    verb = read_verb(lemma, root, pattern, vowel)
    shape = stem(verb, 2)
    ending = {"": "", "U": "u", "I": "i", "A": "a"}[shape.final]
    for prefix, (person, gender, number) in IMPERFECT_PREFIXES:
        text, full = (write(s.replace("@", prefix)) for s in (shape.jussive + ending, shape.long + LAST[shape.final]))
        if text != full and verb.bare != "ليس":
            yield VerbForm(text, "imperfect", "active", person, gender, number)


def _voiced(aspect: str, active: list[tuple[Cell, str]], passive: list[tuple[Cell, str]]) -> Iterator[VerbForm]:
    """Join the forms of both voices: what is written alike is one form of voice `either`."""
    both = set(active) & set(passive)
    for voice, forms in (("active", active), ("passive", passive)):
        for cell, text in dict.fromkeys(forms):
            if (cell, text) not in both:
                yield VerbForm(text, aspect, voice, *cell)
            elif voice == "active":
                yield VerbForm(text, aspect, "either", *cell)


def _spellings(shape: str, ending: str) -> set[str]:
    """A final hamza keeps its seat before و with some writers and not with others: بدأوا، بدؤوا."""
    found = {write(shape + ending)}
    if shape.endswith(("aء", "Aء")) and ending.startswith("U"):
        found.add(write(shape) + write(ending))
    return found


def _perfect(verb: Verb, number: int) -> list[tuple[Cell, str]]:
    shape = stem(verb, number)
    forms = [(cell, text) for cell, endings in PERFECT_ENDINGS for text in _spellings(shape.long, endings[shape.final])]
    if verb.is_defective and fold(verb.bare).endswith("يا") and number == 0:  # أحيا: two ي do not follow one another
        forms[0] = (forms[0][0], write(shape.long + "A"))
    for cell, ending in PERFECT_CONSONANT:
        text = write(shape.short + BACK.get(shape.final, "") + ending)
        if cell != ("1", "", "s") or (_she(forms) != text and number == 0):
            forms.append((cell, text))  # كتبتُ is written like كتبت "she wrote", which news means
    return [form for form in forms if number == 0 or form[0][0] == "3"]


def _she(forms: list[tuple[Cell, str]]) -> str:
    """Return the written "she" form among perfect forms."""
    return next(text for cell, text in forms if cell == ("3", "f", "s"))


def _imperfect(verb: Verb, number: int) -> list[tuple[Cell, str]]:
    shape = stem(verb, number)
    forms = []
    for prefix, cell in IMPERFECT_PREFIXES:
        forms.append((cell, write((shape.long + LAST[shape.final]).replace("@", prefix))))
    for prefix, (person, gender, _) in IMPERFECT_PREFIXES[:2]:
        long = shape.long.replace("@", prefix)
        for size, endings in IMPERFECT_ENDINGS:
            if gender == "f" and size == "p":
                continue
            forms += [((person, gender, size), text) for text in _spellings(long, endings[shape.final])]
    short = shape.short.replace("@", "ي") + FEMININE_PLURAL[shape.final]
    forms.append((("3", "f", "p"), write(short)))
    return [form for form in forms if number == 2 or form[0][0] == "3"]
