"""`waqai serve` as a person meets it: up with one command, a scheduled run green, pages that show it, a clean stop."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from flows.server import free_port

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.flow, pytest.mark.slow]


@dataclass
class Served:
    url: str
    data: Path
    process: "subprocess.Popen[str]"
    seconds: float

    def post(self, path: str, body: dict[str, Any]) -> Any:
        request = urllib.request.Request(f"{self.url}/api/{path}", json.dumps(body).encode(), {"content-type": "application/json"})
        with urllib.request.urlopen(request, timeout=20) as reply:
            return json.load(reply)

    def runs(self, *states: str) -> list[dict[str, Any]]:
        return self.post("flow_runs/filter", {"flow_runs": {"state": {"type": {"any_": list(states)}}}})


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-c", "from flows.cli import main; main()", *arguments]


def environment(data: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return {**kept, "WAQAI_WAREHOUSE": str(data), "DO_NOT_TRACK": "1"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    data = tmp_path_factory.mktemp("served")
    port = free_port()
    begin = time.monotonic()
    process = subprocess.Popen(
        command("serve", "--port", str(port)),
        cwd=ROOT,
        env=environment(data),
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert process.stdout
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line.startswith("ready"):
            break
    else:
        pytest.fail("serve ended before it was ready:\n" + "".join(lines))
    yield Served(f"http://127.0.0.1:{port}", data, process, time.monotonic() - begin)
    process.send_signal(signal.SIGTERM)
    process.wait(60)
    process.stdout.close()


def test_a_run_is_green_within_90_seconds(served: Served) -> None:
    end = time.monotonic() + 90 - served.seconds
    done: list[dict[str, Any]] = []
    while time.monotonic() < end and not done:
        time.sleep(1)
        assert not served.runs("FAILED", "CRASHED"), served.runs("FAILED", "CRASHED")[0]["state"]
        done = served.runs("COMPLETED")
    assert done, "no run was green in 90 s"
    assert done[0]["name"].startswith("news: ")
    assert (served.data / "waqai.duckdb").exists()


def test_schedules_give_scheduled_runs(served: Served) -> None:
    """SQLAlchemy 2.1 makes Prefect's scheduler fail without a word: deployments look ready and nothing ever runs."""
    end = time.monotonic() + 60
    planned: set[str] = set()
    while time.monotonic() < end and len(planned) < 2:
        planned = {run["deployment_id"] for run in served.runs("SCHEDULED") if run["auto_scheduled"]}
        time.sleep(1)
    assert len(planned) == 2, "hourly news and nightly maintenance have runs ahead"


def test_all_deployments_are_there_with_described_parameters(served: Served) -> None:
    found = {row["name"]: row for row in served.post("deployments/filter", {})}
    assert set(found) == {"hourly-news", "nightly-maintenance", "backfill", "recode", "evaluate"}
    for name, row in found.items():
        assert row["description"], name
        for parameter, schema in row["parameter_openapi_schema"]["properties"].items():
            assert schema.get("description"), f"{name}: parameter {parameter} has no description"


def test_one_loader_at_a_time(served: Served) -> None:
    limits = served.post("concurrency_limits/filter", {})
    assert {row["tag"]: row["concurrency_limit"] for row in limits} == {"waqai-loader": 1}


def test_serving_twice_says_where_the_first_is(served: Served) -> None:
    again = subprocess.run(
        command("serve"),
        cwd=ROOT,
        env=environment(served.data),
        text=True,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert again.returncode == 0
    assert f"already up: {served.url}" in again.stdout


@pytest.mark.browser
@pytest.mark.skipif(shutil.which("chromium") is None, reason="chromium is not installed")
def test_pages_show_the_run_and_its_artifacts(served: Served, tmp_path: Path) -> None:
    from selenium import webdriver
    from selenium.webdriver.common.by import By

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1400,1000"):
        options.add_argument(argument)
    run = served.runs("COMPLETED")[0]
    artifacts = {row["key"]: row["id"] for row in served.post("artifacts/filter", {})}
    assert {"waqai-summary", "waqai-newest-events", "waqai-quarantine", "waqai-quality"} <= set(artifacts)
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    pictures = Path(os.environ["WAQAI_PICTURES"]) if "WAQAI_PICTURES" in os.environ else tmp_path
    try:
        for name, page, wanted in (
            ("prefect-run", f"runs/flow-run/{run['id']}", run["name"]),
            ("prefect-summary", f"artifacts/artifact/{artifacts['waqai-summary']}", "event mentions"),
            ("prefect-events", f"artifacts/artifact/{artifacts['waqai-newest-events']}", "sentence"),
        ):
            browser.get(f"{served.url}/{page}")
            end = time.monotonic() + 40
            while wanted not in browser.find_element(By.TAG_NAME, "body").text and time.monotonic() < end:
                time.sleep(0.5)
            assert wanted in browser.find_element(By.TAG_NAME, "body").text
            time.sleep(1.5)
            browser.save_screenshot(str(pictures / f"{name}.png"))
    finally:
        browser.quit()


def test_stop_is_clean(served: Served) -> None:
    """The last test of this file: it ends the server."""
    children = subprocess.run(["pgrep", "-P", str(served.process.pid)], capture_output=True, text=True, check=False).stdout.split()
    assert len(children) == 2, "server and worker"
    served.process.send_signal(signal.SIGTERM)
    assert served.process.wait(60) == 0
    assert not [pid for pid in children if Path(f"/proc/{pid}").exists()]
    assert not (served.data / "prefect" / "server.json").exists()
