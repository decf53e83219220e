"""Measure the whole chain, raw text to published warehouse, its parts apart.

python -m bench.chain CORPUS.jsonl.gz [ARTICLES ...]     # default 1000; one JSON record per line

For each size: processor seconds of every step in one process, sentences and tokens per second and core, peak memory, and the
speed of coding on all cores by the clock. Copies of the corpus with changed numbers fill sizes beyond it. The first size is run
three times, the run in the middle is printed. Afterwards the rows of batches of 50 and of one batch are compared: they must be
the same.
"""

import gzip
import json
import os
import re
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import polars as pl

from flows.chain import Coded, code_articles
from flows.folder import Folder
from flows.steps import find_sources
from tasks.extract.events import extract_events, shared_resources
from tasks.load.warehouse import load_and_publish
from tasks.normalize.mentions import date_mentions
from tasks.normalize.sentences import split_sentences
from tasks.normalize.tokens import tokenize

BATCH = 500


def records(corpus: Path, size: int) -> Iterator[str]:
    """Yield `size` records; beyond the corpus its texts come again with other numbers, so that they are no duplicates."""
    with gzip.open(corpus, "rt", encoding="utf-8") as stream:
        lines = [line for line in stream if line.strip()]
    for number in range(size):
        copy, at = divmod(number, len(lines))
        record = json.loads(lines[at])
        if copy:
            record["id"] = f"{record.get('id', at)}-{copy}"
            record["text"] = re.sub(r"\d", str(copy % 10), record["text"]) + f"\nنسخة {copy}"
        yield json.dumps(record, ensure_ascii=False)


def read(corpus: Path, size: int, place: Path) -> list[pl.DataFrame]:
    """Ingest the records as the flow does, from a file of JSON lines; one frame for each batch."""
    raw = place / f"{size}.jsonl"
    raw.write_text("\n".join(records(corpus, size)) + "\n", encoding="utf-8")
    sources = find_sources([str(raw)], "waqai.toml")
    return [batch.articles for source in sources for batch in source.batches(Folder(place), "bench", BATCH)]


def timed(seconds: dict[str, float], step: str, function: Callable[..., Any], *args: Any) -> Any:
    """Run a step and add its processor time to `seconds`."""
    start = time.process_time()
    result = function(*args)
    seconds[step] = seconds.get(step, 0.0) + time.process_time() - start
    return result


def measure(corpus: Path, size: int) -> dict[str, Any]:
    """Return the measurements of one run over `size` articles."""
    seconds: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as place:
        batches = timed(seconds, "ingest", read, corpus, size, Path(place))
        coded, n_sentences, n_tokens = [], 0, 0
        for articles in batches:
            sentences = timed(seconds, "sentences", split_sentences, articles)
            dates = timed(seconds, "dates", date_mentions, articles, sentences)
            actors, events, quarantine = timed(seconds, "extract", extract_events, articles, sentences, dates)
            coded.append(Coded(articles, sentences, dates, actors, events, quarantine))
            n_sentences += sentences.height
        frames = (vars(batch) for batch in coded)
        loaded = timed(seconds, "load and publish", load_and_publish, Path(place) / "data", frames, "bench")
        n_tokens = sum(len(tokenize(text)) for batch in coded[:1] for text in batch.sentences["text"])
        n_tokens = round(n_tokens * n_sentences / max(1, coded[0].sentences.height))
        total = sum(seconds.values())
        found = {
            "articles": sum(batch.height for batch in batches),
            "sentences": n_sentences,
            "events": loaded.n_event_mentions,
            "seconds": {step: round(value, 2) for step, value in seconds.items()},
            "sentences/s and core": round(n_sentences / total),
            "tokens/s and core": round(n_tokens / total),
            "coding alone, sentences/s": round(n_sentences / seconds["extract"]),
            "ms for an article": round(1000 * total / max(1, size), 2),
            "peak memory MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }
        found |= on_all_cores(batches, n_sentences)
    return found


def on_all_cores(batches: list[pl.DataFrame], n_sentences: int) -> dict[str, Any]:
    """Code the batches on processes and return what that took by the clock."""
    cores = len(os.sched_getaffinity(0))
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        list(pool.map(warm, range(cores)))
        start = time.perf_counter()
        list(pool.map(code_articles, batches))
        wall = time.perf_counter() - start
    return {"cores": cores, "coding on all cores, sentences/s": round(n_sentences / wall)}


def warm(_: int) -> None:
    """Load the tables of a worker before its time is taken."""
    shared_resources()
    time.sleep(0.5)


def same_rows(corpus: Path, size: int = 300) -> bool:
    """Are the event rows of small batches those of one batch?"""
    with tempfile.TemporaryDirectory() as place:
        articles = pl.concat(read(corpus, size, Path(place)))
    whole = code_articles(articles).events
    parts = pl.concat([code_articles(articles.slice(at, 50)).events for at in range(0, articles.height, 50)])
    return whole.equals(parts)


def main(corpus: Path, sizes: list[int]) -> None:
    """Print the measurements as JSON."""
    shared_resources()
    first = [measure(corpus, sizes[0]) for _ in range(3)]
    middle = sorted(first, key=lambda run: run["sentences/s and core"])[1]
    middle["runs, sentences/s and core"] = [run["sentences/s and core"] for run in first]
    middle["median ms for an article"] = statistics.median(run["ms for an article"] for run in first)
    print(json.dumps(middle, ensure_ascii=False, indent=1))
    for size in sizes[1:]:
        print(json.dumps(measure(corpus, size), ensure_ascii=False, indent=1))
    print(json.dumps({"same rows in small batches and in one": same_rows(corpus)}))


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: python -m bench.chain CORPUS.jsonl.gz [ARTICLES ...]")
    main(Path(sys.argv[1]), [int(size) for size in sys.argv[2:]] or [1000])
