"""The report and the explanation page: content, links, hostile text; in a real browser where one is installed."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from schemas.errors import QueryError
from schemas.explain import ExplainedEvent, ExplainedSentence, Explanation, Party, Rejected, Span, Word
from tasks.report.explain_page import explanation_page
from tasks.report.markup import bdi, esc, for_script, labels, link
from tests.warehouse.conftest import Writer

pytest.importorskip("altair", reason="the report needs altair and vl-convert (extra: report)")
pytest.importorskip("vl_convert", reason="the report needs altair and vl-convert (extra: report)")
from tasks.report.page import shade, write_report

HOSTILE = [
    "<script>window.hacked=1</script>",
    '"><img src=x onerror="window.hacked=1">',
    "</script><script>window.hacked=1</script>",
    "<!--<script>",
    "'; DROP TABLE raw_article; --",
    "\u202eمقلوب <b>غامق</b>",
    "{{constructor.constructor('window.hacked=1')()}}",
    "@title $ink",
]
TEXT = "التقى وزير الخارجية نظيره الفرنسي أمس في جنيف"


class Page(HTMLParser):
    """Collects what a page is made of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.handlers: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.add(str(value))
            elif name == "href":
                self.links.append(str(value))
            elif name == "src":
                self.loads.append(str(value))
            elif name.startswith("on"):
                self.handlers.append(name)


