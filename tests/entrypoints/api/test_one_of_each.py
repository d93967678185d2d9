"""What was made answers at the address that its maker was given."""

from __future__ import annotations

import pytest

from tests.entrypoints.api.conftest import API, Caller
from tests.world import World

MADE = [
    ("/teams", {"name": "Rentals"}),
    ("/tags", {"name": "Chain"}),
    ("/channels", {"name": "Rentals", "address": "rentals@northwind.example"}),
]


@pytest.mark.parametrize(("path", "body"), MADE, ids=[path for path, _ in MADE])
def test_what_was_made_answers_at_its_address(ada: Caller, world: World, path: str, body: dict[str, str]) -> None:
    made = ada("POST", path, body)
    address = made.headers["Location"].removeprefix(API)
    assert (made.status, address, ada.get(address)) == (201, f"{path}/{made.json['id']}", made.json)
    nothing = ada("GET", f"{path}/999999")
    assert (nothing.status, nothing.json["code"]) == (404, "not_found")


def test_a_new_agent_answers_at_their_address(ada: Caller, world: World) -> None:
    made = ada("POST", "/agents", {"email": "dora@northwind.example", "role": "representative"})
    assert ada.get(made.headers["Location"].removeprefix(API))["email"] == "dora@northwind.example"
