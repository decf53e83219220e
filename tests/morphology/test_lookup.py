"""A written word split into clitics and a form: clitics, spelling variants, marks, plurals, nisba."""

import pytest

from tasks.extract.morphology import disambiguate, load_morphology
from tasks.extract.morphology.model import Analysis
from tasks.normalize.tokens import tokenize


def read(word: str) -> tuple[Analysis, ...]:
    return load_morphology().analyse([word])[0]


def read_in(sentence: str, word: str) -> Analysis:
    tokens = tokenize(sentence)
    chosen = disambiguate(tokens, load_morphology().analyse([token.text for token in tokens]))
    return next(reading for token, reading in zip(tokens, chosen, strict=True) if token.text == word)


@pytest.mark.parametrize(
    ("word", "lemma", "proclitics", "enclitic"),
    [
        ("وسيعلنون", "أَعْلَن", ("و", "س"), ""),
        ("فقتلوه", "قَتَل", ("ف",), "ه"),
        ("اعتقلتهم", "اِعْتَقَل", (), "هم"),
        ("استدعاه", "اِسْتَدْعَى", (), "ه"),
        ("ليؤكد", "أَكَّد", ("ل",), ""),
        ("سيؤديها", "أَدَّى", ("س",), "ها"),
        ("ألقاها", "أَلْقَى", (), "ها"),
        ("التقى", "اِلْتَقَى", (), ""),
    ],
)
def test_verbs_with_clitics(word: str, lemma: str, proclitics: tuple[str, ...], enclitic: str) -> None:
    first = read(word)[0]
    assert (first.kind, first.lemma, first.proclitics, first.enclitic) == ("verb", lemma, proclitics, enclitic)


@pytest.mark.parametrize(
    ("word", "lemma", "proclitics", "enclitic"),
    [
        ("وللحكومة", "حكومة", ("و", "ل", "ال"), ""),
        ("بقواتها", "قوة", ("ب",), "ها"),
        ("حكومته", "حكومة", (), "ه"),
        ("والوزراء", "وزير", ("و", "ال"), ""),
        ("للجنة", "لجنة", ("ل", "ال"), ""),
    ],
)
def test_nouns_with_clitics(word: str, lemma: str, proclitics: tuple[str, ...], enclitic: str) -> None:
    last = read(word)[-1]
    assert (last.lemma, last.proclitics, last.enclitic) == (lemma, proclitics, enclitic)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أعلن", "اعلن"),
        ("إطلاق", "اطلاق"),
        ("مسؤول", "مسئول"),
        ("حكومة", "حكومه"),
        ("بدأوا", "بدؤوا"),
        ("جاءوا", "جاؤوا"),
        ("إلى", "الى"),
    ],
)
def test_spelling_variants_read_alike(one: str, other: str) -> None:
    assert read(one)[0].lemma == read(other)[0].lemma
    assert read(one)[0].kind == read(other)[0].kind != "nominal"


@pytest.mark.parametrize(
    ("word", "voice"),
    [
        ("قُتل", "passive"),
        ("قتل", "either"),
        ("أُصيب", "passive"),
        ("رمى", "active"),
        ("شوهد", "passive"),
        ("يقال", "passive"),
        ("يقول", "active"),
    ],
)
def test_voice(word: str, voice: str) -> None:
    assert read(word)[0].voice == voice


@pytest.mark.parametrize(
    ("word", "lemma"), [("عبّر", "عَبَّر"), ("عبر", "عبر"), ("كأن", "أن"), ("كان", "كَان"), ("آخر", "آخر"), ("هنأ", "هَنَّأ")]
)
def test_written_marks_choose_the_word(word: str, lemma: str) -> None:
    assert read(word)[0].lemma == lemma


@pytest.mark.parametrize(
    ("word", "lemma", "number"),
    [
        ("أشخاص", "شخص", "p"),
        ("مناطق", "منطقة", "p"),
        ("وزراء", "وزير", "p"),
        ("متظاهرين", "متظاهر", "p"),
        ("قوات", "قوة", "p"),
        ("وزيران", "وزير", "d"),
    ],
)
def test_plurals(word: str, lemma: str, number: str) -> None:
    reading = read(word)[-1]
    assert (reading.lemma, reading.number) == (lemma, number)


@pytest.mark.parametrize("word", ["عسكري", "عسكرية", "العسكريون", "عسكريين", "والعسكريات"])
def test_nisba_in_all_its_endings(word: str) -> None:
    assert read(word)[-1].lemma == "عسكري"


def test_written_hamza_tells_plural_from_verbal_noun() -> None:
    assert read("أعداد")[-1].lemma == "عدد"
    assert read("إعداد")[-1].kind == "masdar"


def test_unknown_word_is_a_nominal() -> None:
    (only,) = read("وبالزرفقطين")
    assert only.kind == "nominal"


@pytest.mark.parametrize(
    ("sentence", "word", "kind", "lemma"),
    [
        ("لم يقل الوزير شيئا", "يقل", "verb", "قَال"),
        ("لم يعد الوفد إلى القاهرة", "يعد", "verb", "عَاد"),
        ("عملية قتل في بغداد", "قتل", "masdar", "قتل"),
        ("قتل خمسة جنود في بغداد", "قتل", "verb", "قَتَل"),
        ("وزير الخارجية في موسكو", "وزير", "noun", "وزير"),
        ("أكد رفضه للقرار", "رفضه", "masdar", "رفض"),
        ("الذي طُرد من البلاد", "طُرد", "verb", "طَرَد"),
    ],
)
def test_context_chooses(sentence: str, word: str, kind: str, lemma: str) -> None:
    reading = read_in(sentence, word)
    assert (reading.kind, reading.lemma) == (kind, lemma)
