"""What the Prefect UI shows of a run: Markdown and tables under stable keys, so that each key has a history.

The functions that write text are plain and take plain values; `publish` alone talks to Prefect. Text from outside
(titles, names, reasons) is escaped: an artifact is a web page.
"""

import html
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flows.outcomes import Outcome

KEYS = ("summary", "newest-events", "quarantine", "quality")


def cell(value: object) -> str:
    """Return a value as the text of one Markdown table cell; nothing in it can act as Markdown or HTML."""
    text = "" if value is None else str(value)
    text = html.escape(text, quote=False).replace("|", "&#124;").replace("`", "&#96;")
    return " ".join(text.replace("[", "&#91;").replace("]", "&#93;").replace("*", "&#42;").replace("_", "&#95;").split())


def table(header: Sequence[str], rows: Iterable[Sequence[object]], numbers: Sequence[int] = ()) -> str:
    """Return a Markdown table; the columns whose positions are in `numbers` stand to the right."""
    rule = ["--:" if position in numbers else "---" for position in range(len(header))]
    lines = [header, rule, *([cell(value) for value in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def rtl(text: str) -> str:
    """Return Markdown to be read from right to left (the blank lines make Prefect render what is inside)."""
    return f'<div dir="rtl">\n\n{text}\n\n</div>'


def summary(outcome: Outcome) -> str:
    """Return the page of one run: what happened in one sentence, then counts by step and by source."""
    name, sentence = outcome.state()
    steps = [
        ("read", "articles given by the sources", outcome.n_read),
        ("read", "new articles", outcome.n_new),
        ("code", "batches", outcome.n_batches),
        ("code", "batches left by a run that died", outcome.n_resumed),
        ("code", "sentences", outcome.n_sentences),
        ("code", "date mentions", outcome.n_dates),
        ("code", "actor mentions", outcome.n_actors),
        ("code", "event mentions", outcome.n_events),
        ("load", "event mentions new to the warehouse", outcome.n_added),
        ("all", "in quarantine", outcome.n_quarantined),
    ]
    sources = [(s.name, s.n_read, s.n_new, s.n_quarantined, s.error or "ok") for s in outcome.sources]
    seconds = ", ".join(f"{step} {value:.1f} s" for step, value in outcome.seconds.items())
    return "\n\n".join(
        [
            f"# {cell(name)}: {cell(sentence)}",
            table(("step", "what", "rows"), steps, (2,)),
            "## Sources",
            table(("source", "read", "new", "quarantined", "state"), sources, (1, 2, 3)),
            f"Time: {seconds}. Lexicon `{outcome.lexicon}`, run `{outcome.run_id}`.",
            f"Warehouse: `{outcome.folder}` (open it with `waqai sql`; page for readers: `waqai report`).",
            f"More of this run: artifacts {', '.join(f'`waqai-{key}`' for key in KEYS[1:])}.",
        ]
    )


def quarantine(counts: Mapping[str, int], examples: Sequence[Mapping[str, Any]]) -> str:
    """Return the page of the quarantine: how many by reason, and some of them."""
    if not counts:
        return "# Quarantine\n\nNothing was refused in this run."
    rows = sorted(counts.items(), key=lambda item: -item[1])
    parts = ["# Quarantine", table(("reason", "articles"), rows, (1,))]
    if examples:
        columns = list(examples[0])
        parts += ["## Some of them", table(columns, [[row.get(name) for name in columns] for row in examples])]
    parts.append("See all with `waqai quarantine list`, try again with `waqai quarantine retry`.")
    return "\n\n".join(parts)


def quality(history: Sequence[Mapping[str, Any]]) -> str:
    """Return the page of the last loads: how much came, how much of it was refused, how many events an article gave."""
    if not history:
        return "# Quality over time\n\nNothing was loaded yet."
    rows, yields, refused = [], [], []
    for load in history:
        label, articles = f"{load['loaded_at']:%Y-%m-%d %H:%M}", load["n_articles"] or 0
        rate = (load["n_event_mentions"] or 0) / articles if articles else 0.0
        rows.append((label, articles, load["n_event_mentions"], f"{rate:.2f}", load["n_quarantined"], load["lexicon_version"]))
        yields.append((label, round(rate, 2)))
        refused.append((label, float(load["n_quarantined"] or 0)))
    columns = ("load (UTC)", "articles", "event mentions", "mentions an article", "quarantined", "lexicon")
    return "\n\n".join(
        [
            "# Quality over time",
            "A sudden fall of mentions an article: a source or the lexicon changed. Look at the newest events.",
            "## Event mentions an article",
            bars(yields, "mentions an article"),
            "## In quarantine",
            bars(refused, "refused"),
            table(columns, reversed(rows), (1, 2, 3, 4)),
        ]
    )


def bars(counts: Sequence[tuple[str, float]], unit: str) -> str:
    """Return a small bar chart as inline SVG (no script, no network), oldest first."""
    top = max((value for _, value in counts), default=0) or 1
    width = max(1, len(counts)) * 26 + 10
    marks = []
    for position, (label, value) in enumerate(counts):
        height = 80 * value / top
        tip = f"<title>{html.escape(label)}: {value:g} {html.escape(unit)}</title>"
        place = f'x="{10 + 26 * position}" y="{90 - height:.1f}" width="20" height="{height:.1f}"'
        marks.append(f'<rect {place} fill="#2a6f97">{tip}</rect>')
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="100" role="img">{"".join(marks)}</svg>'


def publish(markdown: Mapping[str, str], tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """Store artifacts of the current run under `waqai-KEY`. A failure to store one never fails the run."""
    from prefect import get_run_logger
    from prefect.artifacts import create_markdown_artifact, create_table_artifact

    for key, text in markdown.items():
        try:
            create_markdown_artifact(text, key=f"waqai-{key}", description=text.splitlines()[0].lstrip("# "))
        except Exception as error:
            get_run_logger().warning("artifact %s was not stored: %s", key, error)
    for key, rows in tables.items():
        try:
            create_table_artifact([dict(row) for row in rows], key=f"waqai-{key}", description=f"{len(rows)} rows")
        except Exception as error:
            get_run_logger().warning("artifact %s was not stored: %s", key, error)
