"""Where the files of a warehouse lie, and the lock of the one program that may write to them."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from schemas.errors import WarehouseBusyError

try:
    import fcntl
except ImportError:  # Windows: DuckDB's own lock on the private file remains
    fcntl = None  # type: ignore[assignment]


@dataclass(frozen=True)
class Place:
    """The files of one warehouse under its folder."""

    root: Path

    @property
    def published(self) -> Path:
        """What readers open: complete, checked, replaced as a whole."""
        return self.root / "waqai.duckdb"

    @property
    def parquet(self) -> Path:
        """The same tables as Parquet; points to the newest folder under `.parquet`."""
        return self.root / "parquet"

    @property
    def private(self) -> Path:
        """What the load writes to."""
        return self.root / "private" / "warehouse.duckdb"

    @property
    def lock(self) -> Path:
        """Held while a program writes."""
        return self.root / "private" / "writer.lock"


@contextmanager
def writer_lock(place: Place, wait: float = 60.0) -> Iterator[None]:
    """Hold the lock for writing while the block runs. The system frees it when the process dies.

    Raises:
        WarehouseBusyError: another program held it for longer than `wait` seconds.
    """
    place.lock.parent.mkdir(parents=True, exist_ok=True)
    with place.lock.open("a+", encoding="utf-8") as held:
        _take(held, place, wait)
        held.seek(0)
        held.truncate()
        held.write(f"process {os.getpid()}, since {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC")
        held.flush()
        try:
            yield
        finally:
            held.truncate(0)


def _take(held: IO[str], place: Place, wait: float) -> None:
    until = time.monotonic() + wait
    while fcntl is not None:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except OSError:
            if time.monotonic() >= until:
                held.seek(0)
                who = held.read().strip() or "unknown"
                raise WarehouseBusyError(
                    f"another program writes to the warehouse in {place.root} ({who}); waited {wait:.0f} s. "
                    f"Try again when it is done. To read, open {place.published.name}: readers never wait."
                ) from None
            time.sleep(0.1)
