"""JSON, CSV, Parquet, feeds, zip, tar, gzip, WARC."""

import bz2
import csv
import gzip
import io
import json
import tarfile
import time
import uuid
import zipfile
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.ingest.article import Article, Refused
from tasks.ingest.limits import Limits
from tasks.ingest.making import Defaults
from tasks.ingest.read import read_batches, read_paths, read_stream
from tasks.ingest.records import read_record

TEXT = "قال الوزير اليوم إن بلاده ترحب بالاتفاق، وإنها ستوقعه في الأسبوع المقبل خلال زيارة إلى عمان."


def record(number: int, **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "title": f"خبر {number}",
        "text": f"{TEXT} رقم {number}",
        "published": "2024-03-20",
        "source": "example",
        **more,
    }


def codes(quarantine: pl.DataFrame) -> list[str]:
    return sorted(quarantine["reason_code"].to_list())


def write(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def csv_bytes(rows: list[dict[str, Any]], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def forms(rows: list[dict[str, Any]]) -> dict[str, bytes]:
    parquet = io.BytesIO()
    pl.DataFrame(rows).write_parquet(parquet)
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return {
        "a.jsonl": lines.encode(),
        "a.jsonl.gz": gzip.compress(lines.encode()),
        "utf16.jsonl": lines.encode("utf-16"),
        "list.json": json.dumps(rows).encode(),
        "object.json": json.dumps({"status": "ok", "articles": rows}).encode(),
        "lines.json": lines.encode(),
        "bom.json": json.dumps(rows).encode("utf-8-sig"),
        "a.csv": csv_bytes(rows),
        "semicolon.csv": csv_bytes(rows, ";", "utf-8-sig"),
        "tab.tsv": csv_bytes(rows, "\t"),
        "legacy.csv": csv_bytes(rows, ";", "windows-1256"),
        "a.parquet": parquet.getvalue(),
    }


@pytest.mark.parametrize("name", list(forms([record(1)])))
def test_each_form_of_table_gives_the_same_rows(tmp_path: Path, name: str) -> None:
    rows = [record(number) for number in range(1, 6)]
    articles, quarantine = read_paths([write(tmp_path, name, forms(rows)[name])])
    assert quarantine.is_empty()
    assert articles["text"].to_list() == [row["text"] for row in rows]
    assert articles["title"].to_list() == [row["title"] for row in rows]
    assert set(articles["published_day"]) == {date(2024, 3, 20)}
    assert set(articles["published_method"]) == {"column"}
    assert set(articles["source"]) == {"example"}
    expected, _ = read_paths([write(tmp_path, "x.jsonl", forms(rows)["a.jsonl"])])
    assert articles["article_id"].to_list() == expected["article_id"].to_list()


def test_columns_can_be_named_also_inside_objects(tmp_path: Path) -> None:
    row = {"payload": {"corps": TEXT}, "jour": "20/03/2024", "titre": "عنوان"}
    path = write(tmp_path, "a.jsonl", json.dumps(row))
    _, refused = read_paths([path])
    assert codes(refused) == ["no_text_column"]
    articles, _ = read_paths([path], columns={"text": "payload.corps", "published": "jour", "title": "titre"})
    assert articles.select("text", "published_day", "title").row(0) == (TEXT, date(2024, 3, 20), "عنوان")


def test_a_bad_line_never_costs_its_neighbours(tmp_path: Path) -> None:
    good = json.dumps(record(1), ensure_ascii=False).encode(), json.dumps(record(2), ensure_ascii=False).encode()
    bad = {
        b"{not json": "bad_json",
        b'["a", "b"]': "bad_record",
        json.dumps(record(3, text=5)).encode(): "bad_record",
        json.dumps(record(4, text="")).encode(): "empty",
        json.dumps(record(5, text=None)).encode(): "empty",
        json.dumps(record(6, published="غدا")).encode(): "no_date",
        json.dumps(record(7, published="2099-01-01")).encode(): "future_date",
        json.dumps(record(8, text="Only Latin words here")).encode(): "not_arabic",
        b'{"text": "\xd9': "bad_encoding",
        json.dumps(record(9, text=TEXT + "\x00")).encode(): "binary",
        b'{"a": 1}': "no_text_column",
        b"[" * 100_000: "bad_json",
        json.dumps(record(10, text=TEXT * 30_000)).encode(): "too_large",
    }
    path = write(tmp_path, "a.jsonl", b"\n".join([good[0], *bad, b"", good[1]]))
    articles, quarantine = read_paths([path])
    assert articles.height == 2
    by_line = dict(quarantine.select("article_ref", "reason_code").iter_rows())
    expected = {f"{path.as_posix()}#L{number}": code for number, code in enumerate(bad.values(), start=2)}
    # A lone lead byte is noise in any encoding: whether it is called bad text or bad JSON does not matter.
    line = next(ref for ref, code in expected.items() if code == "bad_encoding")
    assert by_line.pop(line) in ("bad_encoding", "bad_json")
    expected.pop(line)
    assert by_line == expected


def test_the_record_says_why_its_date_was_not_understood() -> None:
    item = read_record(record(1, published="الشهر القادم"), "r", Defaults())
    assert isinstance(item, Refused)
    assert "published = 'الشهر القادم' is not a date" in item.reason


def test_undated_records_are_kept_or_dated_when_the_source_says_so() -> None:
    kept = read_record(record(1, published=None), "r", Defaults(undated="keep"))
    assert isinstance(kept, Article)
    assert (kept.published_day, kept.published_method) == (None, "")


NAMES = st.sampled_from(["text", "published", "url", "title", "source", "x"])
PLAIN = st.none() | st.booleans() | st.floats() | st.text()


@given(st.recursive(PLAIN, lambda part: st.lists(part) | st.dictionaries(NAMES, part)))
def test_any_json_value_is_an_article_or_a_refusal(value: Any) -> None:
    assert isinstance(read_record(value, "r", Defaults()), Article | Refused)


def test_same_articles_in_any_order_and_any_form_have_the_same_ids(tmp_path: Path) -> None:
    rows = [record(number) for number in range(20)]
    one, _ = read_paths([write(tmp_path, "one/a.jsonl", forms(rows)["a.jsonl"])])
    two, _ = read_paths([write(tmp_path, "two/b.csv", forms(rows[::-1])["a.csv"]), tmp_path / "one"])
    assert one["article_id"].n_unique() == 20
    assert set(one["article_id"]) == set(two["article_id"])
    assert two.height == 20


def make_zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def make_tar(members: dict[str, bytes], link: str = "") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        if link:
            info = tarfile.TarInfo(link)
            info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
            archive.addfile(info)
    return out.getvalue()


GOOD = {"one/a.txt": f"عنوان أول\n20 مارس 2024\n{TEXT} أ".encode(), "b.jsonl": json.dumps(record(2)).encode()}


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("a.zip", make_zip),
        ("a.tar", make_tar),
        ("a.tar.gz", lambda m: gzip.compress(make_tar(m))),
        ("a.tgz", lambda m: gzip.compress(make_tar(m))),
        ("a.tar.bz2", lambda m: bz2.compress(make_tar(m))),
        ("in.zip", lambda m: make_zip({"deep/x.tar": make_tar(m)})),
    ],
)
def test_archives_give_what_they_hold(tmp_path: Path, name: str, pack: Any) -> None:
    articles, quarantine = read_paths([write(tmp_path, name, pack(GOOD))])
    assert quarantine.is_empty(), quarantine["reason"].to_list()
    assert articles.height == 2
    assert all("!" in ref for ref in articles["payload_ref"])


