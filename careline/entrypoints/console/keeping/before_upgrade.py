"""Before the tables of an install with data in it are changed, a backup of it is made, and the last two are kept."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

from psycopg.sql import SQL, Identifier

from careline.entrypoints.console.keeping.backing_up import back_up
from careline.entrypoints.console.keeping.ground import installed_version, raw_connection
from careline.entrypoints.console.keeping.in_place import COMPANY
from careline.entrypoints.console.refusal import Refusal
from careline.kit import clock
from careline.kit.archive.tables import tables_of

KEPT = 2
FOLDER, NAMED = "backups", "before-upgrade-"
_DEMO = "demo"


def backed_up_before_upgrade(folder: Path) -> Path | None:
    """The backup's file; None where there is nothing to upgrade, or nothing in it yet. Django must be set up.

    Raises Refusal where it can't be written: then nothing was changed.
    """
    if (folder / _DEMO).exists() or not _has_a_company() or not _are_migrations_left():
        return None
    at = clock.now()
    path = folder / FOLDER / f"{NAMED}{at:%Y-%m-%d-%H%M%S}-to-{installed_version()}"
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        kept = back_up(path, folder, version=installed_version(), at=at)
        _remove_older(path.parent)
    except OSError as cause:
        raise Refusal(
            f"The upgrade was not begun, since no backup could be written to {path} ({cause.strerror or cause}); "
            "make room there and start again."
        ) from cause
    with contextlib.suppress(OSError):  # that nobody listens is no error
        sys.stderr.write(
            f"careline: before the upgrade, a backup of {sum(kept.rows.values()):,} rows was written to {path}\n"
        )
    return path


def way_back(backup: Path | None) -> str:
    """What to do where a migration failed, as the end of a sentence."""
    if backup is None:
        return "start the version before, which still runs"
    return f"install the version before, and where it does not start, run `careline restore {backup} --replace` with it"


def _has_a_company() -> bool:
    connection = raw_connection()
    if COMPANY not in tables_of(connection):
        return False
    statement = SQL("SELECT EXISTS (SELECT FROM {})").format(Identifier(COMPANY))
    return bool(connection.execute(statement).fetchone() == (True,))


def _are_migrations_left() -> bool:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _remove_older(folder: Path) -> None:
    """By their names, which begin with the day."""
    for path in sorted(folder.glob(f"{NAMED}*"))[:-KEPT]:
        path.unlink()
