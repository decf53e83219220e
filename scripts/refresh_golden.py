"""Write what the coder makes of the sample articles to tests/coding/golden: read every difference before you commit it.

Each row was read against its article. What a careful coder would code otherwise stands in OTHERWISE of the test, with the reason.
"""

import csv
from pathlib import Path

from tests.coding.test_golden import COLUMNS, GOLDEN, SAMPLES, coded_rows


def main() -> None:
    """Write one file for each sample article."""
    GOLDEN.mkdir(exist_ok=True)
    for path in SAMPLES:
        with (GOLDEN / f"{path.stem[:3]}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(coded_rows(Path(path)))


if __name__ == "__main__":
    main()
