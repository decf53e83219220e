"""Checks of the word tables that need no coder: letters, ids, codes, lists. Tables in, problems out.

What a row codes to is tested by the row's own example (tests/lexicon); this is what a spreadsheet can spoil.
"""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polars as pl

from schemas.seeds import SEEDS, read_seed
from tasks.normalize.clitics import noun_splits
from tasks.normalize.letters import fold

# Letters that look right and match nothing: presentation forms, tatweel, direction controls, Persian yeh and kaf.
_WRONG = {
    re.compile("[\ufb50-\ufdff\ufe70-\ufeff]"): "presentation form (write ordinary letters)",
    re.compile(r"(?<!ه)\u0640(?!\d)"): "tatweel",  # but هـ marks the Hijri year, and الـ48 an article before digits
    re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069]"): "invisible control character",
    re.compile("[\u06cc\u06a9]"): "Persian yeh or kaf (write ي or ى, ك)",
    re.compile("  "): "two spaces",
}
_CODE_COLUMNS = ("code", "default_code", "negative_code")
_CODE = re.compile(r"\d{2,4}(?=\s|$)")
# A column that lists variants may hold the odd letters on purpose: there they are data.
_FREE_TABLES = ("ingest/furniture", "lexicon/letters")
_FREE_COLUMNS = ("rule", "note")


class Problem(NamedTuple):
    """One finding: table, line of the file (the header is line 1), column, and what to do."""

    table: str
    line: int
    column: str
    what: str


def table_names() -> list[str]:
    """Return the names of all word tables as `schemas.seeds.read_seed` takes them."""
    return sorted(str(path.relative_to(SEEDS).with_suffix("")) for path in (SEEDS / "lexicon").rglob("*.csv"))


def check_cell(text: str) -> Iterator[str]:
    """Yield what is wrong with the letters of a cell."""
    if not text:
        return
    if unicodedata.normalize("NFC", text) != text:
        yield "not in Unicode form NFC"
    for pattern, what in _WRONG.items():
        if pattern.search(text):
            yield what


def check_code(text: str, codes: frozenset[str]) -> Iterator[str]:
    """Yield what is wrong with a CAMEO code; `none` (no event), `=` (as the content) and an empty cell are right."""
    if text in ("", "none", "-", "=") or text in codes:
        return
    hint = f"; {text.zfill(len(text) + 1)}? spreadsheets drop the zero" if f"0{text}" in codes else ""
    yield f"'{text}' is no CAMEO code{hint}"


def check_table(name: str, table: pl.DataFrame, codes: frozenset[str]) -> list[Problem]:
    """Return the problems of one table.

    Args:
        name: its name, for the messages.
        table: all cells text, as `read_seed` gives it.
        codes: the CAMEO codes.
    """
    found = []
    seen: dict[str, int] = {}
    for line, row in enumerate(table.iter_rows(named=True), start=2):
        for column, text in row.items():
            problems = [] if name in _FREE_TABLES or column in _FREE_COLUMNS else list(check_cell(text))
            if column in _CODE_COLUMNS:
                problems += check_code(text, codes)
            if column == "expect" and _CODE.match(text):
                problems += check_code(text.split()[0], codes)
            if ";" in text and column not in ("example", "note", "expect") and not all(part.strip() for part in text.split(";")):
                problems.append("an empty item in a list")
            found += [Problem(name, line, column, problem) for problem in problems]
        key = row.get("id", "")
        if key and key in seen:
            found.append(Problem(name, line, "id", f"'{key}' stands in line {seen[key]} already"))
        seen.setdefault(key, line)
    return found


def check_tables(codes: frozenset[str]) -> list[Problem]:
    """Return the problems of all word tables; an unreadable file is a problem of its own."""
    found = []
    for name in table_names():
        try:
            table = read_seed(name)
        except pl.exceptions.PolarsError as error:
            found.append(Problem(name, 0, "", f"cannot be read as CSV: {error}"))
            continue
        found += check_table(name, table, codes)
    return found


def cameo_codes() -> frozenset[str]:
    """Return all CAMEO codes of the registry."""
    return frozenset(read_seed("cameo/codes")["code"].to_list())


def table_sizes() -> list[tuple[str, int, int]]:
    """Return (table, rows, rows with an example of their own)."""
    rows = []
    for name in table_names():
        table = read_seed(name)
        with_example = table.filter(pl.col("example") != "").height if "example" in table.columns else 0
        rows.append((name, table.height, with_example))
    return rows


def known_words() -> frozenset[str]:
    """Return the folded words of all cells that hold words (examples and notes left out)."""
    found: set[str] = set()
    for name in table_names():
        table = read_seed(name)
        for column in set(table.columns) - {"id", "example", "expect", "note", "gloss"}:
            for cell in table[column].unique().to_list():
                found.update(fold(word) for word in re.findall(r"[\u0621-\u0652\u0670]+", cell))
    return frozenset(found)


def is_known(word: str, known: frozenset[str]) -> bool:
    """Return whether a word, or what is left of it without a particle in front, stands in some table."""
    key = fold(word)
    return any(split.stem in known for split in noun_splits(key))


def tests_of_tables(root: Path) -> Path | None:
    """Return the folder of the tests that run every row's example, where this is a checkout."""
    folder = root / "tests" / "lexicon"
    return folder if folder.is_dir() else None
