"""What one run did, as plain values: counted by the flow, shown by the command line and in the Prefect UI."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class SourceOutcome:
    """One source of articles in one run."""

    name: str
    n_read: int = 0
    n_new: int = 0
    n_quarantined: int = 0
    error: str = ""


@dataclass
class Outcome:
    """Counts of one run. `n_events` is what the batches gave; `n_added` is what was new to the warehouse."""

    run_id: str = ""
    name: str = ""
    folder: str = ""
    lexicon: str = ""
    sources: list[SourceOutcome] = field(default_factory=list)
    n_batches: int = 0
    n_resumed: int = 0
    n_sentences: int = 0
    n_dates: int = 0
    n_actors: int = 0
    n_events: int = 0
    n_added: int = 0
    quarantine: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def n_read(self) -> int:
        """Articles that the sources gave."""
        return sum(source.n_read for source in self.sources)

    @property
    def n_new(self) -> int:
        """Articles that the warehouse did not have under this lexicon."""
        return sum(source.n_new for source in self.sources)

    @property
    def n_quarantined(self) -> int:
        """Articles and files that are in quarantine with a reason."""
        return sum(self.quarantine.values())

    @property
    def failed(self) -> list[SourceOutcome]:
        """The sources that could not be read at all."""
        return [source for source in self.sources if source.error]

    def state(self) -> tuple[str, str]:
        """Return the name of the run's final state and a sentence that says why.

        `Nothing worked` is a failure: every source failed, or everything new was refused. `Nothing new` is not.
        """
        if self.sources and len(self.failed) == len(self.sources):
            why = "; ".join(f"{source.name}: {source.error}" for source in self.failed[:3])
            return "Nothing worked", f"no source could be read: {why}"
        if not self.n_new and not self.n_resumed:
            if not self.n_read and self.n_quarantined:
                reasons = ", ".join(f"{count} {reason}" for reason, count in self.quarantine.items())
                return "Nothing worked", f"nothing readable, all in quarantine: {reasons}"
            return "Nothing new", f"all {self.n_read} articles are in the warehouse already"
        text = f"{self.n_new} new articles, {self.n_events} event mentions ({self.n_added} added)"
        if self.n_quarantined:
            text += f", {self.n_quarantined} in quarantine"
        if self.failed:
            return "Completed in part", f"{text}; {len(self.failed)} of {len(self.sources)} sources failed"
        return "Completed", text

    def as_dict(self) -> dict[str, Any]:
        """Return plain values, for JSON and for Prefect's results."""
        return {**asdict(self), "n_read": self.n_read, "n_new": self.n_new, "state": list(self.state())}
