"""Programs hear of orders, quotes and complaints, with where to fetch them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from careline.domain.history.actor import agent
from careline.domain.orders.rules.refunding import Part
from careline.entrypoints.worker.webhooks import Dispatcher
from careline.flows.fill_cart import CartChange, change_cart
from careline.flows.quote import Quoting, send_quote
from careline.flows.record_complaint import record_complaint
from careline.flows.refund import Refunding, refund
from tests.domain.webhooks.targets import Target
from tests.entrypoints.worker.telling import Moment, hook, run
from tests.shop import make_shop
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_happens_to_an_order_a_quote_and_a_complaint_is_told_with_where_it_is(
    world: World, there: Target, moment: Moment, dispatcher: Callable[[], Dispatcher]
) -> None:
    shop = make_shop(world)
    hook(world, there.url, "order.*", "quote.*", "complaint.*")
    by, ada, now = agent(world.ada.pk), world.person(world.ada), moment.now
    lock = (Part(shop.lines["Lock"], units=1),)
    refund(ada, shop.order, Refunding(world.case, "scratched", lock), by=by, at=now)
    change_cart(ada, world.case, CartChange(units={shop.lock: 1}), by=by, at=now)
    quote = send_quote(ada, world.case, Quoting(), by=by, at=now).id
    complaint = record_complaint(ada, world.case, by=by, at=now).id
    moment.now += timedelta(minutes=1)
    run(dispatcher())
    links = {one.json["type"]: one.json["data"]["links"] for one in there.asked}
    assert sorted(links) == ["complaint.recorded", "order.refunded", "quote.sent"]
    assert links["order.refunded"]["order"] == f"/api/v1/orders/{shop.order}"
    assert links["quote.sent"]["quote"] == f"/api/v1/quotes/{quote}"
    assert links["complaint.recorded"]["complaint"] == f"/api/v1/complaints/{complaint}"
