"""The command `waqai`. Modules here import Prefect, polars and the coder only inside the command that needs them."""


def main() -> None:
    """Run the command line; errors that the user can mend end with one line and code 1, not with a traceback."""
    from flows.cli.app import run_app

    run_app()
