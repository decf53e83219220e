"""The errors that waqai raises on purpose.

    WaqaiError
    ├── ContractError             a frame breaks the declaration of its table
    └── WarehouseError            the warehouse cannot do what is asked
        ├── WarehouseBusyError     another program writes to it
        ├── WarehouseVersionError  the file was made by another version of waqai
        ├── CheckFailedError       a blocking check found bad rows; nothing was published
        └── QueryError             a query of the user is wrong or not allowed

Each message names the table, column or file, how many rows, examples, and what to do.
"""


class WaqaiError(Exception):
    """Anything that waqai itself says is wrong."""


class ContractError(WaqaiError):
    """A frame does not fit the declaration of its table. `problems` holds one sentence for each way it does not."""

    def __init__(self, table: str, problems: list[str]) -> None:
        self.table, self.problems = table, problems
        super().__init__(f"{table}: " + "; ".join(problems))


class WarehouseError(WaqaiError):
    """The warehouse cannot do what is asked."""


class WarehouseBusyError(WarehouseError):
    """Another program holds the lock for writing."""


class WarehouseVersionError(WarehouseError):
    """The file was made by another version of waqai and cannot be upgraded by this one."""


class CheckFailedError(WarehouseError):
    """Blocking checks found bad rows. `failed` maps the name of a check to its number of bad rows."""

    def __init__(self, failed: dict[str, int], message: str) -> None:
        self.failed = failed
        super().__init__(message)


class QueryError(WarehouseError):
    """A query is wrong or may not run."""
