"""Compile the actor tables into dictionaries, and keep the result under WAQAI_CACHE by content.

In: seeds/lexicon/{agents,organizations,groups,countries,offices,places}.csv. Out: `ActorLexicon`. A table that is not there yet
counts as empty; a malformed cell raises `ValueError` with its row id.
"""

import hashlib
import os
import pickle
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from schemas.seeds import SEEDS, read_seed
from tasks.extract.actors.forms import lemma_key, nisba_forms, noun_key, plural_forms, singular_forms
from tasks.extract.actors.model import ROLES, AgentRow, Form, Name, Nisba, Reading
from tasks.normalize.letters import fold_loose

TABLES = ("agents", "organizations", "groups", "countries", "offices", "places", "given_names")
_JOINED = re.compile(r"(?<!\S)(عبد|[أا]بو|[أا]بي) (?=\S)")
PSEUDO_COUNTRIES = ("IGO", "IMG", "NGO", "INT")


@dataclass
class ActorLexicon:
    """All that actor finding looks up; `words` remembers the readings of each written word."""

    agents: list[AgentRow] = field(default_factory=list)
    forms: dict[str, tuple[Form, ...]] = field(default_factory=dict)
    names: dict[str, tuple[tuple[tuple[str, ...], Name], ...]] = field(default_factory=dict)
    nisbas: dict[str, tuple[Nisba, ...]] = field(default_factory=dict)
    given_names: frozenset[str] = frozenset()
    words: dict[str, tuple[Reading, ...]] = field(default_factory=dict)

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "words": {}}


def cell(row: dict[str, str], column: str) -> list[str]:
    """Return the entries of a `;` list cell; an absent column is an empty list."""
    return [entry.strip() for entry in (row.get(column) or "").split(";") if entry.strip()]


def roles_of(entries: list[str], row_id: str) -> tuple[str, ...]:
    """Return `entries` as roles; raise ValueError for one that the coding guide does not have."""
    for entry in entries:
        if entry not in ROLES:
            raise ValueError(f"{row_id}: unknown role {entry!r}")
    return tuple(entries)


def rows_of(table: str) -> list[dict[str, str]]:
    """Return the rows of seeds/lexicon/TABLE.csv, none when the table does not exist."""
    if not (SEEDS / "lexicon" / f"{table}.csv").exists():
        return []
    return read_seed(f"lexicon/{table}").to_dicts()


def _content_hash() -> str:
    digest = hashlib.sha256()
    here = Path(__file__).parent
    paths = [SEEDS / "lexicon" / f"{table}.csv" for table in TABLES] + [
        here / name for name in ("tables.py", "forms.py", "model.py")
    ]
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
                loaded: ActorLexicon = pickle.load(stream)
            return loaded
        except (pickle.UnpicklingError, EOFError, AttributeError):
            path.unlink(missing_ok=True)  # a broken cache file is made again
    lexicon = compile_actors()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")
        draft.write_bytes(pickle.dumps(lexicon, protocol=5))
        draft.replace(path)
    except OSError:
        pass  # a read-only home costs start-up time, nothing else
    return lexicon


def compile_actors() -> ActorLexicon:
    """Return the lexicon compiled from the tables."""
    agents, forms = _compile_agents()
    names: defaultdict[str, list[tuple[tuple[str, ...], Name]]] = defaultdict(list)
    nisbas: defaultdict[str, list[Nisba]] = defaultdict(list)
    _compile_bodies("organizations", "organization", names, nisbas)
    _compile_bodies("groups", "group", names, nisbas)
    _compile_countries(names, nisbas)
    _compile_offices(names)
    _compile_places(names)
    return ActorLexicon(
        agents,
        forms,
        {key: tuple(sorted(entries, key=lambda entry: -len(entry[0]))) for key, entries in names.items()},
        {key: tuple(entries) for key, entries in nisbas.items()},
        frozenset(fold_loose(name) for row in rows_of("given_names") for name in cell(row, "names")),
    )


