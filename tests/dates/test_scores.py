"""The development sets of date phrases keep their floors, measured with their own scorer."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tasks.normalize.dates import resolve_dates

SHARED = Path(os.environ.get("WAQAI_SHARED", Path(__file__).parents[2] / "../shared"))
SCORER = SHARED / "eval/score_dates.py"
FLOORS = [(("tml-ar", "gsr-ar"), 0.88), (("recognizers-ar",), 0.75), (("duckling-ar",), 0.80)]

pytestmark = pytest.mark.skipif(not SCORER.exists(), reason="the development data of date phrases is not beside the checkout")


def _predictions(sets: list[Path]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for path in sets:
        for line in path.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            phrases = resolve_dates(case["text"], date.fromisoformat(case["anchor"][:10]))
            rows.append({
                "id": case["id"],
                "predicted": [
                    {"start": p.start, "end": p.end, "value": p.value, "start_date": p.first_day and str(p.first_day),
                     "end_date": p.last_day and str(p.last_day)}
                    for p in phrases if p.value or p.first_day
                ],
            })  # fmt: skip
    return rows


@pytest.mark.parametrize(("names", "floor"), FLOORS, ids=lambda value: "+".join(value) if isinstance(value, tuple) else "")
def test_value_f1(names: tuple[str, ...], floor: float, tmp_path: Path) -> None:
    sets = [SHARED / f"eval/dates/{name}.jsonl" for name in names]
    predicted = tmp_path / "predicted.jsonl"
    predicted.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in _predictions(sets)), encoding="utf-8")
    command = [sys.executable, str(SCORER), *map(str, sets), "--pred", str(predicted)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    total = next(line for line in run.stdout.splitlines() if line.startswith("ALL"))
    assert float(total.split()[-1]) / 100 >= floor, run.stdout
