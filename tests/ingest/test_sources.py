"""End to end: feeds, pages and folders from a real server on the loopback address, good and bad."""

import csv
import json
import os
import re
import sqlite3
import time
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tasks.ingest.config import Config, FetchSettings, Source
from tasks.ingest.read import Batch
from tasks.ingest.sources import collect, retry
from tasks.ingest.state import State

QUICK = FetchSettings(timeout_seconds=0.6, total_seconds=3, seconds_between=0, retries=2, backoff_seconds=0, max_megabytes=5)
WHEN = "Wed, 20 Mar 2024 10:00:00 +0300"


def config(*sources: Source, folder: Path = Path(), fetch: FetchSettings = QUICK) -> Config:
    return Config(fetch, sources, folder)


def poll(settings: Config, state: State, **more: Any) -> list[Batch]:
    batches = []
    for batch in collect(settings, state, run_id="run", **more):
        batches.append(batch)
        state.commit()
    return batches


def together(batches: list[Batch]) -> tuple[pl.DataFrame, pl.DataFrame]:
    return pl.concat([batch.articles for batch in batches]), pl.concat([batch.quarantine for batch in batches])


@pytest.fixture
def state(tmp_path: Path) -> Any:
    with State(tmp_path / "state" / "sources.sqlite") as one:
        yield one


def feed_source(server: Any, name: str = "feed", **more: Any) -> Source:
    return Source(name, "feed", url=f"{server.url}/{name}.xml", private=True, **more)


def test_good_and_bad_pages_of_one_feed(server: Any, made: Any, state: State) -> None:
    """Every good article arrives once with the right day, every bad one is in quarantine with its reason."""
    good = {f"/good/{n}": made.page(n) for n in range(4)}
    good["/legacy"] = made.page(50, charset="windows-1256")
    server.paths.update(good)
    server.headers["/legacy"] = {"Content-Type": "text/html"}
    server.paths["/flaky"] = made.bad.first(1, 500, made.page(51))
    server.paths["/moved"] = made.bad.redirect("/target")
    server.paths["/target"] = made.page(52)
    bad = {
        "/missing": (None, "http_error"),
        "/down": (made.bad.status(500), "http_error"),
        "/slow": (made.bad.slow(2.0), "network"),
        "/loop": (made.bad.redirect("/loop"), "redirects"),
        "/bomb": (made.bad.gzip_bomb(100), "bomb"),
        "/huge": (made.bad.huge(50), "too_large"),
        "/cut": (made.bad.cut(made.page(60), 900), "truncated"),
        "/undated": (made.page(61, meta=""), "no_date"),
        "/empty": (b"", "empty"),
        "/video": (b"<html><body><video></video></body></html>", "no_article"),
        "/english": (
            made.page(62, title="Talks", body="<p>" + "The minister said the talks go on in Geneva. " * 9 + "</p>"),
            "not_arabic",
        ),
        "/inside": (made.bad.redirect("ftp://127.0.0.1/x"), "blocked_address"),
        "/image": (None, "http_error"),
        "/private/x": (made.page(63), "robots"),
    }
    server.paths.update({path: content for path, (content, _) in bad.items() if content is not None})
    server.paths["/robots.txt"] = b"User-agent: *\nDisallow: /private/\n"
    paths = [*good, "/flaky", "/moved", *bad]
    server.paths["/feed.xml"] = made.feed(
        [(server.url + path, f"خبر {path}", "" if path == "/undated" else WHEN) for path in paths]
    )
    batches = poll(config(feed_source(server, follow="always")), state)
    articles, quarantine = together(batches)
    wanted = {server.url + path for path in [*good, "/flaky", "/target"]}
    assert sorted(articles["url"]) == sorted(wanted)
    assert set(articles["published_day"]) == {date(2024, 3, 20)}
    assert set(articles["outlet"]) == {"صحيفة المثال"}
    reasons = {ref.removeprefix(server.url): code for ref, code in quarantine.select("article_ref", "reason_code").iter_rows()}
    assert reasons == {path: code for path, (_, code) in bad.items()}
    assert all(len(reason) > 20 for reason in quarantine["reason"])
    assert [batch.error for batch in batches] == [""]


