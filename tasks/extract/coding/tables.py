"""The tables of event coding, read from `seeds/lexicon/` and indexed for lookup.

In: predicates/*.csv, sets*.csv, acts*.csv, composition*.csv, light_verbs*.csv (columns are described in docs/add_a_word.md).
Out: one `CodingTables`, the same for every sentence.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

import polars as pl

from schemas.seeds import SEEDS, read_seed
from tasks.extract.morphology import load_morphology
from tasks.normalize.letters import fold


class Condition(NamedTuple):
    """One condition of a row: `slot` must be filled, by an actor or by one of `words` when given; `has` looks in the clause."""

    slot: str
    words: frozenset[str]
    wants_actor: bool
    negated: bool
    wants_place: bool = False
    wants_person: bool = False


NOUNS_IN_YEH = frozenset({"دوري"})  # a league: دورية is a patrol


@dataclass(frozen=True, slots=True)
class Predicate:
    """One row of predicates/*.csv: a word in one sense, and what it codes to."""

    row: str
    kind: str
    code: str
    act: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    content: tuple[str, ...]
    needs: tuple[Condition, ...]
    reciprocal: bool
    alone: bool
    source_default: str
    target_default: str
    negative_code: str

    @property
    def weight(self) -> int:
        return len(self.needs)


class Act(NamedTuple):
    """A kind of speech act: its code when the content is unknown, whether that is itself asserted, and who of it is meant."""

    code: str
    is_asserted: bool
    target_from: str


class LightVerb(NamedTuple):
    """A verb that only carries an event noun: شن هجوما. `slot` holds the noun, `role` is what the verb's subject is to it."""

    row: str
    slot: str
    role: str
    phase: str


@dataclass
class CodingTables:
    """All tables of event coding."""

    verbs: dict[str, list[Predicate]] = field(default_factory=lambda: defaultdict(list))
    nouns: dict[str, list[Predicate]] = field(default_factory=lambda: defaultdict(list))
    participles: dict[str, list[Predicate]] = field(default_factory=lambda: defaultdict(list))
    acts: dict[str, Act] = field(default_factory=dict)
    composition: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    light_verbs: dict[str, list[LightVerb]] = field(default_factory=lambda: defaultdict(list))
    sets: dict[str, frozenset[str]] = field(default_factory=dict)

    @property
    def unreal(self) -> frozenset[str]:
        """Nouns that make what follows a possibility (set `unreal`)."""
        return self.sets.get("unreal", frozenset())

    @cached_property
    def sites(self) -> dict[str, str]:
        """Words for houses and vehicles and the role of those in them (sets `site_CVL`, `site_HLH` ...)."""
        return {word: name.removeprefix("site_") for name, words in self.sets.items() if name.startswith("site_") for word in words}

    @cached_property
    def speech(self) -> frozenset[str]:
        """Lemmas of verbs of saying: those with a row whose act relays."""
        relays = {act for act, definition in self.acts.items() if definition.is_asserted}
        return frozenset(lemma for lemma, rows in self.verbs.items() if any(row.act in relays for row in rows))


def _tables(stem: str) -> pl.DataFrame:
    """Return all tables whose name begins with `stem`, stacked (themes are kept in files of their own)."""
    names = sorted(p.relative_to(SEEDS).with_suffix("").as_posix() for p in (SEEDS / "lexicon").glob(f"{stem}*.csv"))
    return pl.concat([read_seed(name) for name in names], how="diagonal").fill_null("") if names else pl.DataFrame()


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _slots(cell: str) -> tuple[str, ...]:
    """Slots are compared folded, as prepositions are written with and without hamza."""
    return tuple(word_key(part) for part in _list(cell))


@lru_cache(maxsize=1 << 16)
def word_key(word: str) -> str:
    """Return how a word of a table is compared: no marks, hamza folded."""
    return fold(word)


@cache
def lemma_keys(word: str) -> frozenset[str]:
    """Return the keys under which a table word may meet a word of a text: as written and as its singular (محادثات, محادثة)."""
    keys = {word_key(word)}
    if " " not in word:
        reading = load_morphology().analyse([word])[0][-1]
        if reading.kind not in ("verb", "nominal") and not reading.proclitics and not reading.enclitic:
            keys.add(word_key(reading.lemma))
    return frozenset(keys)


def parse_condition(text: str, sets: dict[str, frozenset[str]]) -> Condition:
    """Read one condition: SLOT, SLOT:actor, SLOT:place, SLOT:@set, SLOT:word|word, has:word|@set; `!` negates.

    Raises:
        KeyError: it names a set that no table holds.
    """
    negated = text.startswith("!")
    slot, _, value = text.lstrip("!").partition(":")
    words: set[str] = set()
    for part in filter(None, (p.strip() for p in value.split("|"))):
        if part.startswith("@"):
            words |= sets[part[1:]]
        elif part not in ("actor", "place", "person"):
            words |= lemma_keys(part)
    adjectives = {w for w in words if w.endswith("ي") and w not in NOUNS_IN_YEH}  # in both genders
    words |= {w + "ة" for w in adjectives} | {w[:-1] for w in words if w.endswith("ية")}
    found = Condition(word_key(slot.strip()), frozenset(words), "actor" in value.split("|"), negated)
    return found._replace(wants_place=value == "place", wants_person=value == "person")


def _read_sets() -> dict[str, frozenset[str]]:
    grouped: dict[str, set[str]] = defaultdict(set)
    for row in _tables("sets").iter_rows(named=True):
        grouped[row["set"].lstrip("@")] |= lemma_keys(row["word"])
    return {name: frozenset(words) for name, words in grouped.items()}


def _predicate(row: dict[str, str], sets: dict[str, frozenset[str]]) -> Predicate:
    verb = row["kind"] == "verb"
    return Predicate(
        row=row["id"],
        kind=row["kind"],
        code=row["code"],
        act=row["act"],
        source=_slots(row["source"]) or (("subj",) if verb else ("subj", "gen", "adj", "من قبل", "علي يد")),
        target=_slots(row["target"]),
        content=_slots(row["content"]),
        needs=tuple(parse_condition(c, sets) for c in _list(row["needs"])),
        reciprocal=row["reciprocal"] == "y",
        alone=row["alone"] != "n",
        source_default=row["source_default"],
        target_default=row["target_default"],
        negative_code=row["negative_code"],
    )


def _read_predicates(tables: CodingTables) -> None:
    place = {"verb": tables.verbs, "noun": tables.nouns, "participle": tables.participles}
    for row in _tables("predicates/").iter_rows(named=True):
        predicate = _predicate(row, tables.sets)
        for lemma in _list(row["lemma"]):
            for key in (lemma,) if row["kind"] == "verb" else lemma_keys(lemma):
                if predicate not in place[row["kind"]][key]:
                    place[row["kind"]][key].append(predicate)
    for index in place.values():
        for rows in index.values():
            rows.sort(key=lambda p: -p.weight)  # stable: file order decides ties


@cache
def load_tables() -> CodingTables:
    """Read and index all coding tables once."""
    tables = CodingTables(sets=_read_sets())
    _read_predicates(tables)
    for row in _tables("acts").iter_rows(named=True):
        tables.acts[row["act"]] = Act(row["default_code"], row["asserted"] == "y", row.get("target_from") or "")
    for row in _tables("composition").iter_rows(named=True):
        tables.composition[row["act"]][row["content"]] = row["code"]
    for row in _tables("light_verbs").iter_rows(named=True):
        light = LightVerb(row.get("id") or f"light-{row['verb']}", word_key(row["slot"]), row["role"], row["phase"])
        for verb in _list(row["verb"]):
            tables.light_verbs[verb].append(light)
    return tables


def compose(tables: CodingTables, act: str, content_code: str) -> str:
    """Return the code of speech act x content: the longest prefix of the content's own code that the table has.

    A cell `=` keeps the content's own code: who decides to expel, expels.


    >>> from tasks.extract.coding.tables import compose, load_tables
    >>> compose(load_tables(), "appeal", "0871")[:3]
    '025'
    """
    table = tables.composition.get(act, {})
    for length in range(len(content_code), 0, -1):
        if (code := table.get(content_code[:length])) is not None:
            return content_code.removeprefix("!") if code == "=" else code
    return tables.acts[act].code if act in tables.acts else ""
