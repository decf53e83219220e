"""How each step is run by Prefect: one table, in one place.

Only steps that touch the outside world are tried again: the same text gives the same rows, so a coding step that
failed would fail again. The exception is a worker process that died (memory, a killed machine): one more try.
Frames and paths are never hashed for a cache (`NO_CACHE`): results are keyed by content in the warehouse.
"""

from typing import Any, NamedTuple

LOADER = "waqai-loader"  # tag with a concurrency limit of one: one task at a time writes the warehouse


class Policy(NamedTuple):
    """Retries with their waits (seconds), and the tags shown in the UI.

    There is no time limit here: a task in a thread cannot be interrupted. The flow `news` has one, and the fetcher has
    its own for every request.
    """

    retries: int
    waits: tuple[int, ...]
    tags: tuple[str, ...]


POLICIES = {
    "read": Policy(retries=3, waits=(5, 30, 120), tags=("outside",)),
    "code": Policy(retries=1, waits=(2,), tags=("coding",)),
    "load": Policy(retries=3, waits=(5, 15, 60), tags=("warehouse", LOADER)),
    "publish": Policy(retries=2, waits=(5, 30), tags=("warehouse", LOADER)),
    "look": Policy(retries=1, waits=(2,), tags=("warehouse",)),
}

LONGEST_RUN = 6 * 3600  # seconds; a run of the hourly news that hangs must not stop all later ones


def options(step: str, name: str) -> dict[str, Any]:
    """Return the keyword arguments of `prefect.task` for a step of the table.

    Args:
        step: a key of `POLICIES`.
        name: the name of the task run; `{parameter}` is filled in by Prefect.
    """
    from prefect.cache_policies import NO_CACHE

    policy = POLICIES[step]
    return {
        "name": step,
        "task_run_name": name,
        "retries": policy.retries,
        "retry_delay_seconds": list(policy.waits),
        "retry_jitter_factor": 0.2,
        "tags": list(policy.tags),
        "cache_policy": NO_CACHE,
    }
