"""Threads that sleep share connections."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from django.db import connection, transaction

from careline.kit import db, lending

pytestmark = pytest.mark.django_db(transaction=True)
_WHO = "SELECT pg_backend_pid()"


@pytest.fixture(autouse=True)
def _nothing_lies() -> Iterator[None]:
    lending.close_lying()
    yield
    lending.close_lying()


def test_who_wakes_goes_on_with_the_connection_of_who_sleeps() -> None:
    awake, seen = threading.Event(), []

    def first() -> None:
        seen.append(db.value(_WHO))
        with lending.asleep():
            awake.set()
            second_has_asked.wait(5)
        seen.append(db.value(_WHO))

    def second() -> None:
        awake.wait(5)
        lending.pick_up()
        seen.append(db.value(_WHO))
        assert connection.get_autocommit()
        with transaction.atomic():
            seen.append(db.value(_WHO))
        lending.lay_down()
        second_has_asked.set()

    second_has_asked = threading.Event()
    _side_by_side(first, second)
    assert seen == [seen[0]] * 4


def test_nobody_waits_long_for_a_connection_that_is_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lending, "PATIENCE", 0.01)
    asked, seen = threading.Event(), []

    def first() -> None:
        seen.append(db.value(_WHO))
        asked.wait(5)

    def second() -> None:
        seen.append(db.value(_WHO))
        asked.set()

    _side_by_side(first, second)
    assert len(set(seen)) == 2


def test_who_wakes_while_a_few_are_at_work_waits_a_moment_for_theirs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lending, "FEW", 1)
    monkeypatch.setattr(lending, "A_MOMENT", 20.0)
    works, lies, seen = threading.Event(), threading.Event(), []

    def first() -> None:
        seen.append(db.value(_WHO))
        works.set()
        lies.wait(5)
        while not lending._changed._waiters:  # type: ignore[attr-defined]
            works.wait(0)
        lending.lay_down()

    def second() -> None:
        works.wait(5)
        assert db.value(_WHO) != seen[0]
        lending.lay_down()
        lies.set()
        lending.pick_up()
        seen.append(db.value(_WHO))

    _side_by_side(first, second)
    assert seen == [seen[0]] * 2


def test_a_connection_in_the_middle_of_a_transaction_stays_with_its_thread() -> None:
    def alone() -> None:
        with transaction.atomic():
            before = db.value(_WHO)
            with lending.asleep():
                assert lending._lying == []
            assert db.value(_WHO) == before

    _side_by_side(alone)


def test_a_connection_that_the_server_closed_meanwhile_is_not_picked_up() -> None:
    def alone() -> None:
        before = db.value(_WHO)
        with lending.asleep():
            db_of_the_test(f"SELECT pg_terminate_backend({int(before)}, 5000)")
        assert db.value(_WHO) != before

    def db_of_the_test(sql: str) -> None:
        import psycopg

        from careline.domain.history.wake import dsn

        with psycopg.connect(**dsn(), autocommit=True) as own:
            own.execute(sql)

    _side_by_side(alone)


def test_what_nobody_picks_up_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lending, "KEPT", -1.0)

    def alone() -> None:
        db.value(_WHO)
        lending.lay_down()

    _side_by_side(alone)
    assert lending._lying == []


def test_a_thread_that_does_not_lend_keeps_its_own() -> None:
    before = db.value(_WHO)
    with lending.asleep():
        assert db.value(_WHO) == before


def _side_by_side(*stories: Callable[[], None]) -> None:
    """Each in a lending thread of its own; what one of them raises is raised here."""
    wrong: list[BaseException] = []

    def told(story: Callable[[], None]) -> None:
        try:
            with lending.lending():
                story()
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=told, args=[story]) for story in stories]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    if wrong:
        raise wrong[0]
