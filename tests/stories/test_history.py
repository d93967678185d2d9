"""History: what was committed is read, in the order of commits, by every reader; and nobody changes it."""

import threading
from datetime import datetime

import psycopg
import pytest
from django.db import connection, transaction

from careline.domain.history import commands as history
from careline.domain.history.actor import SYSTEM
from careline.domain.history.commands import Happening
from careline.domain.history.queries import (
    Happened,
    cursor_of,
    happenings_after,
    happenings_of_case,
    newest_cursor,
    set_asides,
)
from careline.entrypoints.worker.reader import read_on
from careline.kit import db
from tests.stories.desk import CAROL, LATER, Desk, mail


def record(key: int) -> None:
    history.record(Happening("story.told", "story", key, conversation=key), by=SYSTEM, at=LATER)


def test_the_lower_id_commits_last_and_every_reader_sees_both(busy_desk: Desk) -> None:
    start = newest_cursor()
    history.move_cursor("durable", tx=start.tx, happening=start.happening, at=LATER)
    told: dict[str, list[int]] = {"durable": [], "live": []}
    reactions = {"story.told": (lambda happened, at: told["durable"].append(happened.subject_key),)}
    live = start
    written, may_commit = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            record(1)
            written.set()
            assert may_commit.wait(20)
        connection.close()

    def look() -> None:
        nonlocal live
        for happened in happenings_after(live, limit=10):
            told["live"].append(happened.subject_key)
            live = happened.cursor
        read_on("durable", reactions, at=LATER)

    first = threading.Thread(target=slow)
    first.start()
    assert written.wait(20)
    record(2)
    look()
    assert told == {"durable": [], "live": []}
    may_commit.set()
    first.join(20)
    look()
    look()
    assert told == {"durable": [1, 2], "live": [1, 2]}
    one, two = happenings_of_case(1)[0], happenings_of_case(2)[0]
    assert one.id < two.id


def test_what_a_reaction_fails_on_is_put_aside_and_the_next_goes_on(busy_desk: Desk) -> None:
    mails = [mail(CAROL, named=f"<{n}@mail.example>", text=f"Mail {n}.") for n in range(3)]
    numbers = [busy_desk.comes(raw).message for raw in mails]
    told: list[int] = []

    def poisoned(happened: Happened, at: datetime) -> None:
        told.append(happened.subject_key)
        if happened.subject_key == numbers[1]:
            db.execute("SELECT 1 / 0")

    while read_on("poison", {"message.received": (poisoned,)}, at=LATER):
        pass
    assert told[-3:] == numbers
    assert set_asides() == {"poison": 1}
    assert cursor_of("poison") == newest_cursor()


@pytest.mark.parametrize(
    "statement",
    ["UPDATE history SET name = 'other'", "DELETE FROM history", "TRUNCATE history", "UPDATE history SET data = data"],
)
def test_nobody_changes_what_happened(desk: Desk, statement: str) -> None:
    before = db.value("SELECT count(*) FROM history")
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"), transaction.atomic():
        db.execute(statement)
    assert db.value("SELECT count(*) FROM history") == before > 0


def test_a_change_that_fails_leaves_no_happening(desk: Desk) -> None:
    before = db.value("SELECT count(*) FROM history")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(1)
        _ = 1 / 0
    assert db.value("SELECT count(*) FROM history") == before
