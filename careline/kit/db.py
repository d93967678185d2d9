"""Hand-written SQL with as little between it and PostgreSQL as possible: light rows, batches, locks, lost connections."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import InterfaceError, OperationalError, connection, transaction
from psycopg.rows import namedtuple_row
from psycopg.types.json import Jsonb, JsonbLoader

Args = Sequence[Any] | Mapping[str, Any]


def rows(sql: str, args: Args = ()) -> list[Any]:
    """All rows as named tuples. Column names of the statement are the attribute names."""
    with _cursor() as cursor:
        cursor.execute(sql, args)
        return cursor.fetchall()


def row(sql: str, args: Args = ()) -> Any | None:
    """The first row as a named tuple, or None."""
    with _cursor() as cursor:
        cursor.execute(sql, args)
        return cursor.fetchone()


def value(sql: str, args: Args = ()) -> Any:
    """The first column of the first row, or None."""
    found = row(sql, args)
    return found[0] if found is not None else None


def execute(sql: str, args: Args = ()) -> int:
    """Runs a statement; how many rows it touched."""
    with _cursor() as cursor:
        cursor.execute(sql, args)
        return cursor.rowcount


def execute_all(sql: str, many: Iterable[Args]) -> None:
    """Runs a statement for each of many argument rows, in one round trip."""
    with _cursor() as cursor:
        cursor.executemany(sql, many)


def json(data: Any) -> Jsonb:
    return Jsonb(data)


def lock_words(words: Iterable[str]) -> None:
    """Holds a lock on each word until the transaction ends, in one order for all, so that two can't wait for each other."""
    keys = sorted({_lock_key(word) for word in words})
    if keys:
        execute("SELECT pg_advisory_xact_lock(key) FROM unnest(%s::bigint[]) AS key", [keys])


@contextmanager
def savepoint() -> Iterator[None]:
    """One item of a batch: what fails inside is undone alone."""
    with transaction.atomic():
        yield


def is_lost(error: BaseException) -> bool:
    """Whether the database went away (restarted, failed over) rather than refused the statement."""
    if isinstance(error, InterfaceError):
        return True
    cause = error.__cause__ if isinstance(error, OperationalError) else error
    return isinstance(cause, psycopg.OperationalError) and (
        cause.sqlstate is None or cause.sqlstate[:2] in ("57", "08")
    )


def _lock_key(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "big", signed=True)


def _cursor() -> Any:
    if connection.connection is not None and connection.connection.closed and not connection.in_atomic_block:
        connection.close()  # the database was restarted: the next statement opens a new connection
    connection.ensure_connection()
    cursor = connection.connection.cursor(row_factory=namedtuple_row)
    # Django leaves jsonb as text for its own fields; rows of ours hold what it says.
    cursor.adapters.register_loader("jsonb", JsonbLoader)
    return cursor
