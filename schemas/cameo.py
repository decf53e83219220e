"""CAMEO 1.1b3: the 316 codes with root, Goldstein value, quad class and PLOVER type (seeds/cameo/codes.csv).

Codes are text: 057 is not 57. Goldstein values follow the code list of ICEWS, the only one that keeps the numbering of
1.1b3 (the tables that circulate with Phoenix and GDELT give 016, 018, 124, 163, 164 and 166 the meaning of an older
one). Quad classes are those of GDELT and ICEWS: roots 01-05 verbal cooperation, 06-08 material cooperation, 09-13
verbal conflict, 14-20 material conflict. PLOVER follows the table of 2021; roots 01 and 02 have no PLOVER type.
"""

from functools import cache
from typing import NamedTuple

from schemas.seeds import read_seed

QUAD_CLASSES = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}


class CameoCode(NamedTuple):
    """One code. `goldstein` runs from -10 (conflict) to +10; `quad_class` from 1 to 4; PLOVER fields may be empty."""

    code: str
    root: str
    name: str
    goldstein: float
    quad_class: int
    plover_type: str
    plover_mode: str
    plover_context: str


@cache
def cameo_codes() -> dict[str, CameoCode]:
    """Return all codes by their text, in the order of the manual."""
    rows = read_seed("cameo/codes").iter_rows(named=True)
    return {
        row["code"]: CameoCode(
            code=row["code"],
            root=row["root_code"],
            name=row["name"],
            goldstein=float(row["goldstein"]),
            quad_class=int(row["quad_class"]),
            plover_type=row["plover_type"],
            plover_mode=row["plover_mode"],
            plover_context=row["plover_context"],
        )
        for row in rows
    }


def cameo_code(code: str) -> CameoCode:
    """Return the entry of a code.

    Raises:
        KeyError: CAMEO has no such code; the message hints at a lost zero (57 for 057).
    """
    try:
        return cameo_codes()[code]
    except KeyError:
        hint = f"; did a spreadsheet drop the zero of 0{code}?" if f"0{code}" in cameo_codes() else ""
        raise KeyError(f"{code!r} is not a code of CAMEO 1.1b3{hint}") from None
