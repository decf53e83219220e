"""Page furniture: lines that belong to the page and not to the article (seeds/ingest/furniture.csv).

Scopes of the table: `line` drops one line; `stop` drops a heading and the short lines (links) under it; `class` parts
are cut out of the page before its text is read, `lead` parts are kept in front of it.
"""

import re
from functools import cache
from typing import NamedTuple

from schemas.seeds import read_seed

LONGEST_LINK = 120  # characters; a longer line under "related news" is text again
LONGEST_LINE = 400  # a paragraph is never furniture, whatever words it has


class _Rule(NamedTuple):
    match: str
    pattern: re.Pattern[str]

    def hits(self, line: str) -> bool:
        if self.match == "whole":
            return self.pattern.fullmatch(line) is not None
        found = self.pattern.match(line) if self.match == "start" else self.pattern.search(line)
        return found is not None


@cache
def _rules(scope: str) -> tuple[_Rule, ...]:
    table = read_seed("ingest/furniture")
    rows = table.filter(table["scope"] == scope).iter_rows(named=True)
    return tuple(_Rule(row["match"], re.compile(row["pattern"])) for row in rows)


@cache
def class_pattern(scope: str) -> re.Pattern[str]:
    """Return one pattern for the HTML class and id names of a scope (`part` or `lead`)."""
    table = read_seed("ingest/furniture")
    rows = table.filter((table["scope"] == scope) & (table["match"] == "class"))
    return re.compile("|".join(f"(?:{pattern})" for pattern in rows["pattern"].to_list()), re.I)


def is_furniture(line: str) -> bool:
    """Return whether a line (no line feed in it) is page furniture."""
    line = line.strip()
    return bool(line) and len(line) <= LONGEST_LINE and any(rule.hits(line) for rule in _rules("line"))


def _ends_article(line: str) -> bool:
    return len(line) <= LONGEST_LINK and any(rule.hits(line) for rule in _rules("stop"))


def furniture_lines(lines: list[str]) -> set[int]:
    """Return the indices of the lines that are furniture, links under a "related" heading included."""
    found: set[int] = set()
    under_heading = False
    for index, line in enumerate(lines):
        line = line.strip()
        if not line:
            continue
        if _ends_article(line):
            under_heading = True
            found.add(index)
        elif under_heading and len(line) <= LONGEST_LINK and not line.endswith((".", "؟", "!", "…", "؛")):
            found.add(index)
        else:
            under_heading = False
            if is_furniture(line):
                found.add(index)
    return found


def drop_furniture(text: str) -> str:
    """Return the text without furniture lines; the other lines are unchanged."""
    lines = text.split("\n")
    drop = furniture_lines(lines)
    return "\n".join(line for index, line in enumerate(lines) if index not in drop)


def blank_furniture(text: str) -> str:
    """Return the text with furniture lines replaced by as many spaces: every other character keeps its offset."""
    lines = text.split("\n")
    drop = furniture_lines(lines)
    return "\n".join(" " * len(line) if index in drop else line for index, line in enumerate(lines))
