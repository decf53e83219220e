"""The Prefect flow `evaluate`: code gold files, score them, keep the scores, fail where one is under its floor."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from prefect import flow, get_run_logger, runtime, task
from prefect.states import Completed, Failed, State

from flows import artifacts
from flows.folder import Folder, data_folder
from flows.policy import options
from schemas.seeds import lexicon_version
from tasks.evaluate import Scores, score_events

SCORES = ("root", "triple", "code", "roles", "date")
GOLD = str(Path(__file__).resolve().parents[1] / "seeds" / "gold" / "sample.jsonl")


def read_gold(path: str) -> list[dict[str, Any]]:
    """Return the records of a gold file.

    Raises:
        ValueError: the file holds none.
    """
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines if line.strip()]
    if not records:
        raise ValueError(f"{path} holds no record")
    return records


def score_file(path: str, strict: bool = False) -> Scores:
    """Code the texts of a gold file and return the scores."""
    from tasks.extract.predict import predict_records

    gold = read_gold(path)
    predictions = {result["id"]: result["events"] for result in predict_records(gold)}
    return score_events(gold, predictions, strict)


def headline(scores: Scores) -> dict[str, float]:
    """Return the numbers that have floors: F1 of root and triple, shares of code, roles and date."""
    values = (scores.root["f1"], scores.triple["f1"], scores.code, scores.roles, scores.date)
    return dict(zip(SCORES, (round(value, 4) for value in values), strict=True))


def under_floor(found: dict[str, float], floors: dict[str, float]) -> list[str]:
    """Return a sentence for each score under its floor."""
    return [f"{name} {found[name]:.3f} < {floor:.3f}" for name, floor in floors.items() if found[name] < floor]


def keep(folder: Folder, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add rows to the history of scores in the data folder and return all of it, oldest first."""
    path = folder.root / "evaluations.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def page(rows: list[dict[str, Any]], history: list[dict[str, Any]], misses: list[str]) -> str:
    """Return the artifact: scores of this run, what is under its floor, scores over time."""
    columns = ("gold", "articles", *SCORES)
    parts = ["# Scores", artifacts.table(columns, [[row[name] for name in columns] for row in rows], range(1, 7))]
    if misses:
        parts += ["## Under the floor", *(f"- {artifacts.cell(miss)}" for miss in misses)]
    first = rows[0]["gold"]
    curve = [(row["at"][:16], row["triple"]) for row in history if row["gold"] == first][-40:]
    parts += [f"## F1 of triples over time ({artifacts.cell(first)})", artifacts.bars(curve, "F1")]
    by_root = rows[0]["by_root"]
    parts += [
        "## By root",
        artifacts.table(
            ("root", "precision", "recall", "F1", "gold"),
            [(code, *(f"{s[n]:.2f}" for n in ("precision", "recall", "f1")), s["gold"]) for code, s in by_root.items()],
            range(1, 5),
        ),
    ]
    return "\n\n".join(parts)


def run_name() -> str:
    """Return the name of this run: the gold files."""
    return "evaluate: " + ", ".join(Path(path).name for path in runtime.flow_run.parameters.get("gold") or [GOLD])


@flow(name="evaluate", flow_run_name=run_name)
def evaluate(
    gold: list[str] | None = None,
    floors: dict[str, float] | None = None,
    strict: bool = False,
    warehouse: str | None = None,
) -> State[Any]:
    """Score the coder on gold files and fail where a score is under its floor.

    Args:
        gold: Gold files (JSON Lines, see docs/gold_format.md). Empty: the bundled sample article, coded by hand.
        floors: The lowest score allowed, e.g. {"root": 0.8, "triple": 0.7}; of root, triple, code, roles, date.
        strict: Accept only the first code of a gold event.
        warehouse: The data folder, where the history of scores is kept. Empty: WAQAI_WAREHOUSE, else ./data.
    """
    unknown = set(floors or {}) - set(SCORES)
    if unknown:
        raise ValueError(f"no such score: {', '.join(sorted(unknown))}; there are {', '.join(SCORES)}")
    log = get_run_logger()
    scorer = task(score_file, **options("code", "score {path}"))
    rows, misses = [], []
    for path in gold or [GOLD]:
        scores = scorer(path, strict)
        found = headline(scores)
        log.info("%s: %s", path, ", ".join(f"{name} {value:.3f}" for name, value in found.items()))
        misses += [f"{Path(path).name}: {miss}" for miss in under_floor(found, floors or {})]
        rows.append(
            {
                "at": datetime.now(UTC).isoformat(timespec="seconds"), "run_id": str(runtime.flow_run.id),
                "lexicon_version": lexicon_version(), "gold": Path(path).name, "strict": strict,
                "articles": scores.articles, **found, "by_root": scores.by_root,
            }
        )  # fmt: skip
    history = keep(data_folder(warehouse), rows)
    artifacts.publish({"scores": page(rows, history, misses)}, {})
    plain = [{name: value for name, value in row.items() if name != "by_root"} for row in rows]
    if misses:
        return Failed(message="under the floor: " + "; ".join(misses), data=plain)
    sentence = "; ".join(f"{row['gold']}: root {row['root']:.3f}, triple {row['triple']:.3f}" for row in rows)
    return Completed(message=sentence, data=plain)
