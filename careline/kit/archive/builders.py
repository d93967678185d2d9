"""Two at work beside the one that loads: each table's indexes are built as soon as it is full, its keys checked at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from queue import SimpleQueue
from typing import Any

from psycopg import Connection

from careline.kit.archive.scaffold import Made, Scaffold, add_key, check_key, let_triggers_act, take_down
from careline.kit.archive.tables import analyse_quickly

AT_ONCE = 2
# What is lost if the machine stops is made again; what comes after all of this is flushed, and this with it.
_BUILDING = "SET maintenance_work_mem = '128MB'; SET max_parallel_maintenance_workers = 0; SET synchronous_commit = off"
_Work = Callable[[Connection[Any]], None]


class Builders:
    """Use through `building`."""

    def __init__(self, pool: ThreadPoolExecutor, connections: Iterable[Connection[Any]], scaffold: Scaffold) -> None:
        self._pool, self._scaffold = pool, scaffold
        self._idle: SimpleQueue[Connection[Any]] = SimpleQueue()
        for connection in connections:
            self._idle.put(connection)
        self._under_way: list[Future[None]] = []

    def is_full(self, table: str) -> None:
        """All of its rows are there, and committed."""
        for index in self._scaffold.indexes:
            if index.table == table:
                self._let(_building(index))

    def finish(self, connection: Connection[Any], *, filled: Iterable[str]) -> None:
        """The indexes of tables that stayed empty too; then keys and triggers, and what plans are made from."""
        empty = {index.table for index in self._scaffold.indexes} - set(filled)
        for table in sorted(empty):
            self.is_full(table)
        self._wait()
        with connection.transaction():
            for key in self._scaffold.keys:
                add_key(connection, key, unchecked=True)
            let_triggers_act(connection, self._scaffold)
        keys_of: dict[str, list[Made]] = {table: [] for table in filled}
        for key in self._scaffold.keys:
            keys_of.setdefault(key.table, []).append(key)
        for table, keys in keys_of.items():
            self._let(_checking(table, keys))
        self._wait()

    def _let(self, work: _Work) -> None:
        self._under_way.append(self._pool.submit(self._run, work))

    def _run(self, work: _Work) -> None:
        connection = self._idle.get()
        try:
            work(connection)
        finally:
            self._idle.put(connection)

    def _wait(self) -> None:
        for future in self._under_way:
            future.result()
        self._under_way.clear()


@contextmanager
def building(
    connection: Connection[Any], tables: Iterable[str], *, connect: Callable[[], Connection[Any]]
) -> Iterator[Builders]:
    """Inside, these tables are empty and bare. `connect` makes another connection to the same database, in autocommit."""
    with ExitStack() as stack:
        others = [stack.enter_context(connect()) for _ in range(AT_ONCE)]
        for other in (connection, *others):
            other.execute(_BUILDING)
        pool = ThreadPoolExecutor(AT_ONCE)
        stack.callback(pool.shutdown, cancel_futures=True)
        with connection.transaction():
            scaffold = take_down(connection, tables)
        yield Builders(pool, others, scaffold)


def _building(index: Made) -> _Work:
    def work(connection: Connection[Any]) -> None:
        connection.execute(index.made)

    return work


def _checking(table: str, keys: list[Made]) -> _Work:
    def work(connection: Connection[Any]) -> None:
        for key in keys:
            check_key(connection, key)
        analyse_quickly(connection, table=table)

    return work
