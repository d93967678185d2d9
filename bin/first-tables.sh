#!/bin/sh
# Writes the tables of a new install down anew (careline/entrypoints/console/first_tables/tables.sql). To be run after a migration was added or changed.
set -eu
cd "$(dirname "$0")/.."
exec .venv/bin/python -m careline.entrypoints.console.first_tables.dumping
