"""One reading for each word of a sentence: verb or noun, and which verb.

A score starts from how often the form is a verb in news (ambiguity.csv) and moves with the words around it; the weights stand in
seeds/lexicon/disambiguation.csv, each row with the rule of Arabic behind it.
"""

from collections.abc import Sequence
from functools import cache

from schemas.seeds import read_seed
from tasks.extract.morphology.lexicon import load_lexicon
from tasks.extract.morphology.model import Analysis
from tasks.normalize.letters import fold
from tasks.normalize.tokens import Token

TANWIN = ("اً", "ًا", "ٍ", "ٌ")
SPEECH_MARKS = frozenset('"“”«»:')
SINCE = frozenset({"بعد", "منذ", "سبق", "الي", "ما"})  # before أن: what follows is a fact
PRONOUN_GENDERS = {"هو": "m", "هي": "f"}
DAMMA = "\u064f"
AUXILIARIES = frozenset(
    {"كَان", "كَاد", "بَدَأ", "أَخَذ", "ظَلّ", "بَات", "زَال", "أَصْبَح", "صَار", "عَاد"}
)  # a second verb follows (Wright II, 105-109)
CLAUSE_OPENERS = frozenset({"فيما", "بينما", "حيث", "بعدما", "عندما", "كما", "حين", "حينما", "مثلما", "اذ"})  # a verb follows
NOT_NOUN_AFTER = frozenset({"حين", "منذ", "حتي"})


@cache
def _weights() -> dict[str, float]:
    return {row["id"]: float(row["weight"]) for row in read_seed("lexicon/disambiguation").iter_rows(named=True)}


@cache
def _priors() -> dict[str, float]:
    return load_lexicon().priors


@cache
def _titles() -> frozenset[str]:
    """Folded words for people and bodies that act: a verb before one of them has its subject."""
    rows = read_seed("lexicon/agents").iter_rows(named=True)
    return frozenset(fold(word.strip()) for row in rows for word in row["lemma"].split(";"))


@cache
def _names_in_alef() -> frozenset[str]:
    """Folded names of countries and places that end in ا («فرنسا»): their ا is no accusative."""
    rows = [*read_seed("lexicon/countries")["names"], *read_seed("lexicon/places")["names"]]
    return frozenset(fold(word) for names in rows for name in names.split(";") for word in name.split() if word.endswith("ا"))


GOING_ON = frozenset(
    {"أَعَاد", "وَاصَل", "اِسْتَأْنَف", "كَرَّر", "بَاشَر", "جَدَّد", "كَثَّف", "صَعَّد", "اِسْتَمَرّ", "تَوَاصَل", "أَكَّد", "أَعْلَن", "أَبْدَى", "قَرَّر"}
    | {"أَيَّد", "أَدَان", "اِسْتَنْكَر", "رَفَض", "اِنْتَقَد", "طَلَب", "نَفَى", "شَجَب"}
)
WINDOW = 6  # tokens between such a verb and its object


def _bare(key: str) -> str:
    """Without the article, and as a singular: «الوزيران», «المسؤولون», «مقاتلو»."""
    bare = key.removeprefix("ال")
    for ending in ("ان", "ون", "ين", "و", "ا", "ي"):
        if len(bare) > 4 and bare.endswith(ending) and bare not in _titles():
            return bare.removesuffix(ending)
    return bare


PARTS_OF_PHRASE = frozenset({"noun", "adjective", "participle", "nominal", "name"})
PREPOSITIONS = frozenset({"في", "من", "علي", "الي", "عن", "مع", "خلال", "بعد", "امام", "قرب", "داخل"})


def disambiguate(tokens: Sequence[Token], candidates: Sequence[tuple[Analysis, ...]]) -> list[Analysis]:
    """Return one reading per token.

    Args:
        tokens: words, numbers and marks of one sentence.
        candidates: the readings of each token, as a `Morphology` gives them.
    """
    chosen: list[Analysis] = []
    for i, readings in enumerate(candidates):
        token = tokens[i]
        if token.kind != "word":
            chosen.append(Analysis(token.text, "number" if token.kind == "number" else token.kind))
            continue
        shortened = _shortened(token, chosen)
        if shortened is not None:
            chosen.append(shortened)
            continue
        first = readings[0]
        if first.kind != "verb":
            chosen.append(first)
            continue
        last = readings[-1]
        noun = last if last.kind != "verb" else None
        if noun is not None and noun.kind == "masdar" and first.aspect == "perfect" and _wants_noun(chosen):
            chosen.append(noun)
            continue
        following = candidates[i + 1] if i + 1 < len(candidates) else ()
        score, is_counted = _verb_score(i, tokens, chosen, first, noun, following)
        if score >= 0.5 or (noun is None and not is_counted and score > 0.2):
            chosen.append(_which_verb(readings, chosen, following))
        else:
            chosen.append(noun or _bare_nominal(token, first))
    return chosen


