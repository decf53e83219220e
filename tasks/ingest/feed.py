"""RSS and Atom: bytes of a feed in, its entries out; an entry becomes an article by its own text or by its page.

The XML is decoded by our own rules and refused when it declares entities; feedparser reads what is left.
"""

import calendar
import contextlib
import io
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import feedparser

from tasks.ingest.article import Item, Refused, refuse
from tasks.ingest.encoding import NotTextError, decode
from tasks.ingest.furniture import drop_furniture
from tasks.ingest.making import Defaults, make, with_headline
from tasks.ingest.markup import safe_markup, strip_markup
from tasks.ingest.stamps import Stamp, parse_stamp, url_stamp

_DANGER = re.compile(r"<!ENTITY|<!DOCTYPE[^>\[]*\[", re.I)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_END = re.compile(r"</(?:rss|feed|(?:\w+:)?RDF)\s*>\s*(?:<!--.*?-->\s*)*$", re.S | re.I)
_ROOT = re.compile(r"<(?:rss|feed|(?:\w+:)?RDF)[\s>]", re.I)
ENTRIES = 2000  # more than any feed shows at once


class Entry(NamedTuple):
    """One entry of a feed; `key` is its guid or address, `text` what the feed itself says of the article."""

    ref: str
    key: str
    url: str
    title: str
    text: str
    author: str
    stamp: Stamp | None


class Feed(NamedTuple):
    """A feed: its name, its entries, and what in it could not be read."""

    title: str
    entries: list[Entry]
    refused: list[Refused]


def parse_feed(data: bytes, ref: str, declared: str = "") -> Feed:
    """Return the entries of a feed; what is wrong with it is in `refused`, the good entries stay.

    Args:
        data: the body as fetched. ref: address or path. declared: charset of the Content-Type header, or "".
    """
    if not data.strip():
        return Feed("", [], [refuse(ref, "empty")])
    try:
        text = decode(data, declared).text
    except NotTextError as error:
        return Feed("", [], [refuse(ref, error.code, str(error))])
    if _DANGER.search(text):
        return Feed("", [], [refuse(ref, "bad_xml")])
    if not _ROOT.search(text[:5000]):
        return Feed("", [], [refuse(ref, "bad_feed", "no rss, feed or RDF element")])
    body = safe_markup(_DECLARATION.sub("", text)).encode("utf-8", "replace")
    parsed: Any = feedparser.parse(io.BytesIO(body), response_headers={"content-type": "application/xml; charset=utf-8"})
    found = list(parsed.entries[:ENTRIES])
    refused = []
    if not _END.search(text[-2000:]):
        # The entry that was being written when the connection broke is not the article: it waits for the next poll.
        refused.append(refuse(f"{ref}#end", "truncated", f"after {len(found)} entries"))
        found = found[:-1]
    elif not found and parsed.bozo:
        refused.append(refuse(ref, "bad_feed", str(parsed.get("bozo_exception", ""))))
    entries = []
    for number, one in enumerate(found, start=1):
        try:
            entries.append(_entry(one, ref))
        except Exception as error:  # an entry that breaks the reader must not cost its neighbours
            refused.append(refuse(f"{ref}#{number}", "failed", f"{type(error).__name__}: {error}"))
    return Feed(" ".join(str(parsed.feed.get("title", "")).split()), entries, refused)


def _entry(one: Any, ref: str) -> Entry:
    url = next((str(one[name]) for name in ("link", "id") if str(one.get(name, "")).startswith(("http://", "https://"))), "")
    texts = [str(part.get("value") or "") for part in one.get("content", [])] + [str(one.get("summary", ""))]
    texts = [drop_furniture(strip_markup(part)) for part in texts]
    longest = max(map(len, texts))
    # Some feeds give the text twice, once without its paragraphs.
    text = max((part for part in texts if len(part) >= 0.8 * longest), key=lambda part: part.count("\n"))
    key = str(one.get("id") or url or one.get("title", ""))
    raw = next((dict.get(one, name) for name in ("published", "created", "updated") if dict.get(one, name)), None)
    stamp = parse_stamp(raw)
    if stamp is None and (when := dict.get(one, "published_parsed")):
        # A form that only feedparser knows; it also makes times of things like 0000-00-00.
        with contextlib.suppress(ValueError, OverflowError, OSError):
            stamp = parse_stamp(calendar.timegm(when))
    title = strip_markup(str(one.get("title", "")))
    return Entry(f"{ref}#{key}", key, url, title, text, str(one.get("author", "")), stamp)


def entry_article(entry: Entry, defaults: Defaults, outlet: str) -> Item:
    """Return the article that the feed itself holds: the entry's own text, or the refusal."""
    stamp, method = entry.stamp, "feed"
    if stamp is None and entry.url:
        stamp, method = url_stamp(entry.url), "url"
    text = with_headline(entry.title, entry.text) if entry.text.strip() else ""
    return make(entry.ref, defaults, text=text, title=entry.title, url=entry.url, outlet=outlet,
                author=entry.author, stamp=stamp, method=method)  # fmt: skip


def read_feed(data: bytes, ref: str, defaults: Defaults) -> Iterator[Item]:
    """Yield the articles of a feed that lies in a file."""
    feed = parse_feed(data, ref)
    yield from feed.refused
    for entry in feed.entries:
        yield entry_article(entry, defaults, feed.title)
