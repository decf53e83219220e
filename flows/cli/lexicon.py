"""`waqai lexicon`: check, count, and find what the word tables lack."""

import itertools
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from flows.cli.show import ARABIC, OUT, fail, print_rows
from flows.folder import data_folder

ROOT = Path(__file__).resolve().parents[2]


def check(examples: bool) -> None:
    """Print the problems of all tables, then run every row's own example; end with code 1 when something is wrong."""
    from tasks.lexicon import cameo_codes, check_tables, table_names, tests_of_tables

    problems = check_tables(cameo_codes())
    if problems:
        print_rows([problem._asdict() for problem in problems], f"{len(problems)} problems")
    else:
        OUT.print(f"{len(table_names())} tables: letters, ids and codes are right")
    tests = tests_of_tables(ROOT) if examples else None
    failed = 0
    if tests is not None:
        command = [sys.executable, "-m", "pytest", "-q", "--tb=line", str(tests)]
        failed = subprocess.run(command, cwd=ROOT, check=False).returncode  # noqa: S603 (our own command)
    if problems or failed:
        fail("the tables need a hand: see above")


def stats() -> None:
    """Print the number of rows of each table."""
    from schemas.seeds import lexicon_version
    from tasks.lexicon import table_sizes

    rows = [{"table": name, "rows": n, "rows with an example": tested} for name, n, tested in table_sizes()]
    rows.append({name: sum(row[name] for row in rows) if name != "table" else "all" for name in rows[0]})  # type: ignore[misc]
    print_rows(rows, f"lexicon version {lexicon_version()}")


def texts(paths: list[str], warehouse: Path | None) -> Iterator[str]:
    """Yield the texts of files, or of the warehouse's articles when no path is given."""
    if paths:
        from tasks.ingest.read import read_paths

        yield from read_paths(paths)[0]["text"].to_list()
        return
    from flows.steps import query

    yield from (row["text"] for row in query(data_folder(warehouse), "select text from raw_article"))


def unknown_words(words: Iterable[str]) -> dict[str, str]:
    """Return the words of no table, which the morphology only guesses, with what they look like: `verb` or `word`."""
    from tasks.extract.morphology import load_morphology
    from tasks.lexicon import is_known, known_words

    known = known_words()
    words = [word for word in words if not is_known(word, known)]
    looks = {}
    for word, analyses in zip(words, load_morphology().analyse(words), strict=True):
        if all(analysis.kind == "nominal" for analysis in analyses):
            # يـ and سيـ begin an imperfect; few nouns do. It is a guess for a list that a person reads.
            looks[word] = "verb" if word.startswith(("ي", "سي", "وي", "ست")) and 3 < len(word) < 8 else "word"
    return looks


def candidates(paths: list[str], warehouse: Path | None, limit: int) -> None:
    """Print the most frequent unknown words, and unknown words right after a known title."""
    from tasks.normalize.tokens import tokenize

    counts: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for text in texts(paths, warehouse):
        words = [token.text for token in tokenize(text)]
        counts.update(words)
        pairs.update(itertools.pairwise(words))
    if not counts:
        fail("no text to look at: give files, or run some articles first (waqai run PATH)")
    frequent = [word for word, n in counts.most_common(60_000) if n > 1 and len(word) > 2 and ARABIC.match(word)]
    looks = unknown_words(frequent)
    for kind, title in (("verb", "unknown words that look like verbs"), ("word", "other unknown words")):
        rows = [{"word": word, "count": counts[word]} for word in frequent if looks.get(word) == kind]
        print_rows(rows[:limit], title)
    titles = title_words()
    named = [
        {"title": first, "name": second, "count": n}
        for (first, second), n in pairs.most_common()
        if first in titles and second in looks
    ]
    print_rows(named[:limit], "unknown names after a title")


def title_words() -> set[str]:
    """Return the single words of the agent table that stand before a name (رئيس، وزير، الناطق ...)."""
    from schemas.seeds import read_seed

    table = read_seed("lexicon/agents")
    lemmas = {word for word in table["lemma"].to_list() if " " not in word}
    return lemmas | {f"ال{word}" for word in lemmas}
