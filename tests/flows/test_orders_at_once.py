"""Two agents act on one order at the same moment: one is done, the other is told."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from django.db import connections

from careline.domain.conversations.errors import Refused
from careline.domain.history.actor import agent
from careline.domain.orders.rules.refunding import Part
from careline.domain.staff.rules import Person
from careline.flows.refund import Refunding, refund
from careline.kit import db
from tests.shop import open_shop
from tests.world import NOON


@pytest.mark.django_db(transaction=True)
def test_two_agents_refund_the_same_line_and_one_of_them_is_told_that_it_changed() -> None:
    shop = open_shop()
    version, told, start = shop.row().version, [], Barrier(2)
    asked = Refunding(shop.world.case, "scratched", (Part(shop.lines["Lock"], units=1),), seen=version)

    def act() -> None:
        start.wait()
        try:
            refund(shop.ben, shop.order, asked, by=shop.by, at=NOON)
            told.append("done")
        except Refused as refusal:
            told.append(refusal.code)
        finally:
            connections.close_all()

    both = [Thread(target=act) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(told) == ["done", "order_changed"]
    assert shop.net_paid() == 13685 - 2181


@pytest.mark.django_db(transaction=True)
def test_where_neither_says_what_they_saw_the_line_is_paid_back_once_all_the_same() -> None:
    shop = open_shop()
    ada, start = shop.world.person(shop.world.ada), Barrier(2)
    told: dict[str, str] = {}
    asked = Refunding(shop.world.case, "scratched", (Part(shop.lines["Lock"], units=1),))

    def act(who: Person) -> None:
        start.wait()
        try:
            refund(who, shop.order, asked, by=agent(who.id), at=NOON)
            told[who.name] = "done"
        except Refused as refusal:
            told[who.name] = str(refusal)
        finally:
            connections.close_all()

    both = [Thread(target=act, args=[who]) for who in (ada, shop.ben)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    refused = "There are not so many units of Lock left to refund."
    assert sorted(told.values()) == sorted(["done", refused])
    assert (shop.net_paid(), db.value("SELECT count(*) FROM orders_refund")) == (13685 - 2181, 1)
