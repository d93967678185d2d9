"""Subscriptions, told as what happens: what is paid, to the cent and once, and what is offered to whoever wants to leave."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from careline.domain.approvals.rules.limits import Limit
from careline.domain.history.actor import agent
from careline.domain.orders.commands import selling_terms
from careline.domain.orders.commands.catalogue import NewProduct, NewVariant
from careline.domain.orders.commands.retention import NewRetention, save_retention
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.gateways.fake import KEY, WEBHOOK_SECRET
from careline.domain.orders.gateways.fake.standing import standing
from careline.domain.orders.queries.selling import Terms
from careline.domain.orders.rules.selling import Tax
from careline.flows import renew_subscriptions
from careline.flows.cancel_subscription import (
    Leaving,
    accept_offer,
    cancel_subscription,
    keep_subscription,
    would_cancel,
)
from careline.flows.change_subscription import (
    PlanChange,
    change_plan,
    pause_subscription,
    pay_subscription_by,
    resume_subscription,
    would_change_plan,
)
from careline.flows.collect_payment import begin_payment, work_on_payments
from careline.flows.decide_approval import decide_approval
from careline.flows.fill_cart import CartChange, change_cart
from careline.flows.keep_limits import keep_limit
from careline.flows.keep_products import add_product, add_variant
from careline.flows.place_cart import Paying, place_cart
from careline.flows.renew_subscriptions import work_on_subscriptions
from careline.flows.start_subscription import Starting, start_subscription
from careline.kit import db
from careline.kit.money import Money
from tests.shop import Shop, open_shop
from tests.world import NOON

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


class Club:
    """The bike club: 30.00 a month, or 12.00 for the small one; 5 % off from ten. Carol pays by card."""

    def __init__(self, shop: Shop) -> None:
        self.shop, self.world, self.ben, self.by = shop, shop.world, shop.ben, shop.by
        ada, by = shop.world.person(shop.world.ada), agent(shop.world.ada.pk)
        terms = {"period": "month", "tiers": [{"from": 10, "percent": 5}]}
        club = add_product(ada, NewProduct("C-1", "Club", billing="subscription", terms=terms), by=by, at=NOON)
        self.large, self.small = (
            add_variant(ada, club, NewVariant(sku, price, "EUR", {"size": size}), by=by, at=NOON)
            for sku, price, size in (("C-1-L", 3000, "Large"), ("C-1-S", 1200, "Small"))
        )
        self.ada = ada

    def joins(self, **more: Any) -> str:
        asked = Starting(self.world.case, self.large, **{"method": str(self.shop.card), **more})
        return start_subscription(self.ben, asked, by=self.by, at=NOON)

    def row(self, number: str = "S1") -> Any:
        return db.row("SELECT * FROM orders_subscription WHERE number = %s", [number])

    def charges(self) -> list[tuple[str, int, int, int, int]]:
        found = db.rows('SELECT kind, "full", discount, from_credit, amount FROM orders_charge ORDER BY id')
        return [tuple(row) for row in found]

    def paid(self) -> int:
        return int(
            db.value(
                """SELECT coalesce(sum(p.amount), 0) FROM orders_payment p JOIN orders_order o ON o.id = p.order_id
                   WHERE o.source LIKE 'subscription%%'"""
            )
        )

    def offers(self, *offers: NewRetention) -> None:
        save_retention(offers, by=agent(self.world.ada.pk), at=NOON)

    def leaves(self, **more: Any) -> Any:
        at = more.pop("at", NOON + DAY)
        asked = Leaving(self.world.case, more.pop("reason", "too_expensive"), **more)
        return cancel_subscription(self.ben, "S1", asked, by=self.by, at=at)

    def said(self) -> list[str]:
        return [row.name for row in db.rows("SELECT name FROM history WHERE subject_kind = 'subscription' ORDER BY id")]


@pytest.fixture
def club() -> Club:
    made = Club(open_shop())
    db.execute("SELECT setval('subscription_number', 1, false)")
    return made


def refuses(code: str, act: Callable[[], Any]) -> None:
    with pytest.raises(OrderRefused) as refused:
        act()
    assert refused.value.code == code


def test_each_period_is_charged_once_and_every_charge_is_an_order_that_is_paid(club: Club) -> None:
    number = club.joins()
    row = club.row(number)
    assert (row.state, row.period_start, row.due_at) == ("active", NOON, datetime(2026, 12, 20, 12, tzinfo=NOON.tzinfo))
    assert club.charges() == [("period", 3000, 0, 0, 3000)]
    assert work_on_subscriptions(at=row.due_at - timedelta(seconds=1)) == 0
    assert [work_on_subscriptions(at=row.due_at) for _ in range(2)] == [1, 0]
    assert (len(club.charges()), club.paid()) == (2, 6000)
    orders = db.rows("SELECT state, total FROM orders_order WHERE source = %s ORDER BY id", [f"subscription {number}"])
    assert [tuple(one) for one in orders] == [("delivered", 3000), ("delivered", 3000)]


def test_what_was_not_charged_while_nobody_worked_is_charged_for_each_period(club: Club) -> None:
    club.joins()
    late = NOON + 95 * DAY
    assert [work_on_subscriptions(at=late) for _ in range(4)] == [1, 1, 1, 0]
    assert (club.paid(), club.row().period_end) == (12000, datetime(2027, 3, 20, 12, tzinfo=NOON.tzinfo))


def test_a_charge_that_is_killed_in_the_middle_is_made_once(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    club.joins()
    due = club.row().due_at
    whole = renew_subscriptions.step_due

    def killed(*args: Any, **more: Any) -> str:
        whole(*args, **more)
        raise RuntimeError("The power went.")

    monkeypatch.setattr(renew_subscriptions, "step_due", killed)
    with pytest.raises(RuntimeError), transaction.atomic():
        work_on_subscriptions(at=due)
    assert (club.paid(), club.row().due_at) == (3000, due)
    monkeypatch.setattr(renew_subscriptions, "step_due", whole)
    assert [work_on_subscriptions(at=due) for _ in range(2)] == [1, 0]
    assert (club.paid(), len(club.charges())) == (6000, 2)


def test_what_is_sold_from_a_cart_begins_with_its_first_period_paid_by_the_order(club: Club) -> None:
    selling_terms.set_terms(Terms(Tax("VAT", 190_000)), by=club.by, at=NOON)
    case = club.world.case
    change_cart(club.ben, case, CartChange(units={club.large: 2}), by=club.by, at=NOON)
    refuses(
        "plan_alone", lambda: change_cart(club.ben, case, CartChange(units={club.shop.lock: 1}), by=club.by, at=NOON)
    )
    sold = place_cart(club.ben, case, Paying("method", club.shop.card), by=club.by, at=NOON)
    row = club.row()
    assert (row.state, row.quantity, row.period_start, row.period_end.month) == ("active", 2, NOON, 12)
    assert club.charges() == [("period", 6000, 0, 0, 6000)]
    order = db.row("SELECT state, total FROM orders_order WHERE number = %s", [sold.order])
    assert tuple(order) == ("delivered", 6000)
    assert work_on_subscriptions(at=row.period_end) == 1
    assert club.charges() == [("period", 6000, 0, 0, 6000)] * 2
    assert club.said() == ["subscription.started", "subscription.charged", "subscription.charged"]


def test_what_is_sold_by_a_link_begins_when_it_is_paid(club: Club) -> None:
    secrets = {"key": KEY, "webhook": WEBHOOK_SECRET}
    with standing(now=int(NOON.timestamp())) as fake:
        selling_terms.set_gateway(
            "fake", settings={"url": fake.url}, secrets=secrets, is_active=True, by=club.by, at=NOON
        )
        change_cart(club.ben, club.world.case, CartChange(units={club.small: 1}), by=club.by, at=NOON)
        place_cart(club.ben, club.world.case, Paying("link"), by=club.by, at=NOON)
        assert db.value("SELECT count(*) FROM orders_subscription") == 0
        token = db.value("SELECT token FROM orders_paymentlink")
        fake.pay(begin_payment(token, at=NOON).url.rpartition("/")[2], now=int(NOON.timestamp()))
        for minutes in (10, 20):
            work_on_payments(at=NOON + timedelta(minutes=minutes))
    row = club.row()
    assert (row.state, row.period_start, club.charges()) == (
        "active",
        NOON + timedelta(minutes=10),
        [("period", 1200, 0, 0, 1200)],
    )


def test_ten_pay_less_for_each(club: Club) -> None:
    club.joins(quantity=10)
    assert club.charges() == [("period", 28500, 0, 0, 28500)]


def test_a_smaller_plan_in_the_middle_gives_the_rest_as_credit_for_the_next_charges(club: Club) -> None:
    club.joins()
    at = NOON + 10 * DAY  # 20 of 30 days are left
    asked = PlanChange(club.world.case, club.small)
    would = would_change_plan(club.ben, "S1", asked, by=club.by, at=at)
    assert (would.unused, would.full, would.due.amount, would.credit) == (2000, 800, 0, 1200)
    assert club.row().variant_id == club.large
    assert change_plan(club.ben, "S1", asked, by=club.by, at=at) == would
    row = club.row()
    assert (row.variant_id, row.credit, row.period_end) == (club.small, 1200, NOON + 30 * DAY)
    work_on_subscriptions(at=row.period_end)
    assert (club.charges()[-1], club.row().credit, club.paid()) == (("period", 1200, 0, 1200, 0), 0, 3000)


def test_a_larger_plan_is_charged_for_its_rest_at_once(club: Club) -> None:
    club.joins()
    change_plan(club.ben, "S1", PlanChange(club.world.case, club.small, at_period_end=True), by=club.by, at=NOON)
    assert (club.row().variant_id, club.row().next_variant_id, club.paid()) == (club.large, club.small, 3000)
    end = club.row().period_end
    work_on_subscriptions(at=end)
    assert (club.row().variant_id, club.row().next_variant_id, club.paid()) == (club.small, None, 4200)
    # 7 of 31 days are left: 12.00 × 7/31 = 2.71 against 30.00 × 7/31 = 6.77
    back = change_plan(club.ben, "S1", PlanChange(club.world.case, club.large), by=club.by, at=end + 24 * DAY)
    assert (back.unused, back.full, back.due.amount, club.row().credit, club.paid()) == (271, 677, 406, 0, 4606)


def test_what_it_comes_to_is_what_was_shown_or_nothing_happens(club: Club) -> None:
    club.joins()
    refuses(
        "price_changed",
        lambda: change_plan(club.ben, "S1", PlanChange(club.world.case, club.small, due=1), by=club.by, at=NOON),
    )
    refuses(
        "same_plan", lambda: change_plan(club.ben, "S1", PlanChange(club.world.case, club.large), by=club.by, at=NOON)
    )
    refuses(
        "not_a_plan",
        lambda: change_plan(club.ben, "S1", PlanChange(club.world.case, club.shop.lock), by=club.by, at=NOON),
    )
    seen = PlanChange(club.world.case, club.small, seen=1)
    refuses("subscription_changed", lambda: change_plan(club.ben, "S1", seen, by=club.by, at=NOON))
    assert (club.row().variant_id, club.paid()) == (club.large, 3000)


def test_a_pause_keeps_the_days_that_were_paid_for(club: Club) -> None:
    club.joins()
    pause_subscription(club.ben, "S1", case=club.world.case, periods=2, by=club.by, at=NOON + 10 * DAY)
    row = club.row()
    assert (row.state, row.days_left, row.due_at) == ("paused", 20, datetime(2027, 1, 30, 12, tzinfo=NOON.tzinfo))
    assert work_on_subscriptions(at=NOON + 40 * DAY) == 0
    resume_subscription(club.ben, "S1", case=club.world.case, by=club.by, at=NOON + 50 * DAY)
    row = club.row()
    assert (row.state, row.period_end, club.paid()) == ("active", NOON + 70 * DAY, 3000)
    end = would_cancel(club.ben, "S1", Leaving(club.world.case, "other", at_once=True), by=club.by, at=NOON + 50 * DAY)
    assert end.rest == 2000


def test_who_can_not_be_charged_is_tried_again_and_given_up_at_last(club: Club) -> None:
    club.joins(method=str(club.shop.gift))  # 30.00 lie on it
    states = []
    for _ in range(5):
        row = club.row()
        if row.due_at is not None:
            work_on_subscriptions(at=row.due_at)
        states.append((club.row().state, club.row().tries))
    assert states == [("past_due", 1), ("past_due", 2), ("past_due", 3), ("cancelled", 3), ("cancelled", 3)]
    assert (club.row().cancel_reason, club.paid(), club.shop.balance()) == ("unpaid", 3000, 0)


def test_another_way_to_pay_settles_what_is_past_due_at_once(club: Club) -> None:
    club.joins(method=str(club.shop.gift))
    end = club.row().period_end
    work_on_subscriptions(at=end)
    refuses(
        "not_paid",
        lambda: pay_subscription_by(
            club.ben, "S1", str(club.shop.gift), case=club.world.case, by=club.by, at=end + DAY
        ),
    )
    state = pay_subscription_by(club.ben, "S1", str(club.shop.card), case=club.world.case, by=club.by, at=end + DAY)
    row = club.row()
    assert (state, row.tries, row.period_start, club.paid()) == ("active", 0, end, 6000)


def test_it_ends_with_its_period_unless_the_customer_stays_after_all(club: Club) -> None:
    club.joins()
    assert club.leaves().ends_at == club.row().period_end
    keep_subscription(club.ben, "S1", case=club.world.case, by=club.by, at=NOON + 2 * DAY)
    assert (club.row().ends_at, club.row().cancel_reason) == (None, "")
    club.leaves()
    work_on_subscriptions(at=club.row().period_end)
    row = club.row()
    assert (row.state, row.due_at, row.cancel_reason, club.paid()) == ("cancelled", None, "too_expensive", 3000)
    refuses("subscription_cancelled", club.leaves)


def test_at_once_with_what_is_unused_as_store_credit_within_the_agents_authority(club: Club) -> None:
    club.joins()
    end = club.leaves(at_once=True, gives_back=True, at=NOON + 10 * DAY)
    assert (end.back, end.request, club.row().state) == (2000, None, "cancelled")
    assert db.value("SELECT balance FROM orders_method WHERE kind = 'store_credit'") == 2000


def test_the_offer_is_made_first_and_who_declines_it_may_go(club: Club) -> None:
    club.joins()
    club.offers(NewRetention("discount", ["too_expensive"], 50, 3), NewRetention("pause", [], 0, 2))
    refuses("offer_first", club.leaves)
    assert club.row().ends_at is None
    assert [(one.kind, one.worth, one.price) for one in club.leaves(declined=True).offers] == [
        ("discount", 4500, 1500), ("pause", 0, 3000),
    ]  # fmt: skip
    kept = db.rows("SELECT kind, state, worth FROM orders_retentionoffer ORDER BY id")
    assert [tuple(one) for one in kept] == [("discount", "declined", 4500), ("pause", "declined", 0)]
    assert club.row().ends_at == club.row().period_end


def test_who_stays_for_a_discount_pays_less_for_so_many_periods(club: Club) -> None:
    club.joins()
    club.offers(NewRetention("discount", [], 50, 2))
    keep_limit(club.ada, Limit("retention_offer", money=Money(5000, "EUR"), role="representative"), by=club.by, at=NOON)
    asked = Leaving(club.world.case, "competitor")
    offer = would_cancel(club.ben, "S1", asked, by=club.by, at=NOON).offers[0]
    accept_offer(club.ben, "S1", offer.key, asked, by=club.by, at=NOON)
    for _ in range(3):
        work_on_subscriptions(at=club.row().period_end)
    half = (3000, 1500, 1500)
    assert [(one[1], one[2], one[4]) for one in club.charges()] == [(3000, 0, 3000), half, half, (3000, 0, 3000)]
    assert would_cancel(club.ben, "S1", asked, by=club.by, at=NOON + DAY).offers == ()


def test_an_offer_beyond_the_agents_authority_waits_and_is_carried_out_once(club: Club) -> None:
    club.joins()
    club.offers(NewRetention("discount", [], 50, 3))
    keep_limit(club.ada, Limit("retention_offer", money=Money(1000, "EUR"), role="representative"), by=club.by, at=NOON)
    asked = Leaving(club.world.case, "competitor")
    offer = would_cancel(club.ben, "S1", asked, by=club.by, at=NOON).offers[0]
    stayed = accept_offer(club.ben, "S1", offer.key, asked, by=club.by, at=NOON)
    assert (stayed.request is not None, club.row().offer_left) == (True, 0)
    assert decide_approval(club.ada, stayed.request or 0, "approve", by=agent(club.ada.id), at=NOON) == "approved"
    row = club.row()
    assert (row.offer_percent, row.offer_left) == (50, 3)
    assert db.value("SELECT state FROM orders_retentionoffer") == "accepted"


def test_a_smaller_plan_or_a_pause_is_taken_instead_of_leaving(club: Club) -> None:
    club.joins()
    club.offers(NewRetention("downgrade", [], variant=club.small), NewRetention("pause", [], periods=1))
    asked = Leaving(club.world.case, "not_used")
    smaller, _pause = would_cancel(club.ben, "S1", asked, by=club.by, at=NOON + 10 * DAY).offers
    accept_offer(club.ben, "S1", smaller.key, asked, by=club.by, at=NOON + 10 * DAY)
    assert (club.row().variant_id, club.row().credit, smaller.price) == (club.small, 1200, 1200)
    assert [name for name in club.said() if "offer" in name] == ["subscription.offer_accepted"]


def test_another_customers_subscription_is_refused_and_so_is_one_of_nobody_identified(club: Club) -> None:
    club.joins()
    db.execute("DELETE FROM conversations_identification")
    refuses("not_identified", lambda: pause_subscription(club.ben, "S1", case=club.world.case, by=club.by, at=NOON))
    assert club.row().state == "active"
