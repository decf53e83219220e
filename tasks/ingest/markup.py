"""HTML inside text: feeds, JSON fields and copied text often hold a piece of a page."""

import html
import re

_TAG = re.compile(r"<(?:/?[a-zA-Z][a-zA-Z0-9:-]*(?:\s[^<>]*)?/?|!--.*?--|!\[CDATA\[|!DOCTYPE[^>]*)>", re.S)
_HIDDEN = re.compile(r"<(script|style|noscript|iframe|svg|head)\b.*?(?:</\1\s*>|\Z)", re.S | re.I)
# A post of somebody else set into the article: its words are not the article's.
_EMBED = re.compile(
    r"""<blockquote\b[^<>]*class=["'][^"'<>]*(?:twitter-tweet|twitter-video|instagram-media|tiktok-embed)[^<>]*>"""
    r".*?</blockquote\s*>",
    re.S | re.I,
)
_BREAK = re.compile(r"<(?:br|/?p|/?div|/?li|/?h[1-6]|/?tr|/?blockquote|/?ul|/?ol|/?section|/?article|/?figure)\b[^<>]*>", re.I)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_SPACES = re.compile(r"[ \t\u00a0\r\f\v]+")


_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:[xX]0*([0-9a-fA-F]{1,8})|0*(\d{1,8}));")


def _safe_reference(found: re.Match[str]) -> str:
    code = int(found[1], 16) if found[1] else int(found[2])
    is_letter = code in (9, 10, 13) or (32 <= code < 0x110000 and not 0xD800 <= code < 0xE000 and code & 0xFFFE != 0xFFFE)
    return found.group() if is_letter else "\ufffd"


def safe_markup(text: str) -> str:
    """Return HTML or XML without the characters, written out or as references, that no XML library takes."""
    return _REFERENCE.sub(_safe_reference, _CONTROL.sub(" ", text))


def has_markup(text: str) -> bool:
    """Return whether the text holds HTML tags or entities."""
    return ("<" in text and _TAG.search(text) is not None) or ("&" in text and _ENTITY.search(text) is not None)


def strip_markup(text: str, keep_length: bool = False) -> str:
    """Return the text without HTML.

    Args:
        text: any text; returned as it is when it has no markup.
        keep_length: tags become as many spaces and entities stay, so that offsets hold; else block tags become line
            feeds, entities letters, and runs of spaces one space.
    """
    if "<" not in text and "&" not in text:
        return text
    if keep_length:
        blank = lambda found: re.sub(r"[^\n]", " ", found.group())  # noqa: E731
        return _TAG.sub(blank, _HIDDEN.sub(blank, text)) if "<" in text else text
    if not has_markup(text):
        return text
    # Twice: feeds escape the HTML that they put into CDATA.
    for _ in range(2):
        text = _TAG.sub("", _BREAK.sub("\n", _EMBED.sub("\n", _HIDDEN.sub(" ", text)))) if "<" in text else text
        text = html.unescape(text) if "&" in text else text
        if "<" not in text or not _TAG.search(text):
            break
    lines = (line.strip() for line in _SPACES.sub(" ", text).split("\n"))
    return "\n".join(line for line in lines if line)
