"""All tables of the warehouse, declared once.

`STAGED` names the frames that travel from the steps to the load (fields of a coded batch) and the tables they fill.
"""

from schemas.contract import Table, find_table
from schemas.tables.article import CORE_DATE_MENTION, CORE_QUARANTINE, CORE_SENTENCE, RAW_ARTICLE
from schemas.tables.dims import DIM_ACTOR, DIM_CAMEO_CODE, DIM_COUNTRY, DIM_ROLE
from schemas.tables.events import CORE_EVENT
from schemas.tables.marts import (
    MART_ACTOR,
    MART_COUNTRY_MONTH,
    MART_COVERAGE,
    MART_DAY,
    MART_DYAD_DAY,
    MART_DYAD_MONTH,
    MART_EVENT,
    MART_MENTION,
)
from schemas.tables.mentions import CORE_ACTOR_MENTION, CORE_EVENT_MENTION
from schemas.tables.runs import CORE_ARTICLE_COPY, CORE_ARTICLE_SIGNATURE, RUN_LOG, SCHEMA_VERSION, WAREHOUSE_STATE

STAGED: dict[str, Table] = {
    "articles": RAW_ARTICLE,
    "sentences": CORE_SENTENCE,
    "dates": CORE_DATE_MENTION,
    "actors": CORE_ACTOR_MENTION,
    "events": CORE_EVENT_MENTION,
    "quarantine": CORE_QUARANTINE,
}
KEPT: tuple[Table, ...] = (*STAGED.values(), CORE_ARTICLE_SIGNATURE, RUN_LOG, SCHEMA_VERSION, WAREHOUSE_STATE)
DIMS: tuple[Table, ...] = (DIM_CAMEO_CODE, DIM_COUNTRY, DIM_ROLE, DIM_ACTOR)
BUILT: tuple[Table, ...] = (CORE_ARTICLE_COPY, CORE_EVENT)
MARTS: tuple[Table, ...] = (
    MART_EVENT,
    MART_MENTION,
    MART_DAY,
    MART_DYAD_DAY,
    MART_DYAD_MONTH,
    MART_COUNTRY_MONTH,
    MART_ACTOR,
    MART_COVERAGE,
)
ALL: tuple[Table, ...] = (*KEPT, *DIMS, *BUILT, *MARTS)


def table(name: str) -> Table:
    """Return the declaration of a table by name.

    Raises:
        KeyError: no such table.
    """
    return find_table(name, ALL)


__all__ = [
    "ALL",
    "BUILT",
    "CORE_ACTOR_MENTION",
    "CORE_ARTICLE_COPY",
    "CORE_ARTICLE_SIGNATURE",
    "CORE_DATE_MENTION",
    "CORE_EVENT",
    "CORE_EVENT_MENTION",
    "CORE_QUARANTINE",
    "CORE_SENTENCE",
    "DIMS",
    "DIM_ACTOR",
    "DIM_CAMEO_CODE",
    "DIM_COUNTRY",
    "DIM_ROLE",
    "KEPT",
    "MARTS",
    "RAW_ARTICLE",
    "RUN_LOG",
    "SCHEMA_VERSION",
    "STAGED",
    "WAREHOUSE_STATE",
    "table",
]
