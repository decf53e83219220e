"""Commands of whoever runs an installation: serve and doctor."""

import importlib.metadata
import os
import shutil
import sys
from pathlib import Path

from flows.cli.show import OUT, fail, print_rows
from flows.folder import Folder, data_folder

PACKAGES = (
    "prefect",
    "fastapi",
    "sqlalchemy",
    "polars",
    "duckdb",
    "camel-tools",
    "hijridate",
    "trafilatura",
    "feedparser",
)
OPTIONAL = {"altair": "report", "vl-convert-python": "report", "prefect-dask": "cluster", "torch": "neural"}


def run_serve(warehouse: Path | None, port: int, first_run: bool) -> None:
    """Serve until a signal comes; a second call says where the first one is."""
    from flows.serving import AlreadyServingError, serve

    folder = data_folder(warehouse)
    OUT.print(f"data folder: {folder.root}", highlight=False, markup=False, soft_wrap=True)
    try:
        serve(folder, port, lambda text: OUT.print(text, highlight=False, markup=False, soft_wrap=True), first_run)
    except AlreadyServingError as already:
        OUT.print(f"already up: {already.url}", highlight=False, markup=False)


def version(package: str) -> str | None:
    """Return the installed version of a package, or None."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def installed() -> list[dict[str, str]]:
    """Return a row for Python and each package: what is there, and how to get what is not."""
    rows = [{"what": "python", "state": sys.version.split()[0], "what to do": ""}]
    for package in PACKAGES:
        found = version(package)
        rows.append({"what": package, "state": found or "missing", "what to do": "" if found else "make setup"})
    for package, extra in OPTIONAL.items():
        found = version(package)
        hint = "" if found else f"only if you want it: pip install '.[{extra}]'"
        rows.append({"what": package, "state": found or "not installed (optional)", "what to do": hint})
    rows.append(pins())
    return rows


def pins() -> dict[str, str]:
    """Return whether the two versions that break Prefect 3.8 in silence are kept out."""

    def numbers(package: str) -> tuple[int, ...]:
        return tuple(int(part) for part in (version(package) or "0").split(".")[:2] if part.isdigit())

    broken = []
    if numbers("fastapi") >= (0, 151):
        broken.append("fastapi >= 0.151 stops every flow")
    if numbers("sqlalchemy") >= (2, 1):
        broken.append("sqlalchemy >= 2.1 stops every schedule")
    return {"what": "pins", "state": "; ".join(broken) or "fine", "what to do": "make setup" if broken else ""}


def camel_data() -> dict[str, str]:
    """Return whether the optional morphology data of camel-tools is there."""
    home = Path(os.environ.get("CAMELTOOLS_DATA") or Path.home() / ".camel_tools")
    found = sorted(path.name for path in (home / "data" / "morphology_db").glob("*")) if home.exists() else []
    if found:
        return {"what": "camel data", "state": ", ".join(found), "what to do": ""}
    hint = "optional: camel_data -i morphology-db-msa-r13 (needs the network)"
    return {"what": "camel data", "state": "none; the own lexicon is used", "what to do": hint}


def word_tables() -> dict[str, str]:
    """Return the version and the size of the word tables."""
    from schemas.seeds import SEEDS, lexicon_version

    n_tables = len(list((SEEDS / "lexicon").rglob("*.csv")))
    return {"what": "word tables", "state": f"{n_tables} tables, version {lexicon_version()}", "what to do": ""}


def disk(folder: Folder) -> dict[str, str]:
    """Return the data folder's state: there, writable, room left."""
    place = folder.root
    while not place.exists():
        place = place.parent
    if not os.access(place, os.W_OK):
        return {
            "what": "data folder",
            "state": f"{folder.root}: not writable",
            "what to do": "choose one with --warehouse",
        }
    free = shutil.disk_usage(place).free / 1e9
    hint = "less than 1 GB is free" if free < 1 else ""
    return {"what": "data folder", "state": f"{folder.root} ({free:.0f} GB free)", "what to do": hint}


def published(folder: Folder) -> dict[str, str]:
    """Return what the published warehouse holds."""
    if not folder.published.exists():
        return {"what": "warehouse", "state": "none yet", "what to do": "waqai run seeds/articles"}
    import duckdb

    with duckdb.connect(str(folder.published), read_only=True) as con:
        counts = [con.execute(f"select count(*) from {name}").fetchone() for name in ("raw_article", "core_event_mention")]
    n_articles, n_events = (row[0] if row else 0 for row in counts)
    return {"what": "warehouse", "state": f"{n_articles} articles, {n_events} event mentions", "what to do": ""}


def server(folder: Folder) -> dict[str, str]:
    """Return whether a Prefect server answers."""
    from flows.server import find_server

    try:
        found = find_server(folder)
    except RuntimeError as error:
        return {"what": "prefect server", "state": str(error), "what to do": "waqai serve"}
    if found is None:
        hint = "waqai serve (a run without it starts its own, 5 s more)"
        return {"what": "prefect server", "state": "none is up", "what to do": hint}
    return {"what": "prefect server", "state": f"{found.url} ({found.how})", "what to do": ""}


def examine(warehouse: Path | None) -> None:
    """Print one table of everything; end with code 1 when something needed is missing."""
    folder = data_folder(warehouse)
    rows = installed()
    for look in (camel_data, word_tables, lambda: disk(folder), lambda: published(folder), lambda: server(folder)):
        try:
            rows.append(look())
        except Exception as error:
            rows.append({"what": "a check failed", "state": str(error), "what to do": "see the message"})
    print_rows(rows)
    needed = [row for row in rows if row["state"] == "missing" or "not writable" in row["state"] or row["what"] == "pins"]
    if any(row["what to do"] for row in needed):
        fail("something needed is missing: see above")
