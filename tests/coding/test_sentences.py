"""Sentences by phenomenon: each row of data/sentences.csv names one thing that Arabic news does and the events it must give.

`text` is one or more sentences joined by " || "; the last one is what counts. `expect` lists events as `code SOURCE>TARGET`, with
`;` between them; a side is `ISO3:ROLE+ROLE`, `-` for nobody. A row holds the coder to just these events of the roots it names;
`none 19` to no event of the root that is told as a fact.
"""

import csv
from datetime import date
from pathlib import Path

import pytest

from tasks.extract.coding.coder import ArticleCoder, Event
from tasks.extract.events import shared_resources

DAY = date(2023, 5, 10)
with (Path(__file__).parent / "data" / "sentences.csv").open(encoding="utf-8", newline="") as table:
    ROWS = list(csv.DictReader(table))


def side(event: Event, name: str) -> str:
    actor = event.source if name == "source" else event.target
    return f"{actor.country or '-'}:{'+'.join(actor.roles)}" if actor else "-"


@pytest.mark.parametrize("row", [pytest.param(row, id=f"{number}-{row['phenomenon']}") for number, row in enumerate(ROWS, 2)])
def test_sentence_gives_its_events(row: dict[str, str]) -> None:
    coded = ArticleCoder(shared_resources(), DAY).code(row["text"].split(" || "))[-1]
    if row["expect"].startswith("none "):
        facts = [e for e in coded.events if e.candidate.polarity == "asserted" and e.candidate.modality == "actual"]
        assert [e.code for e in facts if e.code[:2] in row["expect"].split()[1:]] == []
        return
    expected = sorted(part.strip() for part in row["expect"].split(";"))
    roots = {part[:2] for part in expected}
    found = [f"{e.code} {side(e, 'source')}>{side(e, 'target')}" for e in coded.events if e.code[:2] in roots]
    assert sorted(found) == expected
