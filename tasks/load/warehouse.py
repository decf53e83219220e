"""The warehouse as the flow uses it.

    with open_warehouse("data") as warehouse:           # the one writer
        loaded = warehouse.load(batches, run_id)        # rows, merge, marts and blocking checks in one transaction
        warehouse.publish()                             # waqai.duckdb and parquet/, each replaced as a whole

`load_and_publish` does all of it. A kill at any moment leaves the old state or the new one; the next call goes on.
"""

import importlib.metadata
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import polars as pl

from schemas.contract import quote
from schemas.errors import WarehouseBusyError, WarehouseVersionError
from schemas.seeds import lexicon_version
from schemas.tables import BUILT, MARTS, RUN_LOG
from schemas.tables import table as declared
from tasks.load import dims, publish
from tasks.load.batch import Arrow, Loaded, Versions, clean_batch, insert, load_batch
from tasks.load.checks import CheckResult, refuse_bad, run_checks
from tasks.load.layout import prepare
from tasks.load.likeness import find_copies
from tasks.load.place import Place, writer_lock
from warehouse.runner import build, in_order, queries

# The layout of files that DuckDB 1.4, 1.5 and 2 open; DuckDB 2's own is refused by the older ones.
STORAGE = "v1.4.0"
Frames = dict[str, pl.DataFrame]
GROUP = 8_000  # articles that are put together before they go into the tables
PART = 40_000  # articles of one transaction: more than a scheduled run has, little enough to fit into memory
MEMORY = "800MB"


@dataclass
class LoadResult(Loaded):
    """Counts of a whole load, what was done to an older file, and what the checks found."""

    run_id: str = ""
    n_events: int = 0
    is_published: bool = False
    upgraded: list[str] = field(default_factory=list)
    checks: list[CheckResult] = field(default_factory=list)

    @property
    def n_added(self) -> int:
        """Event mentions that are new."""
        return self.n_event_mentions

    @property
    def warnings(self) -> list[CheckResult]:
        """The checks that found something (none of them blocking, else nothing was loaded)."""
        return [check for check in self.checks if check.n_bad]


