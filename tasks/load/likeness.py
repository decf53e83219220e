"""Near-duplicate articles: MinHash signatures, and groups of articles that share most of their words.

An article is a set of three-word shingles. 64 MinHash values estimate the share that two sets have in common
(Broder 1997). Articles that agree on one of 16 bands of 4 values are compared; those within a week of each other that
share at least 0.7 are copies. Groups are the connected parts, so the order of loading does not matter.
"""

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

import duckdb
import polars as pl
from rensa import RMinHash

from schemas.tables import CORE_ARTICLE_COPY, CORE_ARTICLE_SIGNATURE

N_VALUES, SEED = 64, 1
MAX_WORDS = 400  # the words that count: the lead and the body, not an endless live blog
_BITS = 21  # of a word's hash: three of them make one number; two words in two million share one, which does no harm
_MARKS = "".join(chr(c) for c in range(0x21, 0x30)) + ":;<=>?@[]^_`{|}~«»“”‘’…،؛؟ـ"


def word_hash(word: str) -> int:
    """Return 21 bits of a hash of a word: the same on every machine and in every version."""
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little") >> (64 - _BITS)


def shingles(articles: pl.DataFrame) -> pl.DataFrame:
    """Return (row, set): for each article with words the numbers of every three words in a row, or of its one or two words."""
    words = (
        articles.select(
            pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"),
            pl.col("text").str.replace_all(r"\s+", " ").str.split(" ").list.head(MAX_WORDS).alias("word"),
        )
        .explode("word")
        .with_columns(pl.col("word").str.strip_chars(_MARKS))
        .filter(pl.col("word") != "")
    )
    vocabulary = words.select(pl.col("word").unique())
    hashes = [word_hash(word) for word in vocabulary["word"].to_list()]
    vocabulary = vocabulary.with_columns(pl.Series("hash", hashes, dtype=pl.UInt64))
    words = words.join(vocabulary, on="word", how="left", maintain_order="left").select("row", "hash")
    first, second, third = pl.col("hash"), pl.col("hash").shift(-1), pl.col("hash").shift(-2)
    joined = words.select(
        "row",
        pl.when(pl.col("row") == pl.col("row").shift(-2))
        .then(first * pl.lit(1 << 2 * _BITS, pl.UInt64) + second * pl.lit(1 << _BITS, pl.UInt64) + third)
        .when(pl.len().over("row") < 3)
        .then(first)
        .alias("set"),
    )
    return joined.drop_nulls("set").group_by("row", maintain_order=True).agg("set")


def signatures(articles: pl.DataFrame) -> pl.DataFrame:
    """Return `core_article_signature` rows for `articles` (columns `article_id`, `text`); null for a text without any word."""
    sets = shingles(articles)
    rows = RMinHash.digest_matrix_from_token_hash_sets(sets["set"].to_list(), N_VALUES, SEED).to_rows() if sets.height else []
    made = pl.DataFrame({"row": sets["row"], "signature": rows}, schema={"row": pl.UInt32, "signature": pl.List(pl.UInt32)})
    numbered = articles.select(pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"), "article_id")
    return CORE_ARTICLE_SIGNATURE.conform(numbered.join(made, on="row", how="left", maintain_order="left").drop("row"))


def groups(pairs: Iterable[tuple[str, str]], rank: dict[str, tuple[Any, ...]]) -> dict[str, str]:
    """Return for each article of a pair the first article (by `rank`) of its group; the first itself is left out."""
    parent: dict[str, str] = {}

    def first(item: str) -> str:
        while parent.setdefault(item, item) != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for one, other in pairs:
        a, b = first(one), first(other)
        if a != b:
            earlier, later = (a, b) if rank[a] < rank[b] else (b, a)
            parent[later] = earlier
    return {item: first(item) for item in parent if first(item) != item}


def find_copies(con: duckdb.DuckDBPyConnection, pair_sql: str) -> pl.DataFrame:
    """Return `core_article_copy` rows.

    Args:
        con: an open warehouse.
        pair_sql: a SELECT of like pairs: article_id, other_id, similarity, and the publication day of both.
    """
    pairs = con.execute(pair_sql).fetchall()
    rank: dict[str, tuple[Any, ...]] = {}
    alike: dict[tuple[str, str], float] = {}
    for one, other, similarity, day_one, day_other in pairs:
        for item, day in ((one, day_one), (other, day_other)):
            rank[item] = (day is None, str(day), item)
        alike[one, other] = alike[other, one] = similarity
    copies = groups(((p[0], p[1]) for p in pairs), rank)
    rows = [
        {"article_id": item, "copy_of": origin, "similarity": alike.get((item, origin))} for item, origin in sorted(copies.items())
    ]
    return CORE_ARTICLE_COPY.frame(rows)
