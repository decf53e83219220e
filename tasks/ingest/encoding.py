"""Bytes in, text out: the encodings that Arabic news is written in.

Order: byte order mark, UTF-16 without a mark (every second byte is zero or 06), strict UTF-8, what the sender declares,
and then the legacy encoding whose result looks most like Arabic. A declaration comes after UTF-8 because valid UTF-8
with Arabic letters is never anything else, while pages that say windows-1256 and are UTF-8 are common.
"""

import codecs
import re
from typing import NamedTuple

from tasks.ingest.language import common_words

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
LEGACY = ("windows-1256", "iso-8859-6")
# What servers call the encodings, where Python's own aliases do not reach.
ALIASES = {"x-mac-arabic": "mac-arabic", "asmo-708": "iso-8859-6", "windows1256": "windows-1256", "cp-1256": "cp1256"}
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}encoding\s*=\s*["']([A-Za-z0-9._:-]+)|<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9._:-]+)""",
    re.I,
)
_LETTER = re.compile("[\u0621-\u063a\u0641-\u064a]")
_WORD = re.compile(r"(?<!\w)[\u0621-\u064a]+(?!\w)")
# Controls, replacements, and Latin letters with accents that touch Arabic ones: signs of the wrong one-byte encoding.
_NOISE = re.compile("[\x80-\x9f\ufffd]|[\u00c0-\u00ff](?=[\u0621-\u064a])|(?<=[\u0621-\u064a])[\u00c0-\u00ff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
SAMPLE = 20_000


class Decoded(NamedTuple):
    """Text, the encoding it was in, and how many characters had to be replaced."""

    text: str
    encoding: str
    n_replaced: int


class NotTextError(ValueError):
    """The bytes are not text; `code` is `binary` or `bad_encoding` (seeds/ingest/reasons.csv)."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


def declared_encoding(data: bytes) -> str:
    """Return the encoding that the first 2,048 bytes of an HTML or XML document declare, or ""."""
    found = _DECLARED.search(data[:2048])
    return (found.group(1) or found.group(2)).decode("ascii").lower() if found else ""


def _known(name: str) -> str:
    name = ALIASES.get(name.strip().lower(), name.strip().lower())
    try:
        return codecs.lookup(name).name if name else ""
    except LookupError:
        return ""


def _utf16_without_mark(data: bytes) -> str:
    sample = data[:2000]
    sample = sample[: len(sample) // 2 * 2]
    if len(sample) < 8:
        return ""
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if sum(byte in (0x00, 0x06, 0x20) for byte in high) > 0.95 * len(high) and (0x06 in high or 0x00 in high):
            return encoding
    return ""


def _looks_arabic(text: str) -> float:
    """Score a decoding. Common words count most: only the right one of two encodings that both give letters has them."""
    sample = text[:SAMPLE]
    size = max(1, len(sample))
    letters, common = len(_LETTER.findall(sample)), sum(word in common_words() for word in _WORD.findall(sample))
    # Two hundred letters without one common word are no Arabic: any noise gives letters in a one-byte encoding.
    if letters > 200 and not common:
        return 0.0
    return letters / size + 20 * common / size - 5 * len(_NOISE.findall(sample)) / size


def _legacy(data: bytes, declared: str) -> Decoded | None:
    """Decode with the declared or likeliest one-byte encoding; None when none gives readable text."""
    tries = [declared] if declared and not declared.startswith("utf") else []
    best: tuple[float, Decoded] | None = None
    for encoding in dict.fromkeys([*tries, *LEGACY]):
        text = data.decode(encoding, "replace")
        replaced = text.count("\ufffd")
        score = _looks_arabic(text) + (0.05 if encoding in tries else 0)
        if replaced * 50 <= len(text) and (best is None or score > best[0]):
            best = (score, Decoded(text, encoding, replaced))
    return best[1] if best and best[0] > 0.2 else None


def decode(data: bytes, declared: str = "") -> Decoded:
    """Return the text of `data`.

    Args:
        data: the whole file or response body.
        declared: the encoding that a header or the document itself names, or "".

    Raises:
        NotTextError: the bytes are binary, or no encoding gives text.
    """
    decoded = _decode(data, _known(declared) or _known(declared_encoding(data)))
    sample = decoded.text[:SAMPLE]
    if len(_CONTROL.findall(sample)) * 100 > len(sample) or "\x00" in decoded.text:
        raise NotTextError("binary", f"read as {decoded.encoding}")
    return decoded


def _decode(data: bytes, declared: str) -> Decoded:
    for mark, encoding in BOMS:
        if data.startswith(mark):
            text = data.decode(encoding, "replace")
            replaced = text.count("\ufffd")
            if replaced * 20 > len(text):
                raise NotTextError("bad_encoding", f"has the mark of {encoding} but is not")
            return Decoded(text, encoding, replaced)
    try:
        if b"\x00" not in data[:2000]:
            return Decoded(data.decode("utf-8"), "utf-8", 0)
    except UnicodeDecodeError as error:
        # Cut or damaged in a few places: still UTF-8 as long as the multi-byte letters before and after are whole.
        text = data.decode("utf-8", "replace")
        replaced = text.count("\ufffd")
        if replaced * 20 <= len(text) and len(_LETTER.findall(text[:SAMPLE])) > replaced:
            return Decoded(text, "utf-8", replaced)
        legacy = _legacy(data, declared)
        if legacy is None:
            raise NotTextError("bad_encoding", f"not UTF-8 at byte {error.start}, nor {' nor '.join(LEGACY)}") from error
        return legacy
    encoding = _utf16_without_mark(data) or (declared if declared.startswith("utf-16") else "")
    if encoding:
        text = data.decode(encoding, "replace")
        return Decoded(text, encoding, text.count("\ufffd"))
    raise NotTextError("binary", "NUL bytes")
