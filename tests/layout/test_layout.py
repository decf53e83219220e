"""The rules of CONTRIBUTING.md about where code may stand and what it may import."""

import ast
import importlib
import importlib.metadata
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = ("flows", "tasks", "schemas", "warehouse")
MAY_IMPORT = {
    "schemas": {"schemas"},
    "warehouse": {"warehouse", "schemas"},
    "tasks": {"tasks", "schemas", "warehouse"},
    "flows": set(OURS),
}
# Modules that must stay importable in a moment: the command line before it knows what is asked, and the pure chain.
NO_PREFECT_AT_TOP = (
    "flows/chain.py",
    "flows/batches.py",
    "flows/folder.py",
    "flows/server.py",
    "flows/cli/__init__.py",
    "flows/cli/app.py",
)


def files(*packages: str) -> list[Path]:
    return sorted(path for package in packages for path in (ROOT / package).rglob("*.py"))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imports(tree: ast.AST) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def test_packages_are_ours_and_not_an_installed_namesake() -> None:
    for package in OURS:
        module = importlib.import_module(package)
        assert Path(str(module.__file__)).parent == ROOT / package


@pytest.mark.parametrize("path", files(*OURS), ids=name)
def test_imports_point_one_way(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    used = {module.split(".")[0] for module in imports(ast.parse(path.read_text(encoding="utf-8")))}
    assert used & set(OURS) <= MAY_IMPORT[package]
    if package != "flows":
        assert "prefect" not in used, "steps are plain functions: Prefect wraps them in flows/"


@pytest.mark.parametrize("path", NO_PREFECT_AT_TOP)
def test_quick_modules_import_prefect_late_or_never(path: str) -> None:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    top = {alias for node in tree.body for alias in imports(node) if isinstance(node, ast.Import | ast.ImportFrom)}
    assert not {module for module in top if module.split(".")[0] in {"prefect", "prefect_dask"}}


@pytest.mark.parametrize("path", files(*OURS, "tests"), ids=name)
def test_files_stay_readable(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 500, "over 500 lines: two ideas in one file?"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 80, f"{node.name} is longer than 80 lines"


@pytest.mark.parametrize("path", files(*OURS), ids=name)
def test_modules_say_what_they_are(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not text.strip() or ast.get_docstring(ast.parse(text)), "a module begins with what goes in and what comes out"


def test_no_file_of_flows_hides_a_package() -> None:
    """Prefect puts the folder of a flow file first on the path when it is named by file."""
    taken = set(sys.stdlib_module_names) | set(OURS) | set(importlib.metadata.packages_distributions())
    names = {path.stem for path in (ROOT / "flows").glob("*.py")} - {"__init__", "__main__"}
    assert not names & taken


def test_seed_tables_have_unix_line_ends_and_no_byte_order_mark() -> None:
    for path in (ROOT / "seeds").rglob("*.csv"):
        raw = path.read_bytes()
        assert not raw.startswith(b"\xef\xbb\xbf"), name(path)
        assert b"\r" not in raw, name(path)


def test_lock_names_no_address_and_no_torch() -> None:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    names = {line.split("==")[0] for line in lines}
    assert not names & {"torch", "transformers", "triton"}
    assert not any("://" in line or "index-url" in line for line in lines)
    assert {"prefect", "fastapi", "sqlalchemy", "polars", "duckdb", "camel-tools"} <= names
