"""A second database beside the one in use: made, and put in its place in one moment while servers run."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit

import psycopg
from psycopg import Connection
from psycopg.sql import SQL, Identifier

from careline.kit.postgres.errors import ClusterError

_MAINTENANCE = ("postgres", "template1")
_OTHERS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ANY(%s) AND pid <> pg_backend_pid()"


class MayNotMake(ClusterError):
    """The account may not make databases."""


def name_in(url: str) -> str:
    return urlsplit(url).path.lstrip("/") or "postgres"


def beside(url: str, name: str) -> str:
    """The same server, another database."""
    return urlsplit(url)._replace(path=f"/{quote(name)}").geturl()


def make(url: str, name: str) -> None:
    """An empty database of this name on the server of `url`; one that is there already goes first. Raises MayNotMake."""
    drop(url, name)
    try:
        with _maintenance(url) as connection:
            _run(connection, "CREATE DATABASE {} TEMPLATE template0", name)
    except psycopg.errors.InsufficientPrivilege as cause:
        raise MayNotMake(
            "The account of CARELINE_DATABASE_URL may not make databases, which a restore needs; "
            "let it by ALTER ROLE … CREATEDB, or name another account."
        ) from cause


def drop(url: str, name: str) -> None:
    with _maintenance(url) as connection:
        connection.execute(_OTHERS, [[name]])
        _run(connection, "DROP DATABASE IF EXISTS {}", name)


def put_in_place(url: str, fresh: str, *, old: str) -> None:
    """The database of `url` is called `old` from now on and `fresh` takes its name: both in one transaction.

    Who is connected is sent away and finds the new one when it comes again.
    """
    live = name_in(url)
    with _maintenance(url) as connection, _nobody_in(url, [live, fresh]), connection.transaction():
        _run(connection, "ALTER DATABASE {} RENAME TO {}", live, old)
        _run(connection, "ALTER DATABASE {} RENAME TO {}", fresh, live)


def analyse(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ANALYZE")


def has_rows(url: str, table: str) -> bool:
    """Whether the database has the table, and something in it."""
    with psycopg.connect(url, autocommit=True) as connection:
        if connection.execute("SELECT to_regclass(%s)", [table]).fetchone() == (None,):
            return False
        statement = SQL("SELECT EXISTS (SELECT FROM {})").format(Identifier(table))
        return connection.execute(statement).fetchone() == (True,)


def only_in(url: str, other: str, table: str, column: str) -> Iterator[str]:
    """Words that stand in this column of the one database and not in that of the other; both are sorted by bytes."""
    statement = SQL('SELECT {column} FROM {table} ORDER BY {column} COLLATE "C"').format(
        column=Identifier(column), table=Identifier(table)
    )
    with psycopg.connect(url) as here, psycopg.connect(other) as there:
        others = iter(there.cursor("others").execute(statement))
        ahead = next(others, None)
        for (words,) in here.cursor("own").execute(statement):
            while ahead is not None and ahead[0] < words:
                ahead = next(others, None)
            if ahead is None or ahead[0] != words:
                yield words


class _nobody_in:
    """PostgreSQL waits 5 s for others to leave a database that is renamed; meanwhile they are told to."""

    def __init__(self, url: str, names: list[str]) -> None:
        self._url, self._names = url, names
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._send_away, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *error: object) -> None:
        self._stop.set()
        self._thread.join()

    def _send_away(self) -> None:
        with _maintenance(self._url) as connection:
            while not self._stop.is_set():
                connection.execute(_OTHERS, [self._names])
                self._stop.wait(0.05)


def _maintenance(url: str) -> Connection[Any]:
    """A connection to a database of the server that nobody works in."""
    own = name_in(url)
    names = [name for name in _MAINTENANCE if name != own]
    for name in names[:-1]:
        try:
            return psycopg.connect(beside(url, name), autocommit=True)
        except psycopg.OperationalError:
            continue
    return psycopg.connect(beside(url, names[-1]), autocommit=True)


def _run(connection: Connection[Any], words: str, *names: str) -> None:
    statement = SQL(words).format(*(Identifier(name) for name in names))
    connection.execute(statement)