def test_the_second_poll_fetches_only_what_changed(server: Any, made: Any, state: State) -> None:
    pages = {f"/{n}": made.page(n) for n in range(6)}
    server.paths.update(pages)
    entries = [(f"{server.url}/{n}", f"خبر {n}", WHEN) for n in range(5)]
    server.paths["/feed.xml"] = made.feed(entries)
    settings = config(feed_source(server))
    assert together(poll(settings, state))[0].height == 5
    before = server.hits.copy()
    again = poll(settings, state)
    assert together(again)[0].is_empty()
    assert again[0].n_unchanged == 1
    assert server.hits - before == Counter({"/feed.xml": 1, "304 /feed.xml": 1, "/robots.txt": 1})
    server.paths["/feed.xml"] = made.feed(
        [(f"{server.url}/5", "خبر 5", WHEN), *entries[:3], (entries[3][0], "عنوان جديد للخبر الرابع", WHEN)]
    )
    server.paths["/3"] = made.page(33)
    before = server.hits.copy()
    articles, quarantine = together(poll(settings, state))
    assert quarantine.is_empty()
    assert sorted(articles["url"]) == [f"{server.url}/3", f"{server.url}/5"]
    assert server.hits - before == Counter({"/feed.xml": 1, "/5": 1, "/3": 1, "/robots.txt": 1})


def test_a_run_that_dies_before_its_articles_are_safe_loses_none(server: Any, made: Any, tmp_path: Path) -> None:
    server.paths.update({f"/{n}": made.page(n) for n in range(5)})
    server.paths["/feed.xml"] = made.feed([(f"{server.url}/{n}", f"خبر {n}", WHEN) for n in range(5)])
    settings = config(feed_source(server))
    with State(tmp_path / "s.sqlite") as state:
        first = next(iter(collect(settings, state)))  # no commit: the run was killed
        assert first.articles.height == 5
    with State(tmp_path / "s.sqlite") as state:
        articles, _ = together(poll(settings, state))
        assert set(articles["article_id"]) == set(first.articles["article_id"])
        assert together(poll(settings, state))[0].is_empty()


def test_a_page_that_is_down_comes_with_a_later_poll_but_not_forever(server: Any, made: Any, state: State) -> None:
    server.paths.update({"/1": made.page(1), "/2": made.bad.status(503), "/3": made.bad.status(503)})
    server.paths["/feed.xml"] = made.feed([(f"{server.url}/{n}", f"خبر {n}", WHEN) for n in (1, 2, 3)])
    settings = config(feed_source(server))
    articles, quarantine = together(poll(settings, state))
    assert (articles.height, quarantine["reason_code"].to_list()) == (1, ["http_error", "http_error"])
    server.paths["/2"] = made.page(2)
    articles, quarantine = together(poll(settings, state))
    assert (articles["url"].to_list(), quarantine.height) == ([f"{server.url}/2"], 1)
    for _ in range(6):
        poll(settings, state)
    assert server.hits["/3"] == 5 * 3  # five polls, three tries each
    assert server.hits["/1"] == 1
    server.paths["/3"] = made.page(3)
    retry([f"{server.url}/3"], state)
    assert together(poll(settings, state))[0]["url"].to_list() == [f"{server.url}/3"]


