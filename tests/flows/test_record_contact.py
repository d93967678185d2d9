"""A call, a visit, a letter or a fax that is written down on somebody's behalf."""

from datetime import timedelta
from typing import Any

import pytest

from careline.domain.conversations.errors import NoRecipient, Refused
from careline.domain.conversations.queries.cases import conversation_by_number, participants_of
from careline.domain.conversations.queries.messages import messages_of
from careline.domain.customers.queries import addresses_of, customer_by_id
from careline.domain.history.actor import agent
from careline.flows.open_case import Opening, open_case
from careline.flows.record_contact import Contact
from careline.flows.reply import Draft, recipients_of, reply
from tests.world import NOON, World, make_world

YESTERDAY = NOON - timedelta(days=1)


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def test_a_call_of_somebody_known_by_their_number_alone(world: World) -> None:
    number = _open(
        world, "phone", phone="+49 30 1234567", name="Dan", happened_at=YESTERDAY, duration=timedelta(minutes=12)
    )
    case = conversation_by_number(number)
    said = messages_of(case.id)[0]
    assert (said.kind, said.form, said.sent_at, said.data["seconds"], said.author_kind) == (
        "incoming",
        "phone",
        YESTERDAY,
        720,
        "customer",
    )
    assert (case.category, case.waiting_since, case.message_count, case.last_message_id) == ("open", NOON, 1, said.id)
    assert customer_by_id(case.customer_id).name == "Dan"  # type: ignore[union-attr]
    assert [(a.kind, a.value) for a in addresses_of(case.customer_id)] == [("phone", "+49301234567")]
    assert _open(world, "phone", phone="0049 (30) 1234567") and len(addresses_of(case.customer_id)) == 1


def test_an_answer_is_never_mailed_to_a_telephone(world: World) -> None:
    number = _open(world, "phone", phone="+49 30 1234567", name="Dan")
    case = conversation_by_number(number)
    assert recipients_of(case, everybody=True).everyone == ()
    with pytest.raises(NoRecipient):
        reply(world.person(world.ben), number, Draft(text="Hello"), by=agent(world.ben.pk), at=NOON)


def test_who_has_an_address_is_answered_there(world: World) -> None:
    number = _open(world, "counter", customer=world.carol)
    case = conversation_by_number(number)
    assert [(p.kind, p.value, p.role) for p in participants_of(case.id)] == [
        ("email", "carol@example.com", "requester")
    ]
    assert [p.value for p in recipients_of(case, everybody=True).to] == ["carol@example.com"]


def test_a_call_of_ours_leaves_the_turn_to_the_customer_and_sends_nothing(world: World) -> None:
    number = _open(world, "phone", customer=world.carol, is_ours=True)
    case = conversation_by_number(number)
    said = messages_of(case.id)[0]
    assert (said.kind, said.author_kind, said.author_id, said.delivery) == ("reply", "agent", world.ben.pk, None)
    assert (case.category, case.assignee_id) == ("waiting", world.ben.pk)


def test_a_visitor_who_says_no_name_has_a_case_as_well(world: World) -> None:
    case = conversation_by_number(_open(world, "counter"))
    assert (case.customer_id, participants_of(case.id), case.category) == (None, [], "open")


def test_what_lies_ahead_has_not_happened(world: World) -> None:
    with pytest.raises(Refused):
        _open(world, "letter", customer=world.carol, happened_at=NOON + timedelta(minutes=1))


def test_what_is_no_number_is_said(world: World) -> None:
    with pytest.raises(NoRecipient):
        _open(world, "phone", phone="ring me")


def _open(world: World, form: str, **more: Any) -> int:
    contact = Contact(form=form, text="My bell is broken.", channel=world.mailbox, subject="Bell", **more)
    kind = "reply" if contact.is_ours else "incoming"
    opening = Opening(kind=kind, channel=world.mailbox, text=contact.text, contact=contact)
    return open_case(world.person(world.ben), opening, by=agent(world.ben.pk), at=NOON)
