"""Who may write from which mailbox: as far as the grants reach, and no further."""

from __future__ import annotations

import pytest

from careline.domain.channels import commands as channels
from careline.domain.channels.queries import channel_by_id
from careline.domain.company.queries import default_brand
from careline.domain.history.actor import SYSTEM, agent
from careline.domain.staff.granting import add_role, give_roles
from careline.domain.staff.granting_rules import Given
from careline.domain.staff.rules import Forbidden
from careline.flows.open_case import Opening, open_case
from careline.flows.reply import Draft, reply
from careline.kit import db
from tests.world import NOON, World, make_world, writes_in


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def billing(world: World) -> int:
    """Another mailbox, in no team; Ben answers everything there, and elsewhere only sees and opens cases."""
    made = channels.add_channel(
        "email", name="Billing", address="billing@northwind.example", brand_id=default_brand().pk, team_id=None, settings={}, by=SYSTEM, at=NOON
    )  # fmt: skip
    everywhere = [Given(f"conversation:{verb}", "all") for verb in ("read", "create")]
    lines = [*everywhere, Given("conversation:reply", "all", channel_id=made.pk), Given("conversation:label", "all")]
    role = add_role("Billing desk", lines=lines, by=agent(world.ada.pk), at=NOON)
    give_roles(world.ben, role=role.code, by=agent(world.ada.pk), at=NOON)
    return made.pk


def writes(world: World, mailbox: int) -> int:
    from careline.domain.conversations.rules.recipients import Person

    opening = Opening(
        "reply", channel_by_id(mailbox), sender=Person("dan@example.org", "Dan"), subject="Your bill", text="Hello"
    )
    return open_case(world.person(world.ben), opening, by=agent(world.ben.pk), at=NOON)


def test_a_new_letter_leaves_only_by_a_mailbox_of_ones_own_reach(world: World, billing: int) -> None:
    before = db.value("SELECT count(*) FROM conversations_message")
    with pytest.raises(Forbidden):
        writes(world, world.mailbox.id)
    assert db.value("SELECT count(*) FROM conversations_message") == before
    assert writes(world, billing) > 0


def test_and_so_does_an_answer(world: World, billing: int) -> None:
    row = channel_by_id(billing)
    assert row is not None
    billed = writes_in("My bill", text="It is wrong", mailbox=row).number
    assert billed is not None
    ben = world.person(world.ben)
    with pytest.raises(Forbidden):
        reply(ben, world.case, Draft(text="Hello"), by=agent(ben.id), at=NOON)
    assert reply(ben, billed, Draft(text="Hello"), by=agent(ben.id), at=NOON).number == billed
