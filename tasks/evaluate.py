"""Scores of coded events against gold files: gold records and predictions in, numbers out.

A gold record is an article: `{"id", "published", "sentences": [...], "events": [...]}`; an event has `sent` (which
sentence asserts it), `code`, `also` (other codes that a careful coder accepts), `source` and `target` (null or
`{"text", "country", "roles"}`), `date`, `date_end`, `optional`. A prediction is what `waqai predict` writes: events
with `start` (offset in the sentences joined by line feeds), `code`, `source_country`, `source_roles`, ..., `date`.

What is counted: *root* = (sentence, two-digit CAMEO root); *triple* = root and both countries; among the matched
triples the share with an accepted full code, agreeing roles, and the same days. An optional gold event is neither a
miss when absent nor a false alarm when found. Consultations and signed agreements match in either direction.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

Record = Mapping[str, Any]
EITHER_DIRECTION = frozenset({"040", "041", "044", "046", "057"})


class Side(NamedTuple):
    """One actor as it is scored: country code or None, and a set of roles (security services count as police)."""

    country: str | None
    roles: frozenset[str]

    def agrees(self, other: "Side") -> bool:
        """Return whether the roles agree: both name none, or they share one."""
        return bool(self.roles & other.roles) or not (self.roles or other.roles)


class Fit(NamedTuple):
    """How well a prediction fits a gold event of the same root; a better fit is greater."""

    triple: bool
    date: bool
    roles: bool
    code: bool
    required: bool


@dataclass
class Tally:
    """Counts behind precision and recall; `free` are predictions that met an optional gold event."""

    hits: int = 0
    free: int = 0
    gold: int = 0
    predicted: int = 0

    def scores(self) -> dict[str, float]:
        """Return precision, recall, F1 and the counts they come from."""
        counted = self.predicted - self.free
        precision = self.hits / counted if counted else 0.0
        recall = self.hits / self.gold if self.gold else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return {
            "precision": precision,
            "recall": recall,
            "f1": f1,
            "hits": self.hits,
            "gold": self.gold,
            "predicted": counted,
        }


@dataclass
class Case:
    """A miss (gold event that was not found) or a false alarm (prediction that met nothing), for reading."""

    kind: str
    id: str
    sentence: int
    code: str
    source: str | None
    target: str | None
    trigger: str
    text: str


@dataclass
class Scores:
    """The result of `score_events`. Shares and F1 are between 0 and 1."""

    articles: int
    root: dict[str, float]
    triple: dict[str, float]
    local_recall: float
    code: float
    roles: float
    date: float
    by_root: dict[str, dict[str, float]]
    cases: list[Case] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Return plain values without the cases."""
        plain = asdict(self)
        plain.pop("cases")
        return plain


def _roles(names: Iterable[str] | None) -> frozenset[str]:
    return frozenset("COP" if name == "SPY" else name for name in names or ())


def _gold_sides(event: Record) -> tuple[Side, Side]:
    actors = (event.get("source") or {}, event.get("target") or {})
    first, second = (Side(actor.get("country"), _roles(actor.get("roles"))) for actor in actors)
    return first, second


def _predicted_sides(event: Record) -> tuple[Side, Side]:
    return (
        Side(event.get("source_country"), _roles(event.get("source_roles"))),
        Side(event.get("target_country"), _roles(event.get("target_roles"))),
    )


def _accepted(event: Record, strict: bool) -> list[str]:
    return [event["code"], *(() if strict else event.get("also") or ())]


def fit(gold: Record, predicted: Record, strict: bool = False) -> Fit | None:
    """Return how a prediction fits a gold event (the better direction where both are right); None: another root."""
    accepted = _accepted(gold, strict)
    if predicted["code"][:2] not in {code[:2] for code in accepted}:
        return None
    want, got = _gold_sides(gold), _predicted_sides(predicted)
    days = (gold.get("date"), gold.get("date_end") or gold.get("date"))
    date = (predicted.get("date"), predicted.get("date_end") or predicted.get("date")) == days
    ways = [got]
    if {gold["code"], predicted["code"]} & EITHER_DIRECTION:
        ways.append((got[1], got[0]))
    return max(
        Fit(
            triple=all(side.country == other.country for side, other in zip(want, way, strict=True)),
            date=date,
            roles=all(side.agrees(other) for side, other in zip(want, way, strict=True)),
            code=predicted["code"] in accepted,
            required=not gold.get("optional"),
        )
        for way in ways
    )


