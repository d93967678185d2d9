"""Facts about what came back: silent where there is too little to compare, and never without what they rest on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careline.domain.customers.commands import known_by
from careline.domain.history.actor import SYSTEM
from careline.domain.orders.queries.hints import hints_about
from careline.domain.orders.rules.hints import Card, Order, Peers, hints_of, interval
from careline.flows.refund import Refunding, refund
from careline.kit import db
from careline.kit.money import Money
from tests.shop import open_shop
from tests.world import NOON

AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
PEERS = Peers(customers=20, orders=400, refunded=20)


def orders(count: int, refunded: int = 0, returned: int = 0, *, days: int = 100) -> list[Order]:
    placed = AT - timedelta(days=days)
    return [
        Order(
            n, f"W{n}", placed, 5000, "EUR", ((placed + timedelta(days=5), 5000),) if n < refunded else (),
            (placed + timedelta(days=3),) if n < returned else (),
        )
        for n in range(count)
    ]  # fmt: skip


def codes(*args: object, cards: list[Card] | None = None, peers: Peers = PEERS) -> list[str]:
    return [hint.code for hint in hints_of(*args, peers, cards or [], at=AT)]  # type: ignore[arg-type]


def test_a_rate_is_told_with_its_interval_and_the_counts_it_rests_on() -> None:
    (hint,) = hints_of(orders(8, refunded=4), PEERS, [], at=AT)
    assert hint.code == "refund_rate"
    assert hint.figures == {
        "refunded": 4, "orders": 8, "low": 22, "high": 78, "peers": 20, "peer_orders": 400, "peer_refunded": 20, "peer_percent": 5.0,
    }  # fmt: skip
    assert [row["number"] for row in hint.rows] == ["W0", "W1", "W2", "W3"]


def test_nothing_is_said_where_there_is_too_little_to_compare() -> None:
    assert codes(orders(4, refunded=4)) == []
    assert codes(orders(8, refunded=4), peers=replace(PEERS, customers=19)) == []
    assert codes(orders(8, refunded=4), peers=Peers(30, 0, 0)) == []
    assert codes(orders(8, refunded=1)) == [], "the interval reaches down to what is usual"
    assert codes(orders(8, refunded=4), peers=Peers(20, 400, 100)) == [], (
        "where many are refunded it is nothing special"
    )
    assert codes(orders(8, refunded=8, days=400)) == [], "last year's do not count"
    assert codes([]) == []


def test_three_refunds_in_a_quarter_are_told_also_without_peers() -> None:
    assert codes(orders(3, refunded=3, days=30), peers=Peers()) == ["repeat_refunds"]
    assert codes(orders(3, refunded=2, days=30), peers=Peers()) == []
    assert codes(orders(3, refunded=3, days=96), peers=Peers()) == []


def test_who_sends_back_every_other_order_is_told() -> None:
    assert codes(orders(6, returned=3)) == ["serial_returns"]
    assert codes(orders(7, returned=3)) == []
    assert codes(orders(2, returned=2)) == []


def test_one_card_at_many_addresses_or_of_two_people_is_told_with_its_orders() -> None:
    rows = ((1, "W1", AT, 5000, "EUR"),)
    assert codes([], cards=[Card("4242", 3, 1, rows)]) == ["one_card"]
    assert codes([], cards=[Card("4242", 1, 2, rows)]) == ["one_card"]
    assert codes([], cards=[Card("4242", 2, 1, rows)]) == []


@settings(max_examples=50, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 500), st.integers(1, 500))
def test_an_interval_holds_its_share_and_stays_within_nothing_and_all(hits: int, more: int) -> None:
    low, high = interval(hits, hits + more)
    assert 0 <= low <= hits / (hits + more) <= high <= 1


@pytest.mark.django_db
def test_what_really_happened_is_what_is_told() -> None:
    shop = open_shop()
    carol = shop.world.carol
    assert hints_about([carol], at=NOON) == []
    for _ in range(3):
        refund(shop.ben, shop.order, Refunding(shop.world.case, "", amount=Money(100, "EUR")), by=shop.by, at=NOON)
    (hint,) = hints_about([carol], at=NOON)
    assert (hint.code, hint.figures["refunds"], {row["number"] for row in hint.rows}) == (
        "repeat_refunds",
        3,
        {shop.order},
    )
    dora = known_by("email", "dora@example.com", name="Dora", by=SYSTEM, at=NOON)
    db.execute("UPDATE orders_method SET gateway_reference = 'pm_1' WHERE id = %s", [shop.card])
    assert [hint.code for hint in hints_about([carol], at=NOON)] == ["repeat_refunds"]
    db.execute(
        """WITH method AS (INSERT INTO orders_method (customer_id, kind, code, label, last_four, gateway_reference, currency, is_active, created_at)
               VALUES (%(dora)s, 'card', '', 'Visa', '4242', 'pm_1', '', true, %(at)s) RETURNING id),
           placed AS (INSERT INTO orders_order (number, digits, customer_id, state, has_changed_items, currency, total, mail, phone, address,
               billing_address, source, cancel_reason, placed_at, version)
               VALUES ('W9', '9', %(dora)s, 'delivered', false, 'EUR', 100, '', '', '{}', '{}', '', '', %(at)s, 1) RETURNING id)
           INSERT INTO orders_payment (order_id, method_id, kind, state, amount, currency, at)
           SELECT placed.id, method.id, 'payment', 'settled', 100, 'EUR', %(at)s FROM method, placed""",
        {"dora": dora, "at": NOON},
    )
    told = {hint.code: hint for hint in hints_about([carol], at=NOON)}
    assert told["one_card"].figures == {"last_four": "4242", "addresses": 1, "people": 2}
    assert {row["number"] for row in told["one_card"].rows} == {shop.order, "W9"}
