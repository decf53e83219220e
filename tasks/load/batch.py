"""One batch of coded articles into the kept tables: set-based, in the transaction of the caller, the same twice.

The unit is the article: its sentences and mentions come and go with it. An article that the warehouse holds under the
same code and lexicon is left alone, so loading twice changes nothing; under another lexicon its rows are replaced.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields

import duckdb
import polars as pl

from schemas.contract import Table, quote
from schemas.errors import ContractError
from schemas.tables import CORE_ARTICLE_SIGNATURE, STAGED
from tasks.load.likeness import signatures
from tasks.load.vet import vet

CHILDREN = ("sentences", "dates", "actors", "events")


class Arrow:
    """Shows DuckDB only the Arrow stream of a polars frame: scanned without a copy, without pyarrow."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.frame = frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.frame.__arrow_c_stream__(requested_schema)


@dataclass(frozen=True)
class Versions:
    """What made the rows of a load: the run, the code and the lexicon."""

    run_id: str
    code_version: str
    lexicon_version: str


@dataclass
class Loaded:
    """Counts of one or more batches. `n_known` articles were there already and were left alone."""

    n_articles: int = 0
    n_sentences: int = 0
    n_date_mentions: int = 0
    n_actor_mentions: int = 0
    n_event_mentions: int = 0
    n_quarantined: int = 0
    n_known: int = 0
    n_recoded: int = 0
    n_gone: int = 0

    def add(self, other: "Loaded") -> None:
        """Add the counts of another batch."""
        for field in fields(Loaded):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))

    @property
    def is_change(self) -> bool:
        """Whether any row was added, replaced or removed."""
        return bool(self.n_articles or self.n_recoded or self.n_quarantined)


def insert(con: duckdb.DuckDBPyConnection, table: Table, frame: pl.DataFrame) -> None:
    """Insert a conforming frame into its table. Instants become UTC without a zone, as the table has them."""
    if not frame.height:
        return
    zoned = [name for name, kind in frame.schema.items() if isinstance(kind, pl.Datetime) and kind.time_zone]
    frame = frame.with_columns(pl.col(name).dt.convert_time_zone("UTC").dt.replace_time_zone(None) for name in zoned)
    con.register("_incoming", Arrow(frame))
    columns = ", ".join(map(quote, table.names))
    con.execute(f"insert into {quote(table.name)} ({columns}) select {columns} from _incoming")
    con.unregister("_incoming")


def _ids(con: duckdb.DuckDBPyConnection, name: str, ids: pl.Series) -> None:
    con.register("_ids", Arrow(pl.DataFrame({"article_id": ids})))
    con.execute(f"create or replace temp table {name} as select article_id from _ids")
    con.unregister("_ids")


def _clean(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Return a staged frame in the form of its table, one row per key."""
    table = STAGED[name]
    if name == "articles" and "published_at" in frame.columns:
        frame = frame.sort("published_at", nulls_last=True, maintain_order=True)  # of a text printed twice the first stays
    return table.checked(table.conform(frame).unique(list(table.key), keep="first", maintain_order=True), is_unique=True)


def clean_batch(frames: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Return all frames of a batch in the form of their tables, one row per key, without the rows that `vet` refuses.

    Args:
        frames: by the names of `schemas.tables.STAGED`; what is absent counts as empty.

    Raises:
        ContractError: a frame breaks its declaration, or has rows of an article that is not in the batch.
    """
    absent = set(frames) - set(STAGED)
    if absent:
        raise ContractError("batch", [f"no such frame: {', '.join(sorted(absent))}; known are {', '.join(STAGED)}"])
    clean = {name: _clean(name, frames[name] if name in frames else table.empty()) for name, table in STAGED.items()}
    _refuse_orphans(clean, clean["articles"]["article_id"])
    return vet(clean)


def load_batch(con: duckdb.DuckDBPyConnection, clean: Mapping[str, pl.DataFrame], by: Versions, replace: bool = False) -> Loaded:
    """Load the frames of one batch and return the counts.

    Args:
        con: an open warehouse, in a transaction.
        clean: what `clean_batch` gives.
        by: stands on every row.
        replace: replace the rows of known articles even when code and lexicon are the same.
    """
    articles = clean["articles"].with_columns(
        pl.lit(by.run_id).alias("run_id"),
        pl.lit(by.code_version).alias("code_version"),
        pl.lit(by.lexicon_version).alias("lexicon_version"),
    )
    new, recoded, n_known = _sort_out(con, articles, by, replace)
    loaded = Loaded(n_articles=len(new), n_recoded=len(recoded), n_known=n_known)
    n_back = 0
    if len(recoded):
        loaded.n_gone, n_back = _remove(con, recoded, clean["events"])
    wanted = pl.concat([new, recoded])
    articles = articles.filter(pl.col("article_id").is_in(wanted.implode()))
    insert(con, STAGED["articles"], _with_hash(articles))
    insert(con, CORE_ARTICLE_SIGNATURE, signatures(articles))
    _insert_children(con, clean, wanted, by, loaded)
    loaded.n_event_mentions -= n_back
    return loaded


def _with_hash(articles: pl.DataFrame) -> pl.DataFrame:
    from hashlib import sha256

    hashes = [sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16] for text in articles["text"].to_list()]
    return articles.with_columns(pl.Series("content_hash", hashes, dtype=pl.String))


