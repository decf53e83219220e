"""An explanation in the terminal: the sentence with its spans in colour, event cards, words, what was rejected."""

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from flows.cli.show import OUT, clean, isolated
from schemas.explain import ExplainedEvent, ExplainedSentence, Explanation, Party, Span

COLOURS = {
    "source": "bold cyan",
    "target": "bold magenta",
    "trigger": "bold yellow",
    "date": "green",
    "place": "blue",
    "attributed": "italic cyan",
    "actor": "cyan",
}


def marked(text: str, sentence: ExplainedSentence) -> Text:
    """Return the sentence with its spans in colour; an inner span lies over an outer one."""
    line = Text(isolated(text[sentence.start : sentence.end]), justify="right")
    # isolated() may drop control characters; marks are set only where every character kept its place.
    if clean(text[sentence.start : sentence.end]) != text[sentence.start : sentence.end]:
        return line
    first = line.plain.index(text[sentence.start : sentence.end]) - sentence.start
    for span in sorted(sentence.spans, key=lambda span: span.start - span.end):
        line.stylize(COLOURS.get(span.kind, ""), span.start + first, span.end + first)
    return line


def party(side: Party) -> str:
    """Return one side of an event in one line: country, roles, name, how it was resolved."""
    if not (side.text or side.name or side.country or side.roles):
        return "nobody is named"
    code = f"{side.country or '?'}{':' + ';'.join(side.roles) if side.roles else ''}"
    rows = f" [{', '.join(side.rows)}]" if side.rows else ""
    return f"{code}  {isolated(side.name or side.text)}  ({side.method or 'stated'}){rows}"


def card(event: ExplainedEvent) -> Panel:
    """Return one event as a card: who did what to whom, when, where, and the steps that led to the code."""
    days = event.first_day if event.first_day == event.last_day else f"{event.first_day} to {event.last_day}"
    lines = {
        "source": party(event.source),
        "target": party(event.target),
        "when": f"{days or 'unknown'}  ({event.date_method}{': ' + isolated(event.date_text) if event.date_text else ''})",
        "where": isolated(event.place),
        "is": ", ".join(part for part in (event.polarity, event.modality) if part),
        "said by": party(event.attributed) if event.attributed.text else "",
        "rows": ", ".join(event.rows),
    }
    table = Table.grid(padding=(0, 2))
    for name, value in lines.items():
        if value:
            table.add_row(Text(name, style="dim"), Text(value))
    for number, step in enumerate(event.steps, start=1):
        table.add_row(Text(f"step {number}", style="dim"), Text(isolated(step)))
    title = Text(f" {event.number}: {event.code} {event.code_name}, {isolated(event.trigger)} ")
    return Panel(table, title=title, title_align="left", subtitle=f"Goldstein {event.goldstein:g}, quad class {event.quad_class}")


def words(sentence: ExplainedSentence) -> Table:
    """Return the words with lemma, kind, features and lexicon row."""
    table = Table(box=None, header_style="dim", pad_edge=False)
    for name in ("word", "lemma", "kind", "features", "row"):
        table.add_column(name, justify="right" if name in ("word", "lemma") else "left")
    for word in sentence.words:
        table.add_row(*(Text(isolated(value)) for value in (word.text, word.lemma, word.kind, word.features, word.row)))
    return table


def others(spans: tuple[Span, ...]) -> str:
    """Return actors and dates that belong to no event."""
    return "; ".join(f"{span.kind} {span.label}" for span in spans if not span.event and span.kind in ("actor", "date"))


def print_explanation(explanation: Explanation) -> None:
    """Print all sentences of an explanation."""
    OUT.print(Text(f"published {explanation.published or 'unknown'}, lexicon {explanation.lexicon_version}", style="dim"))
    for sentence in explanation.sentences:
        parts: list[RenderableType] = [marked(explanation.text, sentence), words(sentence)]
        parts += [card(event) for event in sentence.events]
        if not sentence.events:
            parts.append(Text("no event", style="bold"))
        if found := others(sentence.spans):
            parts.append(Text(f"also found: {isolated(found)}", style="dim"))
        for rejected in sentence.rejected:
            line = f"rejected: {isolated(rejected.trigger)} ({rejected.row}): {isolated(rejected.reason)}"
            parts.append(Text(line, style="dim"))
        OUT.print(Group(*parts))
        OUT.print()
