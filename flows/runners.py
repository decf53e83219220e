"""Where tasks run: threads of this process, worker processes, or a Dask cluster (its own or one that runs already)."""

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from threading import Lock
from typing import Any

from prefect import task
from prefect.futures import PrefectFuture, as_completed
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from flows.policy import options
from flows.progress import tell
from flows.steps import cores


class Processes:
    """Worker processes for coding: the coder holds Python's global lock, so threads would share one core.

    They start with the first use, import no Prefect, and are replaced when one dies.
    """

    def __init__(self, n: int) -> None:
        self.n = n
        self._pool: ProcessPoolExecutor | None = None
        self._lock = Lock()

    def run(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Return `function(*arguments)`, computed in a worker process.

        Raises:
            RuntimeError: the worker died (memory, a kill); the step may be tried again.
        """
        with self._lock:
            if self._pool is None:
                self._pool = ProcessPoolExecutor(self.n, mp_context=get_context("spawn"))
            pool = self._pool
        try:
            return pool.submit(function, *arguments).result()
        except BrokenProcessPool as error:
            with self._lock:
                if self._pool is pool:
                    self._pool = None
            raise RuntimeError("a worker process died (out of memory? killed?)") from error

    def close(self) -> None:
        """End the worker processes."""
        if self._pool is not None:
            self._pool.shutdown()


class AsTasks:
    """Runs the steps of a chain as Prefect tasks of the current flow run."""

    def __init__(self, processes: Processes | None = None) -> None:
        self.processes = processes

    def each(self, step: str, name: str, function: Callable[..., Any], items: Sequence[Any], *more: Any) -> list[Any]:
        """Submit one task for each item, wait for all, return the results in order; the first error is raised."""
        pool = self.processes if step == "code" and len(items) > 1 else None

        def body(item: Any) -> Any:
            return pool.run(function, item, *more) if pool else function(item, *more)

        runnable = task(body, **options(step, name))
        futures = [runnable.submit(item) for item in items]
        tell(step, 0, len(futures))
        for done, _ in enumerate(as_completed(futures), start=1):
            tell(step, done, len(futures))
        return [future.result() for future in futures]


def task_runner(kind: str, workers: int, dask_address: str | None = None) -> TaskRunner[PrefectFuture[Any]]:
    """Return the task runner of a backfill.

    Args:
        kind: `threads`, `processes` (tasks are threads that wait for worker processes) or `dask`.
        workers: how many tasks at once; 0 for one each core.
        dask_address: a running scheduler (`tcp://host:8786`); without it Dask starts workers on this machine.

    Raises:
        RuntimeError: Dask is asked for and not installed.
        ValueError: there is no such kind.
    """
    n = workers or cores()
    if kind in ("threads", "processes"):
        return ThreadPoolTaskRunner(max_workers=n)  # type: ignore[return-value]
    if kind != "dask":
        raise ValueError(f"'{kind}' is no runner: threads, processes or dask")
    try:
        from prefect_dask import DaskTaskRunner
    except ImportError:
        raise RuntimeError("Dask is not installed: pip install '.[cluster]' (or make setup)") from None
    if dask_address:
        return DaskTaskRunner(address=dask_address)  # type: ignore[return-value]
    local = {"n_workers": n, "threads_per_worker": 1, "dashboard_address": None}
    return DaskTaskRunner(cluster_kwargs=local)  # type: ignore[return-value]


def in_order(submit: Callable[[Any], PrefectFuture[Any]], items: Sequence[Any], at_once: int) -> Any:
    """Yield (item, result) in order with at most `at_once` tasks submitted: an archive must not fill the queue.

    A task that failed gives its exception as the result.
    """
    waiting: list[tuple[Any, PrefectFuture[Any]]] = []
    for item in items:
        waiting.append((item, submit(item)))
        if len(waiting) >= at_once:
            first, future = waiting.pop(0)
            yield first, future.result(raise_on_failure=False)
    for item, future in waiting:
        yield item, future.result(raise_on_failure=False)
