"""The Prefect flow `backfill`: code an archive in batches, on processes or a Dask cluster; one load at the end.

Batches travel as Parquet folders (any fsspec address), between tasks go only their paths. Coded batches have a mark,
loaded ones another: started again with the same `work` folder, the flow does what is left. At most four batches for
each worker are submitted at a time, so that the scheduler's queue stays short however long the archive is.
"""

from pathlib import Path
from typing import Any

from prefect import flow, get_run_logger, runtime, task
from prefect.artifacts import create_progress_artifact, update_progress_artifact
from prefect.states import Completed, Failed, State

from flows import artifacts, steps
from flows import batches as files
from flows.folder import data_folder
from flows.outcomes import Outcome
from flows.policy import options
from flows.progress import tell
from flows.runners import Processes, in_order, task_runner
from schemas.seeds import lexicon_version

AHEAD = 4  # batches submitted for each worker


@flow(name="code-archive", flow_run_name="code {batches} batches")
def code_archive(paths: list[str], batches: int, runner: str, workers: int) -> tuple[list[dict[str, int]], list[str]]:
    """Code batch folders on the task runner of this flow; return the counts, and what failed with the reason."""
    log = get_run_logger()
    at_once = AHEAD * (workers or steps.cores())
    pool = Processes(workers or steps.cores()) if runner == "processes" else None

    def in_worker(batch: steps.Batch) -> dict[str, int]:
        return pool.run(steps.code, batch) if pool else steps.code(batch)  # type: ignore[no-any-return]

    # A Dask worker gets the plain function: what it must unpickle names only modules that it can import.
    runnable = task(in_worker if pool else steps.code, **options("code", "code batch {batch.label}"))
    items = [steps.Batch(path, f"{number} of {batches}") for number, path in enumerate(paths, start=1)]
    bar = create_progress_artifact(0.0, key="waqai-backfill", description=f"{batches} batches")
    failed, coded = [], []
    try:
        for done, (item, result) in enumerate(in_order(runnable.submit, items, at_once), start=1):
            if isinstance(result, BaseException) or not isinstance(result, dict):
                failed.append(f"{item.label}: {result}")
                log.warning("batch %s failed: %s", item.label, result)
            else:
                coded.append(result)
            tell("code", done, batches)
            if done % max(1, batches // 50) == 0 or done == batches:
                update_progress_artifact(bar, 100.0 * done / batches)  # type: ignore[arg-type]
                log.info("%d of %d batches", done, batches)
    finally:
        if pool:
            pool.close()
    return coded, failed


def run_name() -> str:
    """Return the name of this run: what is coded, and where."""
    given = runtime.flow_run.parameters
    return f"backfill: {', '.join(map(str, given['paths'][:3]))} on {given['runner']}"


@flow(name="backfill", flow_run_name=run_name)
def backfill(
    paths: list[str],
    warehouse: str | None = None,
    work: str | None = None,
    runner: str = "processes",
    workers: int = 0,
    dask_address: str | None = None,
    batch_size: int = 2000,
) -> State[Any]:
    """Code an archive in batches on several cores or machines, load it once, publish. Goes on where it stopped.

    Args:
        paths: Files and folders of the archive.
        warehouse: The data folder. Empty: WAQAI_WAREHOUSE of the worker, else ./data.
        work: Folder or fsspec address for the batches, in reach of every worker. Empty: "backfill" in the data folder.
        runner: Where batches run: threads, processes or dask.
        workers: How many at once; 0: one for each core.
        dask_address: A running Dask scheduler, e.g. tcp://host:8786. Empty with "dask": a cluster on this machine.
        batch_size: Articles in one batch; 2000 are some seconds of work.
    """
    log = get_run_logger()
    folder = data_folder(warehouse)
    place = work or str(folder.root / "backfill")
    run_id = str(runtime.flow_run.id)
    outcome = Outcome(run_id=run_id, folder=str(folder.root), lexicon=lexicon_version(), name=str(runtime.flow_run.name))

    read = task(steps.read_source, **options("read", "read {source.name}"))
    for source in [steps.PathSource(Path(path).name or path, (path,)) for path in paths]:
        outcome.sources += read(source, folder, place, run_id, batch_size).outcomes
    batches = files.find_batches(place)
    todo = [batch for batch in batches if not files.is_loaded(batch)]
    outcome.n_batches = len(todo)
    log.info("%d batches, %d to do", len(batches), len(todo))

    failed: list[str] = []
    if todo:
        code = code_archive.with_options(task_runner=task_runner(runner, workers, dask_address))  # type: ignore[arg-type]
        coded, failed = code(todo, len(todo), runner, workers)
        steps.count(outcome, coded, [])
    ready = [batch for batch in todo if files.coded_counts(batch) is not None]
    job = steps.Load(place, ready, run_id, f"{len(ready)} batches")
    outcome.n_added = task(steps.load, **options("load", "load and publish {job.label}"))(job, folder)
    for batch in ready:
        files.mark_loaded(batch)
    artifacts.publish({"summary": artifacts.summary(outcome)}, {"newest-events": steps.newest_events(folder)})
    if failed:
        return Failed(message=f"{len(failed)} of {len(todo)} batches failed, run again to try them: {failed[0]}")
    if work is None:
        files.remove_batches([place])
    return Completed(message=outcome.state()[1], data=outcome.as_dict())
