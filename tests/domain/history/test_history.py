"""History: append-only, read in the order of commits, sealed."""

import psycopg
import pytest
from django.db import connection, transaction

from careline.domain.history import sealing
from careline.domain.history.actor import SYSTEM
from careline.domain.history.commands import Happening, move_cursor, record
from careline.domain.history.queries import Cursor, cursor_of, happenings_after, newest_cursor
from careline.kit import clock, db


def happened(name="case.opened", key=1):
    record(Happening(name, "case", key), by=SYSTEM, at=clock.now())


def second_connection():
    params = connection.get_connection_params()
    params.pop("cursor_factory", None)
    params.pop("context", None)
    return psycopg.connect(**params)


@pytest.mark.django_db(transaction=True)
def test_a_happening_whose_lower_id_commits_last_is_seen_by_every_reader():
    start = newest_cursor()
    with second_connection() as slow:
        slow.execute(
            """INSERT INTO history (at, actor_kind, actor_id, via, name, subject_kind, subject_key, data)
               VALUES (now(), 'system', 0, '', 'slow.happened', 'case', 1, '{}')"""
        )
        with transaction.atomic():
            happened("quick.happened", 2)
        assert [h.name for h in happenings_after(start, limit=10)] == []
        slow.commit()
    names = [h.name for h in happenings_after(start, limit=10)]
    assert names == ["slow.happened", "quick.happened"]
    last = happenings_after(start, limit=10)[-1].cursor
    assert happenings_after(last, limit=10) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("statement", ["UPDATE history SET name = 'x'", "DELETE FROM history", "TRUNCATE history"])
def test_what_happened_can_be_neither_changed_nor_deleted(statement):
    with transaction.atomic():
        happened()
    before = db.value("SELECT count(*) FROM history")
    with pytest.raises(psycopg.errors.InsufficientPrivilege), transaction.atomic():
        db.execute(statement)
    assert db.value("SELECT count(*) FROM history") == before


@pytest.mark.django_db(transaction=True)
def test_a_reader_goes_on_where_it_stood():
    start = newest_cursor()
    with transaction.atomic():
        happened(key=1)
        happened(key=2)
    first = happenings_after(start, limit=1)[0]
    move_cursor("test-reader", tx=first.tx, happening=first.id, at=clock.now())
    assert cursor_of("test-reader") == Cursor(first.tx, first.id)
    assert [h.subject_key for h in happenings_after(cursor_of("test-reader"), limit=10)] == [2]


@pytest.mark.django_db(transaction=True)
def test_a_happening_that_fails_to_commit_never_happened():
    start = newest_cursor()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        happened()
        _ = 1 / 0
    assert happenings_after(start, limit=10) == []


@pytest.mark.django_db(transaction=True)
def test_history_edited_by_hand_is_detected_in_its_month():
    with transaction.atomic():
        happened(key=7)
    sealing.seal(at=clock.now())
    assert sealing.broken_months() == []
    with transaction.atomic():
        happened(key=8)
    assert sealing.seal(at=clock.now()) == 1
    assert sealing.broken_months() == []
    month = clock.now().strftime("%Y-%m")
    with second_connection() as intruder:
        intruder.execute("SET session_replication_role = replica")
        intruder.execute("UPDATE history SET subject_key = 70 WHERE subject_key = 7")
        intruder.commit()
    assert sealing.broken_months() == [month]
    with second_connection() as mender:
        mender.execute("SET session_replication_role = replica")
        mender.execute("UPDATE history SET subject_key = 7 WHERE subject_key = 70")
        mender.commit()


@pytest.mark.django_db(transaction=True)
def test_readers_do_not_wait_for_the_disk_and_everybody_else_does():
    with transaction.atomic():
        move_cursor("tester", tx=1, happening=1, at=clock.now())
    usual = db.value("SHOW synchronous_commit")
    db.execute("SET synchronous_commit = 'on'")
    try:
        with transaction.atomic():
            assert (cursor_of("tester", locked=True), db.value("SHOW synchronous_commit")) == (Cursor(1, 1), "off")
        with transaction.atomic():
            assert (cursor_of("tester"), db.value("SHOW synchronous_commit")) == (Cursor(1, 1), "on")
    finally:
        db.execute("SELECT set_config('synchronous_commit', %s, false)", [usual])
