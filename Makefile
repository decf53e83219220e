# Two commands on a fresh machine with Python 3.11+ and make: `make run` and `make test`. The rest: `make help`.
.DEFAULT_GOAL := help
.PHONY: help setup run test check lint types serve lock clean
export DO_NOT_TRACK ?= 1

READY := .venv/.waqai-ready
BIN := .venv/bin
TESTS ?= tests

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY)  ## make .venv from requirements.lock (done by itself when needed)

$(READY): requirements.lock pyproject.toml scripts/setup.sh
	@sh scripts/setup.sh
	@touch $@

run: $(READY)  ## code the bundled articles: the events as a table, the warehouse, queries to try
	@$(BIN)/waqai run seeds/articles

test: $(READY)  ## all tests
	@$(BIN)/python -m pytest $(TESTS)

lint: $(READY)
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(READY)
	@$(BIN)/mypy

check: lint types test  ## lint, types, tests

serve: $(READY)  ## Prefect server, worker, deployments and schedules on this machine
	@$(BIN)/waqai serve

lock:  ## resolve the versions anew (needs uv); torch stays out: waqai never imports it
	@uv pip compile pyproject.toml --extra report --extra cluster --group dev --universal --python-version 3.11 \
		--no-annotate --no-header --no-emit-index-url --upgrade --quiet \
		| grep -v "sys_platform == 'never'" > requirements.lock

clean:  ## remove the environment and the caches, not the data
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis
