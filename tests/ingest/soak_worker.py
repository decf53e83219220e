"""A worker for the soak test: polls once per line on its input, keeps articles as Parquet, then commits.

Arguments: address of the server, folder. Answers each poll with a line of JSON: articles taken, errors, resident memory.
"""

import json
import sys
import uuid
from pathlib import Path

from tasks.ingest.config import Config, FetchSettings, Source
from tasks.ingest.sources import collect
from tasks.ingest.state import State


def main() -> None:
    url, folder = sys.argv[1], Path(sys.argv[2])
    fetch = FetchSettings(timeout_seconds=0.3, total_seconds=2, seconds_between=0, retries=2, backoff_seconds=0.01)
    sources = tuple(Source(f"feed{n}", "feed", url=f"{url}/feed{n}.xml", private=True) for n in range(3))
    for _ in sys.stdin:
        n_articles, errors = 0, 0
        with State(folder / "sources.sqlite") as state:
            for batch in collect(Config(fetch, sources, folder), state):
                n_articles += batch.articles.height
                errors += bool(batch.error)
                if batch.articles.height:
                    part = folder / f"{uuid.uuid4().hex}.part"
                    batch.articles.write_parquet(part)
                    part.rename(part.with_suffix(".parquet"))
                state.commit()
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        print(json.dumps({"articles": n_articles, "errors": errors, "megabytes": pages * 4096 / 1e6}), flush=True)


main()