def _verb_score(
    i: int,
    tokens: Sequence[Token],
    chosen: list[Analysis],
    verb: Analysis,
    noun: Analysis | None,
    following: tuple[Analysis, ...],
) -> tuple[float, bool]:
    weights, key = _weights(), tokens[i].key
    prior = _priors().get(key)
    if prior is None and key[:1] in "وف" and verb.proclitics:
        prior = _priors().get(key[1:])
    if tokens[i].text.endswith("أ"):
        prior = None  # the counts are of هنا, not of هنأ
    if _is_written_alef(tokens[i].text, verb):
        prior = None  # the counts are of نفي, too
    is_counted = prior is not None
    if prior is None:
        if noun is None:
            prior = weights["only-verb"]
        elif (not noun.proclitics and verb.proclitics) or (not noun.enclitic and verb.enclitic):
            prior = weights["whole-noun"]  # وزير is not و + زير
        else:
            prior = weights["unknown-mix"]
    score = prior
    before = chosen[-1] if chosen else None
    signs = _signs(i, tokens, before, verb, noun)
    is_masdar = noun is not None and noun.kind == "masdar"
    signs.append(("before-nominative", is_masdar and i + 1 < len(tokens) and _is_nominative(tokens[i + 1].text, following)))
    signs.append(
        ("object-and-subject", bool(verb.enclitic) and noun is not None and _is_described(before) and _may_be_subject(following))
    )
    for rule, holds in signs:
        if holds:
            score += weights[rule]
    return score, is_counted


def _is_described(before: Analysis | None) -> bool:
    """An indefinite noun, which a clause without relative pronoun may describe."""
    is_plural = before is not None and before.kind == "nominal" and before.lemma.endswith("ين")  # «مدنيين», «أوكرانيين»
    return before is not None and (before.kind in ("noun", "participle") or is_plural) and "ال" not in before.proclitics


def _is_accusative(before: Analysis | None, text: str) -> bool:
    """«إن جنديا عراقيا قتل»: a noun with the ا of the accusative takes no genitive (Wright II, 75)."""
    if before is None or before.kind not in ("noun", "participle", "adjective", "nominal"):
        return False
    if not text.endswith("ا") or fold(text) in _names_in_alef():
        return False
    return "ال" not in before.proclitics and not before.enclitic


def _stands_alone(verb: Analysis, noun: Analysis | None, following: Token | None) -> bool:
    """«أن الموظف خطف من منزله»: a verbal noun without article, ending or genitive is rare behind a whole phrase."""
    if noun is None or noun.kind != "masdar" or noun.proclitics or noun.enclitic or following is None:
        return False
    return verb.aspect == "perfect" and verb.number == "s" and following.key in PREPOSITIONS


def _is_nominative(text: str, following: tuple[Analysis, ...]) -> bool:
    """«خطف مسلحون»: a plural in ون or a dual in ان is no genitive of a noun before it (Wright I, 302)."""
    ending = {"ون": "p", "ان": "d"}.get(text[-2:], "p" if text.endswith("و") else "")  # «شنه مقاتلو طالبان»
    return bool(ending and following) and following[-1].kind in PARTS_OF_PHRASE and following[-1].number == ending


def _may_be_subject(following: tuple[Analysis, ...]) -> bool:
    """«مدنيين قتلهم الجيش»: a definite noun cannot follow a noun with a pronoun, but a verb with its object."""
    return bool(following) and following[-1].kind == "noun" and "ال" in following[-1].proclitics and not following[-1].enclitic


def _is_written_alef(text: str, verb: Analysis) -> bool:
    """«نفى الوزير»: with ى the perfect, with ي the verbal noun, though some papers write ى for both."""
    return text.endswith("ى") and verb.lemma.endswith("ى") and verb.aspect == "perfect" and not verb.enclitic


