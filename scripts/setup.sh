#!/bin/sh
# Makes .venv from requirements.lock. Uses uv where it works, else venv and pip: the result is the same.
set -eu

usable() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

if [ ! -x .venv/bin/python ] || ! usable .venv/bin/python; then
    python=""
    for name in "${PYTHON:-}" python3.12 python3.11 python3.13 python3.14 python3 python; do
        if [ -n "$name" ] && usable "$name"; then python=$name; break; fi
    done
    if [ -z "$python" ]; then
        echo "waqai needs Python 3.11 or later; none found. Install it, or name it: make PYTHON=/path/to/python3.12" >&2
        exit 1
    fi
    echo "making .venv with $($python --version)"
    rm -rf .venv
    if ! "$python" -m venv .venv >/dev/null 2>&1; then
        rm -rf .venv
        if ! uv venv --quiet --seed --python "$python" .venv 2>/dev/null; then
            echo "$python cannot make a virtual environment (on Debian: apt install python3-venv), and uv is not here." >&2
            exit 1
        fi
    fi
fi

# --no-deps: the lock is complete, and camel-tools would draw in torch (6 GB) that waqai never imports.
echo "installing the locked packages (about a minute)"
if ! uv --version >/dev/null 2>&1 \
    || ! uv pip install --quiet --compile-bytecode --python .venv/bin/python --no-deps -r requirements.lock --editable .; then
    .venv/bin/python -m pip install -qq --disable-pip-version-check --use-pep517 --no-deps \
        -r requirements.lock --editable .
fi

# An empty Prefect database, ready to be copied: making one takes 6 seconds that no run should wait for.
rm -rf .venv/prefect
PREFECT_HOME="$PWD/.venv/prefect" PREFECT_LOGGING_LEVEL=ERROR .venv/bin/prefect server database upgrade -y >/dev/null
