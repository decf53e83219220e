"""Measure the date resolver against dateparser on the same documents in one run.

python -m bench.dates [FILE.jsonl ...]     # records with "text" and "anchor"; without a file the project's own test phrases, joined

Each round runs both tools over all documents, one after the other, so that a busy machine slows both; medians of processor time.
"""

import csv
import json
import re
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from dateparser.search import search_dates

from tasks.normalize.dates import resolve_dates

ROUNDS = 5
PHRASES = Path(__file__).resolve().parents[1] / "tests/dates/phrases.csv"
PER_DOCUMENT = 10  # own phrases joined into one document, each beside plain sentences
PLAIN = "قالت الوزارة في بيان إن الوفد ناقش ملف الحدود والتجارة مع الجانب الآخر وأكد دعمه لجهود الوساطة."
SHORTEST_SENTENCE = 20

Document = tuple[str, date]


def own_documents() -> list[Document]:
    """The test phrases as documents; half of the sentences hold no date, as in news."""
    with PHRASES.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    groups = [rows[i : i + PER_DOCUMENT] for i in range(0, len(rows), PER_DOCUMENT)]
    return [(" ".join(f"{row['text']}. {PLAIN}" for row in group), date.fromisoformat(group[0]["anchor"])) for group in groups]


def read_documents(paths: list[str]) -> list[Document]:
    records = [json.loads(line) for path in paths for line in Path(path).read_text(encoding="utf-8").splitlines()]
    return [(record["text"], date.fromisoformat(record["anchor"][:10])) for record in records]


def ours(document: Document) -> None:
    resolve_dates(*document)


def dateparser(document: Document) -> None:
    text, anchor = document
    search_dates(text, languages=["ar"], settings={"RELATIVE_BASE": datetime(anchor.year, anchor.month, anchor.day)})


def rate(call: Callable[[Document], None], documents: list[Document]) -> float:
    """Documents per second of processor time."""
    began = time.process_time()
    for document in documents:
        call(document)
    return len(documents) / (time.process_time() - began)


def sentences(documents: list[Document]) -> tuple[list[Document], list[Document]]:
    """Sentences with and without a date phrase."""
    cut = [(part, anchor) for text, anchor in documents for part in re.split(r"[.\n؟!]+", text) if len(part) >= SHORTEST_SENTENCE]
    dated = [document for document in cut if resolve_dates(*document)]
    kept = set(dated)
    return dated, [document for document in cut if document not in kept]


def main(paths: list[str]) -> None:
    documents = read_documents(paths) if paths else own_documents()
    dated, plain = sentences(documents)
    figures: dict[str, list[float]] = {"resolve_dates": [], "dateparser": [], "dated": [], "plain": []}
    for call in (ours, dateparser):
        call(documents[0])  # tables are read at first use
    for _ in range(ROUNDS):
        figures["resolve_dates"].append(rate(ours, documents))
        figures["dateparser"].append(rate(dateparser, documents))
        figures["dated"].append(rate(ours, dated))
        figures["plain"].append(rate(ours, plain))
    middle = {name: statistics.median(values) for name, values in figures.items()}
    size = sum(len(text) for text, _ in documents)
    print(f"{len(documents)} documents, {size} characters, medians of {ROUNDS} rounds, processor time, one core")
    print(f"resolve_dates  {middle['resolve_dates']:8.0f} documents/s")
    print(f"dateparser     {middle['dateparser']:8.1f} documents/s")
    print(f"ratio          {middle['resolve_dates'] / middle['dateparser']:8.1f}")
    print(f"{len(dated)} sentences with a date    {middle['dated']:8.0f} sentences/s")
    print(f"{len(plain)} sentences without a date {middle['plain']:8.0f} sentences/s")


if __name__ == "__main__":
    main(sys.argv[1:])
