"""What a web page says about itself: title, publication time, outlet, author, address.

Places in order of trust: `<meta>` (seeds/ingest/meta.csv), JSON-LD of schema.org, `<time>`, the address, a date in
words beside the headline, the HTTP header. The method names the place.
"""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from typing import Any, NamedTuple

from lxml.html import HtmlElement

from schemas.seeds import read_seed
from tasks.ingest.making import AHEAD, Defaults, host_of
from tasks.ingest.markup import strip_markup
from tasks.ingest.stamps import Stamp, find_stamp, parse_stamp, url_stamp
from tasks.normalize.letters import fold

_DATE_CLASS = re.compile(r"date|time|publi|posted|created|meta-info|entry-meta|byline|تاريخ", re.I)
_SEPARATOR = re.compile(r"\s+[|\-–—»›·•:]+\s+|\s*[|»›]\s*")
# "تم نشره", "نشر في": words that make a date in running text a publication stamp.
_PUBLISHED_WORDS = re.compile(r"(?:نشر|النشر|حرر|كتب|اضيف|بتاريخ|تاريخ|updated|published|posted)")


class Metadata(NamedTuple):
    """What a page says about itself; "" or None where it says nothing. `leads` are descriptions of the page."""

    title: str
    url: str
    outlet: str
    author: str
    stamp: Stamp | None
    method: str
    leads: tuple[str, ...]
    body: str


@cache
def _meta_table() -> dict[tuple[str, str], tuple[str, int]]:
    rows = read_seed("ingest/meta").iter_rows(named=True)
    return {(row["attribute"], row["name"].lower()): (row["field"], rank) for rank, row in enumerate(rows)}


def metas(tree: HtmlElement) -> dict[str, list[str]]:
    """Return the contents of the known `<meta>` elements by field, in the order of the table."""
    found: dict[str, list[tuple[int, str]]] = {}
    for element in tree.iter("meta"):
        content = " ".join((element.get("content") or "").split())
        for attribute in ("property", "name", "itemprop"):
            for name in (element.get(attribute) or "").lower().split():
                if content and (attribute, name) in _meta_table():
                    field, rank = _meta_table()[attribute, name]
                    found.setdefault(field, []).append((rank, strip_markup(content)))
    return {field: [text for _, text in sorted(values, key=lambda value: value[0])] for field, values in found.items()}


def linked_data(tree: HtmlElement) -> list[dict[str, Any]]:
    """Return the JSON-LD objects that are articles (schema.org types ending in Article or Posting, or Report)."""
    found = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            try:
                loaded = json.loads(script.text.strip().rstrip(";"), strict=False)
            except (ValueError, RecursionError):
                continue
            found += [node for node in _nodes(loaded) if _is_article(node)]
    return found


def _nodes(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    if isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement"):
            yield from _nodes(value.get(key), depth + 1)
    elif isinstance(value, list):
        for part in value[:200]:
            yield from _nodes(part, depth + 1)


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(name, str) and name.endswith(("Article", "Posting", "Report")) for name in names)


def _is_organization(value: Any) -> bool:
    return isinstance(value, dict) and str(value.get("@type", "")).endswith("Organization")


def _words(value: Any) -> str:
    """Return a JSON-LD value as text: a string, an object with a name, or the first of a list."""
    if isinstance(value, str):
        return " ".join(strip_markup(value).split())
    if isinstance(value, dict):
        return _words(value.get("name"))
    if isinstance(value, list):
        return next((text for text in map(_words, value[:5]) if text), "")
    return ""


def _text(element: HtmlElement) -> str:
    return " ".join(str(element.text_content()).split())


def best_title(tree: HtmlElement, described: dict[str, list[str]], articles: list[dict[str, Any]], outlets: list[str]) -> str:
    """Return the headline without the outlet's name before or behind it.

    The `<title>` and Open Graph titles often carry the outlet; the heading of the page seldom does. So: the first
    title, cut down to another title that is a whole part of it, and free of parts that name the outlet.
    """
    headings = [text for text in (_text(h) for h in tree.iter("h1")) if len(text) > 8]
    headlines = [_words(node.get("headline")) for node in articles]
    page = [_text(element) for element in tree.iter("title")][:1]
    named = [text for text in [*described.get("title", []), *headlines] if text]
    title = next(iter([*named, *headings, *page]), "")
    # Only the <title> is there: what stands behind the last dash, short, is the name of the site.
    if not named and not headings and (pieces := _SEPARATOR.split(title))[1:] and len(pieces[-1].split()) <= 4:
        title = title[: title.rfind(pieces[-1])].strip(" |-–—»›·•:")
    parts = [part.strip() for part in _SEPARATOR.split(title) if part.strip()]
    names = {fold(name) for name in outlets if name}
    for other in sorted({*named, *headings}, key=len, reverse=True):
        if len(other) > 12 and len(parts) > 1 and fold(other) not in names and _is_part(other, title):
            return other
    while len(parts) > 1:
        # Behind the headline a part of the name is enough; before it "العراق - ..." is a topic, not "شبكة أخبار العراق".
        last = _is_name(parts[-1], names, 0.35)
        if not last and not _is_name(parts[0], names, 0.55):
            break
        dropped = parts.pop(-1 if last else 0)
        title = title[: title.rfind(dropped)] if last else title[title.find(dropped) + len(dropped) :]
        title = title.strip(" |-–—»›·•:")
    return title


