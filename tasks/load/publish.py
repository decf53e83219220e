"""Publishing: `waqai.duckdb` and `parquet/` are replaced as a whole, so a reader sees the old state or the new one.

A reader that has the old file open keeps it; new readers get the new file. Nobody waits for anybody.
"""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb

from schemas.contract import quote
from tasks.load.place import Place

# Tables cut by year and month of this day; the others are one file each.
BY_MONTH = {
    "raw_article": "published_day",
    "core_event_mention": "first_day",
    "core_event": "first_day",
    "mart_event": "first_day",
}
WORKING = {"core_article_signature"}
WRITERS = 2
KEEP = 2  # Parquet folders: the newest, and the one before for readers in the middle of a query


def sweep(place: Place) -> None:
    """Remove what a killed publish left behind."""
    for path in (*place.root.glob("*.publishing"), *(place.root / ".parquet").glob("*.publishing")):
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink(missing_ok=True)


def published_state(place: Place) -> str:
    """Return `built_load` of the published file, or "" when there is none that can be read."""
    if not place.published.exists():
        return ""
    try:
        with duckdb.connect(str(place.published), read_only=True) as con:
            rows = con.execute("select value from warehouse_state where name = 'built_load'").fetchall()
            return str(rows[0][0]) if rows else ""
    except duckdb.Error:
        return ""


def publish(con: duckdb.DuckDBPyConnection, place: Place, state: str) -> bool:
    """Publish the open private file unless the published ones have its state already; return whether it was done."""
    if not state:
        return False
    is_new = published_state(place) != state
    if is_new:
        con.execute("checkpoint")
        part = place.root / f"{place.published.name}.publishing"
        shutil.copyfile(place.private, part)
        _sync(part)
        os.replace(part, place.published)
    folder = place.root / ".parquet" / state
    if not folder.exists() or _target(place.parquet) != folder.name:
        _publish_parquet(con, place, folder)
        return True
    return is_new


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _target(link: Path) -> str:
    return Path(os.readlink(link)).name if link.is_symlink() else ""


def _publish_parquet(con: duckdb.DuckDBPyConnection, place: Place, folder: Path) -> None:
    part = folder.with_name(f"{folder.name}.publishing")
    if not folder.exists():
        part.mkdir(parents=True, exist_ok=True)
        before = place.parquet.resolve() if place.parquet.exists() else None
        write_parquet(con, part, before)
        os.replace(part, folder)
    link = place.root / "parquet.publishing"
    link.unlink(missing_ok=True)
    link.symlink_to(Path(".parquet") / folder.name, target_is_directory=True)
    os.replace(link, place.parquet)
    # Hard links keep what the newest folder shares with these.
    others = sorted((p for p in folder.parent.iterdir() if p != folder), key=lambda p: p.stat().st_mtime)
    for old in others[: -(KEEP - 1)]:
        shutil.rmtree(old, ignore_errors=True)


def write_parquet(con: duckdb.DuckDBPyConnection, folder: Path, before: Path | None = None) -> None:
    """Write every table as Parquet (zstd): NAME.parquet, or NAME/year=YYYY/month=M/data-HASH.parquet for the big ones.

    A month that has not changed since the folder `before` is linked from there, not written again.
    """
    names = con.execute(
        "select table_name from duckdb_tables() where not temporary and database_name = current_database() "
        "order by estimated_size desc"
    ).fetchall()
    copies: list[tuple[str, Path]] = []
    for (name,) in names:
        if name in BY_MONTH:
            copies += _changed_months(con, folder / name, name, before / name if before else None)
        elif name not in WORKING:
            copies.append((f"select * from {quote(name)}", folder / f"{name}.parquet"))
    # A month is too little for DuckDB to write with more than one thread: two files at a time.
    with ThreadPoolExecutor(WRITERS) as pool:
        for done in [pool.submit(_copy, con, select, file) for select, file in copies]:
            done.result()


def _changed_months(con: duckdb.DuckDBPyConnection, folder: Path, name: str, before: Path | None) -> list[tuple[str, Path]]:
    """Link the months that are in `before` already; return (SELECT, file) for the others."""
    day = BY_MONTH[name]
    months = con.execute(
        f"select year({day}), month({day}), count(*), bit_xor(hash(t)) from {quote(name)} as t group by all order by all"
    ).fetchall()
    changed = []
    for year, month, rows, mark in months:
        part = f"year={year or '__HIVE_DEFAULT_PARTITION__'}/month={month or '__HIVE_DEFAULT_PARTITION__'}"
        file = f"{part}/data-{rows}-{mark:016x}.parquet"
        (folder / part).mkdir(parents=True, exist_ok=True)
        if before and (before / file).exists() and _link(before / file, folder / file):
            continue
        where = f"{day} is null"
        if year:
            where = f"{day} between make_date({year}, {month}, 1) and last_day(make_date({year}, {month}, 1))"
        changed.append((f"select * from {quote(name)} where {where}", folder / file))
    return changed


def _link(old: Path, new: Path) -> bool:
    try:
        os.link(old, new)
    except OSError:  # a file system without hard links
        return False
    return True


def _copy(con: duckdb.DuckDBPyConnection, select: str, file: Path) -> None:
    target = str(file).replace("'", "''")
    with con.cursor() as cursor:
        cursor.execute("use warehouse")
        cursor.execute(f"copy ({select}) to '{target}' (format parquet, compression zstd, compression_level 1)")
