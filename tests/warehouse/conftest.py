"""Small warehouses for these tests."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from bench.rows import make_batches
from schemas.cameo import cameo_code
from schemas.tables import STAGED
from tasks.load.warehouse import load_and_publish

Frames = dict[str, pl.DataFrame]


@pytest.fixture(scope="session")
def batches() -> list[Frames]:
    """Made-up coded articles: 60 articles in three batches."""
    return list(make_batches(60, 20))


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory, batches: list[Frames]) -> Path:
    """A loaded and published warehouse that tests only read."""
    folder = tmp_path_factory.mktemp("warehouse")
    load_and_publish(folder, batches, "run-1")
    return folder


class Writer:
    """Builds coded articles by hand: `article("src", "2022-10-23", ["جملة"])`, then `event(...)` on a sentence."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = {name: [] for name in STAGED}

    def article(self, article_id: str, source: str, day: str | None, text: str) -> str:
        published = date.fromisoformat(day) if day else None
        at = datetime.combine(published, datetime.min.time(), UTC) if published else None
        self.rows["articles"].append({"article_id": article_id, "source": source, "outlet": source, "text": text, "language": "ar",
                                      "title": text.split("\n")[0], "published_day": published, "published_at": at,
                                      "url": f"https://{source}/{article_id}"})  # fmt: skip
        start = 0
        for position, line in enumerate(text.split("\n")):
            self.rows["sentences"].append({"sentence_id": f"{article_id}-{position}", "article_id": article_id,
                                           "position": position, "start": start, "end": start + len(line), "text": line,
                                           "is_title": position == 0})  # fmt: skip
            start += len(line) + 1
        return article_id

    def event(self, article_id: str, trigger: str, code: str, source: str = "", target: str = "", **more: Any) -> str:
        """Add an event; source and target are `COUNTRY:ROLE;ROLE`. The trigger is the first place of these words."""
        article = next(row for row in self.rows["articles"] if row["article_id"] == article_id)
        start = article["text"].index(trigger)
        sentence = next(s for s in self.rows["sentences"]
                        if s["article_id"] == article_id and s["start"] <= start < s["end"])  # fmt: skip
        known = cameo_code(code)
        row = {"event_mention_id": f"{article_id}:{start}:{code}:{source}:{target}", "article_id": article_id,
               "sentence_id": sentence["sentence_id"], "trigger_start": start, "trigger_end": start + len(trigger),
               "trigger_text": trigger, "code": code, "root_code": known.root, "quad_class": known.quad_class,
               "goldstein": known.goldstein, "first_day": article["published_day"], "last_day": article["published_day"],
               "date_method": "publication", "polarity": "asserted", "modality": "actual"}  # fmt: skip
        for side, actor in (("source", source), ("target", target)):
            if actor:
                country, _, roles = actor.partition(":")
                row |= {f"{side}_country": country or None, f"{side}_roles": roles or None, f"{side}_name": country,
                        f"{side}_code": country + roles.replace(";", "")}  # fmt: skip
        self.rows["events"].append(row | more)
        return str(row["event_mention_id"])

    def frames(self) -> Frames:
        return {name: STAGED[name].frame(rows) for name, rows in self.rows.items()}


@pytest.fixture
def writer() -> Writer:
    return Writer()


@pytest.fixture
def load(tmp_path: Path) -> Callable[..., Path]:
    """Load frames into a fresh warehouse and return its folder."""

    def loaded(*frames: Frames, run_id: str = "run-1", **more: Any) -> Path:
        load_and_publish(tmp_path / "data", frames, run_id, **more)
        return tmp_path / "data"

    return loaded
