"""An order is paid by a link at a gateway: once, by a page that we asked for, whatever is told, twice or out of order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from careline.domain.orders.commands import selling_terms
from careline.domain.orders.gateways import BadEvent
from careline.domain.orders.gateways.fake import WEBHOOK_SECRET, FakeStripe
from careline.domain.orders.gateways.stripe.signing import header_of
from careline.flows.collect_payment import begin_payment, take_event, work_on_payments
from careline.flows.end_unpaid import end_unpaid
from careline.flows.refund import Refunding, refund
from careline.kit import db
from tests.flows.selling_desk import TERMS, letters, paying_desk, place, put, refuses, selling_shop
from tests.shop import Shop
from tests.world import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Shop:
    return selling_shop()


@pytest.fixture
def fake() -> Iterator[FakeStripe]:
    with paying_desk() as server:
        yield server


def link_of(shop: Shop) -> Any:
    return db.row("SELECT * FROM orders_paymentlink WHERE order_id = %s", [shop.row().id])


def ordered_by_link(shop: Shop) -> Any:
    put(shop, units={shop.lock: 1})
    shop.order = place(shop, "link").order
    return link_of(shop)


def told(fake: FakeStripe, n: int = -1, *, at: Any = NOON) -> bool:
    """The gateway's event arrives at our door."""
    body = json.dumps(fake.events[n]).encode()
    header = header_of(body, secret=WEBHOOK_SECRET, moment=int(at.timestamp()))
    return take_event("fake", body, {"Stripe-Signature": header}, at=at)


def test_a_link_is_paid_once_however_often_the_gateway_tells(shop: Shop, fake: FakeStripe) -> None:
    link = ordered_by_link(shop)
    assert f"/pay/{link.token}" in letters()[-1]
    page = begin_payment(link.token, at=NOON).url
    assert begin_payment(link.token, at=NOON).url == page
    fake.pay(page.rpartition("/")[2], now=int(NOON.timestamp()))
    assert (told(fake), told(fake)) == (True, False)
    work_on_payments(at=NOON)
    work_on_payments(at=NOON + timedelta(hours=1))
    assert (shop.net_paid(), link_of(shop).state, begin_payment(link.token, at=NOON).url) == (2380, "paid", "")
    assert db.value("SELECT count(*) FROM orders_payment WHERE order_id = %s", [shop.row().id]) == 1
    assert "€23.80" in letters()[-1] and "has arrived" in letters()[-1]


def test_the_money_is_found_though_no_event_ever_comes(shop: Shop, fake: FakeStripe) -> None:
    link = ordered_by_link(shop)
    fake.pay(begin_payment(link.token, at=NOON).url.rpartition("/")[2], now=int(NOON.timestamp()))
    work_on_payments(at=NOON + timedelta(minutes=5))
    assert link_of(shop).state == "open"
    work_on_payments(at=NOON + timedelta(minutes=10))
    assert (link_of(shop).state, shop.net_paid()) == ("paid", 2380)


def test_a_page_whose_answer_was_lost_is_the_same_page_the_next_time(shop: Shop, fake: FakeStripe) -> None:
    link = ordered_by_link(shop)
    fake.faults.append("lost")
    with pytest.raises(Exception, match="did not answer"):
        begin_payment(link.token, at=NOON)
    url = begin_payment(link.token, at=NOON).url
    assert [url] == [one["url"] for one in fake._kept["sessions"].values()]


def test_what_is_refunded_goes_back_at_the_gateway_once_though_it_timed_out_after_doing_it(
    shop: Shop, fake: FakeStripe
) -> None:
    link = ordered_by_link(shop)
    fake.pay(begin_payment(link.token, at=NOON).url.rpartition("/")[2], now=int(NOON.timestamp()))
    told(fake)
    work_on_payments(at=NOON)
    refund(shop.ben, shop.order, Refunding(shop.world.case, "too small"), by=shop.by, at=NOON)
    fake.faults += ["lost"]
    work_on_payments(at=NOON)
    states = "SELECT state FROM orders_payment WHERE order_id = %s AND kind = 'refund'"
    assert (len(fake.refunds), db.value(states, [shop.row().id])) == (1, "pending")
    fake.faults += ["busy"]
    work_on_payments(at=NOON + timedelta(minutes=1))
    fake._kept["answers"].clear()  # a key is remembered for a day at the most: what was done is looked for
    for minutes in (2, 5, 30, 90):
        work_on_payments(at=NOON + timedelta(minutes=minutes))
    assert ([one["amount"] for one in fake.refunds], db.value(states, [shop.row().id])) == ([2380], "settled")


