"""Addresses: the links of a page, and two spellings of one address."""

import re
from urllib.parse import urldefrag, urljoin

from tasks.ingest.encoding import NotTextError, decode
from tasks.ingest.page import parse


def same_address(url: str) -> str:
    """Return an address without fragment and tracking parameters: two feeds name one article differently."""
    address = urldefrag(url)[0]
    address = re.sub(r"(?<=[?&])(?:utm_[a-z]+|fbclid|gclid|ref|source)=[^&]*&?", "", address)
    return address.rstrip("?&/")


def page_links(body: bytes, url: str, charset: str, pattern: str) -> list[str]:
    """Return the addresses on a page that match a regular expression, in order, each once."""
    try:
        tree = parse(decode(body, charset).text)
    except NotTextError:
        return []
    found: dict[str, None] = {}
    for element in tree.iter("a") if tree is not None else ():
        try:
            target = urldefrag(urljoin(url, (element.get("href") or "").strip()))[0]
        except ValueError:
            continue
        if target.startswith(("http://", "https://")) and re.search(pattern, target):
            found[target] = None
    return list(found)
