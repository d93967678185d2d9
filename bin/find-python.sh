#!/bin/sh
# Prints the Python to build .venv with: $PYTHON if set, else the first of the tested versions that can make one.
set -eu
cd "$(dirname "$0")/.."
version_check='import sys; sys.exit(sys.version_info < (3, 11))'
candidates=${PYTHON:-python3.11 python3.12 python3.13 python3 python}

first_that_runs() {
    for name in $candidates; do
        if command -v "$name" >/dev/null 2>&1 && "$name" -c "$1" >/dev/null 2>&1; then
            command -v "$name"
            return 0
        fi
    done
    return 1
}

first_that_runs "import ensurepip, venv; $version_check" && exit 0
if python=$(first_that_runs "$version_check"); then
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    bin/apt-install.sh "$package" >&2 && first_that_runs "import ensurepip, venv; $version_check" && exit 0
    echo "careline: $python cannot make virtual environments; install its venv package ($package on Debian)." >&2
    exit 2
fi
if [ -n "${PYTHON:-}" ]; then
    echo "careline: PYTHON=$PYTHON is not a Python of version 3.11 or newer; set PYTHON to one that is." >&2
else
    echo "careline: no Python of version 3.11 or newer was found; install one, or set PYTHON to its path." >&2
fi
exit 2