def test_money_that_nobody_owes_any_more_goes_back(shop: Shop, fake: FakeStripe) -> None:
    link = ordered_by_link(shop)
    first = begin_payment(link.token, at=NOON).url.rpartition("/")[2]
    # the page was given up for another: both are paid
    db.execute("UPDATE orders_paymentlink SET session_ends_at = %s WHERE id = %s", [NOON, link.id])
    second = begin_payment(link.token, at=NOON).url.rpartition("/")[2]
    assert first != second
    for session in (first, second):
        fake.pay(session, now=int(NOON.timestamp()))
    told(fake, 1), told(fake, 0)
    work_on_payments(at=NOON)
    work_on_payments(at=NOON + timedelta(hours=1))
    assert (shop.net_paid(), [one["amount"] for one in fake.refunds]) == (2380, [2380])


def paid_elsewhere(fake: FakeStripe, *, amount: int, reference: str, mark: str = "") -> None:
    """Somebody pays on another page of the same account, with a reference of their choice in its address."""
    session = fake._new_session(
        {
            "line_items[0][price_data][unit_amount]": str(amount), "line_items[0][price_data][currency]": "eur",
            "line_items[0][price_data][product_data][name]": "Sticker", "client_reference_id": reference, "metadata[careline]": mark,
            "success_url": "https://shop.example", "cancel_url": "https://shop.example",
        },
        int(NOON.timestamp()),
    )["id"]  # fmt: skip
    fake.pay(session, now=int(NOON.timestamp()))


@pytest.mark.parametrize("amount", [0, 50, 2380])
def test_nobody_pays_a_link_by_naming_it_on_another_page_of_the_account(
    shop: Shop, fake: FakeStripe, amount: int
) -> None:
    link = ordered_by_link(shop)
    paid_elsewhere(fake, amount=amount, reference=f"link-{link.id}")
    told(fake)
    work_on_payments(at=NOON)
    assert (link_of(shop).state, shop.net_paid()) == ("open", 0)
    assert db.value("SELECT state FROM orders_gatewayevent") == "ignored"


def test_a_page_that_asked_for_another_amount_pays_no_link(shop: Shop, fake: FakeStripe) -> None:
    link = ordered_by_link(shop)
    paid_elsewhere(fake, amount=50, reference="", mark=f"link-{link.id}")
    told(fake)
    work_on_payments(at=NOON)
    assert (link_of(shop).state, shop.net_paid()) == ("open", 0)
    assert db.value("SELECT state FROM orders_gatewayevent") == "failed"


def test_an_event_that_is_not_signed_or_too_old_is_refused(shop: Shop, fake: FakeStripe) -> None:
    link = ordered_by_link(shop)
    fake.pay(begin_payment(link.token, at=NOON).url.rpartition("/")[2], now=int(NOON.timestamp()))
    with pytest.raises(BadEvent):
        take_event("fake", b'{"id": "evt_1"}', {"Stripe-Signature": "t=1,v1=00"}, at=NOON)
    body = json.dumps(fake.events[-1]).encode()
    old = header_of(body, secret=WEBHOOK_SECRET, moment=int(NOON.timestamp()) - 301)
    with pytest.raises(BadEvent):
        take_event("fake", body, {"Stripe-Signature": old}, at=NOON)
    assert db.value("SELECT count(*) FROM orders_gatewayevent") == 0


def let_pass(shop: Shop, unpaid: str, *, days: int = 7) -> Any:
    selling_terms.set_terms(replace(TERMS, unpaid=unpaid), by=shop.by, at=NOON)
    link = ordered_by_link(shop)
    assert end_unpaid(at=NOON + timedelta(days=days) - timedelta(seconds=1)) == 0
    assert end_unpaid(at=NOON + timedelta(days=days)) == 1
    return link


def links(shop: Shop) -> list[str]:
    rows = db.rows("SELECT state FROM orders_paymentlink WHERE order_id = %s ORDER BY id", [shop.row().id])
    return [row.state for row in rows]


