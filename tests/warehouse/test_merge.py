"""Mentions of one happening become one event; the reason stands on each duplicate."""

from collections.abc import Callable
from pathlib import Path

from tasks.load.likeness import groups
from tests.warehouse.conftest import Writer
from warehouse.query import fetch

Load = Callable[..., Path]
LONG = (
    "أجرى وزير الدفاع الروسي محادثات هاتفية مع نظيره الفرنسي تناولت الوضع في أوكرانيا والقضايا الملحة للأمن الدولي "
    "كما بحث الجانبان سبل خفض التصعيد والعلاقات الثنائية بين البلدين وملفات أمنية ودفاعية أخرى وفق بيان للوزارة نشر اليوم"
)


def links(root: Path) -> dict[str, tuple[str, str | None]]:
    rows = fetch(root, "select event_mention_id, event_id, duplicate_reason from core_event_mention").rows()
    return {mention: (event, reason) for mention, event, reason in rows}


def test_a_repeat_in_the_article_and_a_report_elsewhere_are_one_event(writer: Writer, load: Load) -> None:
    one = writer.article("a", "one", "2022-10-23", "شويغو يحادث ليكورنيو\nأجرى شويغو اتصالا مع ليكورنيو")
    two = writer.article("b", "two", "2022-10-23", "محادثات بين الوزيرين الروسي والفرنسي")
    title = writer.event(one, "يحادث", "040", "RUS:GOV;MIL", "FRA:GOV;MIL")
    body = writer.event(one, "أجرى", "041", "RUS:GOV;MIL", "FRA:GOV;MIL")
    other = writer.event(two, "محادثات", "040", "RUS:GOV;MIL", "FRA:GOV;MIL")
    root = load(writer.frames())
    assert links(root) == {title: (title, None), body: (title, "repeat"), other: (title, "report")}
    row = fetch(root, "select code, n_mentions, n_articles, n_stories, n_sources, is_single_source from core_event").row(0)
    assert row == ("041", 3, 2, 2, 2, False), "the most specific code stands for all"


def test_a_copy_of_an_article_takes_the_days_of_the_first_telling(writer: Writer, load: Load) -> None:
    one = writer.article("a", "one", "2022-10-23", LONG)
    two = writer.article("b", "two", "2022-10-24", LONG + " المصدر وكالات")
    first = writer.event(one, "محادثات", "041", "RUS:GOV;MIL", "FRA:GOV;MIL")
    copy = writer.event(two, "محادثات", "041", "RUS:GOV;MIL", "FRA:GOV;MIL")
    root = load(writer.frames())
    assert links(root) == {first: (first, None), copy: (first, "copy")}
    assert fetch(root, "select article_id, copy_of from core_article_copy").rows() == [("b", "a")]
    row = fetch(root, "select first_day::varchar, last_report_day::varchar, n_articles, n_stories from core_event").row(0)
    assert row == ("2022-10-23", "2022-10-24", 2, 1)


def test_the_same_act_on_another_day_is_another_event(writer: Writer, load: Load) -> None:
    for name, day in (("a", "2022-10-23"), ("b", "2022-10-24")):
        writer.event(writer.article(name, name, day, f"اتصل شويغو بنظيره يوم {day} مجددا"), "اتصل", "041", "RUS:GOV", "FRA:GOV")
    assert fetch(load(writer.frames()), "select * from core_event").height == 2


def test_places_keep_events_apart_and_a_report_without_a_place_joins_the_only_one(writer: Writer, load: Load) -> None:
    for name, place in (("a", "جنين"), ("b", None)):
        writer.event(writer.article(name, name, "2023-07-03", f"قصف الجيش {place or 'المدينة'}"), "قصف", "190", "ISR:MIL", "PSE",
                     place_text=place, place_country="PSE" if place else None)  # fmt: skip
    root = load(writer.frames())
    assert fetch(root, "select place_text, n_mentions from core_event").rows() == [("جنين", 2)]
    writer.event(writer.article("c", "c", "2023-07-03", "قصف الجيش رفح"), "قصف", "190", "ISR:MIL", "PSE", place_text="رفح")
    root = load(writer.frames(), run_id="run-2")
    assert sorted(fetch(root, "select coalesce(place_text, '-'), n_mentions from core_event").rows()) == [
        ("-", 1),
        ("جنين", 1),
        ("رفح", 1),
    ], "with two places nobody knows which one the report without a place means"


