"""The tables to join with, made from seeds/: codes, countries, roles, actors, and every lexicon table as lex_NAME."""

from collections.abc import Iterator
from datetime import date

import polars as pl

from schemas.cameo import QUAD_CLASSES, cameo_codes
from schemas.seeds import SEEDS, read_seed
from schemas.tables import DIM_ACTOR, DIM_CAMEO_CODE, DIM_COUNTRY, DIM_ROLE

ABOVE_STATES = {
    "IGO": ("Intergovernmental body", "منظمة حكومية دولية"),
    "IMG": ("Transnational armed movement", "حركة مسلحة عابرة للحدود"),
    "NGO": ("International non-governmental organisation", "منظمة دولية غير حكومية"),
    "INT": ("International community, unnamed foreigners", "المجتمع الدولي"),
}


def cameo_rows() -> pl.DataFrame:
    """Return the rows of dim_cameo_code."""
    codes = cameo_codes()
    notes = dict(read_seed("cameo/codes").select("code", "goldstein_note").iter_rows())
    rows = [
        {
            "code": c.code,
            "root_code": c.root,
            "name": c.name,
            "root_name": codes[c.root].name,
            "goldstein": c.goldstein,
            "goldstein_note": notes[c.code] or None,
            "quad_class": c.quad_class,
            "quad_name": QUAD_CLASSES[c.quad_class],
            "plover_type": c.plover_type or None,
            "plover_mode": c.plover_mode or None,
            "plover_context": c.plover_context or None,
        }
        for c in codes.values()
    ]
    return DIM_CAMEO_CODE.frame(rows)


def country_rows() -> pl.DataFrame:
    """Return the rows of dim_country: the countries of the lexicon and the codes above states."""
    numbers = {row["country_code"]: row for row in read_seed("cameo/country_codes").iter_rows(named=True)}
    rows: list[dict[str, object]] = [
        {"country_code": code, "name_en": names[0], "name_ar": names[1], "is_state": False} for code, names in ABOVE_STATES.items()
    ]
    for row in read_seed("lexicon/countries").iter_rows(named=True):
        if not row["iso3"] or row["is_loaded"] == "y" or row["iso3"] in ABOVE_STATES:
            continue
        other = numbers.get(row["iso3"], {})
        rows.append(
            {
                "country_code": row["iso3"],
                "name_en": row["name_en"],
                "name_ar": row["names"].split(";")[0],
                "is_state": True,
                "iso_number": other.get("iso_number") or None,
                "fips": other.get("fips") or None,
                "cow": int(other["cow"]) if other.get("cow") else None,
            }
        )
    return DIM_COUNTRY.frame(rows).unique("country_code", keep="first", maintain_order=True).sort("country_code")


def role_rows() -> pl.DataFrame:
    """Return the rows of dim_role."""
    return DIM_ROLE.conform(read_seed("cameo/roles"))


def _day(text: str) -> date | None:
    """Return the day of a lexicon cell: an ISO date, or only its year or month, which then begin on their first day."""
    parts = text.split("-") if text else []
    try:
        return date(*(int(part) for part in [*parts, "1", "1"][:3])) if parts else None
    except ValueError:
        return None


def actor_rows() -> pl.DataFrame:
    """Return the rows of dim_actor."""
    rows: list[dict[str, object]] = []
    for kind, table in (("country", "countries"), ("organization", "organizations"), ("group", "groups")):
        for row in read_seed(f"lexicon/{table}").iter_rows(named=True):
            rows.append(
                {
                    "lexicon_row": row["id"],
                    "name_ar": row["names"].split(";")[0],
                    "name_en": row.get("name_en") or None,
                    "country_code": row.get("iso3") or row.get("country") or None,
                    "roles": row.get("roles") or None,
                    "kind": kind,
                    "first_day": _day(row.get("from") or ""),
                    "last_day": _day(row.get("to") or ""),
                }
            )
    for row in read_seed("lexicon/offices").iter_rows(named=True):
        rows.append(
            {
                "lexicon_row": row["id"],
                "name_ar": row["person"],
                "name_en": row["name_en"] or None,
                "country_code": row["country"] or None,
                "roles": row["roles"] or None,
                "kind": "person",
                "first_day": _day(row["from"]),
                "last_day": _day(row["to"]),
            }
        )
    return DIM_ACTOR.frame(rows).unique("lexicon_row", keep="first", maintain_order=True)


def lexicon_tables() -> Iterator[tuple[str, pl.DataFrame]]:
    """Yield every table of seeds/lexicon as (lex_NAME, frame); the predicate tables as one, with their file's name."""
    predicates = []
    for path in sorted((SEEDS / "lexicon").glob("**/*.csv")):
        frame = read_seed(str(path.relative_to(SEEDS).with_suffix("")))
        if path.parent.name == "predicates":
            predicates.append(frame.with_columns(pl.lit(path.stem).alias("file")))
        elif frame.columns:
            yield f"lex_{path.stem}", frame
    if predicates:
        yield "lex_predicate", pl.concat(predicates, how="diagonal")
