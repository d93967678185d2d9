"""A message as it leaves."""

from __future__ import annotations

from datetime import timedelta

from careline.domain.conversations.commands import messages
from careline.domain.conversations.commands.messages import NewMessage
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.conversations.queries.messages import message_by_id
from careline.domain.history.actor import SYSTEM
from careline.flows.deliver import outgoing_of
from tests.world import NOON, make_world


def test_the_history_below_an_answer_is_its_newest_however_long_the_case_is(db: None) -> None:
    world = make_world()
    case = conversation_by_number(world.case)
    assert case is not None

    def said(words: str, minute: int, **more: object) -> int:
        message = NewMessage("reply", case.id, "agent", world.ben.pk, text=words, visible_text=words, **more)  # type: ignore[arg-type]
        at = NOON + timedelta(minutes=minute)
        return messages.add(
            message, number=case.number, customer=case.customer_id, happening="message.queued", by=SYSTEM, at=at
        )

    for n in range(1, 206):
        said(f"word {n}", n)
    answer = said("the answer", 206, data={"with_history": True})
    said("what came after it", 207)
    quoted = [line for line in outgoing_of(message_by_id(answer), case).text.splitlines() if line.startswith(">")]
    assert quoted == ["> word 205", "> word 204", "> word 203", "> word 202", "> word 201"]
