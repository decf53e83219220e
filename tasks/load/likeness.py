"""Near-duplicate articles: MinHash signatures, and groups of articles that share most of their words.

An article is a set of three-word shingles. 64 MinHash values estimate the share that two sets have in common
(Broder 1997). Articles that agree on one of 16 bands of 4 values are compared; those within a week of each other that
share at least 0.7 are copies. Groups are the connected parts, so the order of loading does not matter.
"""

import re
from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

import duckdb
import polars as pl
from rensa import RMinHash

from schemas.tables import CORE_ARTICLE_COPY, CORE_ARTICLE_SIGNATURE

N_VALUES, SEED = 64, 1
MAX_WORDS = 400  # the words that count: the lead and the body, not an endless live blog
_WORD = re.compile(r"\w+")
_MASK = (1 << 64) - 1


class _Hashes(dict[str, int]):
    """Hash of each word, computed once; the same on every machine and in every version."""

    def __missing__(self, word: str) -> int:
        value = int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
        self[word] = value
        return value


def shingle_hashes(text: str, hashes: dict[str, int]) -> list[int]:
    """Return a 64-bit hash of every three words in a row; of the words themselves when there are fewer."""
    words = [hashes[word] for word in _WORD.findall(text)[:MAX_WORDS]]
    if len(words) < 3:
        return words
    return [
        (a * 0x9E3779B97F4A7C15 + b * 0xC2B2AE3D27D4EB4F + c) & _MASK for a, b, c in zip(words, words[1:], words[2:], strict=False)
    ]


def signatures(articles: pl.DataFrame) -> pl.DataFrame:
    """Return `core_article_signature` rows for `articles` (columns `article_id`, `text`)."""
    hashes = _Hashes()
    sets = [shingle_hashes(text, hashes) for text in articles["text"].to_list()]
    rows = RMinHash.digest_matrix_from_token_hash_sets(sets, N_VALUES, SEED).to_rows() if sets else []
    frame = pl.DataFrame({"article_id": articles["article_id"], "signature": rows}, schema=CORE_ARTICLE_SIGNATURE.schema)
    # A text without any word is like no other.
    return frame.with_columns(pl.when(pl.Series([bool(s) for s in sets], dtype=pl.Boolean)).then("signature"))


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