def _is_part(other: str, title: str) -> bool:
    """Return whether `title` is `other` and something set off by a dash or bar before or behind it."""
    whole, part = fold(title), fold(other)
    if whole.startswith(part):
        return whole[len(part) :].lstrip()[:1] in tuple("|-–—»›·•:")
    return whole.endswith(part) and whole[: -len(part)].rstrip()[-1:] in tuple("|-–—»›·•:")


def _is_name(part: str, names: set[str], least: float) -> bool:
    """Return whether a part of a title is a name of the outlet, or at least this share of one (in characters)."""
    key = fold(part)
    near = (name for name in names if len(name) > 3 and least < len(key) / len(name) < 2)
    return key in names or any(key in name or name in key for name in near)


def _stamped_text(tree: HtmlElement) -> Iterator[tuple[int, Stamp, str]]:
    """Yield (distance class, stamp, method) for dates shown on the page: after the headline first, in document order."""
    seen_heading = False
    for element in tree.body.iter() if tree.body is not None else ():
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "option"):
            continue
        if element.tag == "h1":
            seen_heading = True
        elif element.tag == "time":
            stamp = parse_stamp(element.get("datetime")) or find_stamp(_text(element))
            if stamp:
                yield (0 if seen_heading else 2), stamp, "time"
        elif len(element) <= 6 and (own := _own_text(element)):
            is_dated = _DATE_CLASS.search(f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}")
            is_stamp = is_dated or _PUBLISHED_WORDS.search(fold(own).lower())
            if (is_stamp or len(own) < 45) and (stamp := find_stamp(own)):
                yield (0 if is_stamp else 1) + (0 if seen_heading else 2), stamp, "text"


def _own_text(element: HtmlElement) -> str:
    text = " ".join(str(element.text_content()).split()) if len(element) <= 6 else ""
    return text if 6 <= len(text) <= 140 and re.search(r"\d\d|[٠-٩]{2}", text) else ""


def best_stamp(
    tree: HtmlElement, described: dict[str, list[str]], articles: list[dict[str, Any]], url: str, defaults: Defaults, header: str
) -> tuple[Stamp | None, str]:  # fmt: skip
    """Return the publication time of a page and the place it was found; times in the future are not believed."""
    latest = (defaults.now + AHEAD).date()
    limit = defaults.fetched_at.date() + timedelta(days=1) if defaults.fetched_at else latest

    def believed(stamp: Stamp | None) -> bool:
        return stamp is not None and stamp.day <= min(latest, limit)

    values: list[tuple[Any, str]] = [(value, "meta") for value in described.get("published", [])]
    values += [(node.get(key), "json-ld") for node in articles for key in ("datePublished", "dateCreated")]
    for value, method in values:
        if believed(stamp := parse_stamp(value)):
            return stamp, method
    shown = [item for item in _stamped_text(tree) if believed(item[1])]
    by_address = url_stamp(url)
    if shown:
        rank, stamp, method = min(shown, key=lambda item: item[0])
        # The address knows the day; a shown stamp of the same day adds the time.
        if by_address is not None and stamp.day == by_address.day:
            return stamp, "url"
        if by_address is None and rank < 2:
            return stamp, method
    if believed(by_address):
        return by_address, "url"
    if shown:
        return min(shown, key=lambda item: item[0])[1:]
    stamp = parse_stamp(header) if header else None
    return (stamp, "header") if believed(stamp) else (None, "")


def read_metadata(tree: HtmlElement, url: str, defaults: Defaults, header: str = "") -> Metadata:
    """Return what a parsed page says about itself.

    Args:
        tree: the page as parsed, before anything is cut out of it.
        url: where it was fetched from, or "" for a file.
        header: the HTTP header Last-Modified, or "".
    """
    described, articles = metas(tree), linked_data(tree)
    links = [link.get("href") or "" for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    addresses = [address for address in (url, *links, *described.get("url", [])) if address.startswith(("http://", "https://"))]
    publishers = [_words(node.get("publisher")) for node in articles]
    # An agency or newspaper that signs as author is the outlet when the page names no other.
    publishers += [_words(node["author"]) for node in articles if _is_organization(node.get("author"))]
    outlets = [name for name in (*described.get("outlet", []), *publishers) if name and not name.startswith("http")]
    address = next(iter(addresses), "")
    dated_by = next((one for one in addresses if url_stamp(one)), address)
    stamp, method = best_stamp(tree, described, articles, dated_by, defaults, header)
    authors = [name for name in (*described.get("author", []), *(_words(node.get("author")) for node in articles)) if name]
    bodies = [node.get("articleBody") for node in articles]
    return Metadata(
        title=best_title(tree, described, articles, [*outlets, defaults.outlet, host_of(address).split(".")[0]]),
        url=address, outlet=next(iter(outlets), ""), author=next((name for name in authors if not name.startswith("http")), ""),
        stamp=stamp, method=method, leads=tuple(described.get("lead", [])),
        body=max((strip_markup(body) for body in bodies if isinstance(body, str)), key=len, default=""),
    )  # fmt: skip
