"""Loading much at once: indexes, foreign keys and triggers are taken down before and put up again after.

A key is checked for all rows at once then, which takes a hundredth of the time that it takes row by row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from psycopg import Connection
from psycopg.rows import class_row
from psycopg.sql import SQL, Identifier

# Of a table in partitions, the definition names the parent alone; without ONLY it reaches them all again.
_INDEXES = """
SELECT c.relname AS name, t.relname AS table, replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ') AS made
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
WHERE t.relname = ANY(%s) AND NOT t.relispartition AND t.relnamespace = current_schema()::regnamespace
    AND NOT i.indisunique AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)
ORDER BY pg_get_indexdef(i.indexrelid) NOT LIKE '%% USING gin %%', 1
"""
_FOREIGN_KEYS = """
SELECT k.conname AS name, t.relname AS table, pg_get_constraintdef(k.oid) AS made FROM pg_constraint k
JOIN pg_class t ON t.oid = k.conrelid
WHERE k.contype = 'f' AND k.conparentid = 0 AND t.relname = ANY(%s) AND t.relnamespace = current_schema()::regnamespace
ORDER BY 2, 1
"""


@dataclass(frozen=True, slots=True)
class Made:
    """An index or a foreign key of a table; `made` is PostgreSQL's own words for it."""

    name: str
    table: str
    made: str


@dataclass(frozen=True, slots=True)
class Scaffold:
    """What was taken down; of the indexes, those that take longest to build come first."""

    tables: list[str]
    indexes: list[Made]
    keys: list[Made]


@contextmanager
def taken_down(connection: Connection[Any], tables: Iterable[str]) -> Iterator[None]:
    """Inside, these tables are empty and can be filled fast, in any order; in one transaction with what fills them."""
    scaffold = take_down(connection, tables)
    yield
    connection.execute("SET LOCAL maintenance_work_mem = '256MB'")
    for index in scaffold.indexes:
        connection.execute(index.made)
    for key in scaffold.keys:
        add_key(connection, key)
    let_triggers_act(connection, scaffold)


def take_down(connection: Connection[Any], tables: Iterable[str]) -> Scaffold:
    names = list(tables)
    cursor = connection.cursor(row_factory=class_row(Made))
    scaffold = Scaffold(
        names, cursor.execute(_INDEXES, [names]).fetchall(), cursor.execute(_FOREIGN_KEYS, [names]).fetchall()
    )
    for key in scaffold.keys:
        _run(connection, "ALTER TABLE {} DROP CONSTRAINT {}", key.table, key.name)
    for index in scaffold.indexes:
        _run(connection, "DROP INDEX {}", index.name)
    for name in names:
        _run(connection, "ALTER TABLE {} DISABLE TRIGGER USER", name)
    statement = SQL("TRUNCATE {}").format(SQL(", ").join(Identifier(name) for name in names))
    connection.execute(statement)
    return scaffold


def add_key(connection: Connection[Any], key: Made, *, unchecked: bool = False) -> None:
    """`unchecked`: rows that are there already are looked at by `check_key`."""
    statement = SQL("ALTER TABLE {} ADD CONSTRAINT {} {}").format(
        Identifier(key.table), Identifier(key.name), SQL(key.made + (" NOT VALID" if unchecked else ""))
    )
    connection.execute(statement)


def check_key(connection: Connection[Any], key: Made) -> None:
    _run(connection, "ALTER TABLE {} VALIDATE CONSTRAINT {}", key.table, key.name)


def let_triggers_act(connection: Connection[Any], scaffold: Scaffold) -> None:
    for name in scaffold.tables:
        _run(connection, "ALTER TABLE {} ENABLE TRIGGER USER", name)


def _run(connection: Connection[Any], words: str, *names: str) -> None:
    statement = SQL(words).format(*(Identifier(name) for name in names))
    connection.execute(statement)
