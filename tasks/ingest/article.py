"""One article, or one refusal with its reason, and the frames made of them.

Every reader of this package yields `Article` and `Refused` values; nothing is dropped in silence.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache
from typing import NamedTuple

import polars as pl

from schemas.seeds import read_seed
from schemas.tables.article import CORE_QUARANTINE, RAW_ARTICLE
from tasks.normalize.letters import strip_marks


class Article(NamedTuple):
    """One article as it was published.

    `source` is the key of the publisher (a domain or a short name), `outlet` its name for people. `text` is what all
    offsets of later steps count in. `published_at` is an instant in UTC or None when only the day is known;
    `published_day` is the day at the publisher's own clock; `published_method` says where the time was found:
    column, meta, json-ld, time, feed, url, dateline, text, header, or "" when nothing was found.
    """

    source: str
    outlet: str
    url: str
    title: str
    text: str
    published_at: datetime | None
    published_day: date | None
    published_method: str
    author: str = ""
    language: str = "ar"
    fetched_at: datetime | None = None
    payload_ref: str = ""


class Refused(NamedTuple):
    """Something that did not become an article. `ref` names it (path, archive member, line, address)."""

    ref: str
    reason_code: str
    reason: str
    payload_ref: str = ""


Item = Article | Refused


@cache
def reasons() -> dict[str, dict[str, str]]:
    """Return seeds/ingest/reasons.csv by code: `reason`, `remedy`, and `retry` (y when a later try may succeed)."""
    return {row["code"]: row for row in read_seed("ingest/reasons").iter_rows(named=True)}


def refuse(ref: str, code: str, detail: str = "") -> Refused:
    """Return a refusal with the sentence of the reasons table, the detail of this case and what to do.

    Raises:
        KeyError: the code is not in seeds/ingest/reasons.csv.
    """
    row = reasons()[code]
    detail = re.sub(r"\s+", " ", detail).strip()[:300]
    reason = f"{row['reason']}{f' ({detail})' if detail else ''}; {row['remedy']}"
    return Refused(ref, code, reason, ref)


def normal_text(text: str) -> str:
    """Return the text as it is compared: NFC, no vowel marks or invisible controls, single spaces."""
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return " ".join(strip_marks(text).split())


def article_id(source: str, text: str) -> str:
    """Return the key of an article: 16 hex digits of a hash over its source and its normalised text."""
    return hashlib.sha256(f"{source}\n{normal_text(text)}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def quarantine_id(item: Refused) -> str:
    """Return the key of a refusal: the same thing refused for the same reason is one row."""
    return hashlib.sha256(f"ingest\n{item.ref}\n{item.reason_code}".encode("utf-8", "replace")).hexdigest()[:16]


_ARTICLE = {name: RAW_ARTICLE.schema[name] for name in ("article_id", *Article._fields)}
_QUARANTINE = {name: CORE_QUARANTINE.schema[name] for name in (
    "quarantine_id", "article_ref", "step", "reason_code", "reason", "payload_ref", "run_id", "at")}  # fmt: skip


def article_frame(articles: Iterable[Article]) -> pl.DataFrame:
    """Return `raw_article` rows, one per article, in the order given; the first of equal articles stays."""
    rows = [(article_id(one.source, one.text), *(None if cell == "" else cell for cell in one)) for one in articles]
    frame = RAW_ARTICLE.conform(pl.DataFrame(rows, schema=_ARTICLE, orient="row"))
    return frame.unique("article_id", keep="first", maintain_order=True)


def quarantine_frame(refused: Iterable[Refused], run_id: str, at: datetime | None = None) -> pl.DataFrame:
    """Return `core_quarantine` rows of the step `ingest`; the same refusal twice is one row."""
    now = at or datetime.now(UTC)
    rows = [
        (quarantine_id(one), one.ref, "ingest", one.reason_code, one.reason, one.payload_ref or None, run_id, now)
        for one in refused
    ]
    frame = CORE_QUARANTINE.conform(pl.DataFrame(rows, schema=_QUARANTINE, orient="row"))
    return frame.unique("quarantine_id", keep="first", maintain_order=True)
