#!/bin/sh
# `make test`, then the full sizes, then the fast tests on a PostgreSQL of this machine where one is installed.
set -eu
cd "$(dirname "$0")/.."
bin/test.sh
echo "== full sizes"
.venv/bin/python -m pytest -m full --durations=10 </dev/null
echo "== external PostgreSQL"
bin/with-postgresql.sh .venv/bin/python -m pytest -m "not full and not browser" </dev/null
echo "== check passed"