def test_names_that_lead_out_of_an_archive_are_refused(tmp_path: Path) -> None:
    evil = {"../../evil.txt": b"x", "/abs.txt": b"x", "C:\\evil.txt": b"x", **GOOD}
    for name, data in (("a.zip", make_zip(evil)), ("a.tar", make_tar(evil, link="link.txt"))):
        articles, quarantine = read_paths([write(tmp_path, name, data)])
        assert articles.height == 2
        assert set(codes(quarantine)) == {"unsafe_path"}
        assert quarantine.height == (4 if name == "a.tar" else 3)
    assert sorted(path.name for path in tmp_path.parent.rglob("evil*")) == []


def test_bombs_stop_early_and_cost_no_neighbour(tmp_path: Path) -> None:
    bomb = make_zip({"bomb.jsonl": b" " * 60_000_000, **GOOD})
    articles, quarantine = read_paths(
        [write(tmp_path, "a.zip", bomb), write(tmp_path, "b.jsonl.gz", gzip.compress(b"0" * 50_000_000))]
    )
    assert articles.height == 2
    assert codes(quarantine) == ["bomb", "bomb"]
    deep = make_zip({"a.zip": make_zip({"b.zip": make_zip({"c.zip": make_zip(GOOD)})})})
    _, quarantine = read_paths([write(tmp_path, "deep.zip", deep)])
    assert codes(quarantine) == ["bomb"]


