#!/bin/sh
# `make test`, then the full sizes, then the fast tests on a PostgreSQL of this machine where one is installed.
set -eu
cd "$(dirname "$0")/.."
bin/test.sh
echo "== full sizes"
.venv/bin/python -m pytest -m full --durations=10 </dev/null
echo "== external PostgreSQL"
# one process: of two on one server each holds back what the other's readers of the history see
CARELINE_TEST_PROCESSES=1 bin/with-postgresql.sh .venv/bin/python -m pytest -m "not full and not browser" </dev/null
echo "== check passed"
