"""Archives: zip, tar, gzip and WARC, read as streams; nothing is ever unpacked to disk.

A member's name is only a name: it chooses the reader and appears in references. Sizes that an archive states are not
believed; bytes are counted as they come out.
"""

import gzip
import io
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from tasks.ingest.article import Item, refuse
from tasks.ingest.limits import MEGABYTE, Limits, TooLargeError
from tasks.ingest.making import Defaults
from tasks.ingest.page import read_page
from tasks.ingest.stamps import parse_stamp

Reader = Callable[[str, BinaryIO, str], Iterator[Item]]
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
BROKEN = (zipfile.BadZipFile, tarfile.TarError, zlib.error, gzip.BadGzipFile, ArchiveLoadFailed, NotImplementedError)


class Counted(io.RawIOBase):
    """A stream that counts what comes out and stops a bomb.

    Args:
        stream: the unpacked side. packed: returns the packed bytes consumed so far. most: bytes allowed in all.

    Raises (on reading):
        TooLargeError: more than `most`, or more than `limits.ratio` times what went in.
    """

    def __init__(self, stream: Any, limits: Limits, packed: Callable[[], int], most: int) -> None:
        self._stream, self._limits, self._packed, self._most, self.count = stream, limits, packed, most, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(len(buffer))
        self.count += len(data)
        if self.count > self._most:
            raise TooLargeError("bomb", f"more than {self._most:,} bytes unpacked")
        if self.count > MEGABYTE and self.count > self._limits.ratio * max(1, self._packed()):
            raise TooLargeError("bomb", f"{self.count:,} bytes out of {self._packed():,}")
        buffer[: len(data)] = data
        return len(data)


def gunzip(stream: BinaryIO, limits: Limits) -> BinaryIO:
    """Return the unpacked stream of gzip data, counted."""
    packed = stream.tell if stream.seekable() else lambda: 1 << 62
    unpacked = gzip.GzipFile(fileobj=stream, mode="rb")
    return io.BufferedReader(Counted(unpacked, limits, packed, limits.unpacked), 1 << 18)


def is_unsafe(name: str) -> bool:
    """Return whether a member's name leads out of the archive: absolute, a drive letter, or `..` in it."""
    name = name.replace("\\", "/")
    return name.startswith("/") or ".." in name.split("/") or re.match(r"[A-Za-z]:", name) is not None or "\x00" in name


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in name.replace("\\", "/").split("/") if part not in ("", "."))


def read_zip(stream: BinaryIO, ref: str, defaults: Defaults, read: Reader) -> Iterator[Item]:
    """Yield the items of all members of a zip; `read(name, stream, ref)` reads one member."""
    limits = defaults.limits
    if not stream.seekable():
        data = stream.read(limits.member + 1)
        if len(data) > limits.member:
            yield refuse(ref, "too_large", "an archive inside an archive")
            return
        stream = io.BytesIO(data)
    with zipfile.ZipFile(stream) as archive:
        left = limits.unpacked
        for number, info in enumerate(archive.infolist()):
            place = f"{ref}!{info.filename}"
            if number >= limits.members:
                yield refuse(ref, "bomb", f"more than {limits.members:,} members")
                return
            if info.is_dir() or _is_hidden(info.filename):
                continue
            if is_unsafe(info.filename):
                yield refuse(place, "unsafe_path")
                continue
            if info.flag_bits & 1:
                yield refuse(place, "bad_archive", "encrypted")
                continue
            try:
                with archive.open(info) as member:
                    counted = Counted(member, limits, lambda size=info.compress_size: size, min(left, limits.member))  # type: ignore[misc]
                    yield from read(info.filename, io.BufferedReader(counted, 1 << 16), place)
                    left -= counted.count
            except TooLargeError as error:
                yield refuse(place, error.code, str(error))
            except (*BROKEN, EOFError) as error:
                yield refuse(place, "bad_archive", str(error))


def read_tar(stream: BinaryIO, ref: str, defaults: Defaults, read: Reader) -> Iterator[Item]:
    """Yield the items of all plain members of a tar (also .gz, .bz2, .xz); links and devices are refused."""
    limits = defaults.limits
    packed = stream.tell if stream.seekable() else lambda: 1 << 62
    left = limits.unpacked
    with tarfile.open(fileobj=stream, mode="r|*") as archive:
        for number, info in enumerate(archive):
            place = f"{ref}!{info.name}"
            if number >= limits.members:
                yield refuse(ref, "bomb", f"more than {limits.members:,} members")
                return
            if info.isdir() or _is_hidden(info.name):
                continue
            if is_unsafe(info.name) or not info.isfile():
                yield refuse(place, "unsafe_path", "" if info.isfile() else "a link or device")
                continue
            if info.size > limits.member:
                yield refuse(place, "too_large", f"{info.size:,} bytes")
                continue
            left -= info.size
            if left < 0 or (info.offset > MEGABYTE and info.offset > limits.ratio * max(1, packed())):
                yield refuse(ref, "bomb", f"more than {limits.unpacked:,} bytes, or packed too tightly to be news")
                return
            member = archive.extractfile(info)
            if member is not None:
                yield from read(info.name, member, place)  # type: ignore[arg-type]


def read_warc(stream: BinaryIO, ref: str, defaults: Defaults, read: Reader) -> Iterator[Item]:
    """Yield the articles of the HTML responses of a WARC; other records and other answers than 200 are not articles."""
    limits = defaults.limits
    for number, record in enumerate(ArchiveIterator(stream, no_record_parse=False, arc2warc=True)):
        if record.rec_type not in ("response", "resource"):
            continue
        headers = record.http_headers
        url = record.rec_headers.get_header("WARC-Target-URI") or ""
        place = f"{ref}#{url or number}"
        kind = (headers.get_header("Content-Type") if headers else record.content_type) or ""
        if "html" not in kind.lower() or (headers and headers.get_statuscode() != "200"):
            continue
        try:
            data = record.content_stream().read(limits.file + 1)
        except (*BROKEN, EOFError, OSError) as error:
            yield refuse(place, "bad_archive", str(error))
            continue
        # Bytes of the record that never came: the archive was cut inside this page.
        if len(data) <= limits.file and getattr(record.raw_stream, "limit", 0) > 0:
            yield refuse(place, "truncated", "the record says it is longer")
            continue
        found = _CHARSET.search(kind)
        fetched = parse_stamp(record.rec_headers.get_header("WARC-Date") or "")
        here = defaults if fetched is None else _fetched(defaults, fetched.at)
        yield read_page(
            data, place, here, url=url, declared=found.group(1) if found else "",
            header=(headers.get_header("Last-Modified") or "") if headers else "",
        )  # fmt: skip


def _fetched(defaults: Defaults, at: Any) -> Defaults:
    from dataclasses import replace

    return replace(defaults, fetched_at=at)