def pair(gold: Sequence[Record], predicted: Sequence[Record], triples: bool, strict: bool) -> dict[int, tuple[int, Fit]]:
    """Pair the events of one sentence one to one, best fits first: position in gold -> (position in predicted, fit)."""
    options = []
    for g, event in enumerate(gold):
        for p, guess in enumerate(predicted):
            how = fit(event, guess, strict)
            if how is not None and (how.triple or not triples):
                options.append((how, -g, -p))
    pairs: dict[int, tuple[int, Fit]] = {}
    taken: set[int] = set()
    for how, minus_g, minus_p in sorted(options, reverse=True):
        if -minus_g not in pairs and -minus_p not in taken:
            pairs[-minus_g] = (-minus_p, how)
            taken.add(-minus_p)
    return pairs


def _count(tally: Tally, gold: Sequence[Record], predicted: Sequence[Record], pairs: Mapping[int, Any]) -> None:
    tally.gold += sum(not event.get("optional") for event in gold)
    tally.predicted += len(predicted)
    for g in pairs:
        if gold[g].get("optional"):
            tally.free += 1
        else:
            tally.hits += 1


class _Totals:
    def __init__(self) -> None:
        self.root, self.triple = Tally(), Tally()
        self.by_root: dict[str, Tally] = defaultdict(Tally)
        self.matched = self.dated = self.dates = self.roles = self.codes = self.local = self.local_hits = 0
        self.cases: list[Case] = []

    def sentence(self, record: Record, at: int, gold: Sequence[Record], guesses: Sequence[Record], strict: bool) -> None:
        _count(self.root, gold, guesses, pair(gold, guesses, False, strict))
        pairs = pair(gold, guesses, True, strict)
        _count(self.triple, gold, guesses, pairs)
        for g, event in enumerate(gold):
            if not event.get("optional"):
                self._gold_event(record, at, event, pairs.get(g))
        met = {p: gold[g] for g, (p, _) in pairs.items()}
        for p, guess in enumerate(guesses):
            if p not in met:
                self.by_root[guess["code"][:2]].predicted += 1
                self._case("false alarm", record, at, guess["code"], _predicted_sides(guess), guess.get("trigger") or "")
            elif not met[p].get("optional"):
                self.by_root[met[p]["code"][:2]].predicted += 1

    def _gold_event(self, record: Record, at: int, event: Record, found: tuple[int, Fit] | None) -> None:
        side = self.by_root[event["code"][:2]]
        side.gold += 1
        self.local += not event.get("context")
        if found is None:
            self._case("miss", record, at, event["code"], _gold_sides(event), event.get("trigger") or "")
            return
        side.hits += 1
        self.local_hits += not event.get("context")
        self.matched += 1
        self.codes += found[1].code
        self.roles += found[1].roles
        if event.get("date_scored", True):
            self.dated += 1
            self.dates += found[1].date

    def _case(self, kind: str, record: Record, at: int, code: str, sides: tuple[Side, Side], trigger: str) -> None:
        text = record["sentences"][at]
        self.cases.append(Case(kind, record["id"], at, code, sides[0].country, sides[1].country, trigger, text))


def score_events(gold: Sequence[Record], predictions: Mapping[str, Sequence[Record]], strict: bool = False) -> Scores:
    """Score predictions (article id -> events) against gold records.

    Args:
        gold: the records; every one is counted, also those without a prediction.
        predictions: events by the id of their article.
        strict: accept only the first code of a gold event, not those of `also`.
    """
    totals = _Totals()
    for record in gold:
        starts, at = [], 0
        for sentence in record["sentences"]:
            starts.append(at)
            at += len(sentence) + 1
        wanted: dict[int, list[Record]] = defaultdict(list)
        guessed: dict[int, list[Record]] = defaultdict(list)
        for event in record["events"]:
            wanted[event["sent"]].append(event)
        for event in predictions.get(record["id"], ()):
            guessed[max(0, bisect_right(starts, event["start"]) - 1)].append(event)
        for at in sorted(set(wanted) | set(guessed)):
            totals.sentence(record, at, wanted[at], guessed[at], strict)

    def share(part: int, whole: int) -> float:
        return part / whole if whole else 0.0

    return Scores(
        articles=len(gold), root=totals.root.scores(), triple=totals.triple.scores(),
        local_recall=share(totals.local_hits, totals.local), code=share(totals.codes, totals.matched),
        roles=share(totals.roles, totals.matched), date=share(totals.dates, totals.dated),
        by_root={code: tally.scores() for code, tally in sorted(totals.by_root.items())}, cases=totals.cases,
    )  # fmt: skip
