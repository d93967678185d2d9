"""The page of a new customer asks for the company's own fields that must be filled in."""

from django.test import Client

from careline.domain.customers.queries import customer_id_of
from careline.domain.history.actor import agent
from careline.flows.change_customer_field import add_customer_field
from tests.world import NOON, World


def test_a_new_customer_is_asked_for_them_and_nothing_typed_is_lost(world: World, ada: Client) -> None:
    add_customer_field(
        world.person(world.ada), "customer", name="Plan", kind="text", is_required=True, by=agent(world.ada.pk), at=NOON
    )
    assert 'name="field_plan"' in ada.get("/customers/new").content.decode()
    wrong = ada.post("/customers/new", {"name": "Dan", "email": "dan@example.org"})
    assert (wrong.status_code, customer_id_of("email", "dan@example.org")) == (422, None)
    assert "“Plan” must be filled in." in wrong.content.decode()
    assert 'value="Dan"' in wrong.content.decode()
    ada.post("/customers/new", {"name": "Dan", "email": "dan@example.org", "field_plan": "Gold"})
    assert customer_id_of("email", "dan@example.org") is not None
