"""Find a Prefect server, or start one for a single run.

A Prefect server needs about 7 seconds to come up, most of it imports. So the search and the start come first, before
this process imports Prefect, polars and the lexicon: the two then load side by side.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flows.folder import Folder

USUAL = "http://127.0.0.1:4200/api"
# Nothing leaves the machine: no usage statistics, no promotions, no page that loads a tracker (the V2 pages do).
QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_SERVER_UI_V2_ENABLED": "false",
}
# A server for one run schedules nothing and looks after nobody else's runs.
ONE_RUN = {
    "PREFECT_UI_ENABLED": "0",
    "PREFECT__SERVER_EPHEMERAL": "1",
    "PREFECT__SERVER_FINAL": "1",
    "PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_LATE_RUNS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_FOREMAN_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_PAUSE_EXPIRATIONS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
}
LONGEST_START = 60.0


@dataclass
class Server:
    """A server to run flows against: its API address, and the process when it is ours."""

    url: str
    how: str
    process: "subprocess.Popen[bytes] | None" = None

    def wait(self) -> None:
        """Return when the server answers.

        Raises:
            RuntimeError: it ended, or did not answer within a minute.
        """
        end = time.monotonic() + LONGEST_START
        while not answers(self.url):
            if self.process is not None and self.process.poll() is not None:
                raise RuntimeError(f"the Prefect server ended at once (code {self.process.returncode}); see `waqai doctor`")
            if time.monotonic() > end:
                raise RuntimeError(f"no Prefect server answers at {self.url} after {LONGEST_START:.0f} s")
            time.sleep(0.05)

    def stop(self) -> None:
        """Hand over what this process still holds for the UI (states, logs), then end the server if it is ours."""
        if "prefect" in sys.modules:
            from prefect.events.worker import EventsWorker
            from prefect.logging.handlers import APILogWorker

            APILogWorker.drain_all(timeout=10)
            EventsWorker.drain_all(timeout=10)
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()


def answers(url: str, seconds: float = 0.5) -> bool:
    """Return whether a Prefect API answers at this address."""
    if not url.startswith(("http://", "https://")):
        return False
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=seconds) as reply:  # noqa: S310 (checked above)
            return reply.status == 200 and json.load(reply) is True
    except (OSError, ValueError):
        return False


def noted_url(folder: Folder) -> str | None:
    """Return the address that `waqai serve` noted in the data folder, or None."""
    try:
        return str(json.loads(folder.server_note.read_text(encoding="utf-8"))["url"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def find_server(folder: Folder) -> Server | None:
    """Return a server that is up: the one of `PREFECT_API_URL`, of `waqai serve` here, or of the usual port; else None.

    Raises:
        RuntimeError: `PREFECT_API_URL` is set and nothing answers there. A server that was asked for by name is not
            replaced by another one in silence.
    """
    named = os.environ.get("PREFECT_API_URL")
    if named:
        if not answers(named.rstrip("/"), seconds=5):
            raise RuntimeError(
                f"PREFECT_API_URL is {named}, but no Prefect server answers there. "
                "Start it, unset the variable, or run with --plain (without Prefect)."
            )
        return Server(named.rstrip("/"), "the server of PREFECT_API_URL")
    for url, how in ((noted_url(folder), "the server of `waqai serve`"), (USUAL, "the server on port 4200")):
        if url and answers(url):
            return Server(url, how)
    return None


def free_port() -> int:
    """Return a port of the loopback address that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def server_command(port: int) -> list[str]:
    """Return the command that runs Prefect's API on this port of the loopback address."""
    return [sys.executable, "-m", "uvicorn", "--factory", "prefect.server.api.server:create_app", "--host", "127.0.0.1",
            "--port", str(port), "--log-level", "error", "--lifespan", "on"]  # fmt: skip


def prepare_home(home: Path) -> None:
    """Make Prefect's folder; a new one gets the empty database that set-up made (made anew it takes 6 s)."""
    home.mkdir(parents=True, exist_ok=True)
    ready = Path(sys.prefix) / "prefect" / "prefect.db"
    if ready.exists() and not (home / "prefect.db").exists():
        shutil.copyfile(ready, home / "prefect.db.part")
        (home / "prefect.db.part").replace(home / "prefect.db")


def start_for_one_run(folder: Folder) -> Server:
    """Start a server on the data folder's own Prefect database and return at once; `wait()` before use."""
    port = free_port()
    prepare_home(folder.prefect)
    environment = {**os.environ, **QUIET, **ONE_RUN, "PREFECT_HOME": str(folder.prefect)}
    with (folder.prefect / "server.log").open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 (our own interpreter and arguments)
            server_command(port), env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=Path.cwd(),
            start_new_session=True,
        )  # fmt: skip
    return Server(f"http://127.0.0.1:{port}/api", "a server of its own, for this run only", process)


@contextmanager
def server_for_run(folder: Folder) -> Iterator[Server]:
    """Give a server for one run, the running one where there is one; set Prefect's environment for this process."""
    server = find_server(folder) or start_for_one_run(folder)
    # The UI gets all log lines; the terminal gets our own words instead.
    settings = {**QUIET, "PREFECT_API_URL": server.url, "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL"}
    if server.process is not None:
        settings["PREFECT_HOME"] = str(folder.prefect)
    for name, value in settings.items():
        os.environ.setdefault(name, value)
    try:
        yield server
    finally:
        server.stop()
