"""Articles about sport, weather or markets give no events; politics in the same words does."""

from datetime import date

import pytest

from tasks.extract.coding.coder import ArticleCoder
from tasks.extract.events import shared_resources

DAY = date(2023, 5, 10)
ARTICLES = {
    "sport": (
        "الهلال يهزم النصر ويتصدر الدوري",
        "قاد المهاجم سالم الدوسري هجوم الهلال في المباراة وسجل هدفين في مرمى النصر خلال الشوط الأول.",
        "وقال المدرب إن اللاعبين نفذوا التعليمات، وأشاد بالجماهير التي ملأت مدرجات الملعب.",
        "ويلتقي الفريق في المباراة المقبلة مع نادي الاتحاد في تصفيات كأس الملك.",
    ),
    "market": (
        "الذهب يتراجع مع صعود الدولار",
        "تراجع سعر أونصة الذهب بنسبة واحد في المائة مع صعود مؤشر الدولار وأسهم البنوك في الأسواق.",
        "وهبطت أسعار النفط الخام إلى 80 دولارا للبرميل بعد حرب أسعار بين الشركات.",
        "وارتفعت أرباح المستثمرين في البورصة خلال تداولات الربع الأول مع خفض سعر الفائدة.",
    ),
    "weather": (
        "طقس غد: أمطار رعدية ورياح",
        "تشهد المناطق الشمالية أمطارا رعدية مصحوبة برياح قوية مع انخفاض في درجات الحرارة.",
        "وتتكاثر السحب على السواحل وتهاجم الثلوج المرتفعات بحسب الأرصاد.",
        "وتبلغ الحرارة العظمى عشرين درجة مئوية مع ضباب ورطوبة في الصباح.",
    ),
}
POLITICS = (
    "مصر تستدعي السفير الجزائري بعد مباراة كرة القدم",
    "استدعت وزارة الخارجية المصرية السفير الجزائري للاحتجاج على الاعتداء على المشجعين المصريين بعد المباراة.",
    "وهاجم متظاهرون مصريون السفارة الجزائرية في القاهرة وأصابوا عددا من رجال الشرطة.",
    "ودعا الرئيس الجزائري إلى التهدئة وطالب الحكومة المصرية بحماية الدبلوماسيين.",
)


@pytest.mark.parametrize("topic", ARTICLES)
def test_article_about_something_else_gives_no_event(topic: str) -> None:
    coded = ArticleCoder(shared_resources(), DAY).code(list(ARTICLES[topic]))
    assert [event.code for sentence in coded for event in sentence.events] == []


def test_politics_around_a_match_is_coded() -> None:
    coded = ArticleCoder(shared_resources(), DAY).code(list(POLITICS))
    roots = {event.code[:2] for sentence in coded for event in sentence.events}
    assert {"11", "02"} <= roots
    assert roots & {"14", "18", "19"}
