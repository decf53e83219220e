"""Web pages: the article without the page."""

import csv
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tasks.ingest.article import Article, Refused
from tasks.ingest.furniture import is_furniture
from tasks.ingest.making import Defaults
from tasks.ingest.page import parse, read_page

NOW = Defaults(now=datetime(2026, 11, 25, tzinfo=UTC))
FURNITURE = ("شارك", "اقرأ أيضا", "تابعونا", "ذات صلة", "جميع الحقوق", "الرئيسية", "سياسة الخصوصية", "التعليقات", "إعلان")


def article(data: bytes, **more: Any) -> Article:
    item = read_page(data, "page", NOW, **more)
    assert isinstance(item, Article), item
    return item


def test_a_page_gives_its_article_and_nothing_else(made: Any) -> None:
    item = article(made.page(7), url="https://example.org/news/7")
    assert item.title == "رئيس الوزراء يستقبل الوفد رقم 7"
    assert item.text == item.title + "\n" + made.article_text(7)
    assert item.outlet == "صحيفة المثال"
    assert item.source == "example.org"
    assert (item.published_day, item.published_method) == (date(2024, 3, 20), "meta")
    assert item.published_at == datetime(2024, 3, 20, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("meta", "method"),
    [
        ('<meta itemprop="datePublished" content="2024-03-20">', "meta"),
        ('<meta name="pubdate" content="الأربعاء 20 مارس 2024">', "meta"),
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-03-20T01:00:00+03:00"}</script>',
            "json-ld",
        ),
        (
            '<script type="application/ld+json">{"@graph":[{"@type":["Article"],"datePublished":"20/03/2024"}]}</script>',
            "json-ld",
        ),
        (
            '<script type="application/ld+json">{broken</script><link rel="canonical" href="https://example.org/2024/03/20/x">',
            "url",
        ),
    ],
)
def test_places_of_the_publication_day(made: Any, meta: str, method: str) -> None:
    item = article(made.page(1, meta=meta))
    assert (item.published_day, item.published_method) == (date(2024, 3, 20), method)


@pytest.mark.parametrize(
    ("stamp", "method"),
    [
        ('<time datetime="2024-03-20T10:00">أمس</time>', "time"),
        ('<div class="post-date">الأربعاء 20 آذار / مارس 2024 09:22 مساء</div>', "text"),
        ("<span>نشر في: 20-03-2024</span>", "text"),
        ("<p>٢٠ مارس ٢٠٢٤</p>", "text"),
    ],
)
def test_days_shown_beside_the_headline(made: Any, stamp: str, method: str) -> None:
    html = made.page(1, meta="").decode()
    html = html.replace("<nav>", '<div class="today date">الأحد 5 أبريل 2026</div><nav>').replace("</h1>", f"</h1>{stamp}")
    item = article(html.encode())
    assert (item.published_day, item.published_method) == (date(2024, 3, 20), method)
    assert "مارس" not in item.text
    assert "2024" not in item.text


def test_the_header_is_the_last_resort_and_a_day_to_come_is_not_believed(made: Any) -> None:
    future = '<meta property="article:published_time" content="2031-01-01">'
    item = article(made.page(1, meta=future), header="Wed, 20 Mar 2024 10:00:00 GMT")
    assert (item.published_day, item.published_method) == (date(2024, 3, 20), "header")


def test_a_page_without_any_date_is_refused(made: Any) -> None:
    item = read_page(made.page(1, meta=""), "page", NOW)
    assert isinstance(item, Refused)
    assert item.reason_code == "no_date"


@pytest.mark.parametrize("charset", ["windows-1256", "iso-8859-6", "utf-16"])
def test_legacy_encodings(made: Any, charset: str) -> None:
    assert made.article_text(3) in article(made.page(3, charset=charset)).text


def test_a_first_paragraph_that_stands_apart_is_kept(made: Any) -> None:
    lead = "وصل الرئيس إلى باريس اليوم في زيارة رسمية تستمر ثلاثة أيام ويلتقي خلالها نظيره الفرنسي وعددا من المسؤولين."
    html = (
        made.page(2)
        .decode()
        .replace('<div class="article-body">', f'<div class="b-article__lead"><p>{lead}</p></div><div class="article-body">')
    )
    assert article(html.encode()).text.split("\n")[1] == lead


def test_a_body_without_paragraphs_in_a_box_with_an_unlucky_class_is_kept(made: Any) -> None:
    body = '<div class="content share modal">' + "<br><br>".join(made.article_text(5).split("\n")) + "</div>"
    assert "يلتقي الوزير" in article(made.page(5, body=body)).text


