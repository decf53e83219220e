"""Batches of articles on their way through coding, as Parquet files under one folder.

A batch is a folder named by its content: `SOURCE-NNNN-<hash of the article ids and the lexicon>`. It holds `articles.parquet`
and, once coded, one file per frame of `flows.chain.Coded` and `done.json` with the counts, written last. So work that
was done is never done twice: a run that died goes on with the batches that have no `done.json`. All paths go through
fsspec: a folder of this machine, of a file server or of an object store.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import fsspec
import polars as pl

from schemas.seeds import lexicon_version

if TYPE_CHECKING:
    from flows.chain import Coded

ARTICLES = "articles.parquet"
DONE = "done.json"
LOADED = "loaded.json"


def _filesystem(path: str) -> tuple[Any, str]:
    return fsspec.core.url_to_fs(path)


def write_frame(frame: pl.DataFrame, path: str) -> None:
    """Write a frame as Parquet (zstd) so that a reader sees the whole file or none."""
    files, target = _filesystem(path)
    part = f"{target}.part"
    with files.open(part, "wb") as out:
        frame.write_parquet(out, compression="zstd")
    files.mv(part, target)


def read_frame(path: str) -> pl.DataFrame:
    """Return the frame of a Parquet file.

    Raises:
        FileNotFoundError: there is no such file.
    """
    with fsspec.open(path, "rb") as source:
        return pl.read_parquet(source)


def make_folder(path: str) -> None:
    """Make a folder where it is not there yet."""
    files, root = _filesystem(path)
    files.makedirs(root, exist_ok=True)


def find_frames(folder: str, ending: str) -> list[str]:
    """Return the Parquet files right in a folder whose names end so, in the order of names."""
    files, root = _filesystem(folder)
    if not files.exists(root):
        return []
    found = sorted(path for path in files.ls(root, detail=False) if path.endswith(ending))
    return [files.unstrip_protocol(path) if "://" in folder else path for path in found]


def batch_name(number: int, articles: pl.DataFrame) -> str:
    """Return `NNN-hash`, the same for the same articles under the same lexicon."""
    digest = hashlib.sha256(lexicon_version().encode())
    for article_id in articles["article_id"].to_list():
        digest.update(str(article_id).encode())
    return f"{number:04d}-{digest.hexdigest()[:12]}"


def write_batches(articles: pl.DataFrame, folder: str, size: int, first: int = 1, source: str = "batch") -> list[str]:
    """Cut articles into batches of `size` and write those that are not there yet; return the paths of all of them."""
    files, root = _filesystem(folder)
    batches = []
    for number, start in enumerate(range(0, articles.height, size), start=first):
        part = articles.slice(start, size)
        name = f"{source}-{batch_name(number, part)}"
        files.makedirs(f"{root}/{name}", exist_ok=True)
        if not files.exists(f"{root}/{name}/{ARTICLES}") and not files.exists(f"{root}/{name}/{LOADED}"):
            write_frame(part, f"{folder}/{name}/{ARTICLES}")
        batches.append(f"{folder}/{name}")
    return batches


def coded_counts(batch: str) -> dict[str, int] | None:
    """Return the counts of a batch that was coded, or None when it still has to be."""
    try:
        with fsspec.open(f"{batch}/{DONE}", "rt", encoding="utf-8") as note:
            return dict(json.load(note))
    except (FileNotFoundError, ValueError):
        return None


def write_coded(coded: "Coded", batch: str) -> dict[str, int]:
    """Write the frames of a coded batch beside its articles, then the note that it is done; return the counts.

    `quarantine:CODE` counts the articles refused for that reason.
    """
    for field in fields(coded):
        if field.name != "articles":
            write_frame(getattr(coded, field.name), f"{batch}/{field.name}.parquet")
    counts = coded.counts()
    for reason, n in Counter(coded.quarantine["reason_code"].to_list()).items():
        counts[f"quarantine:{reason}"] = n
    files, path = _filesystem(f"{batch}/{DONE}")
    with files.open(f"{path}.part", "wb") as note:
        note.write(json.dumps(counts).encode())
    files.mv(f"{path}.part", path)
    return counts


def code_batch(batch: str) -> dict[str, int]:
    """Code one batch folder and return its counts; a batch that was coded before is only counted."""
    from flows.chain import code_articles

    return coded_counts(batch) or write_coded(code_articles(read_frame(f"{batch}/{ARTICLES}")), batch)


def read_coded(batch: str) -> dict[str, pl.DataFrame]:
    """Return the frames of a coded batch by the field names of `flows.chain.Coded`."""
    from flows.chain import Coded

    return {field.name: read_frame(f"{batch}/{field.name}.parquet") for field in fields(Coded)}


def find_batches(folder: str) -> list[str]:
    """Return the batch folders under a folder, loaded ones too, in the order of names; none when there is no folder."""
    files, root = _filesystem(folder)
    if not files.exists(root):
        return []
    marks = (ARTICLES, LOADED)
    found = [path for path in files.ls(root, detail=False) if any(files.exists(f"{path}/{mark}") for mark in marks)]
    return [files.unstrip_protocol(path) if "://" in folder else path for path in sorted(found)]


def is_loaded(batch: str) -> bool:
    """Return whether the rows of this batch are in the warehouse."""
    files, path = _filesystem(f"{batch}/{LOADED}")
    return bool(files.exists(path))


def mark_loaded(batch: str) -> None:
    """Say that a batch is in the warehouse and give its room back: the mark stays, the frames go."""
    files, path = _filesystem(batch)
    with files.open(f"{path}/{LOADED}", "wb") as note:
        note.write(b"{}")
    for name in files.ls(path, detail=False):
        if name.endswith(".parquet"):
            files.rm(name)


def remove_batches(batches: Sequence[str]) -> None:
    """Remove batch folders whose rows are in the warehouse."""
    for batch in batches:
        files, path = _filesystem(batch)
        if files.exists(path):
            files.rm(path, recursive=True)


def groups(batches: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """Yield batches `size` at a time, for loads that must not hold an archive in memory."""
    for start in range(0, len(batches), size):
        yield batches[start : start + size]
