"""Forms of Arabic verbs as newspapers write them: no short vowels, hamza on its seat.

In: a verb as citation form, root and pattern (1-10, Q1, Q2, Q4). Out: its finite forms, participles and verbal nouns.

Written Arabic hides the vowels, so only the *consonant skeleton* of each stem matters; weak roots change it. The classes follow the
reference grammars (Wright I, 88-178): sound, doubled, assimilated (و first), hollow (و ي second), defective (و ي last), hamzated.

>>> "سيطرت" in {f.text for f in finite_forms("سَيْطَر", "سيطر", "Q1", "")}
True
>>> sorted(f.text for f in finite_forms("قَال", "قول", "1", "") if f.aspect == "imperfect" and f.person == "3" and f.number == "s")
['تقال', 'تقل', 'تقول', 'يقال', 'يقل', 'يقول']
"""

from collections.abc import Iterator
from typing import NamedTuple

from tasks.normalize.letters import fold, strip_marks

WEAK = "وي"


class VerbForm(NamedTuple):
    """One written form: `text` is folded; `voice` is either where active and passive are written alike."""

    text: str
    aspect: str
    voice: str
    person: str
    gender: str
    number: str


class Stems(NamedTuple):
    """The stems of a verb: `perfect` before a vowel ending, `short` before a consonant (قل-ن), `imperfect`, `jussive`; passives apart."""

    perfect: str
    perfect_short: str
    imperfect: str
    jussive: str
    passive_perfect: str
    passive_imperfect: str
    is_defective: bool


def is_hollow(root: str, pattern: str, bare: str) -> bool:
    """A و or ي in the middle that the pattern turns into a long vowel: قال، أعاد، احتاج."""
    return len(root) == 3 and root[1] in WEAK and root[2] not in WEAK and pattern in ("1", "4", "7", "8", "10") and bare[-2:-1] == "ا"


def is_defective(root: str, bare: str) -> bool:
    return root[-1] in WEAK and bare[-1] in "اي"


def stems(lemma: str, root: str, pattern: str, vowel: str) -> Stems:
    """Return the stems of a verb; `vowel` is the imperfect vowel of pattern 1 (u, i, a) where spelling depends on it."""
    bare = fold(strip_marks(lemma))
    hollow, defective = is_hollow(root, pattern, bare), is_defective(root, bare)
    imperfect = _imperfect(bare, root, pattern, vowel, hollow, defective)
    short = bare[:-2] + bare[-1] if hollow else bare[:-1] + (_back(bare, root, pattern)) if defective else bare
    jussive = imperfect[:-1] if defective else imperfect[:-2] + imperfect[-1] if hollow and len(imperfect) > 2 else imperfect
    return Stems(
        bare,
        short,
        imperfect,
        jussive,
        _passive_perfect(bare, pattern, hollow, defective),
        _passive_imperfect(imperfect, hollow, defective),
        defective,
    )


def _back(bare: str, root: str, pattern: str) -> str:
    """The weak letter that comes back before a consonant ending: دعو-ت، رمي-ت."""
    return "و" if pattern == "1" and bare[-1] == "ا" else "ي"


def _imperfect(bare: str, root: str, pattern: str, vowel: str, hollow: bool, defective: bool) -> str:
    if pattern == "1":
        return _imperfect_first(bare, root, vowel, hollow, defective)
    if pattern in ("2", "3", "Q1"):
        stem = bare
    elif pattern in ("5", "6", "Q2"):
        return bare  # يتفعّل: written like the perfect, final ى stays
    else:
        stem = bare[1:]  # the alef of أفعل، انفعل، افتعل، استفعل goes
    if pattern == "4" and bare.startswith("ا") and root[0] == "ء":
        stem = "و" + stem  # آمن يؤمن is written with waw
        stem = "ؤ" + stem[1:]
    if pattern == "4" and root[0] in WEAK and root[1] not in WEAK:
        stem = "و" + bare[2:]  # أوقف يوقف، أيقن يوقن
    if hollow and pattern in ("4", "10"):
        stem = stem[:-2] + "ي" + stem[-1]
    if defective:
        stem = stem[:-1] + "ي"
    return _final_hamza(stem, "ئ")