class Warehouse:
    """An open private file; made by `open_warehouse`, used by one program at a time."""

    def __init__(self, place: Place, con: duckdb.DuckDBPyConnection, upgraded: list[str]) -> None:
        self.place, self.con, self.upgraded = place, con, upgraded

    def load(
        self,
        batches: Iterable[Mapping[str, pl.DataFrame]],
        run_id: str,
        *,
        replace: bool = False,
        is_last: bool = True,
        code: str = "",
        lexicon: str = "",
    ) -> LoadResult:
        """Load batches in one transaction: all of it, or nothing. An archive of more than PART articles goes in by parts
        of that size, and a load that died goes on after the last part.

        Args:
            batches: frames by the names of `schemas.tables.STAGED`; read one after the other, a lazy iterable is fine.
            run_id: stands on every row.
            replace: code again what is known (recode); else known articles are left alone.
            is_last: merge mentions, build marts and check now. False for all but the last load of a long backfill:
                `finish` then does it once.
            code, lexicon: versions that made the rows; those of this program when empty.

        Raises:
            ContractError: a frame breaks its declaration.
            CheckFailedError: a blocking check found bad rows.
        """
        by = Versions(run_id, code or code_version(), lexicon or lexicon_version())
        result = LoadResult(run_id=run_id, upgraded=self.upgraded)
        self.con.execute("begin")
        try:
            part = Loaded()
            for frames in ahead(map(clean_batch, grouped(batches))):
                part.add(load_batch(self.con, frames, by, replace))
                if part.n_articles + part.n_recoded >= PART:
                    self._log(part, by)
                    self.con.execute("commit")
                    self.con.execute("begin")
                    result.add(part)
                    part = Loaded()
            if part.is_change:
                self._log(part, by)
            result.add(part)
            if is_last:
                self._finish(result)
            self.con.execute("commit")
        except BaseException:
            self._roll_back()
            raise
        return result

    def finish(self, run_id: str = "") -> LoadResult:
        """Merge, build marts and check what earlier loads left unfinished."""
        result = LoadResult(run_id=run_id, upgraded=self.upgraded)
        self.con.execute("begin")
        try:
            self._finish(result)
            self.con.execute("commit")
        except BaseException:
            self._roll_back()
            raise
        return result

    def publish(self) -> bool:
        """Replace the published file and Parquet when they are older than the private file; return whether they were."""
        return publish.publish(self.con, self.place, self.state("built_load"))

    def state(self, name: str) -> str:
        """Return a fact of `warehouse_state`, or ""."""
        rows = self.con.execute("select value from warehouse_state where name = ?", [name]).fetchall()
        return str(rows[0][0]) if rows else ""

    def run_checks(self) -> list[CheckResult]:
        """Run all checks."""
        return run_checks(self.con)

    def _roll_back(self) -> None:
        with suppress(duckdb.Error):  # a full disk has ended the transaction already
            self.con.execute("rollback")

    def _log(self, part: Loaded, by: Versions) -> None:
        number = self._last_load() + 1
        row = {
            **{name: value for name, value in asdict(part).items() if name in RUN_LOG.names},
            **asdict(by),
            "load_number": number,
            "loaded_at": datetime.now(UTC),
            "n_known_articles": part.n_known,
            "n_recoded_articles": part.n_recoded,
            "n_event_mentions_gone": part.n_gone,
        }
        insert(self.con, RUN_LOG, RUN_LOG.frame([row]))

    def _last_load(self) -> int:
        return int(self.con.execute("select coalesce(max(load_number), 0) from run_log").fetchall()[0][0])

    def _finish(self, result: LoadResult) -> None:
        made = f"{self._last_load()}-{code_version()}-{lexicon_version()}"
        built = self.state("built_load")
        if built != made:
            self._build_dims()
            self._merge()
            for query in in_order(queries("marts")):
                build(self.con, query, declared(query.name))
            for query in in_order(queries("exports")):
                build(self.con, query, kind="view")
            self._set("built_load", made)
            result.checks = run_checks(self.con, int(built.partition("-")[0] or 0))
            refuse_bad(result.checks)
        result.n_events = int(self.con.execute("select count(*) from core_event").fetchall()[0][0])

    def _build_dims(self) -> None:
        lexicon = f"{code_version()}-{lexicon_version()}"
        if self.state("built_lexicon") == lexicon:
            return
        for name, frame in (
            ("dim_cameo_code", dims.cameo_rows()),
            ("dim_country", dims.country_rows()),
            ("dim_role", dims.role_rows()),
            ("dim_actor", dims.actor_rows()),
        ):
            table = declared(name)
            self.con.execute(f"drop table if exists {quote(name)}")
            self.con.execute(table.ddl())
            insert(self.con, table, frame)
            for statement in table.comments():
                self.con.execute(statement)
        for name, frame in dims.lexicon_tables():
            self.con.register("_lexicon", Arrow(frame))
            self.con.execute(f"create or replace table {quote(name)} as select * from _lexicon")
            self.con.unregister("_lexicon")
        self._set("built_lexicon", lexicon)

    def _merge(self) -> None:
        """Find copies of articles, give each mention its event, and build core_event."""
        con, core = self.con, queries("core")
        for table in BUILT:
            con.execute(f"drop table if exists {quote(table.name)}")
            con.execute(table.ddl())
            for statement in table.comments():
                con.execute(statement)
        insert(con, declared("core_article_copy"), find_copies(con, core["like_pairs"].sql))
        con.execute(f"create or replace temp table event_link as {core['event_link'].sql}")
        con.execute(
            "update core_event_mention as m set event_id = l.event_id, is_duplicate_of = l.is_duplicate_of, "
            "duplicate_reason = l.duplicate_reason from event_link as l where m.event_mention_id = l.event_mention_id "
            "and (m.event_id is distinct from l.event_id or m.duplicate_reason is distinct from l.duplicate_reason)"
        )
        con.execute(f"insert into core_event by name {core['core_event'].sql}")
        con.execute("drop table event_link")

    def _set(self, name: str, value: str) -> None:
        self.con.execute("delete from warehouse_state where name = ?", [name])
        self.con.execute("insert into warehouse_state values (?, ?)", [name, value])


