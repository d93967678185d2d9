#!/bin/sh
# Everything that must be green before a change goes in; stops at the first step that fails.
set -eu
cd "$(dirname "$0")/.."
began=$(date +%s)
# Three processes read the tests: what the first has made of them, the third need not make anew.
unset PYTHONDONTWRITEBYTECODE

step() {
    title=$1
    shift
    printf '== %s\n' "$title"
    started=$(date +%s)
    "$@" </dev/null || {
        code=$?
        printf '== %s FAILED (exit %s, %s s)\n' "$title" "$code" "$(($(date +%s) - started))"
        exit "$code"
    }
    printf '== %s: %s s\n' "$title" "$(($(date +%s) - started))"
}

step "packages" bin/setup.sh dev
step "system packages" bin/system-packages.sh
step "ruff check" .venv/bin/ruff check .
step "ruff format" .venv/bin/ruff format --check .
step "types" .venv/bin/mypy
step "import contracts" .venv/bin/lint-imports
# pytest ends with 5 where it found no test at all: that is a failure too.
step "tests" .venv/bin/python -m pytest -m "not full" --durations=10
printf '== all green in %s s\n' "$(($(date +%s) - began))"
