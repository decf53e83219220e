"""Web pages: bytes of HTML in, one article out, without the furniture of the page.

trafilatura finds the body; what it cannot know about Arabic news pages is in seeds/ingest/furniture.csv: boxes to cut
out before, lines to drop after, and first paragraphs that stand apart from the body and are the news itself.
"""

import copy
import logging
import re

import lxml.etree
import lxml.html
from lxml.html import HtmlElement
from trafilatura import extract

from tasks.ingest.article import Item, refuse
from tasks.ingest.encoding import NotTextError, decode
from tasks.ingest.furniture import class_pattern, drop_furniture
from tasks.ingest.making import Defaults, host_of, make, with_headline
from tasks.ingest.markup import safe_markup
from tasks.ingest.metadata import Metadata, read_metadata
from tasks.ingest.stamps import Stamp, find_stamp
from tasks.normalize.letters import fold

# It warns of every page without an article; here that is a refusal with a reason.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

SHORTEST = 60  # characters; less is a caption, a video page or an index page
_KEEP = ("html", "body", "main", "article", "h1", "p", "head", "title")
_DROP = ("nav", "footer", "form", "button", "aside", "noscript", "iframe", "svg", "dialog", "template")


def parse(text: str) -> HtmlElement | None:
    """Return the tree of a page, or None when there is no element in it."""
    text = safe_markup(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        tree = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return None
    return tree if tree.body is not None else None


def _size(element: HtmlElement) -> int:
    """Return the number of characters of an element that are not in links, buttons or scripts."""
    aside = sum(len(str(part.text_content())) for part in element.iter("a", "script", "style", "button", "option"))
    return max(0, len(str(element.text_content())) - aside)


def prune(tree: HtmlElement) -> None:
    """Cut boxes of links, sharing, comments, advertisements out of the tree, in place.

    A box that holds the headline or a good part of all text is the article itself, whatever its class says.
    """
    whole = max(1, _size(tree.body))
    pattern = class_pattern("part")
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.tag in _KEEP or element.getparent() is None:
            continue
        names = f"{element.get('class') or ''} {element.get('id') or ''}".strip()
        is_box = element.tag in _DROP or (names and pattern.search(names))
        if is_box and element.find(".//h1") is None and _size(element) <= 0.3 * whole:
            element.drop_tree()


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", fold(text))


def lead_of(tree: HtmlElement, meta: Metadata, body: str) -> str:
    """Return the first paragraph that the page shows apart from its body, or "".

    It is an element whose class says so, or whose text the page's own description begins with.
    """
    starts = [start for start in (_letters(text)[:50] for text in meta.leads) if len(start) >= 40]
    pattern, inside = class_pattern("lead"), _letters(body)
    for element in tree.body.iter("p", "div", "h2", "h3", "strong", "span", "section"):
        if len(element) > 8:
            continue
        is_named = pattern.search(f"{element.get('class') or ''} {element.get('id') or ''}") is not None
        if not is_named and not starts:
            continue
        own = " ".join(str(element.text_content()).split())
        if not 50 <= len(own) <= 1500:
            continue
        # A sentence of the news, not the teaser of another story.
        is_lead = is_named and own.endswith((".", "»", '"', "”")) and element.find(".//a") is None
        key = _letters(own)
        if (is_lead or any(key.startswith(start) for start in starts)) and key[:60] not in inside:
            return own
    return ""


def _is_index(text: str, tree: HtmlElement) -> bool:
    """Return whether most of the text is the text of links: a front page or a list, not an article."""
    links = {" ".join(str(link.text_content()).split()) for link in tree.iter("a")}
    rest = text
    for link in sorted(links, key=len, reverse=True)[:400]:
        if len(link) > 3:
            rest = rest.replace(link, "")
    return len(re.findall(r"\w", rest)) < 0.4 * len(re.findall(r"\w", text))


def _captions(tree: HtmlElement) -> set[str]:
    alts = {fold(" ".join((image.get(name) or "").split())) for image in tree.iter("img", "amp-img") for name in ("alt", "title")}
    return alts - {""}


def _clean(text: str, meta: Metadata, captions: set[str]) -> list[str]:
    """Return the lines of the body without headline, publication stamp, captions, outlet and author lines."""
    title = fold(meta.title)
    alone = {fold(name) for name in (meta.outlet, meta.author, host_of(meta.url)) if name}
    lines = []
    for number, line in enumerate(part for part in drop_furniture(text).split("\n") if part.strip()):
        line = " ".join(line.split())
        key = fold(line)
        is_stamp = number < 6 and len(line) < 110 and find_stamp(line) is not None and not line.endswith(".")
        if key == title or key in alone or is_stamp or (key in captions and not line.endswith(".")):
            continue
        lines.append(line)
    # A short first line without a full stop before a paragraph is the caption of the picture on top, or a rubric.
    if len(lines) > 1 and len(lines[0]) < 60 and lines[0][-1].isalnum() and len(lines[1]) > 100:
        lines = lines[1:]
    return lines


def body_of(tree: HtmlElement, meta: Metadata) -> str:
    """Return the text of the article of a parsed page, paragraphs divided by line feeds; "" when there is none."""
    captions = _captions(tree)
    full = copy.deepcopy(tree)
    prune(tree)
    text = ""
    for favor_recall in (False, True):
        text = extract(tree, include_comments=False, include_tables=False, favor_recall=favor_recall) or ""
        text = "\n".join(_clean(text, meta, captions))
        if len(text) >= SHORTEST:
            break
    if _is_index(text, tree):
        text = ""
    lead = lead_of(full, meta, text)
    if lead and not drop_furniture(lead):
        lead = ""
    text = "\n".join(part for part in (lead, text) if part)
    if len(meta.body) > 1.5 * len(text):
        text = "\n".join(_clean(meta.body, meta, captions))
    return text if len(text) >= SHORTEST else ""


def read_page(
    data: bytes, ref: str, defaults: Defaults, *, url: str = "", declared: str = "", header: str = "",
    title: str = "", stamp: Stamp | None = None, method: str = "",
) -> Item:  # fmt: skip
    """Return the article of a page, or the refusal.

    Args:
        data: the page as bytes. ref: what to call it in a refusal. url: its address, if known.
        declared: the charset of the Content-Type header. header: Last-Modified.
        title, stamp, method: what a feed (or the file name) said about the page; the page's own headline and time win.
    """
    if len(data) > defaults.limits.file:
        return refuse(ref, "too_large", f"{len(data):,} bytes")
    if not data.strip():
        return refuse(ref, "empty")
    try:
        text = decode(data, declared).text
    except NotTextError as error:
        return refuse(ref, error.code, str(error))
    tree = parse(text)
    if tree is None:
        return refuse(ref, "no_article", "no HTML")
    meta = read_metadata(tree, url, defaults, header)
    if stamp and (meta.stamp is None or (method != "name" and meta.method in ("header", "text"))):
        meta = meta._replace(stamp=stamp, method=method)
    body = body_of(tree, meta)
    if not body:
        return refuse(ref, "no_article", meta.title)
    title = meta.title or title
    return make(ref, defaults, text=with_headline(title, body), title=title, url=meta.url, outlet=meta.outlet,
                author=meta.author, stamp=meta.stamp, method=meta.method)  # fmt: skip
