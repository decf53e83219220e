"""Commands that code texts without a warehouse: predict, explain, dates, evaluate. None of them imports Prefect."""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from flows.cli.show import ERR, OUT, fail, is_terminal, print_rows


def day(text: str | None) -> date:
    """Return an ISO day, or today when none is given.

    Raises:
        ValueError: the text is no ISO day.
    """
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise ValueError(f"'{text}' is no day: write it as 2022-10-23") from None


def given_text(text: str) -> str:
    """Return the text itself, or standard input for `-`."""
    return sys.stdin.read() if text == "-" else text


def read_records(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of a JSON Lines file.

    Raises:
        ValueError: a line is no JSON object; the message names file and line.
    """
    with path.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
            except ValueError as error:
                raise ValueError(f"{path}, line {number}: no JSON ({error})") from None
            if not isinstance(record, dict):
                raise ValueError(f"{path}, line {number}: a JSON object is expected")
            yield record


def with_progress(records: Iterable[dict[str, Any]], total: int, what: str) -> Iterator[dict[str, Any]]:
    """Yield the records, with a progress bar on standard error where a person looks at it."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=ERR, transient=True, disable=not ERR.is_terminal) as bar:
        step = bar.add_task(what, total=total)
        for record in records:
            yield record
            bar.advance(step)


def predict_file(source: Path, target: Path) -> None:
    """Write predictions for the records of a file; the target appears complete or not at all."""
    from tasks.extract.predict import predict_records

    records = list(read_records(source))
    part = target.with_name(f"{target.name}.part")
    n_events = 0
    with part.open("w", encoding="utf-8") as out:
        for result in with_progress(predict_records(records), len(records), "coding"):
            n_events += len(result["events"])
            out.write(json.dumps(result, ensure_ascii=False, default=str) + "\n")
    part.replace(target)
    ERR.print(f"{len(records)} texts, {n_events} events: {target}", highlight=False, markup=False)


def show_dates(text: str, anchor: str | None) -> None:
    """Print the date phrases of a text as a table (as JSON where the output is piped)."""
    from tasks.normalize.dates import resolve_dates

    phrases = resolve_dates(given_text(text), day(anchor))
    rows = [
        {
            "phrase": phrase.text, "first_day": _iso(phrase.first_day), "last_day": _iso(phrase.last_day),
            "granularity": phrase.granularity, "value": phrase.value, "method": phrase.method,
            "certain": "yes" if phrase.is_certain else "no", "start": phrase.start, "end": phrase.end,
        }
        for phrase in phrases
    ]  # fmt: skip
    if is_terminal():
        print_rows(rows)
    else:
        for row in rows:
            print(json.dumps(row, ensure_ascii=False))


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None


def score_files(paths: list[Path], strict: bool, misses: int) -> None:
    """Code the texts of gold files and print the scores."""
    from schemas.seeds import SEEDS
    from tasks.evaluate import score_events
    from tasks.extract.predict import predict_records

    gold = [record for path in paths or [SEEDS / "gold" / "sample.jsonl"] for record in read_records(path)]
    if not gold:
        fail("these gold files hold no record")
    results = with_progress(predict_records(gold), len(gold), "coding")
    scores = score_events(gold, {result["id"]: result["events"] for result in results}, strict)
    rows = [{"what": name, **values} for name, values in (("root", scores.root), ("triple", scores.triple))]
    print_rows(rows, f"{scores.articles} articles{', first codes only' if strict else ''}")
    shares = {"local recall": scores.local_recall, "code": scores.code, "roles": scores.roles, "date": scores.date}
    print_rows([{"of the matched triples": name, "share": value} for name, value in shares.items()])
    print_rows([{"root": code, **values} for code, values in scores.by_root.items()], "by root")
    for kind in ("miss", "false alarm"):
        cases = [case for case in scores.cases if case.kind == kind][:misses]
        if cases:
            columns = ("id", "sentence", "code", "source", "target", "trigger", "text")
            print_rows([{name: getattr(case, name) for name in columns} for case in cases], f"{kind}: {len(cases)}")
    OUT.print()


def explain_text(text: str, published: str | None, html: Path | None, warehouse: Path | None) -> None:
    """Print why a text, or a stored event's article, is coded as it is; write it as a page where asked."""
    from flows.cli.explain import print_explanation
    from tasks.extract.explain import explain_text as explain

    stored = stored_article(text, warehouse) if is_event_id(text) else None
    if stored:
        explanation = explain(stored["text"], stored["published_day"], stored["title"] or "")
    else:
        explanation = explain(given_text(text), day(published))
    print_explanation(explanation)
    if html is not None:
        from tasks.report.explain_page import explanation_page

        html.write_text(explanation_page(explanation), encoding="utf-8")
        OUT.print(f"page: {html}", highlight=False, markup=False, soft_wrap=True)


def is_event_id(text: str) -> bool:
    """Return whether a text is an id of an event mention or an article, not a sentence."""
    return 12 <= len(text) <= 40 and all(letter in "0123456789abcdef" for letter in text)


def stored_article(event_id: str, warehouse: Path | None) -> dict[str, Any]:
    """Return the stored article of an event mention, an event or an article by its id.

    Raises:
        SystemExit: the warehouse has no such id.
    """
    from flows import steps
    from flows.folder import data_folder

    query = (
        "select text, title, published_day from raw_article where article_id = ? or article_id in "
        "(select article_id from core_event_mention where event_mention_id = ? or event_id = ?) limit 1"
    )
    rows = steps.query(data_folder(warehouse), query, (event_id, event_id, event_id))
    if not rows:
        fail(f"the warehouse has no event or article {event_id}")
    return rows[0]
