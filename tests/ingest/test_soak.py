"""Polls against a server that fails at random, by a worker that is killed at random.

Sixty polls in the usual run of the tests; WAQAI_SOAK_POLLS=200 for the long one.
"""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import polars as pl
import pytest

POLLS = int(os.environ.get("WAQAI_SOAK_POLLS", "60"))
SHOWN = 30  # entries that a feed shows
ROOT = Path(__file__).resolve().parents[2]


class Worker:
    """The polling process; a new one starts after each kill."""

    def __init__(self, url: str, folder: Path) -> None:
        command = [sys.executable, str(Path(__file__).with_name("soak_worker.py")), url, str(folder)]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
        )

    def start_poll(self) -> None:
        assert self.process.stdin
        self.process.stdin.write("poll\n")
        self.process.stdin.flush()

    def result(self) -> dict[str, float]:
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, "the worker died by itself"
        return dict(json.loads(line))

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                pipe.close()


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
def test_polls_with_faults_lose_and_double_nothing(server: Any, made: Any, tmp_path: Path) -> None:
    dice = random.Random(20240320)
    faults = {"on": True, "n": 0}

    def fault(request: Any) -> bool:
        roll = dice.random() if faults["on"] else 1.0
        if roll > 0.18:
            return False
        faults["n"] += 1
        if roll < 0.10:
            made.send(request, dice.choice([500, 502, 503, 429]), b"")
        elif roll < 0.13:
            time.sleep(0.5)
            made.send(request, 200, b"")
        elif roll < 0.16:
            made.bad.cut(made.page(1), 700)(request)
        else:
            request.close_connection = True
            request.connection.close()
        return True

    server.before = fault
    published: list[int] = []

    def publish(count: int) -> None:
        for _ in range(count):
            number = len(published)
            published.append(number)
            server.paths[f"/{number}"] = made.page(number)
        for feed in range(3):  # every article is in one feed, every fourth in all
            shown = [n for n in published if n % 3 == feed or n % 4 == 0][-SHOWN:]
            entries = [(f"{server.url}/{n}", f"خبر {n}", "Wed, 20 Mar 2024 10:00:00 GMT") for n in reversed(shown)]
            server.paths[f"/feed{feed}.xml"] = made.feed(entries)

    worker, n_kills, memory = Worker(server.url, tmp_path), 0, []
    for number in range(POLLS):
        publish(dice.randrange(0, 4))
        worker.start_poll()
        if number < POLLS // 2 and dice.random() < 0.2:
            time.sleep(dice.uniform(0, 0.4))
            worker.kill()
            n_kills += 1
            worker = Worker(server.url, tmp_path)
        else:
            memory.append(worker.result()["megabytes"])
    faults["on"] = False
    for _ in range(3):
        worker.start_poll()
        memory.append(worker.result()["megabytes"])
    worker.kill()
    kept = pl.concat([pl.read_parquet(path) for path in tmp_path.glob("*.parquet")])
    wanted = {f"{server.url}/{n}" for n in published}
    assert set(kept["url"]) == wanted, "articles were lost"
    assert kept["article_id"].n_unique() == len(wanted), "one article has two ids"
    assert kept.filter(pl.col("published_day") != pl.date(2024, 3, 20)).is_empty()
    assert n_kills >= POLLS // 20
    assert faults["n"] > POLLS
    life = memory[-POLLS // 2 :]
    early, late = max(life[len(life) // 5 : len(life) // 3]), max(life[-10:])
    print(f"{POLLS} polls, {n_kills} kills, {faults['n']} faults, {len(wanted)} articles, memory {early:.0f} -> {late:.0f} MB")
    assert late < 1.1 * early + 5
