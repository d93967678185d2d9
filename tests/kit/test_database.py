"""Whether a connection lives is seen without asking the server."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careline.domain.history.wake import dsn
from careline.kit import db


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_lives_is_known_without_a_statement() -> None:
    db.value("SELECT 1")
    with CaptureQueriesContext(connection) as asked:
        assert connection.is_usable()
    assert len(asked) == 0


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_server_closed_is_seen() -> None:
    import psycopg

    pid = db.value("SELECT pg_backend_pid()")
    with psycopg.connect(**dsn(), autocommit=True) as own:
        own.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    assert not connection.is_usable()
    connection.close()
    assert connection.is_usable() or db.value("SELECT 1") == 1