def grouped(batches: Iterable[Mapping[str, pl.DataFrame]], size: int | None = None) -> Iterator[Frames]:
    """Put small batches together until they hold `size` articles (GROUP): a set-based load wants sets."""
    parts: dict[str, list[pl.DataFrame]] = {}
    n_articles = 0
    for frames in batches:
        for name, frame in frames.items():
            parts.setdefault(name, []).append(frame)
        n_articles += frames["articles"].height if "articles" in frames else 0
        if n_articles >= (size or GROUP):
            yield {name: pl.concat(found, how="diagonal") for name, found in parts.items()}
            parts, n_articles = {}, 0
    if parts:
        yield {name: pl.concat(found, how="diagonal") for name, found in parts.items()}


def ahead(items: Iterator[Frames]) -> Iterator[Frames]:
    """Yield the items; the next one is made ready in another thread while the present one is used."""
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = pool.submit(next, items, None)
            yield item


def code_version() -> str:
    """Return the version of this program."""
    return importlib.metadata.version("waqai")


@contextmanager
def open_warehouse(root: str | Path, wait: float = 60.0) -> Iterator[Warehouse]:
    """Open the private file of a data folder for writing; creates or upgrades it.

    Args:
        root: the data folder.
        wait: seconds to wait for another writer.

    Raises:
        WarehouseBusyError: another program writes.
        WarehouseVersionError: the file belongs to another version that cannot be upgraded.
    """
    place = Place(Path(root).expanduser().resolve())
    with writer_lock(place, wait):
        con = duckdb.connect(":memory:")
        try:
            con.execute("set TimeZone = 'UTC'")
            con.execute(f"set memory_limit = '{MEMORY}'")
            con.execute("set preserve_insertion_order = false")
            con.execute("set temp_directory = ?", [str(place.private.parent / "spill")])
            _attach(con, place)
            publish.sweep(place)
            yield Warehouse(place, con, prepare(con))
        finally:
            con.close()


def _attach(con: duckdb.DuckDBPyConnection, place: Place) -> None:
    path = str(place.private).replace("'", "''")
    try:
        con.execute(f"attach '{path}' as warehouse (storage_version '{STORAGE}')")
    except duckdb.Error as error:
        why = str(error).splitlines()[0]
        if "lock" in why.lower():
            raise WarehouseBusyError(f"another program has {place.private} open: {why}") from error
        if "version" in why.lower() or "not a valid" in why.lower():
            raise WarehouseVersionError(
                f"{place.private} was not made by this version of waqai or is no DuckDB file. Move it away or choose "
                f"another folder. DuckDB says: {why}"
            ) from error
        raise
    con.execute("use warehouse")


def load_and_publish(
    root: str | Path,
    batches: Iterable[Mapping[str, pl.DataFrame]],
    run_id: str,
    *,
    replace: bool = False,
    wait: float = 60.0,
) -> LoadResult:
    """Load batches into the warehouse of a data folder and publish it; see `Warehouse.load`.

    Publishes also what an earlier call loaded but could not publish any more.
    """
    with open_warehouse(root, wait) as warehouse:
        result = warehouse.load(batches, run_id, replace=replace)
        result.is_published = warehouse.publish()
        return result


__all__ = ["MARTS", "LoadResult", "Warehouse", "load_and_publish", "open_warehouse"]
