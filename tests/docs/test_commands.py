"""Every command that a page shows is run, and the pages know every command."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from flows.cli import reference
from flows.cli.app import app

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
# `serve` stays up and a cluster has a HOST (tests/flow runs both); all examples of the tables are tests of this suite.
ELSEWHERE = ("waqai serve", "waqai lexicon check")
START = re.compile(r"^\s*(?:\$ )?(?:\.venv/bin/)?(?=waqai )")
INLINE = re.compile(r"`(waqai [^`]+)`")
# What stands for a file of the reader's own in the pages.
PLACES = {
    "DIR": "data",
    "OLD": "data",
    "NEW": "data",
    "NAME": "",
    "PATH": "seeds/articles",
    "PATH...": "seeds/articles",
    "articles/": "seeds/articles",
}


def blocks(text: str) -> str:
    """Return the code blocks of a page: indented by four, or fenced."""
    fenced = re.findall(r"^```[a-z]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    indented = re.findall(r"(?:^ {4}.*\n)+", text, re.MULTILINE)
    return "\n".join([*fenced, *indented])


def commands_of(block: str) -> list[str]:
    """Return the commands of a code block; a quoted query may go over several lines, a comment may follow."""
    found, lines = [], block.splitlines()
    while lines:
        line = lines.pop(0)
        if not START.match(line):
            continue
        text = START.sub("", line)
        while text.count('"') % 2 and lines:
            text += f"\n{lines.pop(0)}"
        text = re.split(r"\s+(?:#|\|) ", text)[0].strip()
        found += [part.strip() for part in re.split(r"\s{3,}(?=waqai )", text)]
    return found


def documented(inline: bool = True) -> list[str]:
    """Return the commands of all pages, in code blocks and (unless `inline` is false) in the text."""
    found: dict[str, None] = {}
    for page in PAGES:
        if page == reference.PAGE:
            continue
        text = page.read_text(encoding="utf-8")
        found |= dict.fromkeys(commands_of(blocks(text)))
        if inline:
            found |= dict.fromkeys(part.strip() for part in INLINE.findall(text))
    return list(found)


def names() -> set[str]:
    return {name for name, _ in reference.commands(typer.main.get_command(app))}


def command_of(line: str) -> str:
    """Return the command of a line: `waqai sql` or `waqai lexicon check`."""
    words = line.split()
    return " ".join(words[:3]) if " ".join(words[:3]) in names() else " ".join(words[:2])


@pytest.mark.parametrize("line", documented())
def test_documented_commands_exist(line: str) -> None:
    groups = {"waqai lexicon", "waqai quarantine"}
    assert command_of(line) in names() | groups | {"waqai --help"}, line


def test_every_command_has_help_and_stands_on_some_page() -> None:
    shown = {command_of(line) for line in documented()}
    for name, command in reference.commands(typer.main.get_command(app)):
        assert command.help, name
        assert all(item.help for item in command.params if item.name != "help"), f"{name}: a parameter has no help"
        assert name in shown, f"no page but the reference shows {name}"


def test_command_reference_is_up_to_date() -> None:
    assert reference.PAGE.read_text(encoding="utf-8") == reference.page(), "run: python -m flows.cli.reference"


def test_help_is_quick() -> None:
    seconds = []
    for _ in range(3):
        begin = os.times()
        subprocess.run([sys.executable, "-m", "flows.cli", "--help"], cwd=ROOT, check=True, capture_output=True)
        end = os.times()
        seconds.append(end.children_user + end.children_system - begin.children_user - begin.children_system)
    assert min(seconds) < 0.5, "processor seconds of `waqai --help`"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a coded warehouse and the files that the pages speak of."""
    folder = tmp_path_factory.mktemp("reader")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    shutil.copy(ROOT / "waqai.toml", folder)
    text = (folder / "seeds" / "articles" / "000_5ed99b57b3e14e7d.txt").read_text(encoding="utf-8-sig")
    sentences = [line for line in text.splitlines() if line.strip()][:3]
    record = {"id": "a", "published": "2022-10-23", "sentences": sentences, "events": []}
    for name in ("GOLD.jsonl", "IN.jsonl"):
        (folder / name).write_text(json.dumps(record, ensure_ascii=False) + "\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli", "run", "seeds/articles", "--plain"], cwd=folder, capture_output=True, text=True,
        check=False, env=environment(folder),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder


def environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return {**kept, "WAQAI_WAREHOUSE": str(folder / "data"), "PYTHONPATH": f"{ROOT}{os.pathsep}{kept.get('PYTHONPATH', '')}"}


def runnable() -> list[str]:
    """The lines of code blocks that can be run as they stand: no bare placeholder is left, and they end by themselves."""
    lines = []
    for line in documented(inline=False):
        words = [PLACES.get(word, word) for word in shlex.split(line)]
        whole = len(words) > 2 or command_of(line) not in {
            "waqai run",
            "waqai sql",
            "waqai explain",
            "waqai backfill",
            "waqai diff",
        }
        if whole and line not in ELSEWHERE and "HOST" not in line and "..." not in " ".join(words) and command_of(line) in names():
            lines.append(line)
    return lines


def test_word_tables_pass_their_checks() -> None:
    from tasks.lexicon import cameo_codes, check_tables

    assert not check_tables(cameo_codes())


@pytest.mark.slow
@pytest.mark.parametrize("line", runnable())
def test_documented_commands_run(line: str, place: Path) -> None:
    words = [PLACES.get(word, word) for word in shlex.split(line)[1:]]
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli", *filter(None, words)], cwd=place, capture_output=True, text=True, check=False,
        env=environment(place), timeout=180,
    )  # fmt: skip
    assert done.returncode == 0, f"{line}\n{done.stdout[-1500:]}\n{done.stderr[-1500:]}"
    assert done.stdout or done.stderr
