"""Rows as lines of JSON that anybody can read, written and read back by PostgreSQL itself: the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from psycopg import Connection
from psycopg.sql import SQL, Composed, Identifier

from careline.kit.archive.tables import Table

BATCH = 2000
LARGEST_BATCH = 4 * 1024 * 1024
_KEY = """
SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
WHERE i.indrelid = %s::regclass AND i.indisprimary ORDER BY array_position(i.indkey, a.attnum)
"""


def lines_of(
    connection: Connection[Any], table: Table, *, columns: Sequence[str], instead: Mapping[str, str]
) -> Iterator[str]:
    """Each row as one JSON object, in the order of the primary key. `instead`: column → SQL in its place."""
    named = [
        SQL("{} AS {}").format(SQL(instead[name]) if name in instead else Identifier("t", name), Identifier(name))
        for name in columns
    ]
    statement = SQL("SELECT row_to_json(r)::text FROM (SELECT {} FROM {} t ORDER BY {}) r").format(
        SQL(", ").join(named), Identifier(table.name), _order(connection, table)
    )
    with connection.cursor("lines") as cursor:
        cursor.itersize = BATCH
        for (line,) in cursor.execute(statement):
            yield line


def lines_in(
    connection: Connection[Any], table: str, *, columns: Sequence[str], added: Mapping[str, str], lines: Iterable[str]
) -> int:
    """Inserts rows that `lines_of` wrote; `added`: column → SQL for those that it left out. How many rows."""
    statement = SQL(
        "INSERT INTO {table} ({names}) OVERRIDING SYSTEM VALUE SELECT {values} "
        "FROM json_populate_recordset(NULL::{table}, %s::json) r"
    ).format(
        table=Identifier(table),
        names=SQL(", ").join(Identifier(name) for name in (*columns, *added)),
        values=SQL(", ").join(
            [*(Identifier("r", name) for name in columns), *(SQL(words) for words in added.values())]
        ),
    )
    rows = 0
    for batch in _batches(lines):
        cursor = connection.cursor()
        cursor.execute(statement, ["[" + ",".join(batch) + "]"])
        rows += cursor.rowcount
    return rows


def _order(connection: Connection[Any], table: Table) -> Composed:
    """By the key, so that two systems that hold the same write the same; words by their bytes."""
    key = [name for (name,) in connection.execute(_KEY, [f'"{table.name}"'])] or list(table.columns)
    return SQL(", ").join(Identifier("t", name) for name in key)


def _batches(lines: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for line in lines:
        batch.append(line)
        size += len(line)
        if len(batch) >= BATCH or size >= LARGEST_BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
