"""The embedded provider: a written word split into clitics and a form of the lexicon, remembered per word type."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from tasks.extract.morphology.lexicon import GOVERNED, PRONOUN_ENDINGS, THAT, NounEntry, WordLexicon, load_lexicon
from tasks.extract.morphology.model import Analysis, Morphology
from tasks.extract.morphology.roots import SHADDA, SHORT_VOWELS
from tasks.normalize.clitics import noun_splits
from tasks.normalize.letters import fold, strip_marks

# Written endings of nouns and what stands before them: ة returns before its plural ات, as ت before a pronoun.
NOUN_ENDINGS = (
    ("", "", "", ""),
    ("ا", "", "", ""),
    ("ات", "ة", "f", "p"),
    ("ات", "", "f", "p"),
    ("ون", "", "m", "p"),
    ("ين", "", "m", "p"),
    ("تان", "ة", "f", "d"),
    ("تين", "ة", "f", "d"),
    ("ان", "", "m", "d"),
    ("ة", "", "f", "s"),
    ("ي", "", "m", "p"),
    ("تي", "ة", "f", "d"),
    ("و", "", "m", "p"),
    ("ا", "ي", "", ""),
    ("ية", "ي", "f", "s"),
)
DAMMA = "\u064f"
RARER_PASSIVE = 1500  # places in the frequency table that a passive reading loses: توقع is first توقّع, only then وُقع
RARER_SPLIT = 60  # places that a reading with و stands behind one in which و is the first radical
MEMO_LIMIT = 400_000


class EmbeddedMorphology:
    """Readings from the tables of the project alone."""

    name = "embedded"

    def __init__(self, lexicon: WordLexicon) -> None:
        self.lexicon = lexicon
        self.memo: dict[str, tuple[Analysis, ...]] = {}

    def analyse(self, words: Sequence[str]) -> list[tuple[Analysis, ...]]:
        """Return the readings of each word; a word type is worked out once."""
        memo = self.memo
        if len(memo) > MEMO_LIMIT:
            memo.clear()
        found = []
        for word in words:
            readings = memo.get(word)
            if readings is None:
                readings = memo[word] = self._read(word)
            found.append(readings)
        return found

    def _read(self, word: str) -> tuple[Analysis, ...]:
        key = fold(word)
        if not key:  # a lone tatweel or vowel sign
            return (Analysis(word, "mark"),)
        verbs = [] if self._article_bars(key, word) else [verb for verb in self._verbs(key) if _first_fits(word, verb)]
        closed = self._closed(key, word)
        if closed is not None and not any(_doubles_alike(word, verb) for verb in verbs):  # عبّر is no preposition
            return (closed,)
        noun = self._noun(key, word)
        readings = [*_ranked(verbs, word, self.lexicon.ranks)[:4], *([noun] if noun else [])]
        return tuple(readings) or (self._other_spelling(key, word) or _unknown(key),)

    def _other_spelling(self, key: str, word: str) -> Analysis | None:
        """Look a noun up as others write it: مسئول and مسؤول, final ه for ة."""
        others = [key.replace("ئو", "ؤو"), key.replace("ؤو", "ئو"), key[:-1] + "ة" if key.endswith("ه") else key]
        return next((noun for other in others if other != key and (noun := self._noun(other, word)) is not None), None)

    def _article_bars(self, key: str, word: str) -> bool:
        """A word with the article is no verb, unless the whole form is one (التقى) or a hamza is written (ألقاها)."""
        bare = key[1:] if key[:1] in "وف" and key[1:3] == "ال" else key
        if "أل" in strip_marks(word)[:3]:
            return False
        return bare.startswith(("ال", "لل", "بال", "كال")) and bare not in self.lexicon.verbs

    def _closed(self, key: str, word: str) -> Analysis | None:
        if (
            (match := THAT.fullmatch(key)) is not None
            and (match[3] == "ان" or match[4])
            and (
                not key.endswith("كان") or "كأن" in strip_marks(word)  # كان is a verb
            )
        ):
            return Analysis("أن", "subordinator", proclitics=tuple(filter(None, match.groups()[:2])), enclitic=match[4] or "")
        table = self.lexicon.closed
        front: tuple[str, ...] = ()
        for rest in (key, key[1:] if len(key) > 2 and key[0] in "وف" else ""):
            if rest and rest in table and _same_hamza(word, table[rest][0]):
                lemma, kind, row = table[rest]
                return Analysis(lemma, kind, proclitics=front, row=row)
            if rest and rest[0] in "بل" and rest[1:] in table and table[rest[1:]][1] in ("demonstrative", "quantifier", "number"):
                lemma, kind, row = table[rest[1:]]
                return Analysis(lemma, kind, proclitics=(*front, rest[0]), row=row)
            if key[0] == "ف" and key in self.lexicon.verbs:
                break  # فتحت is opened more often than "and under"
            front = (key[0],)
        if (match := GOVERNED.fullmatch(key)) is not None:
            lemma, kind, row = table.get(match[2], (match[2], "preposition", ""))
            return Analysis(lemma, kind, proclitics=tuple(filter(None, match.groups()[:1])), enclitic=match[3], row=row)
        return None

    def _verbs(self, key: str) -> Iterator[Analysis]:
        for conjunction in ("", "و", "ف"):
            if not key.startswith(conjunction):
                continue
            rest = key[len(conjunction) :]
            yield from self._verb_forms(rest, (conjunction,) if conjunction else ())
            for particle in ("س", "ل"):
                if rest.startswith(particle) and len(rest) > 3:
                    front = (conjunction, particle) if conjunction else (particle,)
                    yield from (v for v in self._verb_forms(rest[1:], front) if v.aspect == "imperfect")

    def _verb_forms(self, rest: str, front: tuple[str, ...]) -> Iterator[Analysis]:
        table = self.lexicon.verbs
        for form, lemma, row in table.get(rest, ()):
            yield Analysis(lemma, "verb", form.aspect, form.voice, form.person, form.gender, form.number, front, "", "", row)
        for ending in PRONOUN_ENDINGS:
            if not rest.endswith(ending) or len(rest) - len(ending) < 2:
                continue
            stem = rest[: -len(ending)]
            hits = table.get(stem, ())
            if stem.endswith("و"):  # وا loses its alef before a pronoun: خطفوه
                hits = (*hits, *table.get(stem + "ا", ()))
            if stem.endswith("ا"):  # final ى becomes alef: استدعاه
                hits = (*hits, *table.get(stem[:-1] + "ي", ()))
            if stem.endswith(("ؤ", "ئ")):  # a final hamza moves: يقرؤه، يجيئه
                hits = (*hits, *table.get(stem[:-1] + "ا", ()), *table.get(stem[:-1] + "ء", ()))
            for form, lemma, row in hits:
                if form.voice == "passive":
                    continue  # what has an object is no passive
                yield Analysis(lemma, "verb", form.aspect, "active", form.person, form.gender, form.number, front, ending, "", row)

    def _noun(self, key: str, word: str) -> Analysis | None:
        is_plural = "أ" in strip_marks(word)[:5]  # أعداد, not إعداد
        participle: Analysis | None = None
        splits = noun_splits(key)
        if "لل" in key[:3]:  # للجنة is "for the committee" rather than "for a committee"
            splits = tuple(sorted(splits, key=lambda split: ("ال" not in split.proclitics) - split.stem.startswith("ل")))
        for split in splits:
            for ending in ("", *(e for e in PRONOUN_ENDINGS if e != "ني")):  # ني is a verb's pronoun
                if ending and (not split.stem.endswith(ending) or "ال" in split.proclitics or len(split.stem) - len(ending) < 2):
                    continue
                stem = split.stem[: -len(ending)] if ending else split.stem
                bodies = (stem, stem[:-1] + "ة") if ending and stem.endswith("ت") else (stem,)
                for body in bodies:
                    found = self._inflected(body, split.proclitics, ending, is_plural)
                    if found is None:
                        continue
                    if found.kind != "participle":
                        return found
                    participle = participle or found
        return participle

    def _inflected(self, body: str, proclitics: tuple[str, ...], enclitic: str, is_plural: bool) -> Analysis | None:
        backup: Analysis | None = None
        for ending, before, gender, number in NOUN_ENDINGS:
            if ending and not body.endswith(ending):
                continue
            base = body[: len(body) - len(ending)] + before if ending else body
            if len(base) < 2:
                continue
            entry = self.lexicon.plurals.get(base) if is_plural else None
            entry = entry or self.lexicon.nouns.get(base)
            if entry is not None and (not number or entry.number == "s"):
                return _nominal(entry, gender, number, proclitics, enclitic)
            if backup is None and (entry := self.lexicon.participles.get(base)) is not None:
                backup = _nominal(entry, gender, number, proclitics, enclitic)
        return backup


def _same_hamza(word: str, listed: str) -> bool:
    """A hamza inside a word tells words apart (هنأ and هنا); at the beginning writers drop it."""
    bare = strip_marks(word)
    if "إ" in bare and len(listed) > 3 and listed.startswith("أ"):
        return False  # إمام is not أمام
    return ("أ" in bare[2:]) == ("أ" in listed[2:])


def _nominal(entry: NounEntry, gender: str, number: str, proclitics: tuple[str, ...], enclitic: str) -> Analysis:
    return Analysis(
        entry.lemma,
        entry.kind,
        "",
        entry.voice,
        "",
        gender or entry.gender,
        number or entry.number,
        proclitics,
        enclitic,
        entry.verb,
        entry.row,
    )


def _doubled(text: str) -> list[str]:
    """Return the letters that carry a shadda."""
    return re.findall(f"(.){SHADDA}", re.sub(f"[{SHORT_VOWELS}]", "", text))


def _doubles_alike(word: str, verb: Analysis) -> bool:
    """A shadda inside the word that is one of the verb: عبّر، يقرّب."""
    letters = _doubled(word[:-1]) if SHADDA in word[1:-1] else []
    return bool(letters) and set(letters) <= set(_doubled(verb.lemma)) and not verb.enclitic


def _first_fits(word: str, verb: Analysis) -> bool:
    """Alef with madda or with hamza below at the front bars verbs that have neither: آخر is not أخّر, إكس no "I" form."""
    first = strip_marks(word)[len([p for p in verb.proclitics if p in "وف"]) :][:1]
    if first == "إ":
        return verb.lemma.startswith("ا") and verb.aspect == "perfect"
    return first != "آ" or verb.lemma.startswith("آ")


def _voice(verb: Analysis, word: str, last: str) -> str:
    """Marks and the last letter tell voices apart that are else written alike: قُتل، رمى, يرمي."""
    if verb.voice != "either":
        return verb.voice
    if DAMMA in word[:4] and verb.aspect == "perfect":
        return "passive"
    written = "ى" if verb.aspect == "perfect" else "ي"
    return "active" if verb.lemma.endswith("ى") and last == written and not verb.enclitic else "either"


def _ranked(verbs: list[Analysis], word: str, ranks: dict[str, int]) -> list[Analysis]:
    """Third person before first, no pronoun before a pronoun, the written letters before folded ones, the frequent verb first."""
    bare = strip_marks(word)
    last, is_marked = bare[-1:], SHADDA in word

    def cost(v: Analysis) -> tuple[bool, bool, bool, bool, bool, bool, int]:
        final = v.aspect == "perfect" and v.lemma[-1] != last and {v.lemma[-1], last} in ({"ى", "ي"}, {"ا", "أ"})
        first = bare[len([p for p in v.proclitics if p in "وف"]) :][:1]
        hamza = v.aspect == "perfect" and first in "أا" and v.lemma[0] in "أا" and first != v.lemma[0]
        plain = is_marked and not _doubles_alike(word, v)
        return v.person == "1" and v.number == "s", bool(v.enclitic), v.person == "1", plain, final, hamza, rank(v)

    def rank(v: Analysis) -> int:
        is_split = "و" in v.proclitics and any("و" not in other.proclitics for other in verbs)  # وعد is rather وَعَد than و + عَدّ
        return ranks.get(v.row, 0) + (RARER_PASSIVE if v.voice == "passive" else 0) + (RARER_SPLIT if is_split else 0)

    seen: dict[tuple[str, str, str, str], Analysis] = {}
    for verb in sorted(verbs, key=cost):
        seen.setdefault((verb.lemma, verb.aspect, verb.person, verb.enclitic), verb._replace(voice=_voice(verb, word, last)))
    return list(seen.values())


def _unknown(key: str) -> Analysis:
    """A word that no table knows is a nominal; its letters still show article, conjunction and gender."""
    proclitics: tuple[str, ...] = next((s.proclitics for s in noun_splits(key) if "ال" in s.proclitics), ())
    if not proclitics and len(key) > 4 and key[0] == "و":
        proclitics = ("و",)
    return Analysis(key, "nominal", gender="f" if key.endswith("ة") else "", proclitics=proclitics)


@cache
def load_morphology() -> Morphology:
    """Return the embedded provider with its tables loaded."""
    return EmbeddedMorphology(load_lexicon())
