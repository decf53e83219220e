"""Actor phrases in sentences: who, of which country, in which role."""

from datetime import date

import pytest

from tasks.extract.actors import ActorLexicon, find_actors, load_actors
from tasks.normalize.tokens import tokenize

DAY = date(2022, 10, 23)


@pytest.fixture(scope="module")
def lexicon() -> ActorLexicon:
    return load_actors()


def found(sentence: str, lexicon: ActorLexicon, day: date = DAY) -> list[tuple[str, str | None, str]]:
    actors = find_actors(tokenize(sentence), None, lexicon, day, sentence)
    return [(actor.text, actor.country, ";".join(actor.roles)) for actor in actors]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("قال وزير الدفاع الروسي إن الهجوم فشل", [("وزير الدفاع الروسي", "RUS", "GOV;MIL")]),
        ("القوات السورية والروسية", [("القوات السورية", "SYR", "MIL"), ("والروسية", "RUS", "MIL")]),
        ("وزراء خارجية فرنسا وألمانيا", [("وزراء خارجية فرنسا", "FRA", "GOV"), ("وألمانيا", "DEU", "GOV")]),
        ("قتل خمسة جنود أتراك", [("خمسة جنود أتراك", "TUR", "MIL")]),
        ("انتقدت موسكو القرار", [("موسكو", "RUS", "GOV")]),
        ("المتحدث باسم وزارة الخارجية الإيرانية", [("المتحدث باسم وزارة الخارجية الإيرانية", "IRN", "GOV")]),
    ],
)
def test_phrase_has_country_and_roles(sentence: str, expected: list[tuple[str, str | None, str]], lexicon: ActorLexicon) -> None:
    assert found(sentence, lexicon) == expected


def test_country_adjective_of_an_event_noun_is_no_actor_of_its_own(lexicon: ActorLexicon) -> None:
    sentence = "غارة إسرائيلية على البلدة"
    actors = find_actors(tokenize(sentence), None, lexicon, DAY, sentence)
    assert [(actor.kind, actor.country) for actor in actors] == [("nisba", "ISR")]


def test_offsets_cut_the_text_out_of_the_sentence(lexicon: ActorLexicon) -> None:
    sentence = "وأعلن «الحرس الثوري» الإيراني احتجاز السفينة"
    for actor in find_actors(tokenize(sentence), None, lexicon, DAY, sentence):
        assert sentence[actor.start : actor.end] == actor.text
