"""What is too much: the limits that keep one bad file or server from filling memory or disk."""

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Limits:
    """Limits in bytes, and counts. `file` is one text or page, `line` one JSON line, `unpacked` all of one archive."""

    file: int = 20 * MEGABYTE
    line: int = 20 * MEGABYTE
    article: int = 2_000_000  # characters of text
    member: int = 200 * MEGABYTE  # one member of an archive
    unpacked: int = 4_000 * MEGABYTE
    ratio: int = 200  # unpacked : packed, beyond the first megabyte
    members: int = 200_000
    depth: int = 2  # archives in archives


class TooLargeError(ValueError):
    """A limit was passed; `code` is `too_large` or `bomb` (seeds/ingest/reasons.csv)."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
