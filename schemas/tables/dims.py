"""Codes, countries and actors to join with; built from seeds/ at every load."""

from schemas.contract import Table, day, flag, integer, number, text

DIM_CAMEO_CODE = Table(
    name="dim_cameo_code",
    grain="One row per code of CAMEO 1.1b3 (316)",
    key=("code",),
    is_kept=False,
    careful=(
        "Below the root the numbering differs from that of GDELT and Phoenix (016, 018, 124, 163, 164, 166): "
        "join such data on the root, or with a map of versions.",
    ),
    columns=(
        text("code", "The code.", example="057", is_required=True),
        text("root_code", "Its root.", example="05", is_required=True),
        text("name", "English name in the manual."),
        text("root_name", "Name of the root."),
        number("goldstein", "Goldstein value, -10 to 10."),
        text("goldstein_note", "Where the value comes from, when it is not from the list."),
        integer("quad_class", "1, 2 verbal, material cooperation; 3, 4 verbal, material conflict."),
        text("quad_name", "The quad class in words."),
        text("plover_type", "PLOVER event type; null for roots 01 and 02."),
        text("plover_mode", "PLOVER mode."),
        text("plover_context", "PLOVER context."),
    ),
)

DIM_COUNTRY = Table(
    name="dim_country",
    grain="One row per country or code above countries (IGO, IMG, NGO, INT)",
    key=("country_code",),
    is_kept=False,
    columns=(
        text("country_code", "ISO 3166-1 alpha-3, or IGO, IMG, NGO, INT.", example="YEM", is_required=True),
        text("name_en", "English name."),
        text("name_ar", "Arabic name."),
        flag("is_state", "False for IGO, IMG, NGO, INT."),
        text("iso_number", "ISO 3166-1 numeric code, three digits.", example="887"),
        text("fips", "FIPS 10-4 code, as GDELT uses for places.", example="YM"),
        integer("cow", "Number of the state in the Correlates of War list.", example="678"),
    ),
)

DIM_ACTOR = Table(
    name="dim_actor",
    grain="One row per named actor of the lexicon (country, office holder, organisation, armed group)",
    key=("lexicon_row",),
    is_kept=False,
    careful=("An office holder has one row per office and time.",),
    columns=(
        text("lexicon_row", "Id of the lexicon row, as in lexicon_rows of mentions.", is_required=True),
        text("name_ar", "Arabic name."),
        text("name_en", "English name, where the lexicon has one."),
        text("country_code", "Country.", references="dim_country.country_code"),
        text("roles", "Roles in order, joined with `;`."),
        text("kind", "country, person, organization or group."),
        day("first_day", "First day it holds, null: always."),
        day("last_day", "Last day it holds, null: still."),
    ),
)

DIM_ROLE = Table(
    name="dim_role",
    grain="One row per role of actors",
    key=("role",),
    is_kept=False,
    columns=(
        text("role", "The role as in roles of mentions.", example="GOV", is_required=True),
        text("name_en", "English name."),
        text("name_ar", "Arabic name."),
        text("icews_sector", "Name of the sector in export_icews."),
    ),
)
