"""What tables a database holds, read from its own catalogue, and their rows as PostgreSQL's COPY writes them."""

from __future__ import annotations

import hashlib
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from psycopg import Connection
from psycopg.rows import namedtuple_row
from psycopg.sql import SQL, Composable, Identifier

CHUNK = 4 * 1024 * 1024
UNDER_WAY = 4
_In = TypeVar("_In")
_Out = TypeVar("_Out")
# How values look must not depend on who asks.
_PLAIN_FORMS = (
    "SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = 'iso_8601'; "
    "SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'; SET LOCAL client_encoding = 'UTF8'"
)
_TABLES = """
SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = current_schema()::regnamespace
GROUP BY c.relname ORDER BY c.relname
"""
_PARTITIONS = """
SELECT c.relname AS name, p.relname AS parent, pg_get_expr(c.relpartbound, c.oid) AS bound FROM pg_class c
JOIN pg_inherits i ON i.inhrelid = c.oid JOIN pg_class p ON p.oid = i.inhparent
WHERE c.relkind = 'r' AND c.relispartition AND c.relnamespace = current_schema()::regnamespace ORDER BY c.relname
"""
_QUICKLY_ANALYSED = """
SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND coalesce(a.attstattarget, -1) < 0
WHERE c.relname = coalesce(%s, c.relname) AND c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace AND NOT c.relispartition
GROUP BY c.relname ORDER BY c.relname
"""
_SEQUENCES = """
SELECT s.sequencename AS name, s.last_value AS value, (
    SELECT d.refobjid::regclass::text FROM pg_depend d
    WHERE d.objid = (quote_ident(s.schemaname) || '.' || quote_ident(s.sequencename))::regclass
        AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i') LIMIT 1) AS owner
FROM pg_sequences s WHERE s.schemaname = current_schema() ORDER BY 1
"""


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` without those that the database computes itself."""

    name: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Partition:
    name: str
    parent: str
    bound: str

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows of a table, deflated; `raw` is how many bytes they were."""

    body: bytes
    digest: str
    raw: int
    rows: int


def set_plain_forms(connection: Connection[Any]) -> None:
    """Inside a transaction: values are written the same way whoever asks."""
    connection.execute(_PLAIN_FORMS)


def tables_of(connection: Connection[Any]) -> dict[str, Table]:
    return {row.name: Table(row.name, tuple(row.columns)) for row in _rows(connection, _TABLES)}


def partitions_of(connection: Connection[Any]) -> list[Partition]:
    return [Partition(row.name, row.parent, row.bound) for row in _rows(connection, _PARTITIONS)]


def sequences_of(connection: Connection[Any], *, tables: Iterable[str] | None = None) -> dict[str, int | None]:
    """Name → the last number given out; None where none was yet. With `tables`: theirs, and those of no table."""
    wanted = None if tables is None else {*tables, None}
    return {row.name: row.value for row in _rows(connection, _SEQUENCES) if wanted is None or row.owner in wanted}


def set_sequences(connection: Connection[Any], values: Mapping[str, int | None]) -> None:
    """Those that are there go on behind the numbers given out."""
    for name in sequences_of(connection):
        if values.get(name) is not None:
            connection.execute("SELECT setval(%s::regclass, %s)", [_quoted(name), values[name]])


def copied_out(
    connection: Connection[Any], table: Table, *, instead: Mapping[str, str], pool: ThreadPoolExecutor
) -> Iterator[Chunk]:
    """All rows in chunks of a few MB. `instead`: column → SQL that is written in its place (`t` is the table)."""
    columns = [_column(name, instead) for name in table.columns]
    statement = SQL("COPY (SELECT {} FROM {} t) TO STDOUT").format(SQL(", ").join(columns), Identifier(table.name))
    with connection.cursor().copy(statement) as copy:
        yield from _ahead(_gathered(copy), _deflated, pool)


def copied_in(
    connection: Connection[Any],
    table: str,
    columns: Iterable[str],
    chunks: Iterable[bytes],
    *,
    pool: ThreadPoolExecutor,
    anew: bool,
) -> int:
    """Fills an empty table with deflated chunks of rows, in a transaction of its own; how many rows.

    `anew`: what is emptied in the same transaction needs no write-ahead log, and its rows no vacuum later; that costs a
    flush to the disk, so it is for large tables. Those in partitions cannot have it.
    """
    names = SQL(", ").join(Identifier(name) for name in columns)
    statement = SQL("COPY {} ({}) FROM STDIN{}").format(Identifier(table), names, SQL(" (FREEZE)" if anew else ""))
    with connection.transaction():
        set_plain_forms(connection)
        if anew:
            emptied = SQL("TRUNCATE {}").format(Identifier(table))
            connection.execute(emptied)
        cursor = connection.cursor()
        with cursor.copy(statement) as copy:
            for rows in _ahead(chunks, zlib.decompress, pool):
                copy.write(rows)
        return cursor.rowcount


def analyse_quickly(connection: Connection[Any], *, table: str) -> None:
    """What plans are made from, but for columns that ask for a large sample: those take ten times as long as all others."""
    for row in _rows(connection, _QUICKLY_ANALYSED, table):
        columns = SQL(", ").join(Identifier(name) for name in row.columns)
        statement = SQL("ANALYZE {} ({})").format(Identifier(row.name), columns)
        connection.execute(statement)


def make_partitions(connection: Connection[Any], wanted: Iterable[Partition]) -> None:
    """Those that are not there yet, so that each row lies where it lay."""
    there = {partition.name for partition in partitions_of(connection)}
    for partition in wanted:
        if partition.name not in there:
            statement = SQL("CREATE TABLE {} PARTITION OF {} {}").format(
                Identifier(partition.name), Identifier(partition.parent), SQL(partition.bound)
            )  # fmt: skip
            connection.execute(statement)


def _column(name: str, instead: Mapping[str, str]) -> Composable:
    return SQL(instead[name]) if name in instead else Identifier("t", name)


def _gathered(copy: Iterable[Any]) -> Iterator[list[Any]]:
    """COPY gives a buffer for each row; compressing wants many."""
    rows: list[Any] = []
    size = 0
    for row in copy:
        rows.append(row)
        size += len(row)
        if size >= CHUNK:
            yield rows
            rows, size = [], 0
    if rows:
        yield rows


def _ahead(things: Iterable[_In], work: Callable[[_In], _Out], pool: ThreadPoolExecutor) -> Iterator[_Out]:
    """What the work makes of each, in order, done a few ahead of who takes it."""
    under_way: deque[Future[_Out]] = deque()
    for thing in things:
        under_way.append(pool.submit(work, thing))
        if len(under_way) > UNDER_WAY:
            yield under_way.popleft().result()
    while under_way:
        yield under_way.popleft().result()


def _deflated(rows: list[Any]) -> Chunk:
    raw = b"".join(rows)
    body = zlib.compress(raw, 1)
    return Chunk(body, hashlib.sha256(body).hexdigest(), len(raw), len(rows))


def _rows(connection: Connection[Any], statement: str, *values: str) -> list[Any]:
    return connection.cursor(row_factory=namedtuple_row).execute(statement, values or None).fetchall()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
