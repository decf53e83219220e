"""How results look in a terminal: tables with Arabic that reads right, and plain text where output is piped."""

import re
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

OUT = Console()
ERR = Console(stderr=True)

LONG = 80  # characters; a table cuts longer cells, the other formats give all of them
NARROW = 10  # characters; where the columns would get less than this, rows are printed as records
ARABIC = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# Isolates keep an Arabic cell from moving its neighbours; the controls of a hostile text are taken out first.
FIRST_STRONG, RIGHT_TO_LEFT, POP = "\u2068", "\u2067", "\u2069"
CONTROLS = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def clean(value: object) -> str:
    """Return a value as one line without control characters (no escape sequence of a text reaches the terminal)."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, list | tuple):
        return " ".join(clean(item) for item in value)
    return " ".join(CONTROLS.sub("", str(value).replace("\n", " ")).split())


def isolated(value: object) -> str:
    """Return a cell's text; on a terminal inside an isolate where it holds Arabic, so that its neighbours stay put."""
    text = clean(value)
    if not ARABIC.search(text) or not OUT.is_terminal:
        return text
    first = next(letter for letter in text if letter.isalpha())
    return f"{RIGHT_TO_LEFT if ARABIC.match(first) else FIRST_STRONG}{text}{POP}"


def shortened(value: object) -> str:
    """Return a cell's text, cut where it is longer than a table can show."""
    text = clean(value)
    return text if len(text) <= LONG else f"{text[: LONG - 1].rstrip()}…"


def is_number(value: object) -> bool:
    """Return whether a cell belongs to the right edge of its column."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def print_rows(rows: Sequence[Mapping[str, Any]], title: str = "", columns: Sequence[str] | None = None) -> None:
    """Print rows as a table; an empty result says so."""
    if not rows:
        OUT.print(f"[dim]{title + ': ' if title else ''}no rows[/dim]")
        return
    names = list(columns or rows[0])
    if len(names) * NARROW > OUT.width:
        print_records(rows, names, title)
        return
    table = Table(title=title or None, title_justify="left", header_style="bold", row_styles=["", "dim"], pad_edge=False)
    from rich.text import Text

    for name in names:
        numeric = all(row.get(name) is None or is_number(row.get(name)) for row in rows)
        arabic = any(ARABIC.match(clean(row.get(name))) for row in rows[:50])
        table.add_column(name, justify="right" if numeric or arabic else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(isolated(shortened(row.get(name)))) for name in names))
    OUT.print(table)


def print_records(rows: Sequence[Mapping[str, Any]], names: Sequence[str], title: str = "") -> None:
    """Print rows one under the other, a line for each column: for results that are wider than the terminal."""
    from rich.text import Text

    if title:
        OUT.print(Text(title))
    longest = max(map(len, names))
    for number, row in enumerate(rows, start=1):
        OUT.rule(f"[dim]row {number}[/dim]", align="left", style="dim")
        for name in names:
            OUT.print(Text(f"{name:>{longest}}  ", style="bold") + Text(isolated(row.get(name)), style="default"))


def is_terminal() -> bool:
    """Return whether a person looks at the output."""
    return sys.stdout.isatty()


def fail(message: str, code: int = 1) -> None:
    """Print what is wrong and what to do, and end the program.

    Raises:
        SystemExit: always.
    """
    from rich.text import Text

    ERR.print(Text("waqai: ", style="bold red") + Text(clean(message), style="default"))
    raise SystemExit(code)
