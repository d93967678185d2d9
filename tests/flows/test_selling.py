"""Selling from a case: a cart that reserves, a quote that is accepted, a link that is paid, each thing once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from careline.domain.approvals.rules.limits import Limit
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.conversations.queries.messages import message_by_id
from careline.domain.history.actor import agent
from careline.domain.orders.commands import selling_carts, selling_quotes, selling_terms
from careline.domain.orders.gateways import BadEvent
from careline.domain.orders.gateways.fake import KEY, WEBHOOK_SECRET, FakeStripe
from careline.domain.orders.gateways.fake.standing import standing
from careline.domain.orders.gateways.stripe.signing import header_of
from careline.domain.orders.queries.selling import Terms, cart_of_case
from careline.domain.orders.rules.selling import Tax
from careline.flows import quote_paper
from careline.flows.answer_quote import accept_quote, decline_quote
from careline.flows.collect_payment import begin_payment, take_event, work_on_payments
from careline.flows.decide_approval import decide_approval
from careline.flows.deliver import outgoing_of
from careline.flows.end_unpaid import end_unpaid
from careline.flows.fill_cart import CartChange, OutOfStock, change_cart, drop_cart
from careline.flows.keep_limits import keep_limit
from careline.flows.place_cart import Paying, place_cart
from careline.flows.quote import Quoting, change_quote, send_quote
from careline.flows.refund import Refunding, refund
from careline.kit import db
from careline.kit.typeset import CannotTypeset
from tests.shop import Shop, identify_carol, make_shop
from tests.world import NOON, make_world

pytestmark = pytest.mark.django_db
TERMS = Terms(Tax("VAT", 190_000), ({"name": "Parcel", "amount": 500, "currency": "EUR"},))


@pytest.fixture
def shop() -> Shop:
    made = make_shop(make_world())
    selling_terms.set_terms(TERMS, by=made.by, at=NOON)
    return made


@pytest.fixture
def fake() -> Iterator[FakeStripe]:
    with standing(now=int(NOON.timestamp())) as server:
        secrets = {"key": KEY, "webhook": WEBHOOK_SECRET}
        ada = agent(0)
        selling_terms.set_gateway(
            "fake", settings={"url": server.url}, secrets=secrets, is_active=True, by=ada, at=NOON
        )
        yield server


def put(shop: Shop, **change: Any) -> Any:
    return change_cart(shop.ben, shop.world.case, CartChange(**change), by=shop.by, at=NOON)


def place(shop: Shop, way: str, method: int | None = None, **more: Any) -> Any:
    return place_cart(shop.ben, shop.world.case, Paying(way, method), by=shop.by, at=NOON, **more)


def quoted(shop: Shop) -> Any:
    done = send_quote(shop.ben, shop.world.case, Quoting(), by=shop.by, at=NOON)
    return db.row("SELECT * FROM orders_quote WHERE id = %s", [done.id])


def letters() -> list[str]:
    return [row.text for row in db.rows("SELECT text FROM conversations_message WHERE kind = 'reply' ORDER BY id")]


def refuses(code: str, act: Callable[[], Any]) -> None:
    with pytest.raises(Refused) as raised:
        act()
    assert getattr(raised.value, "code", "") == code


def test_a_cart_comes_to_the_cent_and_reserves_what_is_in_it(shop: Shop) -> None:
    cart = put(shop, units={shop.large: 2, shop.lock: 1}, discount=("percent", 100_000), shipping=0)
    # 140.00, 14.00 off, 5.00 shipping, 19 % on 131.00
    sums = cart.sums
    assert (sums.goods, sums.discount, sums.shipping, sums.tax, sums.total) == (14000, 1400, 500, 2489, 15589)
    assert (shop.stock(shop.large), shop.stock(shop.lock), cart.due_at) == (3, 1, NOON + timedelta(minutes=30))
    put(shop, units={shop.large: 1, shop.lock: 0})
    assert (shop.stock(shop.large), shop.stock(shop.lock)) == (4, 2)
    drop_cart(shop.ben, shop.world.case, by=shop.by, at=NOON)
    assert (shop.stock(shop.large), cart_of_case(cart.conversation)) == (5, None)


def test_what_is_not_there_is_said_with_what_else_is(shop: Shop) -> None:
    with pytest.raises(OutOfStock) as raised:
        put(shop, units={shop.small: 4})
    assert str(raised.value) == "Of Helmet (H-1-S) there are only 3. Also there: H-1-L (5)."
    assert (raised.value.left, shop.stock(shop.small), db.value("SELECT count(*) FROM orders_cart")) == (3, 3, 0)


def test_the_reservation_ends_at_its_moment_and_placing_takes_the_goods_anew(shop: Shop) -> None:
    put(shop, units={shop.lock: 2})
    assert (selling_carts.give_back_due(at=NOON + timedelta(minutes=29)), shop.stock(shop.lock)) == (0, 0)
    assert (selling_carts.give_back_due(at=NOON + timedelta(minutes=30)), shop.stock(shop.lock)) == (1, 2)
    assert selling_carts.give_back_due(at=NOON + timedelta(hours=9)) == 0
    sold = place(shop, "invoice")
    assert (sold.request, shop.stock(shop.lock)) == (None, 0)


def test_a_price_that_changed_in_between_is_never_taken_silently(shop: Shop) -> None:
    put(shop, units={shop.lock: 1})
    db.execute("UPDATE orders_variant SET price = 2500 WHERE id = %s", [shop.lock])
    refuses("price_changed", lambda: place(shop, "invoice"))
    refuses("price_changed", lambda: put(shop, units={shop.lock: 2}))
    assert put(shop, takes_today=True).sums.goods == 2500
    shop.order = place(shop, "invoice").order
    assert shop.row().total == 2975


def test_it_is_ordered_once_and_the_customer_hears_of_it_once(shop: Shop) -> None:
    cart = put(shop, units={shop.lock: 1}, address={"street": "Long Road 1", "city": "Berlin", "country": "DE"})
    before = len(letters())
    refuses("cart_changed", lambda: place(shop, "method", shop.card, seen=cart.version - 1))
    shop.order = place(shop, "method", shop.card, seen=cart.version).order
    with pytest.raises(NotFound):
        place(shop, "method", shop.card)
    assert (shop.row().total, shop.net_paid(), shop.stock(shop.lock)) == (2380, 2380, 1)
    said = letters()[before:]
    assert len(said) == 1
    assert f"#{shop.order}" in said[0] and "€23.80" in said[0] and "Long Road 1, Berlin, DE" in said[0]


def test_a_stored_way_to_pay_asks_for_an_identified_customer_and_an_invoice_does_not() -> None:
    shop = make_shop(make_world(), is_identified=False)
    put(shop, units={shop.lock: 1})
    refuses("not_identified", lambda: place(shop, "method", shop.card))
    refuses(
        "balance_too_low",
        lambda: (put(shop, units={shop.large: 1}), identify_carol(shop), place(shop, "method", shop.gift)),
    )


def test_a_discount_over_the_limit_waits_and_is_ordered_once_somebody_agrees(shop: Shop) -> None:
    ada = shop.world.person(shop.world.ada)
    keep_limit(ada, Limit("discount", percent=Decimal(10), role="representative"), by=agent(ada.id), at=NOON)
    put(shop, units={shop.lock: 1}, discount=("percent", 100_000))
    assert place(shop, "invoice").request is None
    put(shop, units={shop.large: 1}, discount=("amount", 1000))
    asked = place(shop, "invoice")
    assert (asked.order, asked.request is not None) == ("", True)
    refuses("cart_waits", lambda: put(shop, units={shop.large: 2}))
    orders = db.value("SELECT count(*) FROM orders_order")
    assert decide_approval(ada, asked.request, "approve", by=agent(ada.id), at=NOON) == "approved"
    assert db.value("SELECT count(*) FROM orders_order") == orders + 1
    assert db.value("SELECT total FROM orders_order ORDER BY id DESC LIMIT 1") == 5950


def test_what_was_denied_is_open_again(shop: Shop) -> None:
    ada = shop.world.person(shop.world.ada)
    keep_limit(ada, Limit("discount", percent=Decimal(1), role="representative"), by=agent(ada.id), at=NOON)
    put(shop, units={shop.lock: 1}, discount=("percent", 500_000))
    asked = send_quote(shop.ben, shop.world.case, Quoting(), by=shop.by, at=NOON)
    assert asked.request is not None
    decide_approval(ada, asked.request, "deny", by=agent(ada.id), at=NOON)
    assert put(shop, discount=("percent", 0)).sums.discount == 0
    assert db.value("SELECT count(*) FROM orders_quote") == 0


def test_a_quote_keeps_its_price_and_is_accepted_once(shop: Shop) -> None:
    put(shop, units={shop.lock: 1})
    quote = quoted(shop)
    assert f"/quotes/{quote.token}" in letters()[-1]
    db.execute("UPDATE orders_variant SET price = 9900 WHERE id = %s", [shop.lock])
    at = NOON + timedelta(days=2)
    done = accept_quote(quote.token, at=at)
    assert accept_quote(quote.token, at=at) == done
    shop.order = done.order
    assert (shop.row().total, shop.stock(shop.lock), done.pay) == (2380, 1, "")
    refuses("quote_over", lambda: decline_quote(quote.token, reason="", at=at))


def test_a_quote_leaves_with_its_paper(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    put(shop, units={shop.lock: 1})
    quote = quoted(shop)
    case = conversation_by_number(shop.world.case)
    letter = message_by_id(db.value("SELECT max(id) FROM conversations_message WHERE kind = 'reply'"))
    (paper,) = outgoing_of(letter, case).files
    assert (paper.name, paper.media_type, paper.content[:5]) == (f"Q-{quote.number}.pdf", "application/pdf", b"%PDF-")

    def fails(*given: object, **more: object) -> bytes:
        raise CannotTypeset("It took longer than 20 s.")

    monkeypatch.setattr(quote_paper, "pdf_of", fails)
    assert (outgoing_of(letter, case).files, f"/quotes/{quote.token}" in letter.text) == ([], True)


def test_a_changed_quote_is_a_new_version_and_the_old_link_says_so(shop: Shop) -> None:
    put(shop, units={shop.lock: 1})
    first = quoted(shop)
    change_quote(shop.ben, first.id, by=shop.by, at=NOON)
    assert shop.stock(shop.lock) == 1
    put(shop, units={shop.lock: 2})
    second = quoted(shop)
    assert (second.number - first.number, first.version, second.version) == (0, 1, 2)
    refuses("quote_replaced", lambda: accept_quote(first.token, at=NOON))
    assert shop.stock(shop.lock) == 0
    decline_quote(second.token, reason="Too dear", at=NOON)
    row = db.row("SELECT state, reason FROM orders_quote WHERE id = %s", [second.id])
    assert (tuple(row), shop.stock(shop.lock)) == (("declined", "Too dear"), 2)


def test_a_quote_is_accepted_while_it_is_being_changed(shop: Shop) -> None:
    put(shop, units={shop.lock: 2})
    quote = quoted(shop)
    change_quote(shop.ben, quote.id, by=shop.by, at=NOON)
    shop.order = accept_quote(quote.token, at=NOON).order
    assert (
        shop.row().total,
        shop.stock(shop.lock),
        db.value("SELECT count(*) FROM orders_cart WHERE state = 'open'"),
    ) == (4760, 0, 0)


def test_a_quote_ends_at_its_moment(shop: Shop) -> None:
    put(shop, units={shop.lock: 1})
    quote = quoted(shop)
    refuses("quote_over", lambda: accept_quote(quote.token, at=quote.valid_until))
    assert selling_quotes.expire_due_quotes(at=quote.valid_until) == 1
    row = db.row("SELECT state, decided_at FROM orders_quote WHERE id = %s", [quote.id])
    assert (tuple(row), shop.stock(shop.lock)) == (("expired", quote.valid_until), 2)


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
