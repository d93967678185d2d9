"""What an address of a report tells of a name that somebody wrote into it as a number."""

from __future__ import annotations

from dataclasses import replace

import pytest

from careline.domain.reports.queries.labels import label_for
from careline.domain.staff.rules import Allowed
from tests.world import make_world

pytestmark = pytest.mark.django_db


def test_an_address_tells_no_name_of_a_customer_whose_cases_the_reader_does_not_see() -> None:
    world = make_world()
    ada = world.person(world.ada)
    stranger = replace(ada, grants={**ada.grants, "conversation:read": (Allowed("own"),)})
    told = {
        (who.grants["conversation:read"][0].scope, dim): label_for(who, dim, str(key), language="en")
        for who in (ada, stranger)
        for dim, key in (("customer", world.carol), ("team", world.front.pk))
    }
    assert told == {
        ("all", "customer"): "Carol",
        ("all", "team"): "Front",
        ("own", "customer"): "",
        ("own", "team"): "Front",
    }