def _refuse_orphans(clean: Mapping[str, pl.DataFrame], ids: pl.Series) -> None:
    for name in CHILDREN:
        orphans = clean[name].filter(~pl.col("article_id").is_in(ids.implode()))
        if orphans.height:
            examples = ", ".join(orphans["article_id"].unique().sort().head(3))
            raise ContractError(STAGED[name].name, [f"{orphans.height} rows of articles that are not in the batch: {examples}"])


def _sort_out(
    con: duckdb.DuckDBPyConnection, articles: pl.DataFrame, by: Versions, replace: bool
) -> tuple[pl.Series, pl.Series, int]:
    """Return the ids of new articles, of those to replace, and the number of those to leave alone."""
    _ids(con, "_batch", articles["article_id"])
    known = con.execute(
        "select article_id, lexicon_version = ? and code_version = ? from raw_article semi join _batch using (article_id)",
        [by.lexicon_version, by.code_version],
    ).fetchall()
    same = {key for key, is_same in known if is_same and not replace}
    other = pl.Series("article_id", [key for key, _ in known if key not in same], dtype=pl.String)
    seen = pl.Series([key for key, _ in known], dtype=pl.String)
    new = articles.filter(~pl.col("article_id").is_in(seen.implode()))["article_id"]
    return new, other, len(same)


def _remove(con: duckdb.DuckDBPyConnection, recoded: pl.Series, events: pl.DataFrame) -> tuple[int, int]:
    """Remove the rows of articles that were coded anew; return how many of their event mentions stay away and come back."""
    _ids(con, "_recoded", recoded)
    con.register("_events", Arrow(events.select("event_mention_id")))
    n_all, n_back = con.execute(
        "select count(*), count(e.event_mention_id) from core_event_mention as m semi join _recoded using (article_id) "
        "left join _events as e using (event_mention_id)"
    ).fetchall()[0]
    con.unregister("_events")
    tables = ("core_event_mention", "core_actor_mention", "core_date_mention", "core_sentence", "core_article_signature")
    for name in (*tables, "raw_article"):
        con.execute(f"delete from {name} where article_id in (select article_id from _recoded)")
    con.execute("delete from core_quarantine where article_ref in (select article_id from _recoded)")
    return int(n_all - n_back), int(n_back)


def _insert_children(
    con: duckdb.DuckDBPyConnection, clean: Mapping[str, pl.DataFrame], wanted: pl.Series, by: Versions, loaded: Loaded
) -> None:
    counts = {}
    for name in CHILDREN:
        frame = clean[name].filter(pl.col("article_id").is_in(wanted.implode()))
        counts[name] = frame.height
        if name == "events":
            frame = frame.with_columns(
                pl.lit(by.run_id).alias("run_id"),
                pl.lit(by.code_version).alias("code_version"),
                pl.lit(by.lexicon_version).alias("lexicon_version"),
            )
        insert(con, STAGED[name], frame)
    loaded.n_sentences, loaded.n_date_mentions = counts["sentences"], counts["dates"]
    loaded.n_actor_mentions, loaded.n_event_mentions = counts["actors"], counts["events"]
    refused = clean["quarantine"].with_columns(pl.lit(by.run_id).alias("run_id"))
    if refused.height:
        seen = con.execute("select quarantine_id from core_quarantine").fetchall()
        refused = refused.filter(~pl.col("quarantine_id").is_in(pl.Series([s[0] for s in seen], dtype=pl.String).implode()))
        insert(con, STAGED["quarantine"], refused)
    loaded.n_quarantined = refused.height
