"""Whatever befalls a subscription that is paid by links, in whatever order: each period is paid once, and no cent stays that nobody owes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest

from careline.domain.conversations.errors import Refused
from careline.domain.orders.gateways import GatewayDown
from careline.domain.orders.gateways.fake import FakeStripe
from careline.flows.change_subscription import pause_subscription, pay_subscription_by, resume_subscription
from careline.flows.collect_payment import begin_payment, work_on_payments
from careline.flows.end_unpaid import end_unpaid
from careline.flows.renew_subscriptions import work_on_subscriptions
from careline.kit import db
from tests.flows import test_periods_by_link as links
from tests.flows.test_subscriptions import DAY, Club
from tests.world import NOON

pytestmark = pytest.mark.django_db
club, fake = links.club, links.fake


@pytest.mark.parametrize("seed", [1, *(pytest.param(n, marks=pytest.mark.full) for n in range(2, 15))])
def test_each_period_is_paid_once_and_what_nobody_owes_goes_back(club: Club, fake: FakeStripe, seed: int) -> None:
    dice = Random(seed)
    at, opened, how = NOON + DAY, [], {"case": club.world.case, "by": club.by}

    def opens() -> None:
        token = db.value("SELECT token FROM orders_paymentlink ORDER BY id DESC LIMIT 1")
        opened.append(begin_payment(token, at=at).url.rpartition("/")[2])

    def pays() -> None:
        fake.pay(dice.choice(opened), now=int(NOON.timestamp()))

    acts: list[Callable[[], Any]] = [
        opens, pays, opens, pays,
        lambda: pay_subscription_by(club.ben, "S1", str(club.shop.card), at=at, **how),
        lambda: pause_subscription(club.ben, "S1", at=at, **how),
        lambda: resume_subscription(club.ben, "S1", at=at, **how),
        lambda: db.execute("UPDATE orders_subscription SET offer_percent = 50, offer_left = 1 WHERE state <> 'cancelled'"),
        lambda: db.execute("UPDATE orders_method SET is_active = false WHERE id = %s", [club.shop.card]),
    ]  # fmt: skip
    for _ in range(40):
        at += timedelta(hours=dice.randint(1, 200))
        with suppress(Refused, GatewayDown, IndexError), db.savepoint():
            dice.choice(acts)()
        for step in dice.sample([work_on_subscriptions, work_on_payments, end_unpaid], 3):
            step(at=at)
        nothing_is_taken_twice()
    for hours in (1, 2):  # what is under way comes to its end
        work_on_payments(at=at + timedelta(hours=hours))
    nothing_is_left_over(fake)


def nothing_is_taken_twice() -> None:
    periods = db.rows("SELECT of, until FROM orders_charge WHERE kind = 'period' ORDER BY of")
    assert all(one.until <= other.of for one, other in pairwise(periods)), "each period once, one after the other"
    waiting = "SELECT count(*) FROM orders_order o WHERE state = 'pending' AND NOT EXISTS (SELECT FROM orders_charge c WHERE c.order_id = o.id)"
    assert db.value(f"{waiting} AND source = 'subscription S1'") <= 1
    assert db.value("SELECT count(*) FROM orders_subscription") == 1


def nothing_is_left_over(fake: FakeStripe) -> None:
    charged = db.value("SELECT coalesce(sum(amount), 0) FROM orders_charge")
    here = db.value("SELECT coalesce(sum(p.amount), 0) FROM orders_payment p JOIN orders_order o ON o.id = p.order_id WHERE p.kind = 'payment'"
                    " AND p.state = 'settled' AND (o.source LIKE 'subscription%%' OR o.id IN (SELECT order_id FROM orders_charge))")  # fmt: skip
    assert here == charged, "what was charged is what was paid"
    kept = "SELECT coalesce(sum(l.amount), 0) FROM orders_paymentlink l WHERE l.state = 'paid'"
    paid = sum(one["amount_total"] for one in fake._kept["sessions"].values() if one["payment_status"] == "paid")
    back = sum(one["amount"] for one in fake.refunds)
    assert paid - back == db.value(kept), "what came beside what was owed went back"
