"""The Prefect flow `maintenance`, every night: finish what earlier loads left, check everything, publish, report."""

import time
from datetime import date, timedelta
from typing import Any

from prefect import flow, get_run_logger, runtime, task
from prefect.states import Completed, Failed, State

from flows import artifacts, steps
from flows.folder import Folder, data_folder
from flows.policy import options

OLD_STAGING = 30 * 86400.0  # seconds; what nobody took up for a month is an accident, not work


def check_and_publish(folder: Folder, run_id: str) -> list[dict[str, Any]]:
    """Finish the marts, run all checks, publish; return one row for each check.

    Raises:
        CheckFailedError: a blocking check found bad rows; the published file stays as it was.
        WarehouseBusyError: another program writes.
    """
    from tasks.load.warehouse import open_warehouse

    with open_warehouse(folder.root) as warehouse:
        warehouse.finish(run_id)
        results = warehouse.run_checks()
        warehouse.publish()
    return [
        {"check": r.name, "severity": r.severity, "bad rows": r.n_bad, "what": r.title, "examples": str(r.examples)[:300]}
        for r in results
    ]


def sweep_staging(folder: Folder, now: float) -> int:
    """Remove batch folders of runs that are older than a month and that no process holds; return how many."""
    import shutil

    removed = 0
    for work in folder.staging.glob("*/"):
        if now - work.stat().st_mtime < OLD_STAGING:
            continue
        held = steps.free_lock(work)
        if held is not None:
            shutil.rmtree(work, ignore_errors=True)
            held.close()
            removed += 1
    return removed


def write_report(folder: Folder, days: int) -> str:
    """Write the report of the last days beside the warehouse; return its path."""
    from tasks.report.page import write_report as write

    path = folder.root / "report.html"
    write(folder.root, path, first_day=date.today() - timedelta(days=days), last_day=date.today())
    return str(path)


@flow(name="maintenance", flow_run_name="maintenance")
def maintenance(warehouse: str | None = None, report_days: int = 30) -> State[Any]:
    """Check the whole warehouse, publish it anew, clear what is left over, write the report.

    Args:
        warehouse: The data folder. Empty: WAQAI_WAREHOUSE of the worker, else ./data.
        report_days: How many days the report covers.
    """
    log = get_run_logger()
    folder = data_folder(warehouse)
    if not folder.published.exists():
        return Completed(message="no warehouse yet: nothing to do", name="Nothing new")
    checks = task(check_and_publish, **options("load", "check and publish"))(folder, str(runtime.flow_run.id))
    removed = task(sweep_staging, **options("look", "clear old staging"))(folder, time.time())
    report = task(write_report, **options("look", "write the report"))(folder, report_days)
    bad = [row for row in checks if row["bad rows"]]
    for row in bad:
        log.warning("%s: %d bad rows", row["check"], row["bad rows"])
    columns = ("check", "severity", "bad rows", "what")
    page = artifacts.table(columns, [[row[name] for name in columns] for row in checks], (2,))
    history = steps.run_history(folder, 90)
    artifacts.publish({"checks": f"# Checks\n\n{page}", "quality": artifacts.quality(history)}, {})
    if any(row["severity"] == "blocking" for row in bad):
        return Failed(message="blocking checks found bad rows: " + ", ".join(row["check"] for row in bad))
    return Completed(message=f"{len(checks)} checks, {len(bad)} with findings; {removed} old staging folders; {report}")
