"""A mail whose From was found to be forged stands in the case it names, and brings nobody into it."""

from dataclasses import replace

import pytest
from django.db import transaction

from careline.domain.channels import commands as channels
from careline.domain.channels.inbound import Authenticity, Inbound, Party
from careline.domain.channels.queries import channel_by_id
from careline.domain.conversations.queries.cases import conversation_by_number, participants_of
from careline.domain.conversations.queries.messages import messages_of
from careline.domain.history.actor import SYSTEM
from careline.flows.acknowledge import acknowledge
from careline.flows.receive import Carried, Received, receive
from careline.flows.reply import recipients_of
from tests.world import NOON, World, make_world

CAROL, MALLORY = "carol@example.com", "mallory@example.net"
FORGED = Authenticity(dmarc="fail", source="server")
PROVEN = Authenticity(dmarc="pass", verified=True, source="server")


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def answer(world: World, found: Authenticity) -> Received:
    """Carol, or who says so, answers in her case, names Mallory in the Cc and wants answers sent there."""
    first = messages_of(conversation_by_number(world.case).id)[0]
    mail = Inbound(
        sender=Party(CAROL, "Carol"), cc=[Party(MALLORY)], reply_to=[Party(MALLORY)], subject="Re: bike", text="Hello", visible_text="Hello",
        sent_at=NOON, external_id="<second@mail.example>", references=[first.external_id], fingerprint="f" * 64, authenticity=found,
    )  # fmt: skip
    with transaction.atomic():
        return receive(mail, channel=world.mailbox, carried=Carried(), at=NOON)


def test_a_proven_participant_brings_others(world: World) -> None:
    assert (answer(world, PROVEN).number, state_of(world, MALLORY)) == (world.case, "active")


def test_a_forged_participant_brings_nobody_and_names_no_place_for_answers(world: World) -> None:
    assert (answer(world, FORGED).number, state_of(world, MALLORY)) == (world.case, "suggested")
    people = recipients_of(conversation_by_number(world.case), everybody=True)
    assert [person.value for person in people.everyone] == [CAROL]


def test_what_forged_a_sender_is_not_acknowledged_to_them(world: World) -> None:
    channels.change_channel(world.mailbox.id, settings={"acknowledge": True}, by=SYSTEM, at=NOON)
    box = channel_by_id(world.mailbox.id)
    assert box is not None

    def opened(found: Authenticity, name: str) -> int | None:
        mail = Inbound(sender=Party("dan@example.org"), text="Hi", visible_text="Hi", sent_at=NOON, external_id=name, fingerprint=name,
                       authenticity=found)  # fmt: skip
        with transaction.atomic():
            got = receive(mail, channel=box, carried=Carried(), at=NOON)
        assert got.number is not None and got.message is not None
        return acknowledge(conversation_by_number(got.number).id, got.message, at=NOON)

    assert opened(FORGED, "<a@b.example>") is None
    assert opened(replace(FORGED, dmarc="none"), "<c@d.example>") is not None


def state_of(world: World, address: str) -> str:
    people = participants_of(conversation_by_number(world.case).id)
    return next(person.state for person in people if person.value == address)
