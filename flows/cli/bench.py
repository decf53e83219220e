"""`waqai bench`: the steps timed apart on real articles, in one process, without Prefect."""

import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import polars as pl

from flows.cli.show import OUT, print_rows


def peak_mb() -> float:
    """Return the largest memory of this process so far, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


def enough(articles: pl.DataFrame, size: int) -> pl.DataFrame:
    """Return `size` articles; where there are fewer, copies with ids and texts of their own are added."""
    parts, copy = [articles], 1
    while sum(part.height for part in parts) < size:
        mark = pl.lit(f"-{copy}")
        parts.append(articles.with_columns(pl.col("article_id") + mark, pl.col("text") + pl.lit(f"\n{copy}")))
        copy += 1
    return pl.concat(parts).head(size)


def measure(articles: pl.DataFrame, batch_size: int = 500) -> dict[str, float]:
    """Return seconds by step and the counts of one run over these articles into a new warehouse."""
    from flows import batches as files
    from flows import chain, steps
    from flows.folder import Folder

    seconds = dict.fromkeys(("sentences", "dates", "extract", "load"), 0.0)
    processor = time.process_time()
    counts = {"n_sentences": 0, "n_events": 0}
    with tempfile.TemporaryDirectory() as place:
        work = Path(place) / "work"
        batches: list[str] = []
        for start in range(0, articles.height, batch_size):
            batch = articles.slice(start, batch_size)
            clock = [time.perf_counter()]
            sentences = chain.split_sentences(batch)
            clock.append(time.perf_counter())
            dates = chain.date_mentions(batch, sentences)
            clock.append(time.perf_counter())
            actors, events, refused = chain.extract_events(batch, sentences, dates)
            clock.append(time.perf_counter())
            for name, first, last in zip(("sentences", "dates", "extract"), clock, clock[1:], strict=False):
                seconds[name] += last - first
            coded = chain.Coded(batch, sentences, dates, actors, events, refused)
            path = files.write_batches(batch, str(work), batch_size, first=len(batches) + 1)[0]
            files.write_coded(coded, path)
            batches.append(path)
            counts["n_sentences"] += sentences.height
            counts["n_events"] += events.height
        before = time.perf_counter()
        steps.load(steps.Load(str(work), batches, "bench"), Folder(Path(place) / "data"))
        seconds["load"] = time.perf_counter() - before
    return {**seconds, **counts, "core": time.process_time() - processor}


def run_bench(source: Path, sizes: list[int], repeat: int) -> None:
    """Print a table: for each size the medians of the steps, and sentences and tokens a second.

    Core seconds are processor time: they do not depend on what else the machine does.
    """
    from tasks.ingest.read import read_paths
    from tasks.normalize.tokens import tokenize

    start = time.perf_counter()
    articles, _ = read_paths([str(source)])
    read = (time.perf_counter() - start) / max(1, articles.height)
    measure(enough(articles, min(50, sizes[0])))  # tables are loaded and caches are filled before the clock counts
    rows: list[dict[str, Any]] = []
    for size in sizes:
        some = enough(articles, size)
        runs = [measure(some) for _ in range(repeat)]
        steps = {name: statistics.median(run[name] for run in runs) for name in ("sentences", "dates", "extract", "load")}
        total = sum(steps.values()) + read * size
        n_tokens = sum(len(tokenize(text)) for text in some["text"].head(200).to_list()) / min(size, 200) * size
        row = {"articles": size, "read s": read * size, **{f"{name} s": value for name, value in steps.items()}}
        core = statistics.median(run["core"] for run in runs) + read * size
        row |= {"total s": total, "core s": core, "ms/article": 1000 * total / size}
        rates = {"articles/s": size, "sentences/s": runs[0]["n_sentences"], "tokens/s": n_tokens}
        row = {name: round(value, 2) for name, value in row.items()}
        row |= {name: round(n / total) for name, n in rates.items()}
        row |= {"articles/core-hour": round(3600 * size / core), "sentences/core-s": round(rates["sentences/s"] / core)}
        rows.append({**row, "events": int(runs[0]["n_events"]), "peak MB": round(peak_mb())})
    # One line a measure, one column a size: a wide table does not fit a terminal.
    turned = [{"articles": name, **{f"{row['articles']:,}": row[name] for row in rows}} for name in list(rows[0])[1:]]
    print_rows(turned, f"{source.name}, one process, median of {repeat}")
    OUT.print("tokens are estimated from the first 200 articles; reading is measured once, over the whole source")
