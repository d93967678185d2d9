#!/bin/sh
# Usage: bin/apt-install.sh PACKAGE …
# Installs packages where that is possible without asking anybody: Debian-like, and root or sudo without a password.
set -eu
command -v apt-get >/dev/null 2>&1 || exit 1
as_root=
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null || exit 1
    as_root="sudo -n"
fi
echo "Installing $* (once)."
export DEBIAN_FRONTEND=noninteractive
# The lists of a fresh machine are often absent or stale.
$as_root apt-get update -qq || echo "careline: the package lists could not be refreshed; trying with those at hand." >&2
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null
