"""`waqai serve`: Prefect server, worker, work pool, deployments and schedules on this machine, in one command.

Everything lies in the data folder: Prefect's database and the logs of both processes under `prefect/`. A lock on
`prefect/serve.lock` makes it safe to start twice: the second one says where the first one is.
"""

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

from flows.folder import Folder
from flows.policy import LOADER
from flows.server import QUIET, USUAL, Server, answers, free_port, noted_url, prepare_home

POOL = "waqai"
FIRST_RUN = "news/hourly-news"
ROOT = Path(__file__).resolve().parents[1]


class AlreadyServingError(RuntimeError):
    """Another `waqai serve` holds this data folder; `url` is where it answers."""

    def __init__(self, url: str) -> None:
        super().__init__(f"waqai is being served already at {url}")
        self.url = url


def _lock(folder: Folder) -> IO[str]:
    prepare_home(folder.prefect)
    held = (folder.prefect / "serve.lock").open("a+", encoding="utf-8")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        held.close()
        raise AlreadyServingError((noted_url(folder) or USUAL).removesuffix("/api")) from None
    return held


def host() -> str:
    """Return the address the server listens on: this machine only, unless `WAQAI_SERVE_HOST` says otherwise.

    Prefect's server has no log-in: opened to a network, everyone there can start runs. In a container it must listen
    on all addresses, and the port is published on loopback.
    """
    return os.environ.get("WAQAI_SERVE_HOST", "127.0.0.1")


def settings(folder: Folder, port: int) -> dict[str, str]:
    """Return the environment of server, worker and flow runs."""
    return {
        **os.environ,
        **QUIET,
        "PREFECT_HOME": str(folder.prefect),
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_SERVER_API_HOST": host(),
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_UI_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_WORKER_QUERY_SECONDS": "3",
        "PREFECT_WORKER_PREFETCH_SECONDS": "5",
        "PREFECT_CLI_PROMPT": "false",
        # Runs and their events older than 90 days go: the database stays small however long nobody looks.
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "WAQAI_WAREHOUSE": str(folder.root),
    }


def _start(arguments: list[str], folder: Folder, environment: dict[str, str], log: str) -> "subprocess.Popen[bytes]":
    with (folder.prefect / log).open("ab") as out:
        return subprocess.Popen(  # noqa: S603 (our own interpreter and arguments)
            [sys.executable, "-m", *arguments], env=environment, cwd=ROOT, stdin=subprocess.DEVNULL,
            stdout=out, stderr=out, start_new_session=True,
        )  # fmt: skip


def _end(process: "subprocess.Popen[bytes]", patience: float) -> None:
    """Ask a process to end, wait, then end its whole group."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def deploy(folder: Folder, environment: dict[str, str]) -> None:
    """Create the pool, the loader's limit and all deployments of `prefect.yaml`; those that exist are updated.

    Raises:
        RuntimeError: one of the commands failed; its output is in the message.
    """
    commands = (
        ["prefect", "work-pool", "create", POOL, "--type", "process", "--overwrite"],
        ["prefect", "concurrency-limit", "create", LOADER, "1"],
        ["prefect", "--no-prompt", "deploy", "--all"],
    )
    for command in commands:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", *command], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
        )
        (folder.prefect / "deploy.log").write_text(done.stdout + done.stderr, encoding="utf-8")
        if done.returncode:
            raise RuntimeError(f"`{' '.join(command)}` failed:\n{(done.stdout + done.stderr)[-2000:]}")


def start_first_run(environment: dict[str, str]) -> None:
    """Ask for one run of the hourly news now, so that nobody waits an hour for the first result."""
    subprocess.run(  # noqa: S603
        [sys.executable, "-m", "prefect", "deployment", "run", FIRST_RUN],
        env=environment, cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip


def _port(wanted: int) -> int:
    import socket

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError:
            return free_port()
    return wanted


def serve(folder: Folder, port: int, say: Callable[[str], None], first_run: bool = True) -> None:
    """Bring everything up, stay until a signal comes, and end everything in order.

    Raises:
        AlreadyServingError: another process serves this data folder.
        RuntimeError: the server did not start, or a deployment was refused.
    """
    held = _lock(folder)
    stop = False

    def on_signal(*_: object) -> None:
        nonlocal stop
        stop = True

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, on_signal)
    port = _port(port)
    environment = settings(folder, port)
    url = f"http://127.0.0.1:{port}"
    processes: list[subprocess.Popen[bytes]] = []
    try:
        say(f"starting the Prefect server on {url}")
        server = _start(["prefect", "server", "start", "--host", host()], folder, environment, "server.log")
        processes.append(server)
        Server(f"{url}/api", "waqai serve", server).wait()
        folder.server_note.write_text(json.dumps({"url": f"{url}/api", "pid": os.getpid()}), encoding="utf-8")
        say("deploying: hourly news, nightly maintenance, backfill, recode, evaluate")
        deploy(folder, environment)
        worker_command = ["prefect", "worker", "start", "--pool", POOL, "--type", "process", "--limit", "2"]
        worker = _start(worker_command, folder, environment, "worker.log")
        processes.append(worker)
        if first_run:
            start_first_run(environment)
        say(f"ready: {url} (stop with Ctrl-C)")
        while not stop:
            time.sleep(0.5)
            if server.poll() is not None:
                raise RuntimeError(f"the Prefect server ended; see {folder.prefect / 'server.log'}")
            if worker.poll() is not None and not stop:
                say("the worker ended; starting it again")
                processes.remove(worker)
                worker = _start(worker_command, folder, environment, "worker.log")
                processes.append(worker)
    finally:
        folder.server_note.unlink(missing_ok=True)
        for process in reversed(processes):  # the worker first: it tells the server how its runs ended
            _end(process, 20)
        held.close()
        say("stopped")


def is_served(folder: Folder) -> bool:
    """Return whether a `waqai serve` of this data folder answers."""
    url = noted_url(folder)
    return bool(url) and answers(str(url))
