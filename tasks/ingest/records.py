"""Articles as records: JSON, JSON lines, CSV and Parquet, with their columns mapped to the fields of an article.

A column is found by the name that the source gives (`columns`, also dotted: "article.body"), else by the usual names
of seeds/ingest/columns.csv. Files are read in a stream: memory does not grow with their length.
"""

import csv
import io
import json
from collections.abc import Iterator
from functools import cache
from typing import Any, BinaryIO

import polars as pl

from schemas.seeds import read_seed
from tasks.ingest.article import Item, refuse
from tasks.ingest.encoding import NotTextError, decode
from tasks.ingest.making import Defaults, make
from tasks.ingest.markup import strip_markup
from tasks.ingest.stamps import dateline_stamp, parse_stamp, url_stamp
from tasks.normalize.letters import fold

FIELDS = ("text", "title", "published", "url", "source", "outlet", "author", "language")
LISTS = ("articles", "items", "data", "records", "results", "docs", "documents", "news", "entries", "hits", "rows")
ROWS = 2000  # Parquet rows read at once


@cache
def _usual_names() -> dict[str, tuple[str, int]]:
    rows = read_seed("ingest/columns").iter_rows(named=True)
    return {fold(row["name"]): (row["field"], rank) for rank, row in enumerate(rows)}


