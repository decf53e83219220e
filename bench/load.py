"""Measure the warehouse: load of many mentions with checks and publish, the same again, and mart queries.

python -m bench.load 200000            # articles; five mentions each
"""

import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl

from bench.rows import make_batches
from schemas.tables import STAGED
from tasks.load.warehouse import load_and_publish

QUERIES = {
    "dyad by month": "select * from mart_dyad_month where source_country = 'RUS' and target_country = 'SYR' order by month",
    "conflict by country": "select country_code, sum(n_material_conflict) from mart_country_month group by all order by 2 desc",
    "events of a week": "select * from mart_event where first_day between '2021-03-01' and '2021-03-07' limit 100",
    "events by root": "select root_code, count(*), avg(goldstein) from mart_event where is_actual group by all",
    "newest events": "select first_day, source_name, code_name, sentence from mart_event order by first_day desc limit 20",
    "actor profile": "select * from mart_actor order by n_as_source desc limit 20",
}


def staged(n_articles: int, folder: Path) -> None:
    """Write batches as the flow stages them."""
    for number, frames in enumerate(make_batches(n_articles)):
        for name, frame in frames.items():
            frame.write_parquet(folder / f"{number:04d}-{name}.parquet", compression="zstd")


def read(folder: Path) -> Iterator[dict[str, pl.DataFrame]]:
    """Yield the staged batches."""
    for path in sorted(folder.glob("*-articles.parquet")):
        number = path.name.split("-")[0]
        yield {name: pl.read_parquet(folder / f"{number}-{name}.parquet") for name in STAGED}


def main(n_articles: int) -> None:
    """Print the measurements as JSON."""
    found: dict[str, object] = {"articles": n_articles}
    with tempfile.TemporaryDirectory() as place:
        stage, data = Path(place) / "stage", Path(place) / "data"
        stage.mkdir()
        staged(n_articles, stage)
        for label in ("load and publish s", "again, no change s"):
            start, busy = time.perf_counter(), time.process_time()
            result = load_and_publish(data, read(stage), label)
            found[label] = round(time.perf_counter() - start, 2)
            found[f"{label.removesuffix(' s')}, processor s"] = round(time.process_time() - busy, 2)
            found.setdefault("mentions", result.n_event_mentions)
            found["events"] = result.n_events
        found["peak memory MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        found["published MB"] = (data / "waqai.duckdb").stat().st_size // 1_000_000
        found["parquet MB"] = sum(p.stat().st_size for p in (data / ".parquet").rglob("*.parquet")) // 1_000_000
        with duckdb.connect(str(data / "waqai.duckdb"), read_only=True) as con:
            for label, sql in QUERIES.items():
                start = time.perf_counter()
                con.execute(sql).fetchall()
                found[f"{label} s"] = round(time.perf_counter() - start, 3)
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