def _complements(row: dict[str, str]) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    found = []
    for entry in cell(row, "complements"):
        word, _, roles = entry.partition(":")
        keys = tuple(lemma_key(part) for part in word.split())
        found.append((keys, roles_of([role for role in roles.split("+") if role], row["id"])))
    return tuple(sorted(found, key=lambda item: -len(item[0])))


def _compile_agents() -> tuple[list[AgentRow], dict[str, tuple[Form, ...]]]:
    agents: list[AgentRow] = []
    forms: defaultdict[str, list[Form]] = defaultdict(list)
    for row in rows_of("agents"):
        index = len(agents)
        roles = roles_of(cell(row, "roles"), row["id"])
        traits = frozenset(cell(row, "traits"))
        agents.append(
            AgentRow(row["id"], row["kind"], roles, row.get("country") or "", row["human"] == "y", _complements(row), traits)
        )
        for form in _agent_forms(row, index):
            key, made = form
            if made not in forms[key]:
                forms[key].append(made)

    def order(form: Form) -> tuple[int, bool]:
        return -len(form.tail), agents[form.row].kind == "honorific"

    return agents, {key: tuple(sorted(entries, key=order)) for key, entries in forms.items()}


def _agent_forms(row: dict[str, str], index: int) -> list[tuple[str, Form]]:
    """Every written form of an agent word. A lemma of several words inflects in its first; agreeing adjectives are listed forms."""
    made = []
    gender, number = row["gender"], row["number"]

    def add(text: str, sex: str, count: str) -> None:
        head, *tail = (lemma_key(part) for part in text.split())
        made.append((head, Form(index, tuple(tail), sex, count)))

    def inflect(text: str, sex: str) -> None:
        head, _, rest = text.partition(" ")
        for form, count in singular_forms(head):
            add(f"{form} {rest}".strip(), sex, number if count == "s" and number else count)

    for column, sex in (("plurals", gender), ("feminine_plurals", "f")):
        for plural in cell(row, column):
            head, _, rest = plural.partition(" ")
            for form, count in plural_forms(head):
                add(f"{form} {rest}".strip(), sex, count)
    for lemma in cell(row, "lemma"):  # after the plurals: مدنيين is read as plural before dual
        inflect(lemma, gender)
    for lemma in cell(row, "feminine"):
        inflect(lemma, "f")
    return made


def _add_name(names: dict[str, list[tuple[tuple[str, ...], Name]]], text: str, name: Name) -> None:
    head, *tail = (fold_loose(part) for part in text.replace("-", " - ").split())
    names[head].append((tuple(tail), name))
    joined = _JOINED.sub(r"\1", text)
    if joined != text:  # عبدالله, ابومازن: written with or without space
        _add_name(names, joined, name)


def _add_nisbas(nisbas: dict[str, list[Nisba]], row: dict[str, str], country: str, roles: tuple[str, ...]) -> None:
    loaded = row.get("is_loaded") == "y"
    for stem in cell(row, "nisba"):
        head, _, rest = stem.partition(" ")
        if not rest:
            for form, gender, number in nisba_forms(head):
                nisbas[noun_key(form)].append(Nisba(row["id"], country, roles, gender, number, loaded))
    for plural in cell(row, "nisba_plurals"):
        for form, number in plural_forms(plural):
            nisbas[noun_key(form)].append(Nisba(row["id"], country, roles, "m", number, loaded))


def _plain(row_id: str, kind: str, name: str, country: str, roles: tuple[str, ...] = ()) -> Name:
    return Name(row_id, kind, name, country, roles, "", "", "f", "s", False, frozenset(), frozenset(), False)


