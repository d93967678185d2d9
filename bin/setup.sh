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
        [ "$(cat ".venv/careline-$1.stamp")" = "$(stamp_of "$1")" ] && { [ -z "${PYTHON:-}" ] || is_fit; }
}

version_of() {
    "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || echo none
}

# True where .venv works and is of the version asked for.
is_fit() {
    .venv/bin/python -m pip --version >/dev/null 2>&1 &&
        { [ -z "${PYTHON:-}" ] || [ "$(version_of .venv/bin/python)" = "$(version_of "$PYTHON")" ]; }
}

install() {
    .venv/bin/python -m pip install -qq --disable-pip-version-check --no-input "$@"
}

# Whoever has Python write no bytecode would wait for 1,700 files to be compiled at each start of each process.
prepare() {
    bin/messages.sh compile
    .venv/bin/python -m compileall -q careline
}

# The development packages hold all of the runtime ones, so `dev` being done is enough for `runtime`.
if is_done "$wanted" || { [ "$wanted" = runtime ] && is_done dev; }; then
    prepare
    exit 0
fi
if ! is_fit; then
    python=$(bin/find-python.sh)
    "$python" -m venv --clear .venv
fi
echo "Setting up .venv ($wanted packages, $(version_of .venv/bin/python)); this takes a minute the first time."
rm -f .venv/careline-*.stamp
install --require-hashes -r requirements/build.txt
install --require-hashes -r "requirements/$wanted.txt"
install --no-deps --no-build-isolation --editable .
prepare
stamp_of "$wanted" >".venv/careline-$wanted.stamp"
