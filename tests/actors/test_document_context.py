"""Words that only the article explains: surnames, counterparts, الوزير, الجانبان, bodies without a country."""

from datetime import date

import pytest

from tasks.extract.actors import Actor, ActorLexicon, DocumentContext, load_actors
from tasks.normalize.tokens import tokenize

DAY = date(2022, 10, 23)


@pytest.fixture(scope="module")
def lexicon() -> ActorLexicon:
    return load_actors()


def read(lexicon: ActorLexicon, *sentences: str, outlet: str | None = None) -> list[list[Actor]]:
    context = DocumentContext(lexicon, DAY, outlet)
    return context.read_document([(tokenize(sentence), None, sentence) for sentence in sentences])


def code(actor: Actor) -> str:
    return f"{actor.country}:{';'.join(actor.roles)}"


def test_bare_title_takes_country_and_roles_of_the_one_named_before(lexicon: ActorLexicon) -> None:
    actors = read(lexicon, "وصل وزير الدفاع الروسي إلى أنقرة", "وقال الوزير إن الزيارة مهمة")[1]
    assert [(code(actor), actor.method) for actor in actors] == [("RUS:GOV;MIL", "coreference")]


def test_counterpart_holds_the_same_office(lexicon: ActorLexicon) -> None:
    actors = read(lexicon, "التقى وزير الدفاع الروسي نظيره التركي")[0]
    assert [code(actor) for actor in actors] == ["RUS:GOV;MIL", "TUR:GOV;MIL"]


def test_counterparts_share_their_head_word(lexicon: ActorLexicon) -> None:
    actors = read(lexicon, "تحدث وزير الخارجية المصري مع نظيره الفرنسي، والبريطاني، والتركي")[0]
    assert [code(actor) for actor in actors] == ["EGY:GOV", "FRA:GOV", "GBR:GOV", "TUR:GOV"]


def test_dual_gives_both_ministers(lexicon: ActorLexicon) -> None:
    sentences = ("استقبل وزير الخارجية المصري وزير الخارجية الإيراني", "وبحث الوزيران الأزمة")
    assert {code(actor) for actor in read(lexicon, *sentences)[1]} == {"EGY:GOV", "IRN:GOV"}


def test_possessive_pronoun_names_the_country(lexicon: ActorLexicon) -> None:
    actors = read(lexicon, "أكد الرئيس المصري أن حكومته ترفض الاتفاق")[0]
    assert code(actors[1]) == "EGY:GOV"
    assert actors[1].method == "coreference"


def test_surname_stands_for_the_person_named_before(lexicon: ActorLexicon) -> None:
    actors = read(lexicon, "اعتقلت السلطات التونسية الناشط سمير الطيب", "وقال الطيب إنه بريء")[1]
    assert [(code(actor), actor.kind) for actor in actors] == [("TUN:CVL", "person")]


def test_body_without_country_is_of_the_articles_main_country(lexicon: ActorLexicon) -> None:
    actors = read(lexicon, "مظاهرات في السودان", "وفرقت الشرطة المحتجين")[1]
    assert [(code(actor), actor.method) for actor in actors] == [("SDN:COP", "inferred"), ("SDN:CVL", "inferred")]


def test_outlets_country_is_the_last_resort(lexicon: ActorLexicon) -> None:
    assert read(lexicon, "أقرت الحكومة القانون")[0][0].country is None
    assert code(read(lexicon, "أقرت الحكومة القانون", outlet="TUN")[0][0]) == "TUN:GOV"


def test_movement_is_meant_by_its_kind_word(lexicon: ActorLexicon) -> None:
    actors = read(lexicon, "أعلنت حركة حماس موقفها", "ورفضت الحركة العرض")[1]
    assert code(actors[0]) == "PSE:PTY;REB"


def test_statement_is_that_of_its_author(lexicon: ActorLexicon) -> None:
    actors = read(lexicon, "أصدرت وزارة الخارجية الإيرانية بيانا", "وأضاف البيان أن الهجوم خطير")[1]
    assert code(actors[0]) == "IRN:GOV"


def test_speaker_of_a_bare_verb_is_the_last_one_who_spoke(lexicon: ActorLexicon) -> None:
    context = DocumentContext(lexicon, DAY)
    for sentence in ("قال وزير الخارجية التركي إن الاتفاق قريب", "وتوقع انسحاب القوات"):
        context.read(tokenize(sentence), None, sentence)
    speaker = context.speaker("m", "s")
    assert speaker is not None
    assert code(speaker) == "TUR:GOV"


def test_unknown_village_is_of_the_country_around_it_and_keeps_its_name(lexicon: ActorLexicon) -> None:
    first, second = read(lexicon, "اقتحمت قوات إسرائيلية قرية عوريف جنوب مدينة نابلس", "ثم انسحبت من عوريف")
    assert next((actor.text, actor.country) for actor in first if actor.kind == "place") == ("قرية عوريف", "PSE")
    assert [(actor.text, actor.country, actor.kind) for actor in second] == [("عوريف", "PSE", "place")]


def test_town_whose_country_the_article_never_names_does_not_place_the_crowd(lexicon: ActorLexicon) -> None:
    actors = read(lexicon, "احتجاجات في تونس العاصمة", "وقال مواطنون من حارة المرج إن الشرطة أغلقت الطريق")[1]
    assert code(actors[0]) == "TUN:CVL"