def test_feeds_that_are_down_or_broken_do_not_stop_the_others(server: Any, made: Any, state: State) -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "b"><!ENTITY c "&b;&b;">]><rss><channel><title>&c;</title></channel></rss>'
    )
    body = made.feed(
        [("https://example.org/1", "خبر أول", WHEN), ("https://example.org/2", "خبر ثان", WHEN)], text=made.article_text(1)
    )
    server.paths.update(
        {
            "/down.xml": made.bad.status(500),
            "/gone.xml": made.bad.status(404),
            "/slow.xml": made.bad.slow(2.0),
            "/entities.xml": bomb,
            "/html.xml": made.page(1),
            "/bomb.xml": made.bad.gzip_bomb(100),
            "/good.xml": body,
            "/cut.xml": body[: len(body) - 200],
        }
    )
    names = ["down", "gone", "slow", "entities", "html", "bomb", "cut", "good"]
    lines: list[str] = []
    batches = {
        batch.name: batch for batch in poll(config(*(feed_source(server, name) for name in names)), state, report=lines.append)
    }
    assert set(batches) == set(names)
    assert {name for name, batch in batches.items() if batch.error} == {"down", "gone", "slow", "entities", "html", "bomb"}
    assert {name: batch.quarantine["reason_code"][0] for name, batch in batches.items() if name != "good"} == {
        "down": "http_error",
        "gone": "http_error",
        "slow": "network",
        "entities": "bad_xml",
        "html": "bad_feed",
        "bomb": "bomb",
        "cut": "truncated",
    }
    # Both feeds name the same entries: each article comes once, whichever is asked first.
    assert together(list(batches.values()))[0]["url"].unique().sort().to_list() == [
        "https://example.org/1",
        "https://example.org/2",
    ]
    assert batches["good"].articles.height + batches["cut"].articles.height == 2
    assert len(lines) == 6


def test_a_new_title_of_an_unchanged_page_is_nothing_new(server: Any, made: Any, state: State) -> None:
    server.paths["/1"] = made.page(1)
    server.paths["/feed.xml"] = made.feed([(f"{server.url}/1", "خبر", WHEN)])
    assert together(poll(config(feed_source(server)), state))[0].height == 1
    server.paths["/feed.xml"] = made.feed([(f"{server.url}/1", "خبر بعنوان آخر", WHEN)])
    articles, quarantine = together(poll(config(feed_source(server)), state))
    assert (articles.height, quarantine.height) == (0, 0)
    assert server.hits["304 /1"] == 1


def test_a_clock_that_was_wrong_costs_no_article(server: Any, made: Any, state: State) -> None:
    server.paths["/1"] = made.page(1)
    server.paths["/feed.xml"] = made.feed(
        [(f"{server.url}/1", "خبر", WHEN), ("https://example.org/2", "خبر", WHEN)], text=made.article_text(2)
    )
    settings = config(feed_source(server, follow="never"))
    articles, quarantine = together(poll(settings, state, now=datetime(1999, 1, 1, tzinfo=UTC)))
    assert articles.is_empty()
    assert set(quarantine["reason_code"]) == {"future_date"}
    assert together(poll(settings, state))[0].height == 2


def test_a_robots_txt_that_fails_forbids_this_poll_and_not_the_next(server: Any, made: Any, state: State) -> None:
    server.paths.update({"/robots.txt": made.bad.status(503), "/1": made.page(1)})
    server.paths["/list"] = f'<a href="{server.url}/1">خبر</a>'.encode()
    settings = config(Source("list", "page", url=f"{server.url}/list", links="/1$", private=True))
    _, quarantine = together(poll(settings, state))
    assert quarantine["reason_code"].to_list() == ["robots"]
    assert server.hits["/list"] == 0
    del server.paths["/robots.txt"]
    assert together(poll(settings, state))[0].height == 1


def test_a_long_list_is_taken_bit_by_bit(server: Any, made: Any, state: State) -> None:
    server.paths.update({f"/n/{n}": made.page(n) for n in range(7)})
    server.paths["/list"] = "".join(f'<a href="/n/{n}">خبر</a>' for n in range(7)).encode()
    settings = config(Source("list", "page", url=f"{server.url}/list", links="/n/", private=True, most=3))
    assert [together(poll(settings, state))[0].height for _ in range(4)] == [3, 3, 1, 0]


