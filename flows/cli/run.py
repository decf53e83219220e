"""Commands that change a warehouse: run, backfill, recode, quarantine retry."""

import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flows.cli.show import ERR, OUT, fail, isolated, print_rows
from flows.folder import Folder, data_folder
from flows.outcomes import Outcome, SourceOutcome
from flows.progress import listening
from flows.server import server_for_run

STEPS = {"start": "starting Prefect", "read": "reading", "code": "coding", "load": "loading", "publish": "publishing"}


def existing(paths: list[str]) -> list[str]:
    """Return the paths as absolute ones (addresses stay).

    Raises:
        SystemExit: one of them is not there.
    """
    missing = [path for path in paths if "://" not in path and not Path(path).exists()]
    if missing:
        fail(f"no such file or folder: {', '.join(missing)}")
    return [path if "://" in path else str(Path(path).resolve()) for path in paths]


@contextmanager
def progress() -> Iterator[None]:
    """Show a bar for each step on standard error while a person looks at it."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=ERR, transient=True, disable=not ERR.is_terminal) as bars:
        known: dict[str, Any] = {}

        def show(step: str, done: int, total: int) -> None:
            if step not in known:
                known[step] = bars.add_task(STEPS.get(step, step), total=total)
            bars.update(known[step], completed=done, total=total)

        with listening(show):
            yield


@contextmanager
def prefect(folder: Folder) -> Iterator[str]:
    """Give Prefect to the flows in this block: the server that is up, or one for this run. Yields how, in words."""
    begin = time.monotonic()
    with server_for_run(folder) as server:
        from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

        if server.process is not None:
            load_while_waiting()
        server.wait()
        # The heartbeat is for runs that nobody waits for; it makes every short flow a second longer.
        with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
            yield f"{server.how} ({time.monotonic() - begin:.1f} s)"


def load_while_waiting() -> None:
    """Load what every run needs, while the server starts in its own process."""
    import flows.news  # noqa: F401
    import tasks.ingest.read
    import tasks.load.warehouse  # noqa: F401
    from tasks.extract.events import shared_resources

    shared_resources()


def values(state: Any) -> Any:
    """Return what a finished flow run returned.

    Raises:
        SystemExit: it failed; its message is printed.
    """
    if not state.is_completed():
        fail(f"{state.message or state.name}")
    return state.result()


def outcome_of(data: dict[str, Any]) -> Outcome:
    """Return the outcome that a flow returned as plain values."""
    kept = {name: value for name, value in data.items() if name in Outcome.__dataclass_fields__}
    return Outcome(**{**kept, "sources": [SourceOutcome(**source) for source in data["sources"]]})


def run_paths(paths: list[str], warehouse: Path | None, *, plain: bool, batch_size: int, limit: int) -> None:
    """Run the flow `news` over files and print what it gave."""
    begin = time.monotonic()
    folder = data_folder(warehouse)
    given = existing(paths)
    with progress():
        if plain:
            outcome, how = run_plainly(given, folder, batch_size), "not used (--plain)"
        else:
            with prefect(folder) as how:
                from flows.news import news

                state = news(paths=given, warehouse=str(folder.root), batch_size=batch_size, return_state=True)
            outcome = outcome_of(values(state))
    show_outcome(outcome, folder, limit, how, time.monotonic() - begin)


def run_plainly(paths: list[str], folder: Folder, batch_size: int) -> Outcome:
    """Run the same steps without Prefect.

    Raises:
        SystemExit: nothing worked.
    """
    from flows import steps
    from flows.chain import Plain, run_chain

    sources = steps.find_sources(paths, "")
    outcome = run_chain(sources, folder, str(uuid.uuid4()), Plain(), batch_size)
    name, message = outcome.state()
    if name == "Nothing worked":
        fail(message)
    return outcome


def show_outcome(outcome: Outcome, folder: Folder, limit: int, how: str, seconds: float) -> None:
    """Print events, counts, where the warehouse is, and queries to try."""
    from flows import steps

    if limit:
        rows = steps.newest_events(folder, limit, outcome.run_id if outcome.n_added else None)
        print_rows(compact(rows), "events of this run" if outcome.n_added else "newest events in the warehouse")
    name, message = outcome.state()
    OUT.print(f"{name}: {message}", highlight=False, markup=False, soft_wrap=True)
    if outcome.quarantine:
        reasons = ", ".join(f"{count} {reason}" for reason, count in outcome.quarantine.items())
        OUT.print(f"in quarantine: {reasons} (waqai quarantine list)", highlight=False, markup=False, soft_wrap=True)
    OUT.print(f"Prefect: {how}; all of it: {seconds:.1f} s", highlight=False, markup=False)
    OUT.print(f"warehouse: {folder.published}", highlight=False, markup=False, soft_wrap=True)
    if limit:
        show_queries(folder)


def compact(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return event rows that fit the terminal: actor code and name in one cell, the sentence where there is room."""
    found = []
    for row in rows:
        short = {
            "day": row["day"],
            "source": f"{row['source_code']} {isolated(row['source'])}".strip(),
            "event": f"{row['code']} {str(row['event']).removesuffix(', not specified below')}",
            "target": f"{row['target_code']} {isolated(row['target'])}".strip(),
        }
        if OUT.width >= 120:
            short["sentence"] = row["sentence"][:160]
        found.append(short)
    return found


