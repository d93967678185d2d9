"""A bounce can be forged by whoever received a mail of ours: it says nothing of people who did not."""

import pytest

from careline.domain.channels.inbound import Bounce, BounceClass, BouncedRecipient, Inbound, InboundKind
from careline.domain.conversations.queries.messages import message_by_id
from careline.domain.history.actor import agent
from careline.flows.reply import Draft, reply
from careline.flows.returned import note_return
from careline.kit.db import rows
from tests.world import NOON, World, make_world, writes_in

DAN = "dan@example.org"


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def bounce_of(world: World, *addresses: str) -> Inbound:
    """A bounce of an answer to Carol that names these addresses as gone for good."""
    ben = world.person(world.ben)
    answer = message_by_id(reply(ben, world.case, Draft(text="It is here."), by=agent(ben.id), at=NOON).message)
    gone = [BouncedRecipient(address, BounceClass.HARD, "5.1.1", "User unknown") for address in addresses]
    return Inbound(kind=InboundKind.BOUNCE, bounce=Bounce(gone, original_message_id=answer.external_id))


def test_a_bounce_marks_whom_the_mail_went_to(world: World) -> None:
    note_return(bounce_of(world, "Carol@Example.com"), at=NOON)
    assert undeliverable() == ["carol@example.com"]


def test_a_forged_bounce_marks_nobody_else(world: World) -> None:
    writes_in("Hello", text="I am Dan.", mailbox=world.mailbox, sender=DAN)
    bounce = bounce_of(world, DAN)
    status, outcome, *_ = note_return(bounce, at=NOON)
    assert (status, outcome, undeliverable()) == ("processed", "bounce", [])


def undeliverable() -> list[str]:
    return [
        row.value
        for row in rows("SELECT value FROM customers_address WHERE undeliverable_since IS NOT NULL ORDER BY 1")
    ]
