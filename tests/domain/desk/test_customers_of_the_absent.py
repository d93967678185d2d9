"""Customers by a filter, for somebody who stands in for two: each of the two with their own rights."""

from __future__ import annotations

from dataclasses import replace

from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.desk.queries.api_customers import customers_page
from careline.domain.desk.queries.customer_filter import CustomerFilter
from careline.domain.staff.rules import Allowed
from careline.kit.db import execute
from tests.world import NOON, make_world, writes_in

OWN = (Allowed("own"),)


def test_nobody_is_seen_by_the_case_of_one_and_the_right_of_another(db: None) -> None:
    """Ada's role reads cases and no customers; Ben's reads both."""
    world = make_world()
    bens = writes_in("A bell", text="It is mute.", mailbox=world.mailbox, sender="dan@example.org", name="Dan").number
    for number, who in ((world.case, world.ada), (bens, world.ben)):
        execute("UPDATE conversations_conversation SET assignee_id = %s WHERE number = %s", [who.pk, number])
    ada = replace(world.person(world.ada), grants={"conversation:read": OWN})
    ben = replace(world.person(world.ben), grants={"conversation:read": OWN, "customer:read": OWN})
    cleo = replace(world.person(world.cleo), team_ids=(), absent=(ada, ben))
    found = customers_page(cleo, CustomerFilter(contacted_within=9), at=NOON, limit=10)
    assert [row.id for row in found] == [conversation_by_number(bens).customer_id]
