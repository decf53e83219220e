"""The compiled actor tables, kept under WAQAI_CACHE by the content of the tables and of the code that compiles them."""

import hashlib
import os
import pickle
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from schemas.seeds import SEEDS
from tasks.extract.actors.agent_table import compile_agents
from tasks.extract.actors.cells import cell, rows_of
from tasks.extract.actors.forms import name_key
from tasks.extract.actors.model import AgentRow, Form, Name, Nisba, Reading
from tasks.extract.actors.name_tables import NameIndex, NisbaIndex, compile_names

TABLES = ("agents", "organizations", "groups", "countries", "offices", "places", "given_names", "sets_modality")
CODE = ("lexicon.py", "agent_table.py", "name_tables.py", "cells.py", "forms.py", "model.py")


@dataclass
class ActorLexicon:
    """All that actor finding looks up; `words` remembers the readings of each written word."""

    agents: list[AgentRow] = field(default_factory=list)
    forms: dict[str, tuple[Form, ...]] = field(default_factory=dict)
    names: dict[str, tuple[tuple[tuple[str, ...], Name], ...]] = field(default_factory=dict)
    nisbas: dict[str, tuple[Nisba, ...]] = field(default_factory=dict)
    given_names: frozenset[str] = frozenset()
    motion: frozenset[str] = frozenset()  # forms of verbs of going somewhere
    words: dict[str, tuple[Reading, ...]] = field(default_factory=dict)

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "words": {}}


def _content_hash() -> str:
    digest = hashlib.sha256()
    here = Path(__file__).parent
    paths = [SEEDS / "lexicon" / f"{table}.csv" for table in TABLES] + [here / name for name in CODE]
    for path in paths:
        if path.exists():
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def load_actors() -> ActorLexicon:
    """Return the compiled tables, from the cache folder WAQAI_CACHE (default ~/.cache/waqai) when it has this very content."""
    folder = Path(os.environ.get("WAQAI_CACHE") or Path.home() / ".cache" / "waqai")
    path = folder / f"actors-{_content_hash()}.pickle"
    if path.exists():
        try:
            with path.open("rb") as stream:
                loaded: ActorLexicon = pickle.load(stream)  # noqa: S301 - our own cache file, never text from outside
            return loaded
        except (pickle.UnpicklingError, EOFError, AttributeError):
            path.unlink(missing_ok=True)  # a broken cache file is made again
    lexicon = compile_actors()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")
        draft.write_bytes(pickle.dumps(lexicon, protocol=5))
        draft.replace(path)
        for old in folder.glob("actors-*.pickle"):
            if old != path:
                old.unlink(missing_ok=True)
    except OSError:
        pass  # a read-only home costs start-up time, nothing else
    return lexicon


def compile_actors() -> ActorLexicon:
    """Return the lexicon compiled from the tables."""
    agents, forms = compile_agents()
    names: NameIndex = defaultdict(list)
    nisbas: NisbaIndex = defaultdict(list)
    compile_names(names, nisbas)
    return ActorLexicon(
        agents,
        forms,
        {key: tuple(sorted(entries, key=lambda entry: -len(entry[0]))) for key, entries in names.items()},
        {key: tuple(entries) for key, entries in nisbas.items()},
        frozenset(name_key(name) for row in rows_of("given_names") for name in cell(row, "names")),
        frozenset(name_key(row["word"]) for row in rows_of("sets_modality") if row["set"] == "motion"),
    )