def test_a_feed_that_may_not_be_followed_gives_its_own_text(server: Any, made: Any, state: State) -> None:
    teaser = made.article_text(1)[:300].strip()
    server.paths["/robots.txt"] = b"User-agent: *\nDisallow: /1"
    server.paths["/2"] = made.page(2)
    server.paths["/feed.xml"] = made.feed([(f"{server.url}/{n}", f"خبر {n}", WHEN) for n in (1, 2)], text=teaser)
    lines: list[str] = []
    articles, quarantine = together(poll(config(feed_source(server)), state, report=lines.append))
    assert quarantine.is_empty()
    texts = dict(articles.select("url", "text").iter_rows())
    assert texts[f"{server.url}/1"] == "خبر 1\n" + teaser
    assert made.article_text(2) in texts[f"{server.url}/2"]
    assert "robots" in lines[0]


def test_private_addresses_need_to_be_allowed(server: Any, made: Any, state: State) -> None:
    server.paths["/feed.xml"] = made.feed([])
    batches = poll(config(Source("feed", "feed", url=f"{server.url}/feed.xml")), state)
    assert batches[0].quarantine["reason_code"].to_list() == ["blocked_address"]
    assert server.hits.total() == 0


def test_a_list_page_and_a_single_page(server: Any, made: Any, state: State) -> None:
    server.paths.update({f"/news/{n}": made.page(n) for n in range(4)})
    links = (
        "".join(f'<a href="/news/{n}#top">خبر</a> ' for n in range(3)) + '<a href="/about">من نحن</a> <a href="mailto:a@b.c">x</a>'
    )
    server.paths["/list"] = f"<html><body>{links}</body></html>".encode()
    settings = config(
        Source("list", "page", url=f"{server.url}/list", links=r"/news/\d+", private=True),
        Source("one", "page", url=f"{server.url}/news/3", private=True),
    )
    articles, quarantine = together(poll(settings, state))
    assert quarantine.is_empty()
    assert sorted(articles["url"]) == [f"{server.url}/news/{n}" for n in range(4)]
    assert together(poll(settings, state))[0].is_empty()
    server.paths["/news/3"] = made.page(30)
    server.paths["/list"] += b"<!-- changed -->"
    before = server.hits.copy()
    articles, _ = together(poll(settings, state))
    assert articles["url"].to_list() == [f"{server.url}/news/3"]
    assert (server.hits - before)["/news/1"] == 0


def test_a_watched_folder(tmp_path: Path, state: State) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    record = {"headline": "عنوان", "body": "قال الوزير إن بلاده ترحب بالاتفاق الذي وقع أمس.", "date": "2024-03-20"}

    def drop(name: str, text: str, age: float = 60) -> None:
        (inbox / name).write_text(text, encoding="utf-8")
        os.utime(inbox / name, (time.time() - age,) * 2)

    drop("a.jsonl", json.dumps(record))
    drop("b.txt", "خبر\n20 مارس 2024\nوصل الوفد إلى العاصمة صباح اليوم.")
    drop("c.txt.part", "لم يكتمل")
    drop("young.txt", "لم يكتمل بعد", age=0.1)
    drop("bad.json", "{")
    settings = config(Source("inbox", "folder", path="inbox"), folder=tmp_path)
    articles, quarantine = together(poll(settings, state))
    assert articles.height == 2
    assert quarantine["reason_code"].to_list() == ["bad_json"]
    again = poll(settings, state)
    assert together(again)[0].is_empty()
    assert again[0].n_unchanged == 3
    drop("a.jsonl", json.dumps({**record, "body": record["body"] + " وأضاف أنها ستنفذه."}), age=30)
    drop("young.txt", "خبر جديد\n21 مارس 2024\nغادر الوفد العاصمة مساء اليوم.", age=30)
    assert together(poll(settings, state))[0].height == 2
    (inbox / "bad.json").write_text(json.dumps(record), encoding="utf-8")
    os.utime(inbox / "bad.json", (time.time() - 60,) * 2)
    retry(quarantine["article_ref"].to_list(), state)
    assert together(poll(settings, state))[0].height == 1