SITE = '<meta property="og:site_name" content="{}"><meta property="og:title" content="{}">'


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>وصول الوفد إلى بغداد - وكالة الأنباء</title>", "وصول الوفد إلى بغداد"),
        ("<title>وصول الوفد إلى بغداد</title>", "وصول الوفد إلى بغداد"),
        (SITE.format("جريدة النهار", "وصول الوفد إلى بغداد | النهار"), "وصول الوفد إلى بغداد"),
        (SITE.format("شبكة أخبار العراق", "العراق - أزمة في الحكومة"), "العراق - أزمة في الحكومة"),
        (SITE.format("x", "النهار - وصول الوفد إلى بغداد") + "<h1>وصول الوفد إلى بغداد</h1>", "وصول الوفد إلى بغداد"),
    ],
)
def test_the_name_of_the_site_is_no_part_of_the_title(made: Any, head: str, title: str) -> None:
    meta = '<meta name="pubdate" content="2024-03-20">'
    html = f"<html><head>{meta}{head}</head><body><p>{made.article_text(1)}</p></body></html>"
    assert article(html.encode()).title == title


@pytest.mark.parametrize("noise", ["\x0b", "\x1f", "&#0;", "&#xD800;", "&#x110000;", "&#xFFFF;", "\ufffe"])
def test_characters_that_xml_cannot_hold_cost_no_article(made: Any, noise: str) -> None:
    html = made.page(6).decode().replace("استقبل", f"{noise}استقبل").replace("</h1>", f"{noise}</h1>")
    assert "رئيس الوزراء وفدا" in article(html.encode()).text


def test_captions_are_not_text(made: Any) -> None:
    body = '<figure><img src="x" alt="الوزير في المطار"><p>الوزير في المطار</p></figure>' + "".join(
        f"<p>{line}</p>" for line in made.article_text(4).split("\n")
    )
    assert "المطار" not in article(made.page(4, body=body)).text


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"<html></html>", "no_article"),
        (b"plain words that are no page", "no_article"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "binary"),
    ],
)
def test_what_is_no_article(data: bytes, code: str) -> None:
    item = read_page(data, "page", NOW)
    assert isinstance(item, Refused)
    assert item.reason_code == code


def test_an_index_page_and_an_english_page_are_refused(made: Any) -> None:
    index = "<html><body>" + "".join(f'<a href="/{n}">خبر رقم {n}</a>' for n in range(40)) + "</body></html>"
    assert read_page(index.encode(), "page", NOW).reason_code == "no_article"  # type: ignore[union-attr]
    english = "<p>" + "The minister said on Sunday that the talks would go on in Geneva. " * 20 + "</p>"
    assert read_page(made.page(1, body=english, title="Talks go on"), "page", NOW).reason_code == "not_arabic"  # type: ignore[union-attr]


def letters(text: str) -> str:
    return re.sub(r"\W+", "", text)


def pages(shared: Path) -> list[tuple[dict[str, str], bytes]]:
    folder = shared / "corpus" / "html"
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as rows:
        return [(row, (folder / row["file"]).read_bytes()) for row in csv.DictReader(rows)]


def test_real_pages_have_the_right_day_and_title_and_no_furniture(shared: Path) -> None:
    found = [(row, read_page(data, row["file"], NOW)) for row, data in pages(shared)]
    assert all(isinstance(item, Article) for _, item in found)
    dated = [item.published_day.isoformat().startswith(row["published_or_built"]) for row, item in found]  # type: ignore[union-attr]
    assert sum(dated) >= 0.9 * len(dated)
    right: list[bool] = []
    for row, item in found:
        assert isinstance(item, Article)
        assert len(item.title) > 15
        # Every page shows its headline as a heading or in its title: ours is that, without the outlet around it.
        tree = parse((shared / "corpus" / "html" / row["file"]).read_text(encoding="utf-8"))
        assert tree is not None
        shown = {letters(str(element.text_content())) for element in tree.iter("h1")} or {letters(item.title)}
        right.append(letters(item.title) in shown)
        assert not item.title.endswith(item.outlet), row["file"]
        assert len(item.text) > 300, row["file"]
        body = item.text.split("\n")[1:]
        assert not [line for line in body if is_furniture(line) or any(line.startswith(word) for word in FURNITURE)], row["file"]
        titled = [name for name in ("title", "headline") if row.get(name)]
        assert all(item.title == row[name] for name in titled)
    assert sum(right) >= 0.95 * len(right)
