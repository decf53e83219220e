"""Write real outputs into README.md: `.venv/bin/python scripts/refresh_readme.py`.

Between `<!-- output: begin -->` and its end: what `make run` prints first. Between the `sql` marks: three queries and
their results. Between the `scores` marks: the table of docs/benchmarks.md between marks of the same name.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
QUERIES = (
    "select source_country, target_country, count(*) as events, round(avg(goldstein), 1) as goldstein\n"
    "from mart_event where source_country is not null and target_country is not null\n"
    "group by all order by events desc, 1, 2 limit 6",
)
EVENTS_SHOWN = 14


def waqai(*arguments: str, data: Path, width: int = 100) -> str:
    """Return what a command prints, run over the bundled articles of this checkout."""
    environment = {**os.environ, "WAQAI_WAREHOUSE": str(data), "COLUMNS": str(width), "TERM": "dumb"}
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


def between(text: str, mark: str, inside: str) -> str:
    """Return the text with what stands between two marks replaced."""
    pattern = re.compile(rf"(<!-- {mark}: begin[^\n]*-->\n).*?(<!-- {mark}: end -->)", re.DOTALL)
    return pattern.sub(lambda found: f"{found[1]}{inside.strip()}\n{found[2]}", text)


def inside(text: str, mark: str) -> str:
    """Return what stands between two marks, or ""."""
    found = re.search(rf"<!-- {mark}: begin[^\n]*-->\n(.*?)<!-- {mark}: end -->", text, re.DOTALL)
    return found[1].strip() if found else ""


def sql_part(data: Path) -> str:
    """Return the queries with their results as one code block."""
    parts = [f'$ waqai sql "\n{query}"\n{waqai("sql", query, data=data, width=80)}' for query in QUERIES]
    return "```\n" + "\n".join(parts).rstrip() + "\n```"


def run_part(data: Path) -> str:
    """Return the first lines that a run prints, paths as a reader would see them."""
    lines = waqai("run", "seeds/articles", data=data, width=118).replace(str(data), "data").splitlines()
    last = next(number for number, line in enumerate(lines) if line.startswith("└"))
    shown = [*lines[:EVENTS_SHOWN], "  ...", *lines[last + 1 :]]
    return "```\n$ make run\n" + "\n".join(line.rstrip() for line in shown) + "\n```"


def main() -> None:
    """Refresh README.md."""
    page = ROOT / "README.md"
    text = page.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as place:
        data = Path(place) / "data"
        text = between(text, "output", run_part(data))
        text = between(text, "sql", sql_part(data))
    scores = ROOT / "docs" / "benchmarks.md"
    if scores.exists():
        text = between(text, "scores", inside(scores.read_text(encoding="utf-8"), "scores"))
    page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
