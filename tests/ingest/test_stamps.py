"""Publication stamps in all the ways they are written."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.seeds import read_seed
from tasks.ingest.stamps import dateline_stamp, find_stamp, name_stamp, parse_stamp, url_stamp


@pytest.mark.parametrize(
    ("text", "day", "at"),
    [
        ("2020-06-03T03:01+0400", "2020-06-03", "2020-06-02T23:01"),
        ("٢٠٢٦-٠٧-٠٧T١٤:٣٠:٠٠+٠٣:٠٠", "2026-07-07", "2026-07-07T11:30"),
        ("2026-01-08T11:42:50Z", "2026-01-08", "2026-01-08T11:42"),
        ("Thu, 20 Mar 2025 23:03:00 +0300", "2025-03-20", "2025-03-20T20:03"),
        ("1584466061", "2020-03-17", "2020-03-17T17:27"),
        ("1584466061000", "2020-03-17", "2020-03-17T17:27"),
        ("20200317", "2020-03-17", None),
        ("2020/3/17", "2020-03-17", None),
        ("17/3/2020", "2020-03-17", None),
        ("3/17/2020", "2020-03-17", None),
        ("17.03.2020", "2020-03-17", None),
        ("الأربعاء، 07 أكتوبر 2020 - 12:09 م", "2020-10-07", "2020-10-07T12:09"),
        ("تم نشره الجمعة 24 نيسان / أبريل 2020 09:22 مساءً", "2020-04-24", "2020-04-24T21:22"),
        ("السبت 3 آب/أغسطس 2013 الساعة 12:15 صباحا", "2013-08-03", "2013-08-03T00:15"),
        ("الاثنين 14 كانون الأول (ديسمبر) 2020", "2020-12-14", None),
        ("٥ يناير ٢٠٢١", "2021-01-05", None),
        ("12 جويلية 2019", "2019-07-12", None),
        ("1 غشت 2018", "2018-08-01", None),
        ("3 mars 2021", "2021-03-03", None),
        ("March 3, 2021", "2021-03-03", None),
        ("الخميس 21 رمضان 1441هـ", "2020-05-14", None),
    ],
)
def test_stamp(text: str, day: str, at: str | None) -> None:
    stamp = parse_stamp(text)
    assert stamp is not None
    assert stamp.day.isoformat() == day
    assert (stamp.at.isoformat()[:16] if stamp.at else None) == at


@pytest.mark.parametrize(
    "text", ["", "غدا", "2020-13-45", "32/1/2020", "May 5", "99999999999999999999", "٣٠ فبراير ٢٠٢٠", None, True, [], "0000-00-00"]
)
def test_what_is_no_date_gives_none(text: object) -> None:
    assert parse_stamp(text) is None


DAYS = st.dates(date(1950, 1, 1), date(2060, 1, 1))
MONTHS = [row for row in read_seed("ingest/months").iter_rows(named=True) if row["calendar"] == "gregorian"]


@given(
    DAYS,
    st.sampled_from(MONTHS),
    st.sampled_from(["{d} {m} {y}", "الأحد {d} {m} {y}", "{d} {m}، {y}", "نشر في {d}-{m}-{y} الساعة"]),
)
def test_any_day_in_words_is_read_back(day: date, month: dict[str, str], form: str) -> None:
    day = day.replace(month=int(month["month"]), day=min(day.day, 28))
    stamp = find_stamp(form.format(d=day.day, m=month["name"], y=day.year))
    assert stamp is not None
    assert stamp.day == day


@given(DAYS, st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%Y/%m/%d", "%d-%m-%Y", "%Y%m%d"]))
def test_any_day_in_numbers_is_read_back_day_first(day: date, form: str) -> None:
    stamp = parse_stamp(day.strftime(form))
    assert stamp is not None
    assert stamp.day == day


@given(st.datetimes(datetime(1980, 1, 1), datetime(2060, 1, 1)), st.integers(-12, 14))
def test_the_day_is_the_publishers_and_the_instant_is_utc(moment: datetime, hours: int) -> None:
    local = moment.replace(microsecond=0, tzinfo=timezone(timedelta(hours=hours)))
    stamp = parse_stamp(local.isoformat())
    assert stamp is not None
    assert stamp.day == local.date()
    assert stamp.at == local.astimezone(UTC)


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    for stamp in (parse_stamp(text), find_stamp(text), dateline_stamp(text), url_stamp(text)):
        assert stamp is None or stamp.day.year >= 1900


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.org/story/2020/8/24/title/1", date(2020, 8, 24)),
        ("https://example.org/news/2020-06-03-1.3874341", date(2020, 6, 3)),
        ("https://example.org/arab_world/202003171044893040-title", date(2020, 3, 17)),
        ("http://example.org/2013/middle_east/8/3/syria.clashes/index.html", date(2013, 8, 3)),
        ("https://example.org/ar/177432-2025-03-20-20-15-08", date(2025, 3, 20)),
        ("https://example.org/article/825076-50", None),
        ("https://example.org/2020/13/40/x", None),
        ("https://example.org/12345678", None),
    ],
)
def test_date_in_an_address(url: str, day: date | None) -> None:
    stamp = url_stamp(url)
    assert (stamp.day if stamp else None) == day


@pytest.mark.parametrize(
    ("ref", "day"),
    [
        ("in/2022-10-23_news.txt", date(2022, 10, 23)),
        ("a.zip!news-20221023.html", date(2022, 10, 23)),
        ("2022-10-23/news.txt", None),
        ("000_5ed99b57b3e14e7d.txt", None),
        ("12022102399.txt", None),
    ],
)
def test_date_in_a_file_name(ref: str, day: date | None) -> None:
    stamp = name_stamp(ref)
    assert (stamp.day if stamp else None) == day


def test_date_lines() -> None:
    assert dateline_stamp("عنوان الخبر\n\n23 أكتوبر 2022\nنص الخبر").day == date(2022, 10, 23)  # type: ignore[union-attr]
    assert dateline_stamp("بغداد 12 يناير 2003 (رويترز) - قال مسؤول").day == date(2003, 1, 12)  # type: ignore[union-attr]
    assert (
        dateline_stamp(
            "قال مسؤول إن الاجتماع الذي عقد في 12 يناير 2003 في بغداد انتهى من غير أن يتفق المشاركون على شيء من ذلك كله."
        )
        is None
    )
