"""The sample articles, row by row (tests/coding/golden): each row was read against its article.

Rows that a careful coder would code otherwise are in OTHERWISE with what he would say; the test asks that they are still there, so
that a row that has become right leaves the list.
"""

import csv
from pathlib import Path

import pytest

from schemas.seeds import SEEDS
from tasks.extract.actors import Actor
from tasks.extract.coding.coder import ArticleCoder
from tasks.extract.events import shared_resources
from tasks.normalize.dates import find_dateline
from tasks.normalize.sentences import sentence_spans

GOLDEN = Path(__file__).parent / "golden"
SAMPLES = sorted((SEEDS / "articles").glob("*.txt"))
OTHERWISE = {
    ("000", "6", "حربها"): "the target is UKR, named only as the neighbouring country",
    ("000", "8", "نفى"): "125 RUS>USA: he rules out talks",
    ("000", "14", "أبلغ"): "012: what he told him is his worry",
    ("000", "17", "مناقشته"): "no event: the talks told before",
}
COLUMNS = ("sentence", "trigger", "code", "source", "target", "first_day", "last_day", "polarity", "modality")


def side(actor: Actor | None, default: str) -> str:
    """RUS:GOV;MIL, or - for nobody."""
    if actor is None:
        return f":{default}" if default else "-"
    return f"{actor.country or ''}:{';'.join(sorted(actor.roles))}"


def coded_rows(path: Path) -> list[dict[str, str]]:
    """Code a sample article, published on the day of its date line."""
    text = path.read_text(encoding="utf-8")
    line = find_dateline(text)
    assert line is not None, f"{path.name} has no date line"
    rows = []
    for number, coded in enumerate(ArticleCoder(shared_resources(), line.phrase.first_day).code_spans(list(sentence_spans(text)))):
        for event in coded.events:
            row, frame = event.candidate.row, event.candidate.frame
            rows.append(
                {
                    "sentence": str(number),
                    "trigger": coded.sentence.tokens[frame.trigger].text,
                    "code": event.code,
                    "source": side(event.source, row.source_default),
                    "target": side(event.target, row.target_default),
                    "first_day": str(event.when.first_day),
                    "last_day": str(event.when.last_day),
                    "polarity": event.candidate.polarity,
                    "modality": event.candidate.modality,
                }
            )
    return rows


def golden_rows(path: Path) -> list[dict[str, str]]:
    with (GOLDEN / f"{path.stem[:3]}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem[:3])
def test_sample_article_is_coded_row_by_row(path: Path) -> None:
    assert coded_rows(path) == golden_rows(path)


def test_the_samples_show_every_root() -> None:
    roots = {row["code"][:2] for path in SAMPLES for row in golden_rows(path)}
    assert roots == {f"{root:02}" for root in range(1, 21)}


def test_every_golden_file_has_its_article() -> None:
    assert {path.stem[:3] for path in SAMPLES} == {path.stem for path in GOLDEN.glob("*.csv")}


@pytest.mark.parametrize(("article", "sentence", "trigger"), OTHERWISE)
def test_rows_known_to_be_coded_otherwise_are_still_there(article: str, sentence: str, trigger: str) -> None:
    path = next(path for path in SAMPLES if path.stem.startswith(article))
    assert any((row["sentence"], row["trigger"]) == (sentence, trigger) for row in golden_rows(path))
