"""The day of an event by what stands around it: words that tell no event of their own do not keep a day from it."""

from datetime import date

import pytest

from tasks.extract.coding.coder import ArticleCoder
from tasks.extract.events import shared_resources

PUBLISHED = date(2017, 2, 27)


@pytest.mark.parametrize(
    ("text", "code", "day"),
    [
        ("قتل المسلح التونسي في تبادل لإطلاق النار مع الشرطة الإيطالية قرب ميلانو في 23 ديسمبر", "193", date(2016, 12, 23)),
        ("قتل جندي عراقي في هجوم انتحاري قرب الموصل في 3 يناير", "1831", date(2017, 1, 3)),
        ("انتقدت فرنسا الهجوم الروسي على حلب في 23 ديسمبر", "111", PUBLISHED),
    ],
)
def test_day_of_event(text: str, code: str, day: date) -> None:
    events = ArticleCoder(shared_resources(), PUBLISHED).code([text])[0].events
    assert [event.when.first_day for event in events if event.code == code] == [day]