def _final_hamza(stem: str, seat: str) -> str:
    """A final hamza after i sits on ي: ينشئ، يهدئ."""
    return stem[:-1] + seat if stem.endswith(("ا", "أ")) and len(stem) > 2 and stem[-1] == "أ" else stem


def _imperfect_first(bare: str, root: str, vowel: str, hollow: bool, defective: bool) -> str:
    if hollow:
        middle = {"u": "و", "i": "ي", "a": "ا"}.get(vowel, root[1])
        return bare[:-2] + middle + bare[-1]
    stem = bare
    if root[0] == "و" and vowel != "wa" and len(bare) == 3:
        stem = bare[1:]  # وصل يصل
    if defective:
        last = {"u": "و", "i": "ي", "a": "ي"}.get(vowel) or ("و" if bare[-1] == "ا" else "ي")
        stem = stem[:-1] + last
    if root == "رءي":
        return "ري"
    return stem


def _passive_perfect(bare: str, pattern: str, hollow: bool, defective: bool) -> str:
    if hollow:
        return bare[:-2] + "ي" + bare[-1]  # قيل، أعيد، اختير، استعيد
    if defective:
        return bare[:-1] + "ي"
    if pattern in ("3", "6"):  # شوهد، تبودل
        return bare.replace("ا", "و", 1)
    return bare


def _passive_imperfect(imperfect: str, hollow: bool, defective: bool) -> str:
    if hollow:
        return imperfect[:-2] + "ا" + imperfect[-1]  # يقال، يعاد
    if defective:
        return imperfect[:-1] + "ي"  # يدعى: ى and ي are one key
    return imperfect


PERFECT = (("", "m", "s"), ("ت", "f", "s"), ("ا", "m", "d"), ("تا", "f", "d"), ("وا", "m", "p"))
IMPERFECT = (
    ("ي", "", "m", "s"),
    ("ت", "", "f", "s"),
    ("ي", "ان", "m", "d"),
    ("ت", "ان", "f", "d"),
    ("ي", "ون", "m", "p"),
    ("ي", "ا", "m", "d"),
    ("ت", "ا", "f", "d"),
    ("ي", "وا", "m", "p"),
)


def finite_forms(lemma: str, root: str, pattern: str, vowel: str) -> Iterator[VerbForm]:
    """Yield the third-person and first-person forms of a verb, folded. Orders and the second person are not news (0.3 % of verbs)."""
    s = stems(lemma, root, pattern, vowel)
    same_perfect = s.perfect == s.passive_perfect
    yield from _perfect(s.perfect, s, "either" if same_perfect else "active", strip_marks(lemma).endswith("ي"))
    if not same_perfect or s.is_defective:
        yield from _perfect(s.passive_perfect, s, "passive", True)
    same = s.imperfect == s.passive_imperfect
    yield from _imperfects(s.imperfect, s, "either" if same else "active")
    if not same:
        yield from _imperfects(s.passive_imperfect, s, "passive")
    for text in {s.jussive} - {s.imperfect}:
        yield VerbForm("ي" + text, "imperfect", "active", "3", "m", "s")
        yield VerbForm("ت" + text, "imperfect", "active", "3", "f", "s")
        yield VerbForm("ن" + text, "imperfect", "active", "1", "", "p")


def _perfect(stem: str, s: Stems, voice: str, keeps_i: bool) -> Iterator[VerbForm]:
    for suffix, gender, number in PERFECT:
        yield VerbForm(_join(stem, suffix, s, keeps_i), "perfect", voice, "3", gender, number)
        if stem.endswith("ا") and suffix == "وا" and not s.is_defective:  # بدأ: بدأوا and بدؤوا
            yield VerbForm(stem[:-1] + "ؤوا", "perfect", voice, "3", gender, number)
    short = s.perfect_short
    yield VerbForm(short + "ن", "perfect", voice, "3", "f", "p")
    yield VerbForm(short + "نا", "perfect", "active", "1", "", "p")