def test_an_order_whose_link_was_let_pass_is_cancelled_its_goods_are_free_and_the_customer_hears(
    shop: Shop, fake: FakeStripe
) -> None:
    link = let_pass(shop, "cancel")
    assert (shop.row().state, shop.row().cancel_reason, shop.stock(shop.lock)) == ("cancelled", "not_paid", 2)
    assert (links(shop), shop.net_paid()) == (["expired"], 0)
    assert "We did not receive €23.80" in letters()[-1]
    assert end_unpaid(at=NOON + timedelta(days=30)) == 0
    refuses("link_over", lambda: begin_payment(link.token, at=NOON + timedelta(days=8)))


def test_the_customer_is_asked_once_more_before_it_is_cancelled(shop: Shop, fake: FakeStripe) -> None:
    let_pass(shop, "ask")
    again = db.row("SELECT * FROM orders_paymentlink WHERE order_id = %s ORDER BY id DESC LIMIT 1", [shop.row().id])
    assert (links(shop), shop.row().state, shop.stock(shop.lock)) == (["expired", "open"], "pending", 1)
    assert again.token in letters()[-1]
    assert end_unpaid(at=NOON + timedelta(days=14)) == 1
    assert (links(shop), shop.row().state, shop.stock(shop.lock)) == (["expired", "expired"], "cancelled", 2)


def test_what_is_kept_waiting_by_choice_stays_and_what_is_promised_another_way_too(
    shop: Shop, fake: FakeStripe
) -> None:
    let_pass(shop, "keep")
    assert (links(shop), shop.row().state) == (["expired"], "pending")
    db.execute("UPDATE orders_paymentlink SET state = 'open'")
    selling_terms.set_terms(replace(TERMS, unpaid="cancel"), by=shop.by, at=NOON)
    db.execute(
        """INSERT INTO orders_payment (order_id, method_id, kind, state, amount, currency, at)
           VALUES (%s, %s, 'payment', 'pending', 2380, 'EUR', %s)""",
        [shop.row().id, shop.card, NOON],
    )
    assert end_unpaid(at=NOON + timedelta(days=7)) == 1
    assert (shop.row().state, shop.stock(shop.lock)) == ("pending", 1)


def test_nobodys_order_ends_while_the_page_on_which_it_can_be_paid_stands_open(shop: Shop, fake: FakeStripe) -> None:
    selling_terms.set_terms(replace(TERMS, unpaid="cancel"), by=shop.by, at=NOON)
    link, late = ordered_by_link(shop), NOON + timedelta(days=7)
    page = begin_payment(link.token, at=late - timedelta(minutes=1)).url.rpartition("/")[2]
    assert (end_unpaid(at=late), links(shop)) == (0, ["open"])
    fake.pay(page, now=int(NOON.timestamp()))
    fake.faults.append("lost")
    assert (end_unpaid(at=late + timedelta(minutes=10)), links(shop)) == (0, ["open"])
    assert (end_unpaid(at=late + timedelta(minutes=20)), links(shop)) == (0, ["paid"])
    assert (shop.row().state, shop.net_paid()) == ("pending", 2380)


def test_events_out_of_order_are_each_looked_up_at_the_gateway(shop: Shop, fake: FakeStripe) -> None:
    """That it went back comes before that it was paid, and each comes twice."""
    link = ordered_by_link(shop)
    fake.pay(begin_payment(link.token, at=NOON).url.rpartition("/")[2], now=int(NOON.timestamp()))
    work_on_payments(at=NOON + timedelta(minutes=10))
    refund(shop.ben, shop.order, Refunding(shop.world.case, "too small"), by=shop.by, at=NOON + timedelta(minutes=10))
    work_on_payments(at=NOON + timedelta(minutes=11))
    charge = {"id": "ch_1", "object": "charge", "payment_intent": fake.refunds[0]["payment_intent"]}
    fake._tell("charge.refunded", charge, now=int(NOON.timestamp()))
    seen = [told(fake, n) for n in (*reversed(range(len(fake.events))), *range(len(fake.events)))]
    work_on_payments(at=NOON + timedelta(minutes=12))
    assert (seen, len(fake.events)) == ([True, True, False, False], 2)
    assert (link_of(shop).state, shop.net_paid(), len(fake.refunds)) == ("paid", 0, 1)
    states = db.rows("SELECT kind, state FROM orders_payment WHERE order_id = %s ORDER BY id", [shop.row().id])
    assert [tuple(row) for row in states] == [("payment", "settled"), ("refund", "settled")]
