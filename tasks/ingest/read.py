"""Files and folders in, articles out: chooses the reader by name and content, never stops at a bad file.

articles, quarantine = read_paths(["seeds/articles"])
for batch in read_batches(["archive.warc.gz"], size=500): ...
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

import polars as pl

from tasks.ingest.archive import BROKEN, Counted, gunzip, read_tar, read_warc, read_zip
from tasks.ingest.article import Article, Item, Refused, article_frame, quarantine_frame, refuse
from tasks.ingest.feed import read_feed
from tasks.ingest.limits import TooLargeError
from tasks.ingest.making import Defaults
from tasks.ingest.page import read_page
from tasks.ingest.records import read_csv, read_json, read_json_lines, read_parquet
from tasks.ingest.stamps import name_stamp
from tasks.ingest.textfile import read_text

KINDS = {
    "txt": "text", "text": "text", "html": "page", "htm": "page", "xhtml": "page", "shtml": "page", "mhtml": "",
    "json": "json", "jsonl": "lines", "ndjson": "lines", "csv": "csv", "tsv": "csv", "parquet": "parquet", "pq": "parquet",
    "xml": "feed", "rss": "feed", "atom": "feed", "rdf": "feed", "warc": "warc", "arc": "warc",
    "zip": "zip", "tar": "tar", "tgz": "tar", "tbz2": "tar", "txz": "tar",
}  # fmt: skip
_PAGE = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)


class Batch(NamedTuple):
    """Some articles and refusals of one source.

    `name` is the name of the source ("files" for paths). `error` says why the source as a whole could not be read, or
    is "". `n_unchanged` counts what the source has but the last poll had already.
    """

    name: str
    articles: pl.DataFrame
    quarantine: pl.DataFrame
    error: str = ""
    n_unchanged: int = 0


def kind_of(name: str) -> tuple[str, bool]:
    """Return the kind of a file by its name ("" = unknown), and whether it is gzipped."""
    parts = name.lower().rsplit("/", 1)[-1].split(".")
    is_gzipped = len(parts) > 1 and parts[-1] == "gz"
    if is_gzipped:
        parts.pop()
    if len(parts) > 2 and parts[-2] == "tar" and parts[-1] in ("bz2", "xz"):
        parts.pop()
    return (KINDS.get(parts[-1], "") if len(parts) > 1 else ""), is_gzipped


def read_stream(name: str, stream: BinaryIO, ref: str, defaults: Defaults, depth: int = 0) -> Iterator[Item]:
    """Yield the items of one file or archive member.

    Args:
        name: file name, chooses the reader. stream: its bytes. ref: what to call it. depth: archives around it.

    Errors of the content become refusals; nothing is raised for it.
    """
    kind, is_gzipped = kind_of(name)
    try:
        if is_gzipped and kind != "tar":  # the tar reader knows its own packings
            yield from _gunzipped(kind, gunzip(stream, defaults.limits), ref, defaults, depth)
        else:
            yield from _read_kind(kind, stream, ref, defaults, depth)
    except TooLargeError as error:
        yield refuse(ref, error.code, str(error))
    except EOFError as error:
        yield refuse(f"{ref}#end", "truncated", str(error))
    except BROKEN as error:
        is_cut = "end" in str(error).lower() or "truncat" in str(error).lower()
        yield refuse(f"{ref}#end" if is_cut else ref, "truncated" if is_cut else "bad_archive", str(error))
    except OSError as error:
        yield refuse(ref, "unreadable", str(error.strerror or error))
    except Exception as error:  # one file can never stop the others; the reason keeps what it was
        yield refuse(ref, "failed", f"{type(error).__name__}: {error}")


def _gunzipped(kind: str, stream: Counted, ref: str, defaults: Defaults, depth: int) -> Iterator[Item]:
    """Yield the items of gzip data; when they break off, the last item is what was being written, and is refused."""
    held: Item | None = None
    broken: Exception | None = None
    try:
        for item in _read_kind(kind, cast(BinaryIO, io.BufferedReader(stream, 1 << 18)), ref, defaults, depth):
            if held is not None:
                yield held
            held = item
    except Exception as error:  # raised again below, when the item before it has been given
        broken = error
    if held is not None and not stream.is_cut:
        yield held
    if stream.is_cut:
        yield refuse(f"{ref}#end", "truncated", f"after {stream.count:,} bytes")
    elif broken is not None:
        raise broken


def _read_kind(kind: str, stream: BinaryIO, ref: str, defaults: Defaults, depth: int) -> Iterator[Item]:
    if kind in ("zip", "tar", "warc"):
        if depth >= defaults.limits.depth:
            yield refuse(ref, "bomb", "archives too deep inside each other")
            return
        reader = {"zip": read_zip, "tar": read_tar, "warc": read_warc}[kind]
        yield from reader(stream, ref, defaults, lambda name, part, place: read_stream(name, part, place, defaults, depth + 1))
        return
    streaming = {"lines": read_json_lines, "json": read_json, "csv": read_csv, "parquet": read_parquet}
    if kind in streaming:
        yield from _or_empty(streaming[kind](stream, ref, defaults), ref)
        return
    if not kind:
        yield refuse(ref, "unknown_kind")
        return
    data = stream.read(defaults.limits.file + 1)
    if len(data) > defaults.limits.file:
        yield refuse(ref, "too_large", f"more than {defaults.limits.file:,} bytes")
    elif not data.strip():
        yield refuse(ref, "empty")
    elif kind == "feed" and not _PAGE.match(data[:2000]):
        yield from _or_empty(read_feed(data, ref, defaults), ref)
    elif kind == "page" or _PAGE.match(data[:2000]):
        yield read_page(data, ref, defaults, stamp=name_stamp(ref), method="name")
    else:
        yield read_text(data, ref, defaults)


def _or_empty(items: Iterator[Item], ref: str) -> Iterator[Item]:
    """A file that gives nothing at all is refused as empty: no file vanishes."""
    item = None
    for item in items:
        yield item
    if item is None:
        yield refuse(ref, "empty")


def find_files(paths: Iterable[str | Path], pattern: str = "**/*") -> Iterator[Path]:
    """Yield the files of paths and folders, folders in the order of names; hidden files and links out are left out."""
    for path in map(Path, paths):
        if not path.is_dir():
            yield path
            continue
        root = path.resolve()
        for file in sorted(path.glob(pattern)):
            hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
            if not hidden and file.is_file() and file.resolve().is_relative_to(root):
                yield file


def read_file(path: Path, defaults: Defaults, ref: str = "") -> Iterator[Item]:
    """Yield the items of one file of this machine; a file that cannot be opened is refused."""
    ref = ref or path.as_posix()
    try:
        with path.open("rb") as stream:
            yield from read_stream(path.name, stream, ref, defaults)
    except OSError as error:
        yield refuse(ref, "unreadable", error.strerror or str(error))


def to_batches(items: Iterable[Item], size: int, name: str, run_id: str, at: datetime | None = None) -> Iterator[Batch]:
    """Yield the items as frames, at most `size` articles or refusals in each, so that memory stays flat."""
    iterator = iter(items)
    while part := list(islice(iterator, size)):
        articles = article_frame(item for item in part if isinstance(item, Article))
        refused = quarantine_frame((item for item in part if isinstance(item, Refused)), run_id, at)
        yield Batch(name, articles, refused)


def read_batches(
    paths: Sequence[str | Path], *, size: int = 1000, run_id: str = "", defaults: Defaults | None = None,
    columns: dict[str, str] | None = None, pattern: str = "**/*", name: str = "files",
) -> Iterator[Batch]:  # fmt: skip
    """Yield the articles of files and folders in batches of at most `size`.

    Args:
        paths: files, archives, folders. columns: field -> column for records (see records.py).
        defaults: what the source says about all of them. pattern: glob of the files wanted in folders.
    """
    here = defaults or Defaults(columns=columns or {})
    items = (item for path in find_files(paths, pattern) for item in read_file(path, here))
    yield from to_batches(items, size, name, run_id, here.now.astimezone(UTC))


def read_paths(
    paths: Sequence[str | Path], *, run_id: str = "", defaults: Defaults | None = None, columns: dict[str, str] | None = None
) -> tuple[pl.DataFrame, pl.DataFrame]:  # fmt: skip
    """Return (articles, quarantine) of files and folders: `raw_article` and `core_quarantine` rows.

    All of it is in memory at once; `read_batches` is for archives.
    """
    batches = list(read_batches(paths, run_id=run_id, defaults=defaults, columns=columns))
    articles = pl.concat([article_frame([]), *(batch.articles for batch in batches)])
    quarantine = pl.concat([quarantine_frame([], run_id), *(batch.quarantine for batch in batches)])
    return articles.unique("article_id", keep="first", maintain_order=True), quarantine.unique(
        "quarantine_id", keep="first", maintain_order=True
    )
