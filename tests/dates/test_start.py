"""The date resolver starts at once: no frame library is loaded for it, and its tables are the same without one."""

import subprocess
import sys

import pytest

from schemas.seeds import read_seed, seed_rows


def test_no_heavy_library_is_loaded() -> None:
    code = "import sys, tasks.normalize.dates; print(sorted({'polars', 'duckdb', 'prefect', 'camel_tools'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize("name", ["time_words", "months", "number_words", "date_parts", "date_names", "tense_cues", "verbs"])
def test_rows_are_those_of_the_frame(name: str) -> None:
    assert seed_rows(f"lexicon/{name}") == read_seed(f"lexicon/{name}").to_dicts()
