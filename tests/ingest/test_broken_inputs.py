"""Two hundred broken inputs made by mutation: no crash, no lost neighbour, and a reason for each."""

import csv
import gzip
import io
import json
import random
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tasks.ingest.article import reasons
from tasks.ingest.making import Defaults
from tasks.ingest.read import read_batches, read_paths

TEXT = "قال وزير الخارجية في بيان إن بلاده ترحب بالاتفاق، وإن الوفد سيعود غدا إلى العاصمة لتوقيعه مع الأطراف الأخرى."
N = 5  # records in each table


def record(number: int, mark: str = "") -> dict[str, str]:
    return {
        "title": f"خبر {number}",
        "text": f"{TEXT} {number}{mark}",
        "published": "2024-03-20",
        "url": f"https://example.org/{number}",
    }


def text_file(mark: str = "") -> bytes:
    return f"خبر عن الاتفاق\n20 مارس 2024\n+ الخط -\n{TEXT}\n{TEXT}{mark}".encode()


def lines_file(mark: str = "") -> bytes:
    return "\n".join(json.dumps(record(number, mark), ensure_ascii=False) for number in range(N)).encode()


def csv_file(mark: str = "") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(record(0)))
    writer.writeheader()
    writer.writerows(record(number, mark) for number in range(N))
    return out.getvalue().encode()