def test_a_bare_country_joins_the_only_role_and_different_roles_stay_apart(writer: Writer, load: Load) -> None:
    for name, actor in (("a", "RUS:MIL"), ("b", "RUS")):
        writer.event(writer.article(name, name, "2022-03-01", f"هاجم الروس {name}"), "هاجم", "190", actor, "UKR")
    assert fetch(load(writer.frames()), "select source_code, n_mentions from core_event").rows() == [("RUSMIL", 2)]
    writer.event(writer.article("c", "c", "2022-03-01", "هاجم متمردون"), "هاجم", "190", "RUS:REB", "UKR")
    rows = fetch(load(writer.frames(), run_id="run-2"), "select source_code, n_mentions from core_event order by 1").rows()
    assert rows == [("RUS", 1), ("RUSMIL", 1), ("RUSREB", 1)]


def test_bodies_above_states_are_told_apart_by_name(writer: Writer, load: Load) -> None:
    for name, body in (("a", "الأمم المتحدة"), ("b", "الاتحاد الأوروبي"), ("c", "الأمم المتحدة")):
        text = f"دعت {body} إلى هدنة {name}"
        writer.event(writer.article(name, name, "2023-01-01", text), "دعت", "0256", "IGO", "SDN", source_name=body)
    assert sorted(fetch(load(writer.frames()), "select n_mentions from core_event")["n_mentions"]) == [1, 2]


def test_where_a_side_is_unknown_only_one_article_and_its_copies_make_one_event(writer: Writer, load: Load) -> None:
    for name in "ab":
        article = writer.article(name, name, "2023-01-01", f"انتقد الرئيس الوضع {name}\nوانتقد أيضا ثم قتل شخص ثم قتل آخر")
        writer.event(article, "انتقد", "111", "EGY:GOV")
        writer.event(article, "وانتقد", "111", "EGY:GOV")
        writer.event(article, "قتل", "190")
        writer.event(article, "أيضا", "112", "EGY:GOV")
    rows = fetch(load(writer.frames()), "select code, n_mentions from core_event order by 1, 2").rows()
    assert rows == [("111", 2), ("111", 2), ("112", 1), ("112", 1), ("190", 1), ("190", 1)]


def test_planned_and_denied_acts_stay_apart_from_actual_ones(writer: Writer, load: Load) -> None:
    for name, more in (("a", {}), ("b", {"modality": "planned"}), ("c", {"polarity": "negated"})):
        writer.event(writer.article(name, name, "2023-01-01", f"زار الوزير {name}"), "زار", "042", "EGY:GOV", "QAT", **more)
    root = load(writer.frames())
    assert fetch(root, "select * from core_event").height == 3
    assert fetch(root, "select n_events from mart_dyad_month").rows() == [(1,)]
    assert fetch(root, "select count(*) from mart_event where is_actual").rows() == [(1,)]


def test_no_mention_is_lost(root: Path) -> None:
    row = fetch(root, "select (select count(*) from core_event_mention), (select sum(n_mentions) from core_event)").row(0)
    assert row[0] == row[1] > 0


def test_groups_do_not_depend_on_the_order_of_pairs() -> None:
    rank = {name: (False, name, name) for name in "abcdef"}
    pairs = [("b", "c"), ("a", "b"), ("e", "f"), ("c", "d")]
    assert groups(pairs, rank) == groups(reversed(pairs), rank) == {"b": "a", "c": "a", "d": "a", "f": "e"}