@pytest.fixture(scope="module")
def report(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(root, tmp_path_factory.mktemp("report") / "report.html")


@pytest.fixture
def hostile(writer: Writer, load: Callable[..., Path], tmp_path: Path) -> Path:
    for number, text in enumerate(HOSTILE):
        article = writer.article(f"a{number}", text, "2023-01-01", f"زار {text} باريس")
        writer.rows["articles"][-1]["url"] = f"javascript:window.hacked=1//{text}"
        writer.event(article, "زار", "042", "EGY:GOV", "FRA", source_name=text, target_name=text,
                     place_text=text, place_lat=30.0, place_lon=31.0)  # fmt: skip
    return write_report(load(writer.frames()), tmp_path / "report.html")


def explained() -> Explanation:
    events = tuple(
        ExplainedEvent(n, "040", text, 1, 1.0, text, Party(text, text, text), Party(), first_day="2023-01-01",
                       date_method=text, date_text=text, place=text, rows=(text,), steps=(text,))
        for n, text in enumerate(HOSTILE, start=1)
    )  # fmt: skip
    text = " ".join(HOSTILE)
    spans = (Span(0, 8, "source", HOSTILE[0], 1), Span(4, 20, "trigger", HOSTILE[1], 1), Span(5, 6, "unheard", "x"))
    words = (Word(0, 7, HOSTILE[0], HOSTILE[1], "noun", HOSTILE[2], HOSTILE[3]),)
    sentence = ExplainedSentence(0, len(text), words, spans, events, (Rejected(HOSTILE[0], HOSTILE[1], HOSTILE[2]),), (HOSTILE[3],))
    return Explanation(text, (sentence,), "2023-01-01", HOSTILE[0], "javascript:window.hacked=1", HOSTILE[1])


def test_every_link_inside_the_report_arrives(report: Path) -> None:
    page = Page(report.read_text(encoding="utf-8"))
    inside = {target[1:] for target in page.links if target.startswith("#") and not target.startswith("#list?")}
    assert inside <= page.ids
    assert {"list", "quality", "matrix", "outlets", "timeline", "map", "actors", "roots"} <= page.ids
    assert any(target.startswith("#list?source=") for target in page.links)


def test_the_pages_load_nothing(report: Path) -> None:
    for html in (report.read_text(encoding="utf-8"), explanation_page(explained())):
        assert Page(html).loads == []
        assert "default-src 'none'" in html
        assert "@import" not in html


def test_the_numbers_of_the_report_are_those_of_the_warehouse(report: Path, root: Path) -> None:
    from warehouse.query import fetch

    html = report.read_text(encoding="utf-8")
    n_events = fetch(root, "select count(*) from mart_event where is_actual").item()
    assert f'<a href="#list"><b>{n_events:,}</b>' in html
    assert html.count("<article ") == n_events
    charts = json.loads(re.search(r'<script type="application/json" id="charts">(.*?)</script>', html, re.DOTALL)[1])  # type: ignore[index]
    rows = charts["charts"]["timeline-chart"]["data"]["values"]["rows"]
    assert sum(row["n"] for row in rows) == n_events
    cells = re.findall(r'href="#list\?source=(\w+)&amp;target=(\w+)">(\d+)</a>', html)
    cards = re.findall(r'data-source="(\w*)" data-target="(\w*)"', html)
    assert cells
    assert all(cards.count((source, target)) == int(n) for source, target, n in cells)


def test_a_country_a_dyad_and_a_period(root: Path, tmp_path: Path) -> None:
    whole = write_report(root, tmp_path / "a.html").read_text(encoding="utf-8").count("<article ")
    country = write_report(root, tmp_path / "b.html", country="RUS").read_text(encoding="utf-8")
    dyad = write_report(root, tmp_path / "c.html", country="RUS", partner="FRA").read_text(encoding="utf-8")
    days = write_report(root, tmp_path / "d.html", "2020-01-10", "2020-01-19").read_text(encoding="utf-8")
    assert whole > country.count("<article ") > dyad.count("<article ") > 0
    sides = set(re.findall(r'data-source="(\w*)" data-target="(\w*)"', dyad))
    assert sides <= {("RUS", "FRA"), ("FRA", "RUS")}
    assert {day[:9] for day in re.findall(r'data-day="([^"]*)"', days)} == {"2020-01-1"}
    empty = write_report(root, tmp_path / "e.html", "1990-01-01", "1990-01-02").read_text(encoding="utf-8")
    assert labels()["en"]["no_events"] in empty
    with pytest.raises(QueryError, match="no country 'XYZ'"):
        write_report(root, tmp_path / "f.html", country="XYZ")
    with pytest.raises(QueryError, match="'yesterday' is no ISO date"):
        write_report(root, tmp_path / "f.html", first_day="yesterday")


def test_labels_are_complete() -> None:
    every = labels()
    assert all(every[language][key] for language in every for key in every["en"])


def test_hostile_text_stays_text(hostile: Path) -> None:
    for html in (hostile.read_text(encoding="utf-8"), explanation_page(explained())):
        page = Page(html)
        assert page.handlers == []
        assert not [target for target in page.links if "javascript" in target]
        assert not page.tags & {"img", "iframe", "object", "embed", "form", "base"}
        assert "\u202e" not in html
        assert "<b>غامق" not in html


def test_pieces_of_pages() -> None:
    assert esc("<a href='x'>\x00\u202e&") == "&lt;a href=&#x27;x&#x27;&gt;&amp;"
    assert bdi("نص") == '<bdi lang="ar" dir="rtl">نص</bdi>'
    assert link('https://a.example/?q="x"', "x").startswith('<a href="https://a.example/?q=&quot;x&quot;"')
    assert link("javascript:alert(1)", "x") == link(None, "x") == link("http://[", "x") == "x"
    assert "</script" not in for_script("</script><!--")
    assert json.loads(for_script("</script>\u2028&")) == "</script>\u2028&"
    assert shade(-10) == "#d6604d"
    assert shade(0) == "#f2f2f2"


def test_the_explanation_keeps_every_character_of_the_text() -> None:
    spans = (
        Span(0, 5, "trigger", "040", 1),
        Span(6, 19, "source", "EGY:GOV", 1),
        Span(10, 19, "actor", "EGY"),
        Span(33, 36, "date", "x"),
    )
    event = ExplainedEvent(1, "040", "Consult", 1, 1.0, "التقى", Party("وزير الخارجية", "", "EGY", ("GOV",), "title"), Party())
    html = explanation_page(Explanation(TEXT, (ExplainedSentence(0, len(TEXT), spans=spans, events=(event,)),)))
    sentence = re.search(r'<p class="sentence"[^>]*>(.*?)</p>', html, re.DOTALL)
    assert sentence
    plain = re.sub(r"<small>.*?</small>", "", sentence[1])
    assert re.sub(r"<[^>]*>", "", plain) == TEXT
    assert '<mark class="trigger" title="trigger 040">التقى<small>1 040</small></mark>' in html
    assert labels()["ar"]["nobody"] in html


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not driver:
        pytest.skip("no chromium and chromedriver on this machine (Debian: apt-get install chromium chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1200,900"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    chrome = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    yield chrome
    chrome.quit()


def opened(browser: Any, path: Path) -> None:
    from selenium.webdriver.support.ui import WebDriverWait

    browser.get(path.as_uri())
    ready = "return document.readyState === 'complete' && !document.querySelector('.chart:not([data-drawn])')"
    WebDriverWait(browser, 20).until(lambda chrome: chrome.execute_script(ready))


@pytest.mark.browser
def test_the_report_draws_filters_and_speaks_arabic(browser: Any, report: Path) -> None:
    from selenium.webdriver.support.ui import WebDriverWait

    opened(browser, report)
    assert browser.execute_script("return document.querySelectorAll('#timeline-chart svg path').length") > 10
    assert browser.execute_script("return document.querySelectorAll('#map-chart svg path').length") > 100
    shown = "return Array.from(document.querySelectorAll('#list article')).filter(card => !card.hidden).length"
    cell = browser.find_element("css selector", ".matrix td a")
    wanted = int(cell.text)
    browser.execute_script("arguments[0].click()", cell)
    WebDriverWait(browser, 5).until(lambda chrome: chrome.execute_script(shown) == wanted)
    browser.execute_script("document.getElementById('all').click()")
    assert browser.execute_script(shown) == len(browser.find_elements("css selector", "#list article"))
    browser.execute_script("document.getElementById('language').click()")
    assert browser.find_element("tag name", "h1").text == labels()["ar"]["title"]
    assert browser.execute_script("return document.documentElement.dir") == "rtl"
    assert not [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1400])
def test_nothing_is_wider_than_the_window(browser: Any, report: Path, tmp_path: Path, width: int) -> None:
    (tmp_path / "explain.html").write_text(explanation_page(explained()), encoding="utf-8")
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    for path in (report, tmp_path / "explain.html"):
        opened(browser, path)
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.browser
def test_hostile_text_runs_nothing_in_a_browser(browser: Any, hostile: Path, tmp_path: Path) -> None:
    explain = tmp_path / "explain.html"
    explain.write_text(explanation_page(explained()), encoding="utf-8")
    for path in (hostile, explain):
        opened(browser, path)
        assert browser.execute_script("return window.hacked") is None
        assert browser.execute_script("return document.querySelectorAll('main img, main script, main iframe').length") == 0
        assert HOSTILE[0] in browser.find_element("tag name", "body").text
        loaded = browser.execute_script("return performance.getEntriesByType('resource').map(entry => entry.name)")
        assert loaded == []
