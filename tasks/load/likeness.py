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


class WordHashes(dict[str, int]):
    """Hash of each word without the marks around it, computed once; the same on every machine and in every version."""

    def __init__(self, shift: int) -> None:
        super().__init__()
        self.shift = shift

    def __missing__(self, word: str) -> int:
        bare = word.strip(_MARKS).encode("utf-8", "surrogatepass")
        value = int.from_bytes(blake2b(bare, digest_size=8).digest(), "little") >> (64 - _BITS) << self.shift
        self[word] = value
        return value


class Shingles:
    """Turns texts into sets of numbers, one for every three words in a row."""

    def __init__(self) -> None:
        self._places = tuple(WordHashes(shift).__getitem__ for shift in (2 * _BITS, _BITS, 0))

    def of(self, text: str) -> list[int]:
        """Return the shingles of a text; of a text of one or two words these words."""
        words = text.split(maxsplit=MAX_WORDS)[:MAX_WORDS]
        first, second, third = self._places
        if len(words) < 3:
            return list(map(third, words))
        three = zip(map(first, words), map(second, words[1:]), map(third, words[2:]), strict=False)
        return [a | b | c for a, b, c in three]


def signatures(articles: pl.DataFrame) -> pl.DataFrame:
    """Return `core_article_signature` rows for `articles` (columns `article_id`, `text`)."""
    shingles = Shingles()
    sets = list(map(shingles.of, articles["text"].to_list()))
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
