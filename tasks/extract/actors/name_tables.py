"""Proper names and country adjectives: organizations, groups, countries, offices and places.

Column `ambiguous` of countries.csv and places.csv gives a name conditions, `name:kind` or `name:kind:word+word`: context (only
where the morphology knows no other word), place (a place, not its government), not_before and not_after (neighbours that make it
another word), never.
"""

import re
from collections import defaultdict

from tasks.extract.actors.cells import cell, roles_of, rows_of
from tasks.extract.actors.forms import name_key, nisba_forms, noun_key, plural_forms
from tasks.extract.actors.model import Name, Nisba

NameIndex = defaultdict[str, list[tuple[tuple[str, ...], Name]]]
NisbaIndex = defaultdict[str, list[Nisba]]
_PARTED = re.compile(r"(?<!\S)عبد(?=ال\S{3})")
_JOINED = re.compile(r"(?<!\S)(عبد|[أا]بو|[أا]بي) (?=\S)")


def compile_names(names: NameIndex, nisbas: NisbaIndex) -> None:
    """Fill `names` (first word -> further words and row) and `nisbas` (form -> rows) from all tables of names."""
    _compile_bodies("organizations", "organization", names, nisbas)
    _compile_bodies("groups", "group", names, nisbas)
    _compile_countries(names, nisbas)
    _compile_offices(names)
    _compile_places(names)


def _add_name(names: NameIndex, text: str, name: Name) -> None:
    """Enter a name as written, and with عبدالله, ابومازن both joined and parted."""
    for variant in dict.fromkeys((text, _JOINED.sub(r"\1", text), _PARTED.sub("عبد ", text))):
        head, *tail = (name_key(part) for part in variant.replace("-", " - ").split())
        names[head].append((tuple(tail), name))


def _add_nisbas(nisbas: NisbaIndex, row: dict[str, str], country: str, roles: tuple[str, ...]) -> None:
    loaded = row.get("is_loaded") == "y"
    for stem in cell(row, "nisba"):
        head, _, rest = stem.partition(" ")
        if not rest:
            for form, gender, number in nisba_forms(head):
                nisbas[noun_key(form)].append(Nisba(row["id"], country, roles, gender, number, loaded))
    for plural in cell(row, "nisba_plurals"):
        for form, _ in plural_forms(plural):
            nisbas[noun_key(form)].append(Nisba(row["id"], country, roles, "m", "p", loaded))


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
        found[text].append((kind, frozenset(name_key(word) for word in listed.split("+") if word)))
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


def _compile_countries(names: NameIndex, nisbas: NisbaIndex) -> None:
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


def _compile_bodies(table: str, kind: str, names: NameIndex, nisbas: NisbaIndex) -> None:
    for row in rows_of(table):
        roles = roles_of(cell(row, "roles"), row["id"])
        own = cell(row, "names")
        name = Name(
            row["id"],
            kind,
            own[0],
            row["country"],
            roles,
            row.get("from") or "",
            row.get("to") or "",
            row.get("gender") or "f",
            row.get("number") or "s",
            row.get("is_loaded") == "y",
            frozenset(name_key(w) for w in cell(row, "after")),
            frozenset(name_key(w) for w in cell(row, "not_before")),
            False,
        )
        for text in own:
            _add_name(names, text, name)
        for text in cell(row, "bare_names"):  # names that are also common words
            _add_name(names, text, name._replace(is_weak=True))
        _add_nisbas(nisbas, row, row["country"], roles)


def _compile_offices(names: NameIndex) -> None:
    for row in rows_of("offices"):
        roles = roles_of(cell(row, "roles"), row["id"])
        person = Name(
            row["id"],
            "person",
            row["person"],
            row["country"],
            roles,
            row.get("from") or "",
            row.get("to") or "",
            row.get("gender") or "m",
            "s",
            False,
            frozenset(),
            frozenset(),
            False,
        )
        for text in dict.fromkeys([row["person"], *cell(row, "variants")]):
            _add_name(names, text, person._replace(is_weak=" " not in text))
        for text in cell(row, "surname"):
            _add_name(names, text, person._replace(is_weak=True))


def _compile_places(names: NameIndex) -> None:
    for row in rows_of("places"):
        conditions = _conditions(row)
        for text in cell(row, "names"):
            name = _plain(row["id"], "place", text, row["iso3"])
            conditioned = _conditioned(name, [*conditions.get("", []), *conditions.get(text, [])])
            if conditioned is not None:
                _add_name(names, text, conditioned)
