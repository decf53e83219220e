"""Run by test_crash.py as a program of its own, which is killed: loads one batch after the other and says what is done."""

import sys

from bench.rows import make_batches
from tasks.load.warehouse import open_warehouse


def main(root: str, n_batches: int, size: int) -> None:
    for number, batch in enumerate(make_batches(n_batches * size, size)):
        with open_warehouse(root) as warehouse:
            result = warehouse.load([batch], f"run-{number}", code="1", lexicon="the same")
            warehouse.publish()
        print(f"{number} {result.n_articles} {result.n_known}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
