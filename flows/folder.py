"""Where everything of one installation lies: one folder, `./data` or `WAQAI_WAREHOUSE`."""

import os
from dataclasses import dataclass
from pathlib import Path

DEFAULT = "data"


@dataclass(frozen=True)
class Folder:
    """The paths inside the data folder. Nothing is created by looking at them."""

    root: Path

    @property
    def published(self) -> Path:
        """The file that people open: complete, checked, replaced in one step by each run."""
        return self.root / "waqai.duckdb"

    @property
    def staging(self) -> Path:
        """Batches between coding and loading, as Parquet; a run that died goes on from here."""
        return self.root / "staging"

    @property
    def prefect(self) -> Path:
        """Prefect's database, logs and results (`PREFECT_HOME`)."""
        return self.root / "prefect"

    @property
    def server_note(self) -> Path:
        """Written by `waqai serve`: address and process of the server that is up."""
        return self.prefect / "server.json"


def data_folder(given: str | Path | None = None) -> Folder:
    """Return the data folder: the one given, else `WAQAI_WAREHOUSE`, else `./data`; always absolute."""
    return Folder(Path(given or os.environ.get("WAQAI_WAREHOUSE") or DEFAULT).expanduser().resolve())
