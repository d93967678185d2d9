"""Promises where several act at once, where somebody dies in the middle, and where an install is older than its clocks."""

from __future__ import annotations

import threading
from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection, transaction

from careline.domain.history.actor import SYSTEM
from careline.domain.sla.commands.promises import keep_promises, ring
from careline.kit import db
from tests.stories.desk import Desk, mail
from tests.world import NOON

LATE = NOON + timedelta(hours=60)
CASES = 12


def test_two_workers_ring_each_clock_once(busy_desk: Desk) -> None:
    _written(busy_desk)
    start = threading.Barrier(2)
    rung: list[int] = []

    def work() -> None:
        try:
            start.wait()
            while chunk := ring(at=LATE, limit=3):
                rung.append(chunk)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=30)
    while chunk := ring(at=LATE):  # what one let be because the other held it
        rung.append(chunk)
    assert (sum(rung), _entries()) == (2 * (CASES + 1), {"warned": CASES + 1, "broken": CASES + 1})


@pytest.mark.django_db
def test_a_worker_that_dies_in_the_middle_leaves_whole_steps(desk: Desk) -> None:
    _written(desk)
    with pytest.raises(_Killed), transaction.atomic():
        ring(at=LATE, limit=5)
        raise _Killed
    assert _entries() == {}
    while ring(at=LATE, limit=5):
        pass
    assert _entries() == {"warned": CASES + 1, "broken": CASES + 1}


@pytest.mark.django_db
def test_what_was_due_before_there_were_clocks_gets_its_clock(desk: Desk) -> None:
    db.execute("DELETE FROM sla_clock")
    db.execute("UPDATE conversations_conversation SET due_kind = 'answer'")
    db.execute(import_module("careline.domain.sla.migrations.0001_initial")._ANSWERS_DUE)
    case = desk.case(desk.first)
    assert (case.due_kind, case.next_due_at) == ("first_response", NOON + timedelta(hours=24))
    assert keep_promises([case.id], by=SYSTEM, at=NOON + timedelta(hours=1)) == 0


class _Killed(Exception):
    pass


def _written(desk: Desk) -> None:
    for n in range(CASES):
        desk.comes(mail(f"dan{n}@example.org", named=f"<{n}@example.org>", subject=f"Bell {n}"), at=NOON)


def _entries() -> dict[str, int]:
    found = db.rows("SELECT name, count(*) AS n FROM sla_entry WHERE name IN ('warned', 'broken') GROUP BY name")
    return {row.name: row.n for row in found}
