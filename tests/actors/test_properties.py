"""What holds for any sentence: actors stand in order, do not overlap, and cut their own words out of the text."""

from datetime import date
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.extract.actors import DocumentContext, find_actors, load_actors
from tasks.normalize.tokens import tokenize

WORDS = """
قال وزير الخارجية الدفاع الروسي والتركي نظيره الفرنسية رئيس الوزراء في من إلى على ، ( ) « » " . 5 عشرات المتظاهرين القوات
وقوات الاحتلال حركة حماس التنظيم للأمم المتحدة باسم المتحدث محمد بن عبد الله الوزيران حكومته بلاده السابق موسكو وواشنطن لبنان
غارة إسرائيلية الفلسطينيون مقتل أحد الأمين العام ل و ألف ألماني الـ ـ CNN
""".split()  # noqa: SIM905 - words read better than a list of strings
DAY = date(2020, 5, 5)
lexicon = cache(load_actors)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=25))
def test_actors_are_ordered_disjoint_and_cut_from_the_text(words: list[str]) -> None:
    text = " ".join(words)
    tokens = tokenize(text)
    last = 0
    for actor in find_actors(tokens, None, lexicon(), DAY, text):
        assert last <= actor.first <= actor.head < actor.last <= len(tokens)
        assert text[actor.start : actor.end] == actor.text
        last = actor.last


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=12), max_size=5))
def test_a_document_of_any_words_can_be_read(sentences: list[list[str]]) -> None:
    texts = [" ".join(words) for words in sentences]
    read = DocumentContext(lexicon(), DAY).read_document([(tokenize(text), None, text) for text in texts])
    assert len(read) == len(texts)
    for text, actors in zip(texts, read, strict=True):
        assert all(text[actor.start : actor.end] == actor.text for actor in actors)
