"""Looking everywhere: every column of every table, every file in the store."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from psycopg.sql import SQL, Identifier

from careline.domain.files.store import store
from careline.entrypoints.console.keeping.ground import raw_connection
from careline.kit.archive.tables import tables_of


def places_of(word: str) -> dict[str, int]:
    """Where a word stands: table, or `file`, → how often; upper and lower case alike."""
    found: dict[str, int] = {}
    connection = raw_connection()
    for table in tables_of(connection):
        statement = SQL("SELECT count(*) FROM {} t WHERE t::text ILIKE %s").format(Identifier(table))
        (number,) = connection.execute(statement, [f"%{word}%"]).fetchone()
        if number:
            found[table] = number
    files = sum(word.lower().encode() in content_of(path).lower() for path in files_in(settings.DATA / "files"))
    return found | ({"file": files} if files else {})


@contextmanager
def own_store(folder: Path, settings: Any) -> Iterator[None]:
    """A data folder of the test's own: what other tests left on the disk is not found in it."""
    settings.DATA = folder
    store.cache_clear()
    yield
    store.cache_clear()


def files_in(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file()]


def content_of(path: Path) -> bytes:
    raw = path.read_bytes()
    return zlib.decompress(raw) if path.suffix == ".z" else raw


def rows_of_all() -> dict[str, Any]:
    """Table → how many rows."""
    connection = raw_connection()
    counted = {}
    for table in tables_of(connection):
        statement = SQL("SELECT count(*) FROM {}").format(Identifier(table))
        (counted[table],) = connection.execute(statement).fetchone()
    return counted
