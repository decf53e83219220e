"""Write docs/roots.md, the twenty CAMEO roots with what is coded and an example: `.venv/bin/python scripts/refresh_roots.py`.

Examples are those of the predicate tables, which are tests; the page is compared with them by a test of its own.
"""

from collections import defaultdict
from pathlib import Path

from schemas.seeds import SEEDS, read_seed

PAGE = Path(__file__).resolve().parents[1] / "docs" / "roots.md"
LONGEST = 70  # letters of an example that fits its cell
INTRODUCTION = """# The twenty roots

What waqai codes under each CAMEO root: how many rows of the predicate tables lead to it, how many codes they give, and an example
that is a test of the suite. A side reads `country:roles`, `-` is nobody. Appeals, intents, demands, refusals and threats get
further codes by composition with their content (`composition*.csv`). Made from the tables by `scripts/refresh_roots.py`.

| root | meaning | rows | codes | example | row |
|---|---|--:|--:|---|---|
"""


def rows() -> list[dict[str, str]]:
    """Return the predicate rows that give an event."""
    tables = sorted((SEEDS / "lexicon" / "predicates").glob("*.csv"))
    return [
        row
        for path in tables
        for row in read_seed(f"lexicon/predicates/{path.stem}").iter_rows(named=True)
        if row["code"] != "none" and row["expect"] and row["expect"] != "none"
    ]


def example_of(candidates: list[dict[str, str]]) -> tuple[str, str]:
    """Return the first example with both sides that is short, else the first."""
    both = [r for r in candidates if "-" not in r["expect"].partition(" ")[2].split(">") and len(r["example"]) <= LONGEST]
    best = next((r for r in both if ">" in r["expect"]), candidates[0])
    return best["example"], best["expect"]


def page() -> str:
    """Return the page."""
    names = {row["code"]: row["name"] for row in read_seed("cameo/codes").iter_rows(named=True)}
    by_root: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows():
        by_root[row["expect"][:2]].append(row)
    lines = []
    for root in sorted(by_root):
        found = by_root[root]
        codes = {row["expect"].split(" ")[0] for row in found}
        example, expect = example_of(found)
        lines.append(f"| {root} | {names[root]} | {len(found)} | {len(codes)} | {example} | `{expect}` |")
    return INTRODUCTION + "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
