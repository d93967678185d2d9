"""Two workers at once, somebody who works on a case meanwhile, and a worker that dies in the middle."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from careline.domain.routing.commands import marks
from careline.flows import route
from careline.flows.route import work_on_marks
from careline.kit import db
from tests.flows.routing_desk import Desk, make_desk

pytestmark = pytest.mark.django_db(transaction=True)


def test_workers_side_by_side_give_each_case_once_and_nobody_too_much() -> None:
    desk = ready(cases=12, people=3, units=3)
    together(*[lambda: [work_on_marks(at=desk.at) for _ in range(5)]] * 3)
    given = db.rows(
        "SELECT assignee_id, count(*) AS n FROM conversations_conversation WHERE assignee_id IS NOT NULL GROUP BY 1"
    )
    assert sorted(row.n for row in given) == [3, 3, 3]
    assert db.value("SELECT count(*) FROM routing_decision") == 9


def test_a_case_that_somebody_works_on_is_given_out_a_moment_later() -> None:
    desk = ready(cases=0, people=1, units=3)
    held, done = threading.Event(), threading.Event()

    def somebody() -> None:
        with transaction.atomic():
            db.execute("SELECT id FROM conversations_conversation FOR UPDATE")
            held.set()
            done.wait(10)

    holder = threading.Thread(target=closing(somebody))
    holder.start()
    held.wait(10)
    first = work_on_marks(at=desk.at)
    done.set()
    holder.join()
    assert (first.again, desk.assignee(desk.world.case)) == (True, None)
    work_on_marks(at=desk.at)
    assert desk.assignee(desk.world.case) is not None


def test_a_worker_that_dies_in_the_middle_leaves_nothing_half_done(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = ready(cases=0, people=1, units=3)

    def dies(*_: Any, **__: Any) -> None:
        raise SystemExit

    with monkeypatch.context() as broken, pytest.raises(SystemExit):
        broken.setattr(route, "keep_decisions", dies)
        work_on_marks(at=desk.at)
    assert (desk.assignee(desk.world.case), db.value("SELECT count(*) FROM routing_mark")) == (None, 1)
    assert work_on_marks(at=desk.at).given == 1


def ready(*, cases: int, people: int, units: int) -> Desk:
    desk = make_desk()
    for _ in range(cases - 1):
        desk.mail()
    for n in range(people):
        desk.hire(f"Person{n}", units=units)
    desk.push()
    db.execute("DELETE FROM routing_mark")
    marks.mark_queues([desk.world.front.pk], at=desk.at)
    return desk


def together(*acts: Callable[[], object]) -> None:
    threads = [threading.Thread(target=closing(act)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def closing(act: Callable[[], object]) -> Callable[[], None]:
    def run() -> None:
        try:
            act()
        finally:
            connection.close()

    return run
