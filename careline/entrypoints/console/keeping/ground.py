"""What backup, restore, export and import stand on: the file's name, who the install is, what its packages say."""

from __future__ import annotations

import os
import secrets
from functools import cache
from pathlib import Path
from typing import Any

from careline.kit.archive.declared import Declared, declared_by

MAGIC = "CARELINE BACKUP 1"
NEVER_KEPT = frozenset({"django_migrations"})
"""The backup says its migrations itself, and they are made anew before its rows come in."""
IDENTITY = "install-id"


def install_id(folder: Path) -> str:
    """What tells this install from others; made once, and brought back by a restore into an empty folder."""
    path = folder / IDENTITY
    if not path.exists():
        set_install_id(folder, secrets.token_hex(16))
    return path.read_text().strip()


def set_install_id(folder: Path, words: str) -> None:
    part = folder / f".{IDENTITY}.{os.getpid()}"
    part.write_text(words + "\n")
    part.replace(folder / IDENTITY)


@cache
def declared() -> dict[str, Declared]:
    """What every package says of its tables. Django must be set up."""
    from django.conf import settings

    return declared_by(settings.INSTALLED_APPS)


def raw_connection() -> Any:
    """Django's connection as psycopg has it."""
    from django.db import connection

    connection.ensure_connection()
    return connection.connection


def another_connection() -> Any:
    """To the same database, in autocommit; whoever asks closes it."""
    from django.db import connection

    beside = connection.copy()
    beside.ensure_connection()
    return beside.connection


def migrations_made() -> list[tuple[str, str]]:
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    return sorted(MigrationRecorder(connection).applied_migrations())


def installed_version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("careline")
    except PackageNotFoundError:
        return "unknown"
