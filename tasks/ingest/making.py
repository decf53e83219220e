"""The last step of every reader: from the pieces it found to an `Article`, or to a refusal with the reason."""

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from tasks.ingest.article import Article, Item, refuse
from tasks.ingest.language import language_of
from tasks.ingest.limits import Limits
from tasks.ingest.stamps import Stamp

# A clock a little wrong, or a publisher east of ours, is no reason to refuse.
AHEAD = timedelta(days=2)


@dataclass(frozen=True)
class Defaults:
    """What the source as a whole says about its articles.

    Args:
        source: key of the publisher, used when the article itself names none.
        outlet: name of the publisher; wins over what a page says, "" = take the page's.
        columns: field -> column name, for tables and JSON.
        undated: "quarantine" (an event without a day is of little use) or "keep".
        published: time for articles that state none (a date that the user gives for a whole folder), or None.
        fetched_at: when the bytes were fetched (UTC), or None for local files.
        now: the clock; publication times after it (plus two days) are refused.
    """

    source: str = ""
    outlet: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    undated: str = "quarantine"
    published: Stamp | None = None
    fetched_at: datetime | None = None
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    limits: Limits = field(default_factory=Limits)

    def with_outlet(self, outlet: str) -> "Defaults":
        """Return the same with an outlet where none is set."""
        return self if self.outlet or not outlet else replace(self, outlet=outlet)


def host_of(url: str) -> str:
    """Return the host of an address without www., amp. and m., or ""."""
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
    return re.sub(r"^(?:www\d?|amp|m|mobile)\.(?=[^.]+\.)", "", host)


def make(
    ref: str, defaults: Defaults, *, text: str, title: str = "", url: str = "", source: str = "", outlet: str = "",
    author: str = "", stamp: Stamp | None = None, method: str = "",
) -> Item:  # fmt: skip
    """Return the article, or why it is none: empty, too large, NUL bytes, not Arabic, no date, a date in the future."""
    if not text.strip():
        return refuse(ref, "empty")
    if len(text) > defaults.limits.article:
        return refuse(ref, "too_large", f"{len(text):,} characters")
    if "\x00" in text:
        return refuse(ref, "binary", f"NUL at character {text.index(chr(0))}")
    language = language_of(text)
    if language != "ar":
        return refuse(ref, "not_arabic" if language else "empty", language or "no letters")
    if stamp is None and defaults.published is not None:
        stamp, method = defaults.published, "given"
    if stamp is None and defaults.undated != "keep":
        return refuse(ref, "no_date")
    if stamp and stamp.day > (defaults.now + AHEAD).date():
        return refuse(ref, "future_date", stamp.day.isoformat())
    name = outlet.strip() or source.strip()
    return Article(
        source=source.strip() or defaults.outlet or host_of(url) or outlet.strip() or defaults.source or "files",
        outlet=defaults.outlet or name or host_of(url) or defaults.source or "files",
        url=url.strip(), title=" ".join(title.split()), text=_whole(text),
        published_at=stamp.at if stamp else None, published_day=stamp.day if stamp else None,
        published_method=method if stamp else "", author=" ".join(author.split())[:200],
        fetched_at=defaults.fetched_at or defaults.now, payload_ref=ref,
    )  # fmt: skip


def with_headline(title: str, body: str) -> str:
    """Return the text of an article that is put together from parts: the headline is the first line, once."""
    title = " ".join(title.split())
    return body if not title or body.lstrip().startswith(title) else f"{title}\n{body}"


def _whole(text: str) -> str:
    """Half of a surrogate pair cannot be stored as UTF-8; the replacement character keeps the offsets."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= letter <= "\udfff" else letter for letter in text)
    return text