def test_a_folder_that_is_missing_is_an_error_of_its_source_alone(tmp_path: Path, state: State) -> None:
    (tmp_path / "good").mkdir()
    batches = poll(config(Source("bad", "folder", path="nowhere"), Source("good", "folder", path="good"), folder=tmp_path), state)
    assert [(batch.name, bool(batch.error)) for batch in batches] == [("bad", True), ("good", False)]


def test_two_polls_at_once_and_a_full_disk(tmp_path: Path) -> None:
    one, two = State(tmp_path / "s.sqlite"), State(tmp_path / "s.sqlite")
    for number, state in enumerate((one, two)):
        from tasks.ingest.state import Notes, Page

        notes = Notes(state)
        notes.pages[f"u{number}"] = Page("e", "", "d")
        notes.done(f"k{number}", "ref", "origin")
        state.ready(notes)
        state.commit()
    assert Notes(one).is_done("k1")
    assert Notes(two).page("u0").etag == "e"
    one._file.execute("pragma query_only = on")
    notes = Notes(one)
    notes.done("later", "ref", "origin")
    one.ready(notes)
    with pytest.raises(sqlite3.OperationalError):
        one.commit()
    one._file.execute("pragma query_only = off")
    one.commit()
    assert Notes(two).is_done("later")
    one.close()
    two.close()


def test_the_real_feeds_and_pages(shared: Path, server: Any, state: State) -> None:
    """Copies of real feeds, and real pages behind a feed: each article once, on its day."""
    import feedparser

    feeds = sorted((shared / "corpus" / "rss").glob("*.xml"))
    wanted: dict[str, date] = {}
    for path in feeds:
        server.paths[f"/{path.name}"] = path.read_bytes()
        for entry in feedparser.parse(path).entries:
            wanted[entry.link] = datetime.strptime(entry.published, "%a, %d %b %Y %H:%M:%S %z").date()
    with (shared / "corpus" / "html" / "manifest.csv").open(encoding="utf-8", newline="") as rows:
        pages = list(csv.DictReader(rows))
    for row in pages:
        server.paths[f"/{row['file']}"] = (shared / "corpus" / "html" / row["file"]).read_bytes()
    entries = "".join(
        f"<item><title>{row['outlet'].replace('&', '')}</title><link>{server.url}/{row['file']}</link></item>" for row in pages
    )
    server.paths["/pages.xml"] = f"<rss version='2.0'><channel><title>x</title>{entries}</channel></rss>".encode()
    sources = [Source(path.stem, "feed", url=f"{server.url}/{path.name}", private=True, follow="never") for path in feeds]
    sources.append(feed_source(server, "pages", follow="always"))
    batches = poll(config(*sources), state, now=datetime(2026, 11, 25, tzinfo=UTC))
    articles, quarantine = together([batch for batch in batches if batch.name != "pages"])
    refused = set(quarantine["article_ref"])
    assert articles["article_id"].n_unique() == articles.height
    assert set(articles["url"]) | refused >= set(wanted)
    assert set(quarantine["reason_code"]) <= {"empty"}
    assert {row["url"]: row["published_day"] for row in articles.iter_rows(named=True)} == {
        url: day for url, day in wanted.items() if url not in refused
    }
    served, _ = together([batch for batch in batches if batch.name == "pages"])
    # Some pages name another address of theirs: match by the day alone, as the manifest gives it.
    assert served.height == len(pages)
    days = Counter(str(day)[:7] for day in served["published_day"])
    assert (days & Counter(row["published_or_built"][:7] for row in pages)).total() >= 0.9 * len(pages)
    before = server.hits.copy()
    assert together(poll(config(*sources), state))[0].is_empty()
    assert all(re.search(r"\.xml$|robots", path) for path in server.hits - before)
