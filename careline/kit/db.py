"""Hand-written SQL with as little between it and PostgreSQL as possible: light rows, batches, locks, lost connections."""

from __future__ import annotations

import hashlib
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from typing import Any, NamedTuple

import msgspec
import psycopg
from django.db import InterfaceError, OperationalError, connections, transaction
from psycopg.rows import namedtuple_row
from psycopg.types.array import ListDumper
from psycopg.types.datetime import DatetimeDumper, TimestamptzLoader
from psycopg.types.json import Jsonb, set_json_loads
from psycopg.types.numeric import Int8Dumper

# SQLSTATE: a clash with another transaction, no room or memory, held by another, shutting down, the system's fault.
_PASSING = ("40", "53", "55", "57", "58")

_FIRST, _LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
Args = Sequence[Any] | Mapping[str, Any]
_of_this_thread = threading.local()  # as Django's connection is


def rows(sql: str, args: Args = (), *, prepared: bool = False) -> list[Any]:
    """All rows as named tuples. Column names of the statement are the attribute names.

    `prepared` is for statements that are asked often with the same text: PostgreSQL plans them once for each
    connection. Never for lists or search, whose plans depend on what is asked, nor for `SELECT *`.
    """
    return _ran(sql, args, prepared).fetchall()


def row(sql: str, args: Args = (), *, prepared: bool = False) -> Any | None:
    """The first row as a named tuple, or None."""
    return _ran(sql, args, prepared).fetchone()


def value(sql: str, args: Args = (), *, prepared: bool = False) -> Any:
    """The first column of the first row, or None."""
    found = row(sql, args, prepared=prepared)
    return found[0] if found is not None else None


def execute(sql: str, args: Args = (), *, prepared: bool = False) -> int:
    """Runs a statement; how many rows it touched."""
    return _ran(sql, args, prepared).rowcount


def send(sql: str, args: Args = ()) -> None:
    """Runs a statement, prepared, whose result nobody reads; inside `pipelined()` without waiting for it."""
    _cursors().sending.execute(sql, args, prepare=True)


def execute_all(sql: str, many: Iterable[Args]) -> None:
    """Runs a statement for each of many argument rows, in one round trip."""
    _cursor().executemany(sql, many)


def copied(sql: str, args: Args = ()) -> list[bytes]:
    """What a `COPY … TO STDOUT` tells, a piece for each row with its end of line: read whole, so that the connection is free after it."""
    with _cursor().copy(sql, args) as told:
        return [bytes(piece) for piece in told]


def copied_fields(sql: str, args: Args = ()) -> list[bytes]:
    """The fields of the one row that a `COPY … TO STDOUT (FORMAT binary)` tells, as their types send them; empty bytes for NULL."""
    with _cursor().copy(sql, args) as told:
        row = b"".join(told)
    fields, place = [], 21  # behind the sign, the flags, what may extend them, and how many fields the row has
    for _ in range(int.from_bytes(row[19:21], "big")):
        size = int.from_bytes(row[place : place + 4], "big", signed=True)
        place += 4
        fields.append(row[place : place + max(0, size)])
        place += max(0, size)
    return fields


@contextmanager
def pipelined() -> Iterator[None]:
    """Inside a transaction: what `send` sends is on its way while we go on; at the end all of it has been done.

    A statement that failed is raised by a later one, so whoever undoes one item alone must not pipeline.
    """
    with _connection().pipeline() if psycopg.Pipeline.is_supported() else nullcontext():
        yield


def json(data: Any) -> Jsonb:
    return Jsonb(data)


def lock_words(words: Iterable[str]) -> None:
    """Holds a lock on each word until the transaction ends, in one order for all, so that two can't wait for each other."""
    keys = sorted({_lock_key(word) for word in words})
    if keys:
        execute("SELECT pg_advisory_xact_lock(key) FROM unnest(%s::bigint[]) AS key", [keys], prepared=True)


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


def is_of_what_is_gone(error: BaseException) -> bool:
    """Whether a row was to point at one that is not there (any more)."""
    return isinstance(error.__cause__, psycopg.errors.ForeignKeyViolation)


def is_passing(error: BaseException) -> bool:
    """Whether trying again may help: the state of the database or the disk is to blame, not what was being worked on."""
    if isinstance(error, OSError) or is_lost(error):
        return True
    cause = error if isinstance(error, psycopg.Error) else error.__cause__
    return isinstance(cause, psycopg.Error) and (cause.sqlstate or "")[:2] in _PASSING


def _lock_key(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "big", signed=True)


class _Cursors(NamedTuple):
    """The cursors of one connection, used again and again: making one costs as much as a small statement.

    `merged` puts the arguments into the text; `prepared` hands them over beside it; `sending` is never read from, so
    that what comes back late in a pipeline is taken for nobody else's.
    """

    connection: Any
    merged: Any
    prepared: Any
    sending: Any


def _ran(sql: str, args: Args, prepared: bool) -> Any:
    if prepared:
        return _cursors().prepared.execute(sql, args, prepare=True)
    return _cursor().execute(sql, args)


def _cursor() -> Any:
    return _cursors().merged


def _cursors() -> _Cursors:
    raw = _connection()
    held: _Cursors | None = getattr(_of_this_thread, "cursors", None)
    if held is None or held.connection is not raw:
        raw.prepare_threshold = sys.maxsize  # only what asks for it
        held = _Cursors(
            raw, _adapted(raw.cursor(row_factory=namedtuple_row)), *(_adapted(_bound(raw)) for _ in range(2))
        )
        _of_this_thread.cursors = held
    return held


class _MomentDumper(DatetimeDumper):
    """PostgreSQL knows no offset of sixteen hours and more, ISO 8601 does: such a moment is told in UTC, at the ends of time clipped."""

    def dump(self, obj: datetime) -> Any:
        if obj.tzinfo is None or obj.tzinfo is UTC:
            return super().dump(obj)
        try:
            return super().dump(obj.astimezone(UTC))
        except OverflowError:
            return super().dump(_FIRST if obj.year == _FIRST.year else _LAST)


class _ListDumper(ListDumper):
    """Keys make up most lists: numbers need no quotes and no dumper each."""

    def dump(self, obj: list[Any]) -> Any:
        if set(map(type, obj)) == {int}:
            return f"{{{','.join(map(str, obj))}}}".encode()
        return super().dump(obj)


def _bound(raw: Any) -> Any:
    cursor = psycopg.Cursor(raw, row_factory=namedtuple_row)
    # Else a number's type, and with it the statement, would change with its size.
    cursor.adapters.register_dumper(int, Int8Dumper)
    return cursor


def _adapted(cursor: Any) -> Any:
    # Django leaves jsonb as text for its own fields; rows of ours hold what it says.
    set_json_loads(msgspec.json.decode, cursor)
    # Django's own loader puts a zone on each moment in Python; the connection speaks UTC already.
    cursor.adapters.register_loader("timestamptz", TimestamptzLoader)
    cursor.adapters.register_dumper(datetime, _MomentDumper)
    cursor.adapters.register_dumper(list, _ListDumper)
    return cursor


def _connection() -> Any:
    ours = getattr(_of_this_thread, "ours", None)
    if ours is None:  # asked for once a thread: Django's way to it costs as much as a small statement does
        ours = _of_this_thread.ours = connections["default"]
    if ours.connection is not None and ours.connection.closed and not ours.in_atomic_block:
        ours.close()  # the database was restarted: the next statement opens a new connection
    ours.ensure_connection()
    return ours.connection
