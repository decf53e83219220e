"""Safe pieces of HTML: escaped text, isolated Arabic, links that are links, data for scripts, labels in two languages."""

import json
import re
from collections.abc import Iterable
from functools import cache
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from schemas.seeds import read_seed

ASSETS = Path(__file__).parent / "assets"
# Control characters and bidi overrides of a text could turn the page around it; line feeds and tabs stay.
CONTROLS = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]")
ARABIC = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# Nothing may be loaded from anywhere: what the page needs is in it. Vega compiles its expressions, hence unsafe-eval.
POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'"
)


def esc(value: object) -> str:
    """Return a value as HTML text, safe in an element and in a quoted attribute."""
    if value is None:
        return ""
    return escape(CONTROLS.sub("", str(value)), quote=True)


def bdi(value: object) -> str:
    """Return a value as HTML whose direction is its own and cannot touch its neighbours."""
    text = esc(value)
    return f'<bdi lang="ar" dir="rtl">{text}</bdi>' if ARABIC.search(text) else f"<bdi>{text}</bdi>"


def number(value: object) -> str:
    """Return a number or a date as HTML that reads from left to right in both languages."""
    return f'<bdi dir="ltr">{esc(value)}</bdi>'


def ids(rows: Iterable[str]) -> str:
    """Return ids of lexicon rows as HTML: each keeps its own direction."""
    return '<span class="rows">' + " ".join(f'<bdi dir="ltr">{esc(row)}</bdi>' for row in rows) + "</span>"


def link(url: object, inner: str) -> str:
    """Return `inner` (HTML) as a link when `url` is a plain web address, else as it is."""
    try:
        parts = urlsplit(str(url or "").strip())
    except ValueError:
        return inner
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return inner
    return f'<a href="{esc(str(url).strip())}" rel="noopener noreferrer nofollow" target="_blank">{inner}</a>'


def for_script(value: Any) -> str:
    """Return a value as JSON that cannot end the script element it stands in."""
    text = CONTROLS.sub("", json.dumps(value, ensure_ascii=False, default=str))
    return (
        text.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )


@cache
def labels() -> dict[str, dict[str, str]]:
    """Return seeds/report/labels.csv as {"en": {key: text}, "ar": {key: text}}."""
    table = read_seed("report/labels")
    return {language: dict(table.select("key", language).iter_rows()) for language in ("en", "ar")}


def label(key: str) -> str:
    """Return the label of a key in both languages; the page shows one of them.

    Raises:
        KeyError: seeds/report/labels.csv has no such key.
    """
    return both(labels()["en"][key], labels()["ar"][key])


def both(english: object, arabic: object) -> str:
    """Return a text in both languages; where one is missing the other stands in."""
    one, other = esc(english or arabic), esc(arabic or english)
    return f'<span class="en" lang="en">{one}</span><span class="ar" lang="ar">{other}</span>'


def asset(name: str) -> str:
    """Return a file of tasks/report/assets."""
    return (ASSETS / name).read_text(encoding="utf-8")


def page(title: str, body: str, scripts: str = "") -> str:
    """Return a whole HTML document. `title` is text, `body` and `scripts` are HTML."""
    return (
        '<!doctype html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{esc(title)}</title>\n<style>\n{asset('page.css')}</style>\n</head>\n<body>\n{body}\n"
        f"<script>\n{asset('language.js')}</script>\n{scripts}</body>\n</html>\n"
    )