def _join(stem: str, suffix: str, s: Stems, keeps_i: bool) -> str:
    if not s.is_defective or not suffix:
        return stem + suffix
    if suffix == "وا":
        return stem[:-1] + suffix
    if keeps_i:  # بقي: بقيت، دُعي: دعيت
        return stem + suffix
    if suffix == "ا":
        return stem[:-1] + ("و" if stem.endswith("ا") else "ي") + "ا"
    return stem[:-1] + suffix


def _imperfects(stem: str, s: Stems, voice: str) -> Iterator[VerbForm]:
    for prefix, suffix, gender, number in IMPERFECT:
        body = stem
        if s.is_defective and suffix in ("ون", "وا"):
            body = stem[:-1]
        elif s.is_defective and suffix in ("ان", "ا"):
            body = stem[:-1] + ("و" if stem.endswith("و") else "ي")
        yield VerbForm(prefix + body + suffix, "imperfect", voice, "3", gender, number)
    yield VerbForm("ن" + stem, "imperfect", voice, "1", "", "p")
    yield VerbForm("ا" + stem, "imperfect", voice, "1", "", "s")


def verbal_nouns(lemma: str, root: str, pattern: str) -> list[str]:
    """Return the verbal nouns that the pattern gives (II-X, quadriliteral), folded; pattern 1 has listed ones."""
    bare = fold(strip_marks(lemma))
    r = fold(root).replace("ء", "ا")
    hollow, defective = is_hollow(root, pattern, bare), is_defective(root, bare)
    if pattern == "2":
        if defective or root[-1] == "ء":
            return ["ت" + r[:2] + ("ية" if defective else "ئة")]
        return ["ت" + r[:2] + "ي" + r[2]]
    if pattern == "3":
        return ["م" + bare[:-1] + "اة"] if defective else ["م" + bare + "ة"]
    if pattern == "4":
        if hollow:
            return [bare + "ة"]
        first = "اي" + bare[2:] if root[0] == "و" else bare
        return [first[:-1] + "اء"] if defective or root[-1] == "ء" else [first[:-1] + "ا" + first[-1]]
    if pattern in ("5", "6", "Q2"):
        return [bare[:-1] + "ي", bare[:-1]] if defective else [bare[:-1] + "ؤ"] if root[-1] == "ء" else [bare]
    if pattern in ("7", "8", "9"):
        return _late(bare, root, hollow, defective)
    if pattern == "10":
        if hollow:
            return [bare + "ة"]
        middle = "استي" + bare[4:] if root[0] == "و" else bare
        return [middle[:-1] + "اء"] if defective or root[-1] == "ء" else [middle[:-1] + "ا" + middle[-1]]
    if pattern == "Q1":
        return [bare + "ة"]
    return []


def _late(bare: str, root: str, hollow: bool, defective: bool) -> list[str]:
    if hollow:
        return [bare[:-2] + "يا" + bare[-1]]
    if defective or root[-1] == "ء":
        return [bare[:-1] + "اء"]
    return [bare[:-1] + "ا" + bare[-1]]


def participles(lemma: str, root: str, pattern: str, vowel: str) -> list[str]:
    """Return active and passive participle (masculine singular, folded)."""
    bare = fold(strip_marks(lemma))
    if pattern == "1":
        return _first_participles(bare, root)
    stem = stems(lemma, root, pattern, vowel).imperfect
    found = ["م" + stem]
    if is_hollow(root, pattern, bare) and pattern in ("4", "10"):
        found.append("م" + stem[:-2] + "ا" + stem[-1])
    if is_defective(root, bare):
        found.append("م" + stem[:-1])
    return found


def _first_participles(bare: str, root: str) -> list[str]:
    a, b, c = (letter.replace("ء", "ا") for letter in root)
    if root[1] in WEAK and root[2] not in WEAK:
        return [a + "ائ" + c, "م" + a + root[1] + c]
    if root[2] in WEAK:
        return [a + "ا" + b + "ي", a + "ا" + b, "م" + a + b + ("و" if root[2] == "و" else "ي")]
    if b == c:
        return [a + "ا" + b, "م" + a + b + "و" + c]
    return [a + "ا" + b + c, "م" + a + b + "و" + c]
