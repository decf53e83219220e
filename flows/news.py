"""The Prefect flow `news`: sources in, published events out; every hour, or for the files of `waqai run`.

The steps are those of `flows.chain.run_chain`. Here they become Prefect tasks with names, retries and tags from
`flows.policy`; the run gets its artifacts and a final state that says what happened.
"""

import os
from datetime import UTC, datetime
from typing import Any

from prefect import flow, get_run_logger, runtime
from prefect.states import Completed, Failed, State
from prefect.task_runners import ThreadPoolTaskRunner

from flows import artifacts, steps
from flows.chain import run_chain
from flows.folder import data_folder
from flows.outcomes import Outcome
from flows.policy import LONGEST_RUN
from flows.runners import AsTasks, Processes


def run_name() -> str:
    """Return the name of this flow run: where the articles come from, and when."""
    given = runtime.flow_run.parameters
    paths = given.get("paths") or []
    what = ", ".join(os.path.basename(str(path).rstrip("/")) for path in paths[:3]) or str(given.get("config"))
    if len(paths) > 3:
        what += f" and {len(paths) - 3} more"
    return f"news: {what}, {datetime.now(UTC):%Y-%m-%d %H:%M}"


def say_what_to_do(flow: Any, flow_run: Any, state: State[Any]) -> None:
    """Log, for whoever opens a failed run, what to do next."""
    message = str(state.message or "")
    hints = {
        "Nothing worked": "look at the artifact waqai-summary: it names each source and its error. Is the network up?",
        "lock": "another program has the warehouse open for writing. Close it; readers open waqai.duckdb instead.",
        "No space": "the disk is full. Free some room; the next run goes on with the batches that are staged.",
        "Permission": "the data folder is not writable for this user. See `waqai doctor`.",
        "died": "a worker process was killed, mostly for want of memory: run with smaller batches (batch_size).",
    }
    found = [hint for word, hint in hints.items() if word in message]
    advice = found[0] if found else "read the log of the red task above; nothing is lost: the next run goes on from here."
    from prefect.logging.loggers import flow_run_logger

    flow_run_logger(flow_run, flow).error("What to do: %s", advice)


def store_artifacts(outcome: Outcome) -> None:
    """Store what the UI shows of this run: summary, newest events, quarantine, quality over time."""
    folder = data_folder(outcome.folder)
    pages = {
        "summary": artifacts.summary(outcome),
        "quarantine": artifacts.quarantine(outcome.quarantine, steps.quarantine_examples(folder)),
        "quality": artifacts.quality(steps.run_history(folder)),
    }
    artifacts.publish(pages, {"newest-events": steps.newest_events(folder)})


@flow(
    name="news",
    flow_run_name=run_name,
    task_runner=ThreadPoolTaskRunner(max_workers=steps.cores()),  # type: ignore[arg-type]
    timeout_seconds=LONGEST_RUN,
    on_failure=[say_what_to_do],
    on_crashed=[say_what_to_do],
)
def news(
    paths: list[str] | None = None,
    config: str = "waqai.toml",
    warehouse: str | None = None,
    batch_size: int = 500,
    only: list[str] | None = None,
) -> State[Any]:
    """Read sources, code the articles that are new, load their events and publish the warehouse.

    Args:
        paths: Files and folders to read. Empty: all sources of the file named in "config".
        config: The file that declares the sources (feeds, pages, folders, archives).
        warehouse: The data folder. Empty: WAQAI_WAREHOUSE of the worker, else ./data.
        batch_size: Articles coded in one task; 500 are about a second of work.
        only: Names of sources to read; empty: all of them.
    """
    log = get_run_logger()
    folder = data_folder(warehouse)
    run_id = str(runtime.flow_run.id)
    sources = steps.find_sources(paths, config, only, log.warning)
    log.info("reading %s", ", ".join(source.name for source in sources))
    processes = Processes(steps.cores())
    try:
        outcome = run_chain(sources, folder, run_id, AsTasks(processes), batch_size)
    finally:
        processes.close()
    outcome.name = str(runtime.flow_run.name)
    name, message = outcome.state()
    log.info("%s: %s", name, message)
    store_artifacts(outcome)
    if name == "Nothing worked":
        return Failed(message=f"{name}: {message}", name=name, data=outcome.as_dict())
    return Completed(message=message, name=name, data=outcome.as_dict())
