"""Rows that no warehouse may hold are found before they are loaded: their article goes to quarantine, its neighbours go on.

An article with such a row keeps its text and its place in the counts; its sentences and mentions stay out.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256

import polars as pl

from schemas.cameo import cameo_codes
from schemas.tables import CORE_QUARANTINE

SPANS: dict[str, dict[str, tuple[str, str, str | None]]] = {
    "sentences": {"": ("start", "end", "text")},
    "dates": {"": ("start", "end", None)},
    "actors": {"": ("start", "end", None)},
    "events": {
        "trigger ": ("trigger_start", "trigger_end", "trigger_text"),
        **{f"{name} ": (f"{name}_start", f"{name}_end", None) for name in ("source", "target", "date", "place", "attributed")},
    },
}  # name of the frame -> what -> first, last, words that must be the same (None: need not be)
REASONS = {
    "offsets_outside_article": "a span lies outside the text",
    "words_not_in_article": "the words are not what their offsets cut from the text",
    "codes_outside_cameo": "the code, its root, quad class or Goldstein value is not that of CAMEO",
    "inverted_days": "it ends before it begins",
}


def bad_rows(name: str, frame: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """Return (article_id, reason_code, detail) for the rows of a frame that break a rule.

    Args:
        name: sentences, dates, actors or events.
        frame: rows in the form of the table.
        articles: columns `article_id`, `text`.
    """
    joined = frame.join(articles.select("article_id", _article=pl.col("text")), on="article_id", how="inner", maintain_order="left")
    size = pl.col("_article").str.len_chars()
    rules: list[tuple[str, str, pl.Expr]] = []
    for what, (first, last, words) in SPANS[name].items():
        start, end = pl.col(first), pl.col(last)
        rules.append(("offsets_outside_article", what, (start < 0) | (end <= start) | (end > size)))
        if words:
            cut = pl.col("_article").str.slice(start.clip(0), (end - start).clip(0))
            rules.append(("words_not_in_article", what, cut != pl.col(words)))
    if name in ("events", "dates"):
        rules.append(("inverted_days", "", pl.col("first_day") > pl.col("last_day")))
    if name == "events":
        rules.append(("codes_outside_cameo", "", _is_wrong_code()))
    found = [
        joined.filter(rule.fill_null(False)).select(
            "article_id", reason_code=pl.lit(code), detail=pl.lit(f"{name}: {what}".strip(": "))
        )
        for code, what, rule in rules
    ]
    return pl.concat(found)


def _is_wrong_code() -> pl.Expr:
    codes = cameo_codes()
    root, quad, goldstein = (
        pl.col("code").replace_strict({c.code: getattr(c, field) for c in codes.values()}, default=None, return_dtype=kind)
        for field, kind in (("root", pl.String), ("quad_class", pl.Int32), ("goldstein", pl.Float64))
    )
    return root.is_null() | (root != pl.col("root_code")) | (quad != pl.col("quad_class")) | (goldstein != pl.col("goldstein"))


def vet(frames: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Return the frames of a batch without the rows of articles that break a rule; these are in its quarantine frame."""
    articles = frames["articles"]
    found = pl.concat([bad_rows(name, frames[name], articles) for name in SPANS]).unique(maintain_order=True)
    if not found.height:
        return dict(frames)
    bad = found["article_id"].unique()
    kept = {name: frames[name].filter(~pl.col("article_id").is_in(bad.implode())) for name in SPANS}
    now = datetime.now(UTC)
    rows = [
        {
            "quarantine_id": sha256(f"load\n{article}\n{code}".encode()).hexdigest()[:16],
            "article_ref": article,
            "step": "load",
            "reason_code": code,
            "reason": f"{REASONS[code]} ({', '.join(details)}); a fault of the coder: report it with the article",
            "at": now,
        }
        for (article, code), details in _by_reason(found)
    ]
    refused = pl.concat([frames["quarantine"], CORE_QUARANTINE.frame(rows)])
    return {**frames, **kept, "quarantine": refused.unique("quarantine_id", keep="first", maintain_order=True)}


def _by_reason(found: pl.DataFrame) -> list[tuple[tuple[str, str], list[str]]]:
    grouped: dict[tuple[str, str], list[str]] = {}
    for article, code, detail in found.iter_rows():
        grouped.setdefault((article, code), []).append(detail)
    return sorted(grouped.items())