def _conditions(row: dict[str, str]) -> dict[str, list[tuple[str, frozenset[str]]]]:
    """Return the cell `ambiguous` by name: (kind, words); `عمان:context` or `قطر:not_before:دائرة+ندى`."""
    found: defaultdict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for entry in cell(row, "ambiguous"):
        text, _, rest = entry.partition(":")
        kind, _, listed = rest.partition(":")
        if not rest:  # a place row has one name's condition for all
            text, kind = "", entry
        found[text].append((kind, frozenset(fold_loose(word) for word in listed.split("+") if word)))
    return found


def _conditioned(name: Name, conditions: list[tuple[str, frozenset[str]]]) -> Name | None:
    """Return `name` with its conditions, or None when it is never to be matched."""
    for kind, listed in conditions:
        if kind == "never":
            return None
        if kind in ("context", "not_name"):
            name = name._replace(is_weak=True)
        elif kind == "place" and name.kind != "country":
            name = name._replace(kind="place", roles=())
        elif kind == "not_before":
            name = name._replace(not_before=listed)
        elif kind == "not_after":
            name = name._replace(not_after=listed)
    return name


def _compile_countries(names: dict[str, list[tuple[tuple[str, ...], Name]]], nisbas: dict[str, list[Nisba]]) -> None:
    for row in rows_of("countries"):
        country, own, conditions = row["iso3"], cell(row, "names"), _conditions(row)
        gender = row.get("gender") or "f"
        entries = [(text, _plain(row["id"], "country", own[0], country)._replace(gender=gender)) for text in own]
        entries += [
            (text, _plain(row["id"], "capital", text, country, ("GOV",))) for text in cell(row, "capitals") if text not in own
        ]
        for entry in cell(row, "metonyms"):
            text, _, roles = entry.partition(":")
            listed = roles_of([role for role in roles.split("+") if role], row["id"])
            entries.append((text, _plain(row["id"], "metonym", text, country, listed)))
        for text, name in entries:
            conditioned = _conditioned(name, conditions.get(text, []))
            if conditioned is not None:
                _add_name(names, text, conditioned)
        _add_nisbas(nisbas, row, country, ())


def _compile_bodies(
    table: str, kind: str, names: dict[str, list[tuple[tuple[str, ...], Name]]], nisbas: dict[str, list[Nisba]]
) -> None:
    for row in rows_of(table):
        roles = roles_of(cell(row, "roles"), row["id"])
        own = cell(row, "names")
        name = Name(
            row["id"], kind, own[0], row["country"], roles, row.get("from") or "", row.get("to") or "", row.get("gender") or "f",
            row.get("number") or "s", row.get("is_loaded") == "y", frozenset(fold_loose(w) for w in cell(row, "after")),
            frozenset(fold_loose(w) for w in cell(row, "not_before")), False,
        )  # fmt: skip
        for text in own:
            _add_name(names, text, name)
        for text in cell(row, "bare_names"):  # names that are also common words
            _add_name(names, text, name._replace(is_weak=True))
        _add_nisbas(nisbas, row, row["country"], roles)


def _compile_offices(names: dict[str, list[tuple[tuple[str, ...], Name]]]) -> None:
    for row in rows_of("offices"):
        roles = roles_of(cell(row, "roles"), row["id"])
        person = Name(
            row["id"], "person", row["person"], row["country"], roles, row.get("from") or "", row.get("to") or "",
            row.get("gender") or "m", "s", False, frozenset(), frozenset(), False,
        )  # fmt: skip
        for text in dict.fromkeys([row["person"], *cell(row, "variants")]):
            _add_name(names, text, person._replace(is_weak=" " not in text))
        for text in cell(row, "surname"):
            _add_name(names, text, person._replace(is_weak=True))


def _compile_places(names: dict[str, list[tuple[tuple[str, ...], Name]]]) -> None:
    for row in rows_of("places"):
        conditions = _conditions(row)
        for text in cell(row, "names"):
            name = _plain(row["id"], "place", text, row["iso3"])
            conditioned = _conditioned(name, [*conditions.get("", []), *conditions.get(text, [])])
            if conditioned is not None:
                _add_name(names, text, conditioned)