@cache
def column_map(names: tuple[str, ...], given: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return field -> column for a record with these names; `given` wins over the usual names."""
    found: dict[str, tuple[int, str]] = {}
    for name in names:
        key = fold(name.strip().lower()).replace(" ", "_").replace("-", "_")
        field, rank = _usual_names().get(key) or _usual_names().get(key.replace("_", "")) or ("", 0)
        if field and (field not in found or rank < found[field][0]):
            found[field] = (rank, name)
    if "text" not in found and "sentences" in names:
        found["text"] = (0, "sentences")
    return {**{field: name for field, (_, name) in found.items()}, **dict(given)}


def _value(record: dict[str, Any], column: str) -> Any:
    if column in record or "." not in column:
        return record.get(column)
    value: Any = record
    for part in column.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _words(value: Any) -> str:
    """Return a cell as text; a list of strings (sentences, authors) is joined by line feeds."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "\n".join(value)
    if isinstance(value, dict):
        return _words(value.get("name"))
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def read_record(record: Any, ref: str, defaults: Defaults) -> Item:
    """Return the article of one record, or the refusal.

    The text stays as it is unless it holds HTML. The time is that of the column, else of the address, else of a date
    line in the text.
    """
    if not isinstance(record, dict):
        return refuse(ref, "bad_record", f"a {type(record).__name__}, not an object")
    columns = column_map(tuple(map(str, record)), tuple(defaults.columns.items()))
    if "text" not in columns:
        return refuse(ref, "no_text_column", "columns: " + ", ".join(map(str, list(record)[:8])))
    raw = _value(record, columns["text"])
    if raw is not None and not isinstance(raw, str | list):
        return refuse(ref, "bad_record", f"the text is a {type(raw).__name__}")
    cells = {field: _words(_value(record, columns[field])) for field in columns if field in FIELDS and field != "published"}
    text = strip_markup(cells["text"])
    published = _value(record, columns["published"]) if "published" in columns else None
    stamp, method = parse_stamp(published), "column"
    if stamp is None and cells.get("url"):
        stamp, method = url_stamp(cells["url"]), "url"
    if stamp is None:
        stamp, method = dateline_stamp(text), "dateline"
    item = make(ref, defaults, text=text, title=strip_markup(cells.get("title", "")), url=cells.get("url", ""),
                source=cells.get("source", ""), outlet=cells.get("outlet", ""), author=cells.get("author", ""),
                stamp=stamp, method=method)  # fmt: skip
    if published not in (None, "") and getattr(item, "reason_code", "") == "no_date":
        return refuse(ref, "no_date", f"{columns['published']} = {str(published)[:60]!r} is not a date")
    return item


def _load(line: bytes, ref: str) -> Any:
    """Return the JSON value of a line, or the refusal."""
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = decode(line).text
        except NotTextError as error:
            return refuse(ref, error.code, str(error))
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        code = "binary" if "\x00" in text else "bad_json"
        return refuse(ref, code, str(error))


def read_json_lines(stream: BinaryIO, ref: str, defaults: Defaults) -> Iterator[Item]:
    """Yield an article or a refusal for each line that is not blank; UTF-16 files are read as one piece."""
    limit = defaults.limits.line
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        place = f"{ref}#L{number}"
        if number == 1 and line[:2] in (b"\xff\xfe", b"\xfe\xff"):
            yield from _json_text(line + stream.read(defaults.limits.member), ref, defaults)
            return
        if len(line) > limit:
            while len(line) > limit and not line.endswith(b"\n"):
                line = stream.readline(limit + 1)
            yield refuse(place, "too_large", f"a line of more than {limit:,} bytes")
            continue
        if line.strip(b" \t\r\n\xef\xbb\xbf"):
            value = _load(line, place)
            yield value if hasattr(value, "reason_code") else read_record(value, place, defaults)


def _json_text(data: bytes, ref: str, defaults: Defaults) -> Iterator[Item]:
    try:
        text = decode(data).text
    except NotTextError as error:
        yield refuse(ref, error.code, str(error))
        return
    yield from read_json(io.BytesIO(text.encode("utf-8", "replace")), ref, defaults)


def read_json(stream: BinaryIO, ref: str, defaults: Defaults) -> Iterator[Item]:
    """Yield the articles of a JSON file: one object, a list of them, an object that holds the list, or JSON lines."""
    data = stream.read(defaults.limits.member + 1)
    if len(data) > defaults.limits.member:
        yield refuse(ref, "too_large", "write one article a line (.jsonl) to stream it")
        return
    if not data.strip():
        yield refuse(ref, "empty")
        return
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        yield from _json_text(data, ref, defaults)
        return
    value = _load(data, ref)
    if hasattr(value, "reason_code"):
        is_lines = data.count(b"\n{") > 0 and data.lstrip()[:1] == b"{"
        yield from read_json_lines(io.BytesIO(data), ref, defaults) if is_lines else [value]
        return
    records = _record_list(value)
    if records is None:
        yield read_record(value, ref, defaults)
        return
    for number, record in enumerate(records, start=1):
        yield read_record(record, f"{ref}#{number}", defaults)


def _record_list(value: Any) -> list[Any] | None:
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        for key in LISTS:
            if isinstance(value.get(key), list) and any(isinstance(part, dict) for part in value[key]):
                return list(value[key])
    return None


def read_csv(stream: BinaryIO, ref: str, defaults: Defaults) -> Iterator[Item]:
    """Yield the articles of a CSV file with a header; comma, semicolon and tab divide; any Arabic encoding."""
    head = stream.read(65536)
    if not head.strip():
        yield refuse(ref, "empty")
        return
    # A multi-byte letter may be cut at the end of the sample.
    sample = head[: head.rfind(b"\n") + 1] or head
    try:
        encoding = decode(sample).encoding
    except NotTextError as error:
        yield refuse(ref, error.code, str(error))
        return
    csv.field_size_limit(max(131072, 4 * defaults.limits.article))
    text = io.TextIOWrapper(io.BufferedReader(_Joined(head, stream)), encoding=encoding, errors="replace", newline="")
    first = decode(sample).text.lstrip("\ufeff").split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    reader = csv.DictReader(_without_nul(text), delimiter=mark)
    number = 1
    try:
        names = [name.lstrip("\ufeff") for name in reader.fieldnames or []]
        reader.fieldnames = names
        if "text" not in column_map(tuple(names), tuple(defaults.columns.items())):
            yield refuse(ref, "no_text_column", "columns: " + ", ".join(names[:8]))
            return
        for number, row in enumerate(reader, start=2):
            row.pop(None, None)  # type: ignore[call-overload]
            yield read_record(row, f"{ref}#L{number}", defaults)
    except csv.Error as error:
        yield refuse(f"{ref}#L{number + 1}", "bad_table", str(error))


def _without_nul(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line.replace("\x00", "\ufffd")


class _Joined(io.RawIOBase):
    """The bytes already read, then the rest of the stream."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = io.BytesIO(head), rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._head.read(len(buffer)) or self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def read_parquet(stream: BinaryIO, ref: str, defaults: Defaults) -> Iterator[Item]:
    """Yield the articles of a Parquet file, some thousand rows at a time."""
    source: Any = getattr(stream, "name", None)
    if not isinstance(source, str):
        source = io.BytesIO(stream.read(defaults.limits.member + 1))
        if source.getbuffer().nbytes > defaults.limits.member:
            yield refuse(ref, "too_large", "unpack the archive first")
            return
    try:
        frame = pl.scan_parquet(source, glob=False) if isinstance(source, str) else pl.read_parquet(source).lazy()
        names = frame.collect_schema().names()
        if "text" not in (columns := column_map(tuple(names), tuple(defaults.columns.items()))):
            yield refuse(ref, "no_text_column", "columns: " + ", ".join(names[:8]))
            return
        wanted = [name for name in names if name in {column.split(".")[0] for column in columns.values()}]
        start = 0
        while rows := frame.select(wanted).slice(start, ROWS).collect().to_dicts():
            for number, row in enumerate(rows, start=start):
                yield read_record(row, f"{ref}#{number}", defaults)
            start += ROWS
    except pl.exceptions.PolarsError as error:
        yield refuse(ref, "bad_table", str(error))
