"""`python -m flows.cli` is `waqai`."""

from flows.cli import main

main()
