#!/bin/sh
# Usage: bin/setup.sh [runtime|dev]
# Leaves .venv with the locked packages and the careline command. Does nothing when nothing has changed.
set -eu
cd "$(dirname "$0")/.."
wanted=${1:-runtime}

stamp_of() {
    { pwd; cat requirements/build.txt "requirements/$1.txt" pyproject.toml; } | cksum
}

is_done() {
    [ -x .venv/bin/careline ] && [ -f ".venv/careline-$1.stamp" ] &&
        [ "$(cat ".venv/careline-$1.stamp")" = "$(stamp_of "$1")" ] && .venv/bin/python -c '' 2>/dev/null
}

version_of() {
    "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || echo none
}

make_venv() {
    python=$(bin/find-python.sh)
    # A .venv that moved, lost its Python or has another version than the one asked for is made anew.
    if [ ! -x .venv/bin/pip ] || ! .venv/bin/python -m pip --version >/dev/null 2>&1 ||
        { [ -n "${PYTHON:-}" ] && [ "$(version_of .venv/bin/python)" != "$(version_of "$python")" ]; }; then
        "$python" -m venv --clear .venv
    fi
}

install() {
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input "$@"
}

# The development packages hold all of the runtime ones, so `dev` being done is enough for `runtime`.
if is_done "$wanted" || { [ "$wanted" = runtime ] && is_done dev; }; then
    exit 0
fi
if [ -z "${PYTHON:-}" ] || [ "$(version_of .venv/bin/python)" = none ] || [ ! -f ".venv/careline-$wanted.stamp" ]; then
    make_venv
fi
echo "Setting up .venv ($wanted packages, $(version_of .venv/bin/python)); this takes a minute the first time."
rm -f .venv/careline-*.stamp
install --require-hashes -r requirements/build.txt
install --require-hashes -r "requirements/$wanted.txt"
install --no-deps --no-build-isolation --editable .
stamp_of "$wanted" >".venv/careline-$wanted.stamp"
