"""A company's own fields that must be filled in: asked of people, never of what comes in."""

from __future__ import annotations

import pytest

from careline.domain.customers.queries import customer_id_of
from careline.domain.history.actor import agent
from careline.flows.add_customer import add_customer
from careline.flows.change_customer import CustomerChange, Wrong, change_customer
from careline.flows.change_customer_field import add_customer_field
from careline.kit import db
from tests.world import NOON, World, make_world, writes_in


@pytest.fixture
def world(db: None) -> World:
    world = make_world()
    add_customer_field(
        world.person(world.ada), "customer", name="Plan", kind="text", is_required=True, by=agent(world.ada.pk), at=NOON
    )
    add_customer_field(world.person(world.ada), "customer", name="Bike", kind="text", by=agent(world.ada.pk), at=NOON)
    return world


def adds(world: World, **fields: str) -> int:
    return add_customer(
        world.person(world.ben), name="Dan", addresses=("dan@example.org",), fields=dict(fields), by=agent(world.ben.pk), at=NOON
    )  # fmt: skip


def changes(world: World, **fields: str) -> None:
    wanted = CustomerChange(fields=dict(fields))
    change_customer(world.person(world.ben), world.carol, wanted, by=agent(world.ben.pk), at=NOON)


def fields_of(customer: int) -> dict[str, str]:
    return db.value("SELECT fields FROM customers_customer WHERE id = %s", [customer])


def test_nobody_is_added_without_them(world: World) -> None:
    with pytest.raises(Wrong, match="“Plan” must be filled in") as wrong:
        adds(world, bike="Red")
    assert (wrong.value.field, customer_id_of("email", "dan@example.org")) == ("fields.plan", None)
    assert fields_of(adds(world, plan="Gold")) == {"plan": "Gold"}


def test_whoever_fills_in_own_fields_fills_them_in_too(world: World) -> None:
    with pytest.raises(Wrong, match="“Plan” must be filled in"):
        changes(world, bike="Red")
    changes(world, bike="Red", plan="Gold")
    changes(world, bike="Blue")
    with pytest.raises(Wrong, match="“Plan” must be filled in"):
        changes(world, plan="")
    assert fields_of(world.carol) == {"bike": "Blue", "plan": "Gold"}


def test_what_a_customer_writes_is_never_refused_for_them(world: World) -> None:
    came = writes_in("Hello", text="Hi", mailbox=world.mailbox, sender="erin@example.net")
    assert (came.status, fields_of(customer_id_of("email", "erin@example.net") or 0)) == ("processed", {})