QUERIES = (
    '"select first_day, source_name, code_name, target_name, n_mentions from mart_event order by 1 desc limit 10"',
    '"select quad_name, count(*) as events, round(avg(goldstein), 1) as goldstein from mart_event group by 1 order by 1"',
    "--cookbook first_look",
)


def show_queries(folder: Folder) -> None:
    """Print three queries with the command that runs them."""
    place = "" if folder == data_folder() else f" -w {folder.root}"
    command = "waqai" if shutil.which("waqai") else ".venv/bin/waqai"
    OUT.print("\ntry:")
    for query in QUERIES:
        OUT.print(f"  {command} sql{place} {query}", highlight=False, markup=False, soft_wrap=True)


def run_backfill(
    paths: list[str], warehouse: Path | None, work: str | None, runner: str, workers: int, dask: str | None, size: int
) -> None:
    """Run the flow `backfill` and print what it gave."""
    begin = time.monotonic()
    folder = data_folder(warehouse)
    given = existing(paths)
    with progress(), prefect(folder) as how:
        from flows.backfill import backfill

        state = backfill(
            paths=given, warehouse=str(folder.root), work=work, runner=runner, workers=workers, dask_address=dask,
            batch_size=size, return_state=True,
        )  # fmt: skip
    show_outcome(outcome_of(values(state)), folder, 0, how, time.monotonic() - begin)


def run_recode(warehouse: Path | None, batch_size: int, dry_run: bool) -> None:
    """Run the flow `recode` and print what changed."""
    folder = data_folder(warehouse)
    if not folder.published.exists():
        fail(f"no warehouse at {folder.published}: run some articles first (waqai run PATH)")
    with progress(), prefect(folder):
        from flows.recode import recode

        state = recode(warehouse=str(folder.root), batch_size=batch_size, dry_run=dry_run, return_state=True)
    changes = values(state)
    print_rows(changes["rows"], changes["sentence"])


def retry_quarantine(warehouse: Path | None, reason: str | None, config: str) -> None:
    """Run the flow `news` over what is in quarantine: files that are there still, addresses of declared sources."""
    from flows import steps
    from tasks.ingest.sources import retry
    from tasks.ingest.state import State

    folder = data_folder(warehouse)
    paths, references = steps.quarantined(folder, reason)
    if not paths and not references:
        OUT.print("nothing in quarantine can be tried again")
    if paths:
        OUT.print(f"{len(paths)} files")
        run_paths(paths, warehouse, plain=False, batch_size=500, limit=0)
    if references and Path(config).exists():
        OUT.print(f"{len(references)} addresses of {config}")
        with State(steps.sources_state(folder)) as state:
            retry(references, state)
            state.commit()
        with progress(), prefect(folder) as how:
            from flows.news import news

            state_of_run = news(config=config, warehouse=str(folder.root), return_state=True)
        show_outcome(outcome_of(values(state_of_run)), folder, 0, how, 0.0)
