"""Page furniture, plain text files, HTML inside text."""

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.seeds import SEEDS, read_seed
from tasks.ingest.article import Article, Refused
from tasks.ingest.furniture import blank_furniture, class_pattern, drop_furniture, furniture_lines, is_furniture
from tasks.ingest.making import Defaults
from tasks.ingest.markup import strip_markup
from tasks.ingest.read import read_paths
from tasks.ingest.textfile import read_text

ROWS = list(read_seed("ingest/furniture").iter_rows(named=True))


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_each_rule_drops_its_example(row: dict[str, str]) -> None:
    if row["scope"] == "line":
        assert is_furniture(row["example"])
    elif row["scope"] == "stop":
        assert furniture_lines([row["example"], "عنوان خبر آخر", "عنوان خبر ثالث"]) == {0, 1, 2}
    elif row["match"] == "class":
        assert class_pattern(row["scope"]).search(row["example"])
    else:
        assert row["match"] == "itemprop"


@pytest.mark.parametrize(
    "line",
    [
        "قال الوزير إن بلاده تتابع الموقف عن كثب.",
        "أعلنت شركة واتساب تأجيل العمل بسياسة الخصوصية الجديدة بعد احتجاج المستخدمين.",
        "شارك الرئيس في القمة العربية التي عقدت في جدة.",
        "نشرت الصحيفة تقريرا عن الأزمة في 12 مارس 2020 أثار جدلا واسعا في البلاد وردود فعل غاضبة من الحكومة ومن أحزاب المعارضة.",
        "شاهد العالم أمس افتتاح القناة.",
        "حملت المعارضة الحكومة مسؤولية الأزمة.",
    ],
)
def test_news_is_not_furniture(line: str) -> None:
    assert not is_furniture(line)


def test_links_under_a_heading_go_and_paragraphs_after_them_stay() -> None:
    text = "الفقرة الأولى من الخبر.\nأخبار ذات صلة\nوزير يصل\nرئيس يغادر\n" + "وأضاف المتحدث أن المحادثات ستستمر غدا." * 4
    assert drop_furniture(text).split("\n")[0] == "الفقرة الأولى من الخبر."
    assert "وزير يصل" not in drop_furniture(text)
    assert "وأضاف المتحدث" in drop_furniture(text)


def test_few_lines_of_real_news_are_taken_for_furniture(shared) -> None:
    import gzip
    import json

    n_lines = n_dropped = 0
    with gzip.open(shared / "corpus" / "news-dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            parts = record["text"].split("\n")
            n_lines += len(parts)
            n_dropped += len(furniture_lines(parts))
    assert n_dropped < 0.001 * n_lines


def test_the_sample_article() -> None:
    path = SEEDS / "articles" / "000_5ed99b57b3e14e7d.txt"
    articles, quarantine = read_paths([path])
    assert quarantine.is_empty()
    row = articles.row(0, named=True)
    original = path.read_text(encoding="utf-8")
    assert row["title"] == original.split("\n")[0].strip()
    assert row["published_day"] == date(2022, 10, 23)
    assert row["published_method"] == "dateline"
    assert "الخط" not in row["text"]
    assert len(row["text"]) == len(original)
    assert all(a == b for a, b in zip(row["text"], original, strict=True) if a != " ")


LINES = st.lists(
    st.sampled_from(
        [
            "+ الخط -",
            "قال الوزير إن المحادثات بدأت في العاصمة.",
            "23 أكتوبر 2022",
            "",
            "شارك الخبر",
            "<p>نص</p>",
            "وأضاف أن بلاده ملتزمة بالاتفاق.",
            "كلمة\u200f",
            "😀",
        ]
    ),
    min_size=1,
    max_size=30,
)


@given(LINES, st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]))
def test_offsets_of_the_text_count_in_the_decoded_file(lines: list[str], encoding: str) -> None:
    original = "\n".join(["عنوان الخبر الأول", "2 مايو 2021", *lines, "وانتهى الاجتماع مساء أمس في المدينة."])
    item = read_text(original.encode(encoding), "x.txt", Defaults())
    assert isinstance(item, Article)
    assert len(item.text) == len(original)
    assert all(ours in (theirs, " ") for ours, theirs in zip(item.text, original, strict=True))
    assert item.published_day == date(2021, 5, 2)


@given(st.text(max_size=300))
def test_blanking_keeps_length_and_markup_never_breaks(text: str) -> None:
    assert len(blank_furniture(text)) == len(text)
    assert len(strip_markup(text, keep_length=True)) == len(text)
    assert isinstance(strip_markup(text), str)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>سطر أول</p><p>سطر&nbsp;ثان</p>", "سطر أول\nسطر ثان"),
        ("&lt;a href=&quot;x&quot;&gt;الوزير&lt;/a&gt; قال", "الوزير قال"),
        ('نص<blockquote class="twitter-tweet"><p>تغريدة</p></blockquote>آخر', "نص\nآخر"),
        ("<script>var a = 1 < 2;</script>نص", "نص"),
        ("5 < 6 و 7 > 3", "5 < 6 و 7 > 3"),
        ("شركة AT&T الأميركية", "شركة AT&T الأميركية"),
        ("<!-- تعليق -->نص<br/>آخر", "نص\nآخر"),
    ],
)
def test_html_in_text(html: str, text: str) -> None:
    assert strip_markup(html) == text


def test_a_long_run_of_brackets_is_read_in_no_time() -> None:
    noise = "<" * 200_000 + "<a " * 50_000
    random.seed(1)
    assert len(strip_markup(noise, keep_length=True)) == len(noise)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        ("نص بلا تاريخ".encode(), "no_date"),
        (b"Latin only, 3 May 2020", "not_arabic"),
        ("نص\x00نص\n3 مايو 2020".encode(), "binary"),
        ("عنوان\n3 مايو 2199\nنص".encode(), "no_date"),
    ],
)
def test_text_files_that_are_refused(data: bytes, code: str) -> None:
    item = read_text(data, "x.txt", Defaults())
    assert isinstance(item, Refused)
    assert item.reason_code == code
    assert item.reason