def _is_opened(i: int, tokens: Sequence[Token], verb: Analysis) -> bool:
    """«أن تقصف», «بعد أن قصفت»: after أن stands the subjunctive, the perfect only where it tells what was («أن قاضي التحقيق»)."""
    if i == 0 or tokens[i - 1].key not in ("ان", "لان") or tokens[i - 1].text == "إن":
        return False
    return verb.aspect == "imperfect" or not SINCE.isdisjoint(t.key for t in tokens[max(0, i - 4) : i - 1])


def _may_be_two(before: Analysis | None, previous: str) -> bool:
    """«أكار وشويغو», «إن جنديين»: two of them, and not «للصحافيين», which a preposition governs."""
    is_governed = before is not None and bool({"ل", "ب", "ك"} & set(before.proclitics))
    return not is_governed and (previous.startswith("و") or previous.endswith(("ان", "ين")))


def _is_joined(before: Analysis | None, verb: Analysis, noun: Analysis | None) -> bool:
    """«قتل وجرح سبعة»: and not «بحث وزيرا الخارجية», whose و is the noun's own."""
    is_whole = noun is not None and "و" not in noun.proclitics
    return before is not None and before.kind == "verb" and "و" in verb.proclitics and before.aspect == verb.aspect and not is_whole


def _own_signs(token: Token, verb: Analysis, noun: Analysis | None) -> list[tuple[str, bool]]:
    """What the word itself shows, whatever stands around it."""
    return [
        ("imperfect", verb.aspect == "imperfect"),
        ("with-conjunction", bool({"و", "ف"} & set(verb.proclitics))),
        ("with-fa", "ف" in verb.proclitics and verb.aspect == "perfect" and noun is not None),
        ("plural-verb", verb.number == "p" and verb.person == "3"),
        ("future", "س" in verb.proclitics),
        ("tanwin", token.text.endswith(TANWIN)),
        ("passive-or-noun", verb.voice == "passive" and noun is not None and DAMMA not in token.text[:4]),
        ("written-passive", verb.voice == "passive" and DAMMA in token.text[:4]),
        (
            "written-yeh",
            verb.aspect == "perfect"
            and verb.lemma.endswith("ى")
            and token.text.endswith("ي")
            and verb.voice == "either"
            and not verb.enclitic
            and verb.number == "s"
            and verb.gender == "m",
        ),
        ("written-alef", noun is not None and _is_written_alef(token.text, verb)),
        ("derived-noun", noun is not None and noun.row.startswith("verb-") and verb.aspect == "imperfect"),
    ]


def _signs(
    i: int, tokens: Sequence[Token], before: Analysis | None, verb: Analysis, noun: Analysis | None
) -> list[tuple[str, bool]]:
    kind = before.kind if before is not None else "start"
    previous, key = (tokens[i - 1].key if i else ""), tokens[i].key
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    after = following.key if following is not None else ""
    head = kind in ("noun", "masdar", "quantifier", "number") and before is not None
    open_head = head and before is not None and "ال" not in before.proclitics and not before.enclitic
    return [
        *_own_signs(tokens[i], verb, noun),
        (
            "after-preposition",
            kind == "preposition" and before is not None and not before.enclitic and previous not in NOT_NOUN_AFTER,
        ),
        ("after-particle", kind in ("particle", "negation") or _is_opened(i, tokens, verb)),
        ("after-qad", kind in ("particle", "negation") and previous.removeprefix("و") in ("قد", "لقد", "سوف", "لم", "لن")),
        ("after-relative", kind == "relative"),
        ("starts-clause", kind in ("start", "mark")),
        ("after-opener", kind == "subordinator" and previous in CLAUSE_OPENERS),
        ("after-open-noun", open_head and "و" not in verb.proclitics and not previous.endswith(("ين", "ون"))),
        ("after-accusative", _is_accusative(before, tokens[i - 1].text if i else "") and not verb.proclitics),
        ("masdar-without-genitive", not open_head and kind in PARTS_OF_PHRASE and _stands_alone(verb, noun, following)),
        ("after-pronoun", kind == "pronoun" and verb.aspect == "perfect"),
        (
            "dual-or-noun",
            verb.number == "d" and verb.aspect == "perfect" and "تا" not in key[-2:] and not previous.endswith(("ين", "ان")),
        ),
        ("after-number", kind == "number" and noun is not None and not verb.proclitics),
        ("joined-to-verb", _is_joined(before, verb, noun)),
        (
            "after-coordination",
            verb.number == "d" and kind != "number" and _may_be_two(before, previous),
        ),
        ("before-title", kind in ("start", "mark", "particle", "adverb") and _bare(after) in _titles()),
        ("we-outside-quote", verb.person == "1" and not any(t.text in SPEECH_MARKS for t in tokens[:i])),
        ("i-or-noun", verb.person == "1" and verb.number == "s" and noun is not None),
        ("before-definite", after.startswith("ال") or (following is not None and following.kind == "number")),
        (
            "after-verb",
            kind == "verb" and noun is not None and not verb.proclitics and before is not None and before.lemma not in AUXILIARIES,
        ),
        ("before-clause", after in ("ان", "انه", "انها", "الي", "علي")),
    ]


