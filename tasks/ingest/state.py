"""What the last polls saw: one SQLite file, so that the next poll takes only what is new or changed.

Each source writes into its own `Notes`; they reach the file by `ready` and `commit`, after the articles they speak of
are safe. A run that dies in between fetches them again; they have the same ids, so nothing doubles.
"""

import hashlib
import sqlite3
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

KEPT_DAYS = 400
TRIES = 5  # polls in which an entry that fails for a passing reason is tried again

_TABLES = """
create table if not exists page (url text primary key, etag text, last_modified text, digest text, at text) without rowid;
create table if not exists seen (
    key text primary key, ref text, origin text, n_failed integer, is_done integer, at text) without rowid;
create table if not exists file (path text primary key, ref text, size integer, mtime_ns integer, at text) without rowid;
create index if not exists seen_ref on seen (ref);
"""


class Page(NamedTuple):
    """What an address answered last: its validators and a hash of the body."""

    etag: str = ""
    last_modified: str = ""
    digest: str = ""


class Seen(NamedTuple):
    """An entry: its address, the feed or page that names it, failed tries, and whether it needs no other try."""

    ref: str
    origin: str
    n_failed: int
    is_done: bool


class File(NamedTuple):
    """A file that was read to its end: how quarantine rows call it, its size in bytes and time of change."""

    ref: str
    size: int
    mtime_ns: int


def digest_of(*parts: str | bytes) -> str:
    """Return a short hash of some parts."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part if isinstance(part, bytes) else part.encode("utf-8", "replace"))
        digest.update(b"\0")
    return digest.hexdigest()[:24]


class State:
    """The state of all sources of one data folder. Safe to use from several threads and by two runs at once."""

    def __init__(self, path: str | Path) -> None:
        """Open or create the file.

        Raises:
            OSError: the folder cannot be made. sqlite3.Error: the file is no state file or cannot be written.
        """
        if str(path) != ":memory:":
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        self._file = sqlite3.connect(path, timeout=30, check_same_thread=False, isolation_level=None)
        self._file.execute("pragma journal_mode=wal")
        self._file.executescript(_TABLES)
        self._lock = threading.RLock()
        self._pages: dict[str, Page] = {}
        self._seen: dict[str, Seen] = {}
        self._files: dict[str, File] = {}
        self._claimed: dict[str, object] = {}

    def close(self) -> None:
        """Close the file; what was not committed is forgotten."""
        self._file.close()

    def __enter__(self) -> "State":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def row(self, sql: str, key: str) -> tuple[str, ...] | None:
        """Return the first row of a query with one bound value, as text."""
        with self._lock:
            found = self._file.execute(sql, (key,)).fetchone()
        return tuple(map(str, found)) if found else None

    def claim(self, key: str, owner: object) -> bool:
        """Return whether `owner` is the first of this run to take an entry: two feeds may name the same article."""
        with self._lock:
            return self._claimed.setdefault(key, owner) is owner

    def begin(self) -> None:
        """Start a poll: claims of an earlier one no longer count."""
        with self._lock:
            self._claimed = {}

    def ready(self, notes: "Notes") -> None:
        """Take over the notes of a source whose articles have been handed out; `commit` writes them."""
        with self._lock:
            self._pages.update(notes.pages)
            self._seen.update(notes.seen)
            self._files.update(notes.files)
            notes.pages, notes.seen, notes.files = {}, {}, {}

    def forget(self, ref: str) -> None:
        """Let the next poll take something again (`article_ref` of a quarantine row): an address, file or its part."""
        whole = ref.split("#")[0].split("!")[0]
        with self._lock:
            origins = self._file.execute("select distinct origin from seen where ref = ?", (ref,)).fetchall()
            self._file.executemany("delete from page where url = ?", [*origins, (ref,)])
            self._file.execute("delete from seen where ref = ?", (ref,))
            self._file.executemany("delete from file where ref = ?", [(ref,), (whole,)])

    def commit(self, now: datetime | None = None) -> None:
        """Write what is ready, all or nothing, and drop what has not been noted for 400 days.

        Raises:
            sqlite3.Error: disk full, or the file is locked for more than 30 seconds; the notes stay for another try.
        """
        now = now or datetime.now(UTC)
        at, oldest = (one.isoformat(timespec="seconds") for one in (now, now - timedelta(days=KEPT_DAYS)))
        with self._lock:
            self._file.execute("begin immediate")
            try:
                for table, notes in (("page", self._pages), ("seen", self._seen), ("file", self._files)):
                    rows = [(key, *note, at) for key, note in notes.items()]  # type: ignore[attr-defined]
                    marks = ", ".join("?" * (len(rows[0]) if rows else 0))
                    if rows:
                        self._file.executemany(f"insert or replace into {table} values ({marks})", rows)
                for table in ("page", "seen"):
                    self._file.execute(f"delete from {table} where at < ?", (oldest,))
                self._file.execute("commit")
            except BaseException:
                self._file.execute("rollback")
                raise
            self._pages, self._seen, self._files = {}, {}, {}


class Notes:
    """What one source found in one poll, on top of what is in the file."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.pages: dict[str, Page] = {}
        self.seen: dict[str, Seen] = {}
        self.files: dict[str, File] = {}

    def page(self, url: str) -> Page:
        """Return what the address answered last; empty when it was never asked."""
        row = self.state.row("select etag, last_modified, digest from page where url = ?", url)
        return self.pages.get(url) or (Page(*row) if row else Page())

    def _seen(self, key: str) -> Seen | None:
        if key in self.seen:
            return self.seen[key]
        row = self.state.row("select ref, origin, n_failed, is_done from seen where key = ?", key)
        return Seen(row[0], row[1], int(row[2]), row[3] == "1") if row else None

    def is_done(self, key: str) -> bool:
        """Return whether an entry was taken, refused for good, or has failed too often."""
        one = self._seen(key)
        return one is not None and (one.is_done or one.n_failed >= TRIES)

    def done(self, key: str, ref: str, origin: str) -> None:
        """Remember that an entry needs no other try."""
        self.seen[key] = Seen(ref, origin, 0, True)

    def failed(self, key: str, ref: str, origin: str) -> None:
        """Count a failure that may pass."""
        before = self._seen(key)
        self.seen[key] = Seen(ref, origin, (before.n_failed if before else 0) + 1, False)

    def is_same_file(self, path: str, size: int, mtime_ns: int) -> bool:
        """Return whether a file was read before and has not changed since."""
        row = self.state.row("select ref, size, mtime_ns from file where path = ?", path)
        known = self.files.get(path) or (File(row[0], int(row[1]), int(row[2])) if row else None)
        return known is not None and known[1:] == (size, mtime_ns)
