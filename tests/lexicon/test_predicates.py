"""Every row of the predicate tables is a test: its example must be coded as its expectation says."""

from datetime import date

import pytest

from schemas.seeds import SEEDS, read_seed
from tasks.extract.coding.coder import ArticleCoder, Event
from tasks.extract.coding.tables import load_tables
from tasks.extract.events import shared_resources

DAY = date(2023, 5, 10)
TABLES = sorted(p.stem for p in (SEEDS / "lexicon" / "predicates").glob("*.csv"))
ROWS = [
    pytest.param(row, id=f"{table}:{row['id']}")
    for table in TABLES
    for row in read_seed(f"lexicon/predicates/{table}").iter_rows(named=True)
    if row["example"] and row["expect"]
]


def side(text: str) -> tuple[str, set[str]]:
    """Read `RUS:GOV;MIL` as country and roles; `-` is nobody."""
    country, _, roles = text.partition(":")
    return country, {r for r in roles.split(";") if r}


def agrees(expected: str, event: Event) -> bool:
    code, _, pair = expected.partition(" ")
    if event.code != code:
        return False
    if not pair:
        return True
    source, _, target = pair.partition(">")
    row = event.candidate.row
    for text, actor, default in (
        (source, event.source, row.source_default),
        (target, event.target, row.target_default),
    ):
        country, roles = side(text)
        found = (actor.country or "-") if actor else "-"
        have = set(actor.roles) if actor else {default} - {""}
        if found != (country or "-") or (roles and not roles & have):
            return False
    return True


@pytest.mark.parametrize("row", ROWS)
def test_example_is_coded_as_expected(row: dict[str, str]) -> None:
    events = ArticleCoder(shared_resources(), DAY).code([row["example"]])[0].events
    told = [f"{e.code} {e.source and e.source.text}>{e.target and e.target.text} [{';'.join(e.candidate.rows)}]" for e in events]
    if row["expect"].split(" ")[0] == "none":
        assert not events, told
    else:
        assert any(agrees(row["expect"], e) for e in events), f"{row['expect']} expected, got {told}"


def test_row_ids_are_unique() -> None:
    ids = [row["id"] for table in TABLES for row in read_seed(f"lexicon/predicates/{table}").iter_rows(named=True)]
    assert len(ids) == len(set(ids)), sorted({i for i in ids if ids.count(i) > 1})


def test_verbs_of_predicates_are_in_the_verb_table() -> None:
    known = set(read_seed("lexicon/verbs")["lemma"].to_list())
    missing = sorted(set(load_tables().verbs) - known)
    assert not missing, f"{len(missing)} verbs without a row in verbs.csv: {missing[:20]}"


def test_light_verbs_are_in_the_verb_table() -> None:
    known = set(read_seed("lexicon/verbs")["lemma"].to_list())
    missing = sorted(set(load_tables().light_verbs) - known)
    assert not missing, f"{len(missing)} light verbs without a row in verbs.csv: {missing[:20]}"


def test_codes_are_cameo_codes() -> None:
    known = set(read_seed("cameo/codes")["code"].to_list()) | {"", "none"}
    tables = load_tables()
    used = {p.code for index in (tables.verbs, tables.nouns, tables.participles) for rows in index.values() for p in rows}
    used |= {code for table in tables.composition.values() for code in table.values() if code != "="}
    assert used <= known, sorted(used - known)


def test_every_act_has_a_definition() -> None:
    tables = load_tables()
    acts = {p.act for index in (tables.verbs, tables.nouns, tables.participles) for rows in index.values() for p in rows} - {""}
    assert acts <= set(tables.acts), sorted(acts - set(tables.acts))
