"""docs/cli.md, made from the help of the commands themselves: `python -m flows.cli.reference` writes it."""

from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parents[2] / "docs" / "cli.md"
HEAD = """# The command line

Made from the commands' own help by `python -m flows.cli.reference`; do not edit. All commands take `--help`.
The data folder is `--warehouse DIR`, else `WAQAI_WAREHOUSE`, else `./data`.
"""


def commands(group: Any, before: str = "waqai") -> list[tuple[str, Any]]:
    """Return (name, command) of all commands of a click group, those of its groups included."""
    found = []
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            found += commands(command, f"{before} {name}")
        else:
            found.append((f"{before} {name}", command))
    return found


def parameter(item: Any) -> str:
    """Return one parameter as a table row: its name, default and help."""
    name = ", ".join(f"`{option}`" for option in (*item.opts, *item.secondary_opts)) if item.param_type_name == "option" else (
        f"`{item.metavar or item.name.upper()}`"
    )  # fmt: skip
    default = item.default
    plain = default is not None and not callable(default) and default not in (False, [], ()) and "Sentinel" not in str(default)
    shown = f" Default: `{getattr(default, 'value', default)}`." if plain and item.param_type_name == "option" else ""
    return f"| {name} | {(item.help or '').strip()}{shown} |"


def section(name: str, command: Any) -> str:
    """Return the part of the page about one command."""
    lines = [f"## {name}", "", (command.help or "").replace("[bold]", "**").replace("[/bold]", "**").strip()]
    rows = [parameter(item) for item in command.params if item.name != "help"]
    if rows:
        lines += ["", "| | |", "|---|---|", *rows]
    return "\n".join(lines)


def page() -> str:
    """Return the whole page."""
    import typer

    from flows.cli.app import app

    return "\n\n".join([HEAD.strip(), *(section(*item) for item in commands(typer.main.get_command(app)))]) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
