#!/bin/sh
# Usage: bin/with-postgresql.sh COMMAND …
# Runs the command with CARELINE_TEST_DATABASE_URL set to a throw-away cluster of the oldest PostgreSQL >= 15 installed
# by the system's packages; where there is none, says so and runs nothing.
set -eu
cd "$(dirname "$0")/.."

oldest=
for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -n); do
    major=$(basename "$(dirname "$folder")")
    if [ "$major" -ge 15 ] && [ -x "$folder/initdb" ] && [ -z "$oldest" ]; then oldest=$folder; fi
done
if [ -z "$oldest" ]; then
    echo "careline: skipped, no PostgreSQL of version 15 or newer is installed here (Debian: postgresql)."
    exit 0
fi

place=$(mktemp -d /tmp/careline-pg.XXXXXX)
port=$(.venv/bin/python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')

as_owner() {
    # PostgreSQL refuses to run as root; Debian's packages bring a user for it.
    if [ "$(id -u)" -eq 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

tidy() {
    as_owner "$oldest/pg_ctl" -D "$place/data" -m immediate -w stop >/dev/null 2>&1 || true
    rm -rf "$place"
}
trap tidy EXIT
trap 'exit 130' INT TERM

if [ "$(id -u)" -eq 0 ]; then chown postgres "$place"; fi
as_owner "$oldest/initdb" -D "$place/data" -U careline --auth=trust --encoding=UTF8 --locale=C.UTF-8 >/dev/null
as_owner "$oldest/pg_ctl" -D "$place/data" -l "$place/log" -w start \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$place -c fsync=off" >/dev/null
CARELINE_TEST_DATABASE_URL="postgresql://careline@127.0.0.1:$port/postgres" "$@"