def _shortened(token: Token, chosen: list[Analysis]) -> Analysis | None:
    """Return the verb that لم has shortened: لم يقل، لم أكن."""
    if not chosen or chosen[-1].lemma != "لم":
        return None
    lexicon = load_lexicon()
    hits = lexicon.jussives.get(token.key, [])
    if not hits:
        return None
    whole = [hit for hit in lexicon.verbs.get(token.key, ()) if hit[0].aspect == "imperfect" and hit[0].voice != "passive"]
    form, lemma, row = min([*hits, *whole], key=lambda hit: (hit[1] not in AUXILIARIES, lexicon.ranks[hit[2]]))  # «لم يعد»
    return Analysis(lemma, "verb", form.aspect, form.voice, form.person, form.gender, form.number, row=row)


def _wants_noun(chosen: list[Analysis]) -> bool:
    """«واصلت القوات قتل المدنيين»: verbs of going on take a verbal noun, and no finite verb follows in their clause."""
    for before in reversed(chosen[-WINDOW:]):
        if before.kind == "verb":
            return before.lemma in GOING_ON and not before.enclitic
        if before.kind not in ("noun", "nominal", "adjective", "name", "participle", "masdar"):
            return False
    return False


def _which_verb(readings: tuple[Analysis, ...], chosen: list[Analysis], following: tuple[Analysis, ...]) -> Analysis:
    """Among several verbs: the form without object first, after a negation or سـ the imperfect.

    One that agrees with the definite noun behind it wins: «تمكن الجيش من» is تَمَكَّن, for the army is no feminine (Wright II, 140).
    """
    verbs = [r for r in readings if r.kind == "verb"]
    verbs = [v for v in verbs if "ف" not in v.proclitics] or verbs  # «فجرت» is one word before it is ف and جرت
    subject = following[-1] if following and following[-1].kind in ("noun", "masdar") else None
    opens = not chosen or chosen[-1].kind in ("mark", "conjunction", "particle", "adverb")
    if opens and subject is not None and _is_human_plural(subject):
        verbs = [v for v in verbs if v.gender == "m"] or verbs  # «تمكن أعوان الأمن»: a plural of men takes no feminine verb
    if opens and subject is not None and subject.number == "s" and ("ال" in subject.proclitics or fold(subject.lemma) in _titles()):
        verbs = [v for v in verbs if v.gender and v.gender == subject.gender] or verbs
    if chosen and chosen[-1].kind == "pronoun" and (gender := PRONOUN_GENDERS.get(chosen[-1].lemma)):
        verbs = [v for v in verbs if v.gender == gender] or verbs  # «وهو تقدم»: not the feminine of قدم
    is_wanted = bool(chosen) and fold(chosen[-1].lemma) == "ان" and SINCE.isdisjoint(fold(a.lemma) for a in chosen[-4:-1])
    if chosen and (chosen[-1].kind == "negation" or is_wanted):  # «ضرورة أن توقف» takes the subjunctive, «بعد أن» the perfect too
        return next((v for v in verbs if v.aspect == "imperfect"), verbs[0])
    return verbs[0]


def _is_human_plural(subject: Analysis) -> bool:
    """«أعوان», «جنود»: a plural without feminine ending of a word for people that act."""
    return subject.number == "p" and subject.gender == "m" and subject.lemma in _people()


@cache
def _people() -> frozenset[str]:
    rows = read_seed("lexicon/nouns").iter_rows(named=True)
    return frozenset(lemma for row in rows if row["human"] == "y" for lemma in row["lemma"].split(";"))


def _bare_nominal(token: Token, verb: Analysis) -> Analysis:
    front = tuple(p for p in verb.proclitics if p in ("و", "ف"))
    return Analysis(token.key, "nominal", proclitics=front)