def zip_file(mark: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(N):
            archive.writestr(f"{number}.txt", text_file(mark) + str(number).encode())
    return out.getvalue()


def page_file(mark: str = "") -> bytes:
    body = "".join(f"<p>{TEXT} {number}{mark}</p>" for number in range(4))
    meta = '<meta charset="utf-8"><meta property="article:published_time" content="2024-03-20">'
    head = f"<!doctype html><html><head>{meta}<title>خبر الاتفاق</title></head>"
    return f"{head}<body><h1>خبر الاتفاق</h1><article>{body}</article></body></html>".encode()


def feed_file(mark: str = "") -> bytes:
    items = "".join(
        f"<item><title>خبر {n}</title><link>https://example.org/f{n}</link><pubDate>Wed, 20 Mar 2024 10:00:00 GMT</pubDate>"
        f"<description>{TEXT} {n}{mark}</description></item>"
        for n in range(N)
    )
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>x</title>{items}</channel></rss>'.encode()


KINDS: dict[str, Callable[[str], bytes]] = {
    "txt": text_file,
    "jsonl": lines_file,
    "csv": csv_file,
    "zip": zip_file,
    "html": page_file,
    "xml": feed_file,
    "json": lambda mark: json.dumps([record(n, mark) for n in range(N)]).encode(),
    "jsonl.gz": lambda mark: gzip.compress(lines_file(mark), mtime=0),
}
Mutation = Callable[[bytes, random.Random], bytes]


def cut(data: bytes, dice: random.Random) -> bytes:
    return data[: dice.randrange(1, len(data))]


def cut_letter(data: bytes, dice: random.Random) -> bytes:
    places = [place for place, byte in enumerate(data) if 0xD8 <= byte <= 0xD9] or [1]
    place = dice.choice(places)
    return data[:place] + data[place + 1 :]


def nul(data: bytes, dice: random.Random) -> bytes:
    place = dice.randrange(len(data))
    return data[:place] + b"\x00" * dice.randrange(1, 40) + data[place:]


def noise(data: bytes, dice: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.randrange(1, 60)):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def empty(data: bytes, dice: random.Random) -> bytes:
    return dice.choice([b"", b" \n\t\n", b"\xef\xbb\xbf", b"\xff\xfe"])


def huge(data: bytes, dice: random.Random) -> bytes:
    return data + TEXT.encode() * 6000


def wrong_json(data: bytes, dice: random.Random) -> bytes:
    place = dice.randrange(len(data))
    return data[:place] + dice.choice([b"{", b"}", b'"', b"]]", b"\\", b",,", b"<![CDATA["]) + data[place + 1 :]


def no_date(data: bytes, dice: random.Random) -> bytes:
    for day in (b"2024-03-20", "20 مارس 2024".encode(), b"Wed, 20 Mar 2024 10:00:00 GMT"):
        data = data.replace(day, dice.choice([b"", b"soon", b"0000-00-00", b"2024-99-99"]))
    return data


def latin(data: bytes, dice: random.Random) -> bytes:
    return data.replace(TEXT.encode(), b"The minister said in a statement that his country welcomes the accord signed on Sunday.")


def html(data: bytes, dice: random.Random) -> bytes:
    tag = dice.choice(
        ["<script>alert(1)</script>", "<b><i>", "</div></div>", "<img src=x onerror=alert(1)>", "&lt;p&gt;&nbsp;", "<!--", "]]>"]
    )
    return data.replace("إن".encode(), tag.encode(), dice.randrange(1, 4))


def stray_tags(data: bytes, dice: random.Random) -> bytes:
    stray = [b"<div>", b"</div>", b"<!--", b"]]>", b"<script>", b"&#0;", b"&#xD800;", b"&#x1;", b'"', b"<h1>", b"</p>", b"\x0b"]
    changed = bytearray(data)
    for _ in range(20):
        place = dice.randrange(len(changed))
        changed[place:place] = dice.choice(stray)
    return bytes(changed)


def doubled(data: bytes, dice: random.Random) -> bytes:
    return data + data


def other_encoding(data: bytes, dice: random.Random) -> bytes:
    text = data.decode("utf-8", "ignore")
    return text.encode(dice.choice(["windows-1256", "iso-8859-6", "utf-16", "utf-16-be", "utf-32", "cp1252", "koi8-r"]), "replace")


MUTATIONS: list[Mutation] = [
    cut,
    cut_letter,
    nul,
    noise,
    empty,
    huge,
    wrong_json,
    no_date,
    latin,
    html,
    stray_tags,
    doubled,
    other_encoding,
]
CASES = [(seed, kind, mutation) for seed in range(3) for kind in KINDS for mutation in MUTATIONS]


def test_there_are_two_hundred_and_more() -> None:
    assert len(CASES) >= 200


def test_the_unbroken_files_are_read(tmp_path: Path) -> None:
    for kind, make in KINDS.items():
        (tmp_path / f"a.{kind}").write_bytes(make(""))
        articles, quarantine = read_paths([tmp_path / f"a.{kind}"])
        assert quarantine.is_empty(), kind
        assert articles.height == (1 if kind in ("txt", "html") else N), kind


@pytest.fixture(scope="module")
def folder(tmp_path_factory: Any) -> Path:
    """All broken files, and between them good neighbours that must arrive."""
    root: Path = tmp_path_factory.mktemp("broken")
    for number, (seed, kind, mutation) in enumerate(CASES):
        dice = random.Random(f"{seed} {kind} {mutation.__name__}")
        (root / f"{number:03d}-{mutation.__name__}.{kind}").write_bytes(mutation(KINDS[kind](f" (ملف {number})"), dice))
        (root / f"{number:03d}-neighbour.txt").write_bytes(f"جار رقم {number}\n20 مارس 2024\n{TEXT} ({number})".encode())
    return root


def test_no_crash_no_lost_neighbour_and_a_reason_for_each(folder: Path) -> None:
    batches = list(read_batches([folder], size=100, defaults=Defaults()))
    arrived = Counter(ref for batch in batches for ref in batch.articles["payload_ref"])
    refused = [row for batch in batches for row in batch.quarantine.iter_rows(named=True)]
    neighbours = {path.as_posix() for path in folder.glob("*-neighbour.txt")}
    assert neighbours <= set(arrived)
    assert not [row for row in refused if row["article_ref"] in neighbours]
    for row in refused:
        assert row["reason_code"] in reasons()
        assert row["reason_code"] != "failed", row["reason"]
        assert len(row["reason"]) > 20
    said = {ref.split("#")[0].split("!")[0] for ref in [*arrived, *(row["article_ref"] for row in refused)]}
    assert said == {path.as_posix() for path in folder.iterdir()}, "a file that gave neither an article nor a reason"


@pytest.mark.parametrize(
    ("mutation", "kinds", "codes"),
    [
        (no_date, ("txt", "jsonl", "csv", "zip", "html", "xml", "json"), {"no_date"}),
        (latin, ("txt", "jsonl", "csv", "html", "json", "xml"), {"not_arabic"}),
        (empty, tuple(KINDS), {"empty", "bad_archive", "bad_encoding", "truncated"}),
    ],
)
def test_the_reason_is_the_right_one(tmp_path: Path, mutation: Mutation, kinds: tuple[str, ...], codes: set[str]) -> None:
    for kind in kinds:
        data = KINDS[kind]("")
        if mutation is latin and kind == "json":
            data = json.dumps([record(n) for n in range(N)], ensure_ascii=False).encode()
        if mutation is no_date and kind == "zip":
            continue  # the bytes inside are packed
        path = tmp_path / f"{mutation.__name__}.{kind}"
        path.write_bytes(mutation(data, random.Random(1)))
        articles, quarantine = read_paths([path])
        assert articles.is_empty(), kind
        assert set(quarantine["reason_code"]) <= codes, (kind, quarantine["reason"].to_list())
        assert quarantine.height >= 1


def test_html_in_text_leaves_no_tag_behind(folder: Path) -> None:
    for path in sorted(folder.glob("*-html.*")):
        articles, _ = read_paths([path])
        for text in articles["text"]:
            assert "<script" not in text
            assert "onerror" not in text


def test_broken_lines_cost_only_themselves(tmp_path: Path) -> None:
    dice = random.Random(7)
    good = [json.dumps(record(number), ensure_ascii=False).encode() for number in range(300)]
    lines = list(good)
    for place in sorted(dice.sample(range(300), 150)):
        lines[place] = cut(good[place][: len(good[place]) - 1], dice)
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(lines))
    articles, quarantine = read_paths([tmp_path / "a.jsonl"])
    assert articles.height == 150
    assert quarantine.height == 150
