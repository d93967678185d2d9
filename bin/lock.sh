#!/bin/sh
# Writes requirements/*.txt anew from requirements/*.in: newest versions that fit, for Python >= 3.11 on every platform,
# with hashes. Needs network. Run it, run `make check`, commit both together.
set -eu
cd "$(dirname "$0")/.."
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
"$(bin/find-python.sh)" -m venv "$tools"
"$tools/bin/python" -m pip install --quiet --disable-pip-version-check uv

lock() {
    name=$1
    shift
    "$tools/bin/uv" pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
        --no-emit-index-url --no-emit-find-links "$@" "requirements/$name.in" --output-file "requirements/$name.txt"
}

lock dev
# The others are subsets of dev, so that no version differs between them.
lock runtime --constraint requirements/dev.txt
lock build --constraint requirements/dev.txt
