"""A visitor wants to be forgotten."""

from __future__ import annotations

import pytest

from careline.domain.chats.queries import visitor_of_token
from careline.domain.history.actor import agent
from careline.flows.erase_customer import erase_customer
from careline.kit import db
from tests.entrypoints.api.widget.conftest import Visitor
from tests.entrypoints.api.widget.test_hostile import uploaded
from tests.entrypoints.api.widget.test_talks import case_of
from tests.stories.keeping import places_of
from tests.world import NOON, World

MARK = "zebrafinch"


@pytest.mark.parametrize(("mode", "threads"), [("erase", 0), ("anonymise", 1)])
def test_no_word_of_an_erased_visitor_is_left_and_the_browser_is_a_stranger(
    world: World, carol: Visitor, mode: str, threads: int
) -> None:
    carol.begins(f"My {MARK} is ill.", fields={"name": MARK.title(), "email": f"quill@{MARK}.example"})
    uploaded(carol, f"A {MARK}".encode(), f"{MARK}.txt", "text/plain")
    carol("POST", "thread/end")
    carol("PUT", "thread/rating", {"score": 2, "comment": f"Nobody feeds the {MARK}"})
    assert {"chats_visitor", "chats_thread", "chats_upload", "conversations_message"} <= places_of(MARK).keys()
    customer = int(case_of(carol).customer_id)
    erase_customer(world.person(world.ada), customer, mode=mode, reason="", by=agent(world.ada.pk), at=NOON)
    assert places_of(MARK) == {}
    assert visitor_of_token(carol.token) is None
    assert [row.score for row in db.rows("SELECT score FROM chats_thread")] == [2] * threads
