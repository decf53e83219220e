"""Archives: zip, tar, gzip and WARC, read as streams; nothing is ever unpacked to disk.

A member's name is only a name: it chooses the reader and appears in references. Sizes that an archive states are not
believed; bytes are counted as they come out.
"""

import bz2
import gzip
import io
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, cast

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from tasks.ingest.article import Item, refuse
from tasks.ingest.limits import MEGABYTE, Limits, TooLargeError
from tasks.ingest.making import Defaults
from tasks.ingest.page import read_page
from tasks.ingest.stamps import parse_stamp

Reader = Callable[[str, BinaryIO, str], Iterator[Item]]
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    gzip.BadGzipFile,
    ArchiveLoadFailed,
    NotImplementedError,
)


class Counted(io.RawIOBase):
    """A stream that counts what comes out and stops a bomb.

    Args:
        stream: the unpacked side. packed: returns the packed bytes consumed so far. most: bytes allowed in all.

    Raises (on reading):
        TooLargeError: more than `most`, or more than `limits.ratio` times what went in.
    """

    def __init__(self, stream: Any, limits: Limits, packed: Callable[[], int], most: int) -> None:
        self._stream, self._limits, self._packed, self._most = stream, limits, packed, most
        self.count, self.is_cut = 0, False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            # read1: what could be unpacked before the data break off is still given.
            data = getattr(self._stream, "read1", self._stream.read)(len(buffer))
        except EOFError:
            self.is_cut, data = True, b""
        self.count += len(data)
        if self.count > self._most:
            raise TooLargeError("bomb", f"more than {self._most:,} bytes unpacked")
        if self.count > MEGABYTE and self.count > self._limits.ratio * max(1, self._packed()):
            raise TooLargeError("bomb", f"{self.count:,} bytes out of {self._packed():,}")
        buffer[: len(data)] = data
        return len(data)


def gunzip(stream: BinaryIO, limits: Limits) -> Counted:
    """Return the unpacked stream of gzip data, counted; `is_cut` tells at the end whether the data broke off."""
    packed = stream.tell if stream.seekable() else lambda: 1 << 62
    unpacked = gzip.GzipFile(fileobj=stream, mode="rb")
    return Counted(unpacked, limits, packed, limits.unpacked)


def is_unsafe(name: str) -> bool:
    """Return whether a member's name leads out of the archive: absolute, a drive letter, or `..` in it."""
    name = name.replace("\\", "/")
    return name.startswith("/") or ".." in name.split("/") or re.match(r"[A-Za-z]:", name) is not None or "\x00" in name


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in name.replace("\\", "/").split("/") if part not in ("", ".", ".."))


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
            if is_unsafe(info.filename):
                yield refuse(place, "unsafe_path")
                continue
            if info.is_dir() or _is_hidden(info.filename):
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


class _Tail(io.RawIOBase):
    """A stream that remembers the last block read: a whole tar ends in zeros, a whole WARC in two empty lines."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self.last = stream, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(len(buffer))
        self.last = (self.last + data)[-512:]
        buffer[: len(data)] = data
        return len(data)


def _unpacked_tar(stream: BinaryIO, limits: Limits) -> BinaryIO:
    """Return the plain tar stream of a tar that may be packed with gzip, bzip2 or xz, counted."""
    stream = stream if isinstance(stream, io.BufferedReader) else cast(BinaryIO, io.BufferedReader(cast(Any, stream)))
    packed = stream.tell if stream.seekable() else lambda: 1 << 62
    magic = cast(io.BufferedReader, stream).peek(6)[:6]
    openers: dict[bytes, Any] = {b"\x1f\x8b": gzip.GzipFile, b"BZh": bz2.BZ2File, b"\xfd7zXZ": lzma.LZMAFile}
    for start, opener in openers.items():
        if magic.startswith(start):
            plain = opener(fileobj=stream, mode="rb") if opener is gzip.GzipFile else opener(stream)
            return cast(BinaryIO, io.BufferedReader(Counted(plain, limits, packed, limits.unpacked), 1 << 18))
    return stream


def read_tar(stream: BinaryIO, ref: str, defaults: Defaults, read: Reader) -> Iterator[Item]:
    """Yield the items of all plain members of a tar (also .gz, .bz2, .xz); links and devices are refused."""
    limits = defaults.limits
    tail = _Tail(_unpacked_tar(stream, limits))
    with tarfile.open(fileobj=tail, mode="r|") as archive:
        for number, info in enumerate(archive):
            place = f"{ref}!{info.name}"
            if number >= limits.members:
                yield refuse(ref, "bomb", f"more than {limits.members:,} members")
                return
            if is_unsafe(info.name) or not (info.isfile() or info.isdir()):
                yield refuse(place, "unsafe_path", "" if info.isfile() else "a link or device")
                continue
            if info.isdir() or _is_hidden(info.name):
                continue
            if info.size > limits.member:
                yield refuse(place, "too_large", f"{info.size:,} bytes")
                continue
            member = archive.extractfile(info)
            if member is not None:
                yield from read(info.name, member, place)  # type: ignore[arg-type]
    if tail.last.strip(b"\0"):
        yield refuse(f"{ref}#end", "truncated", "the end mark of the tar is missing")


def read_warc(stream: BinaryIO, ref: str, defaults: Defaults, read: Reader) -> Iterator[Item]:
    """Yield the articles of the HTML responses of a WARC; other records and other answers than 200 are not articles."""
    limits = defaults.limits
    tail = _Tail(stream)
    number = -1
    for number, record in enumerate(ArchiveIterator(io.BufferedReader(tail, 1 << 16), arc2warc=True)):
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
    if number < 0:
        yield refuse(ref, "bad_archive", "no record in it")
    elif not tail.last.endswith(b"\n\n") and not tail.last.endswith(b"\r\n\r\n"):
        yield refuse(f"{ref}#end", "truncated", f"the last record, number {number + 1}, is not whole")


def _fetched(defaults: Defaults, at: Any) -> Defaults:
    from dataclasses import replace

    return replace(defaults, fetched_at=at)
