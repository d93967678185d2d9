"""Two colleagues find the same public review at the same moment: it is one case, and the other is told."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from django.db import connections

from careline.domain.channels.queries import channels
from careline.domain.conversations.errors import Refused
from careline.domain.conversations.rules.recipients import Person as Recipient
from careline.domain.history.actor import agent
from careline.flows.open_case import Opening
from careline.flows.record_feedback import record_review
from careline.kit import db
from tests.world import NOON, make_world


@pytest.mark.django_db(transaction=True)
def test_a_review_that_two_record_at_once_is_one_case() -> None:
    world = make_world()
    ada, start, told = world.person(world.ada), Barrier(2), list[str]()
    opening = Opening(
        "incoming",
        channels(kind="email")[0],
        sender=Recipient("dan@example.org", "Dan"),
        subject="Review",
        text="Late.",
    )

    def act() -> None:
        start.wait()
        try:
            record_review(
                ada, opening, source="google", url="https://reviews.example/1", stars=3, by=agent(ada.id), at=NOON
            )
            told.append("done")
        except Refused as refusal:
            told.append(refusal.code)
        finally:
            connections.close_all()

    both = [Thread(target=act) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(told) == ["done", "reviewed_before"]
    assert db.value("SELECT count(*) FROM followups_review") == 1
    assert db.value("SELECT count(*) FROM conversations_conversation WHERE subject = 'Review'") == 1