@pytest.mark.parametrize(
    ("name", "pack"), [("a.zip", make_zip), ("a.tar", make_tar), ("a.tgz", lambda m: gzip.compress(make_tar(m)))]
)
def test_archives_cut_anywhere_give_a_reason(tmp_path: Path, name: str, pack: Any) -> None:
    whole = pack({f"{number}.txt": f"عنوان {number}\n20 مارس 2024\n{TEXT} {number}".encode() for number in range(8)})
    for cut in range(10, len(whole), max(1, len(whole) // 12)):
        articles, quarantine = read_paths([write(tmp_path, name, whole[:cut])])
        assert articles.height + quarantine.height >= 1
        assert articles.height == 8 or quarantine.height >= 1


def make_warc(pages: dict[str, bytes], compress: bool = True) -> bytes:
    """Return a WARC, one gzip member per record as Common Crawl has it."""
    records = []
    for url, body in pages.items():
        status = "404 Not Found" if url.endswith("missing") else "200 OK"
        kind = "image/png" if url.endswith("png") else "text/html; charset=utf-8"
        answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{uuid.uuid4()}>\r\nWARC-Target-URI: {url}\r\n"
            "WARC-Date: 2024-03-21T08:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(answer)}\r\n\r\n"
        )
        records.append(head.encode() + answer + b"\r\n\r\n")
    return b"".join(gzip.compress(one) if compress else one for one in records)


@pytest.mark.parametrize("compress", [True, False])
def test_warc(tmp_path: Path, made: Any, compress: bool) -> None:
    pages = {f"https://www.example.org/news/{number}": made.page(number) for number in range(5)}
    data = make_warc({**pages, "https://example.org/missing": made.page(9), "https://example.org/x.png": b"png"}, compress)
    name = "a.warc.gz" if compress else "a.warc"
    articles, quarantine = read_paths([write(tmp_path, name, data)])
    assert quarantine.is_empty()
    assert articles["url"].to_list() == list(pages)
    assert set(articles["source"]) == {"example.org"}
    assert set(articles["published_day"]) == {date(2024, 3, 20)}
    assert set(articles["fetched_at"]) == {datetime(2024, 3, 21, 8, tzinfo=UTC)}
    cut, refused = read_paths([write(tmp_path, name, data[: len(data) * 2 // 3])])
    assert 1 <= cut.height < 5
    assert codes(refused)[0] in ("truncated", "bad_archive")


def test_a_feed_in_a_file(tmp_path: Path, made: Any) -> None:
    entries = [(f"https://example.org/{n}", f"خبر {n}", "Wed, 20 Mar 2024 23:30:00 +0300") for n in range(3)]
    data = made.feed(entries, text=f"<p>{TEXT}</p><p>شارك الخبر</p>")
    articles, quarantine = read_paths([write(tmp_path, "a.xml", data)])
    assert quarantine.is_empty()
    assert articles["text"].to_list() == [f"خبر {n}\n{TEXT}" for n in range(3)]
    assert set(articles["published_day"]) == {date(2024, 3, 20)}
    assert articles["published_at"][0] == datetime(2024, 3, 20, 20, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'<!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]><rss><channel><title>&b;</title></channel></rss>', "bad_xml"),
        ('<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss>&x;</rss>'.encode("utf-16"), "bad_xml"),
        (b"<note>no feed</note>", "bad_feed"),
        (b"", "empty"),
    ],
)
def test_feeds_that_are_refused(tmp_path: Path, data: bytes, code: str) -> None:
    articles, quarantine = read_paths([write(tmp_path, "a.xml", data)])
    assert articles.is_empty()
    assert codes(quarantine) == [code]


@pytest.mark.parametrize("noise", ["\x0b", "&#0;", "&#xD800;", "&#x110000;", "\ufffe"])
def test_characters_that_xml_cannot_hold_cost_no_entry(tmp_path: Path, made: Any, noise: str) -> None:
    data = made.feed(
        [(f"https://example.org/{n}", f"خبر {n}{noise}", "Wed, 20 Mar 2024 10:00:00 GMT") for n in range(3)], text=TEXT
    )
    articles, quarantine = read_paths([write(tmp_path, "a.xml", data)])
    assert (articles.height, quarantine.height) == (3, 0)


def test_a_feed_that_breaks_off_keeps_its_whole_entries(tmp_path: Path, made: Any) -> None:
    data = made.feed([(f"https://example.org/{n}", f"خبر {n}", "Wed, 20 Mar 2024 10:00:00 GMT") for n in range(6)], text=TEXT)
    articles, quarantine = read_paths([write(tmp_path, "a.xml", data[: len(data) * 2 // 3])])
    assert 2 <= articles.height <= 4
    assert all(text.endswith("عمان.") for text in articles["text"])
    assert codes(quarantine) == ["truncated"]


def test_unknown_missing_and_hidden_files(tmp_path: Path) -> None:
    write(tmp_path, "a.docx", b"PK")
    write(tmp_path, ".hidden.txt", b"x")
    write(tmp_path, "good.txt", GOOD["one/a.txt"])
    write(tmp_path, "page.txt", "<!doctype html><html><body></body></html>")
    (tmp_path / "link.txt").symlink_to("/etc/passwd")
    articles, quarantine = read_paths([tmp_path, tmp_path / "missing.txt"])
    assert articles.height == 1
    assert codes(quarantine) == ["no_article", "unknown_kind", "unreadable"]


def test_a_reader_that_breaks_is_a_reason_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any) -> None:
        raise RuntimeError("broken inside")

    monkeypatch.setattr("tasks.ingest.read.read_text", broken)
    items = list(read_stream("a.txt", io.BytesIO(b"x"), "a.txt", Defaults()))
    assert [item.reason_code for item in items if isinstance(item, Refused)] == ["failed"]


def test_limits_of_size(tmp_path: Path) -> None:
    small = Defaults(limits=Limits(file=1000, line=1000))
    big = (
        write(tmp_path, "big.txt", TEXT * 50),
        write(tmp_path, "big.jsonl", json.dumps(record(1, text=TEXT * 50)) + "\n" + json.dumps(record(2))),
    )
    articles, quarantine = read_paths(big, defaults=small)
    assert codes(quarantine) == ["too_large", "too_large"]
    assert articles.height == 1


def test_the_corpus_is_read_fast_and_whole(shared: Path) -> None:
    path = shared / "corpus" / "news-dev.jsonl.gz"
    with gzip.open(path) as lines:
        n_lines = sum(1 for _ in lines)
    start, n_articles, reasons = time.process_time(), 0, Counter[str]()
    for batch in read_batches([path], size=1000):
        assert batch.articles.height + batch.quarantine.height <= 1000
        n_articles += batch.articles.height
        reasons.update(batch.quarantine["reason_code"].to_list())
    seconds = time.process_time() - start
    assert n_articles + reasons.total() == n_lines
    assert set(reasons) == {"no_date"}
    # 5,000 a second and more on an idle machine; processor time, and a floor that leaves room for slower ones.
    assert n_lines / seconds > 2500


def test_memory_does_not_grow_with_the_length_of_a_file(tmp_path: Path) -> None:
    import tracemalloc

    path = tmp_path / "big.jsonl.gz"
    with gzip.open(path, "wt", compresslevel=1, encoding="utf-8") as out:
        for number in range(20_000):
            out.write(json.dumps(record(number), ensure_ascii=False) + "\n")
    peaks = []
    for n_batches in (4, 40):
        tracemalloc.start()
        for number, _ in enumerate(read_batches([path], size=500), start=1):
            if number == n_batches:
                break
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.3 * peaks[0] + 1_000_000
