"""After-sales, told as what happens: money and stock to the cent, once, and every refusal changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from careline.domain.approvals.rules.limits import Limit
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.history.actor import agent
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.rules.refunding import Part
from careline.domain.orders.rules.returning import Inspected
from careline.domain.staff.rules import Forbidden
from careline.flows.cancel_order import Cancelling, cancel_order, would_cancel
from careline.flows.change_order import Changing, change_address, change_order, would_change
from careline.flows.decide_approval import decide_approval
from careline.flows.give_credit import Giving, give_credit
from careline.flows.identify import identified_on, identify
from careline.flows.inspect_goods import inspect_goods, would_inspect
from careline.flows.keep_limits import keep_limit
from careline.flows.place_order import Placing, Wanted, place_order
from careline.flows.refund import Refunding, refund, would_refund
from careline.flows.reorder import reorder, would_reorder
from careline.flows.replace_goods import Replacing, replace_goods
from careline.flows.return_goods import (
    Returning,
    ask_return,
    receive_goods,
    send_label,
    withdraw_return,
    would_return,
)
from careline.kit import db
from careline.kit.money import Money
from tests.shop import Shop, open_shop
from tests.world import NOON, writes_in

pytestmark = pytest.mark.django_db
TOTAL = 13685
"""2 × 50.00 + 20.00 + 5.00 − 10.00, and 19 % on 115.00: 21.85."""


@pytest.fixture
def shop() -> Shop:
    return open_shop()


@pytest.fixture
def pending() -> Shop:
    return open_shop(state="pending")


def test_an_order_comes_to_the_cent_with_each_line_its_part(shop: Shop) -> None:
    dues = {row.name: row.due for row in db.rows("SELECT name, due FROM orders_line")}
    assert (shop.row().total, shop.net_paid(), sum(dues.values())) == (TOTAL, TOTAL, TOTAL)
    # 10.00 off parted 8.33 and 1.67 over 100.00 and 20.00; taxes over what is left
    assert dues == {"Helmet": 10909, "Lock": 2181, "Shipping": 595, "Discount": 0, "Tax": 0}
    assert (shop.stock(shop.small), shop.stock(shop.lock)) == (3, 2)


def test_a_pending_order_is_cancelled_once_and_all_of_it_comes_back(pending: Shop) -> None:
    asked = Cancelling(pending.world.case, "no longer needed", seen=1)
    said = would_cancel(pending.ben, pending.order, asked, by=pending.by, at=NOON)
    assert (pending.row().state, pending.net_paid(), pending.row().version) == ("pending", TOTAL, 1)
    done = cancel_order(pending.ben, pending.order, asked, by=pending.by, at=NOON)
    assert (done.plan, done.request) == (said, None)
    assert (said.money, said.stock) == ({pending.card: -TOTAL}, {pending.small: 2, pending.lock: 1})
    assert (pending.row().state, pending.net_paid(), pending.stock(pending.small), pending.stock(pending.lock)) == (
        "cancelled",
        0,
        5,
        3,
    )
    refuses("order_changed", lambda: cancel_order(pending.ben, pending.order, asked, by=pending.by, at=NOON))
    again = Cancelling(pending.world.case, "no longer needed")
    refuses("order_cancelled", lambda: cancel_order(pending.ben, pending.order, again, by=pending.by, at=NOON))
    told = db.rows(
        "SELECT name, conversation_id IS NOT NULL AS on_case, customer_id FROM history WHERE name = 'order.cancelled'"
    )
    assert [tuple(row) for row in told] == [("order.cancelled", True, pending.world.carol)]


def test_one_unit_of_a_pending_order_is_cancelled(pending: Shop) -> None:
    asked = Cancelling(pending.world.case, "one is enough", {pending.lines["Helmet"]: 1}, "store_credit")
    done = cancel_order(pending.ben, pending.order, asked, by=pending.by, at=NOON)
    assert (done.plan.back, pending.row().state, pending.net_paid()) == (5454, "pending", TOTAL - 5454)
    assert db.value("SELECT balance FROM orders_method WHERE kind = 'store_credit'") == 5454
    rest = Cancelling(pending.world.case, "the other too", {pending.lines["Helmet"]: 1, pending.lines["Lock"]: 1})
    cancel_order(pending.ben, pending.order, rest, by=pending.by, at=NOON)
    assert (pending.row().state, pending.net_paid(), pending.stock(pending.small)) == ("cancelled", 0, 5)


def test_a_processed_order_is_not_cancelled(shop: Shop) -> None:
    asked = Cancelling(shop.world.case, "late")
    refuses("order_delivered", lambda: cancel_order(shop.ben, shop.order, asked, by=shop.by, at=NOON))


def test_items_change_once_with_their_taxes_and_the_difference_is_paid(pending: Shop) -> None:
    helmet = pending.lines["Helmet"]
    short = Changing(pending.world.case, {helmet: pending.large}, str(pending.gift))
    done = change_order(pending.ben, pending.order, short, by=pending.by, at=NOON)
    assert done.plan.money == {pending.gift: 2380}
    row = pending.row()
    assert (row.state, row.has_changed_items, row.total, pending.net_paid()) == (
        "pending",
        True,
        TOTAL + 2380,
        TOTAL + 2380,
    )
    assert (pending.stock(pending.small), pending.stock(pending.large), pending.balance()) == (5, 3, 620)
    refuses("items_changed", lambda: change_order(pending.ben, pending.order, short, by=pending.by, at=NOON))
    cancel = Cancelling(pending.world.case, "no")
    refuses("items_changed", lambda: cancel_order(pending.ben, pending.order, cancel, by=pending.by, at=NOON))


def test_a_gift_card_pays_only_what_is_on_it(pending: Shop) -> None:
    db.execute("UPDATE orders_method SET balance = 100 WHERE id = %s", [pending.gift])
    asked = Changing(pending.world.case, {pending.lines["Helmet"]: pending.large}, str(pending.gift))
    refuses("balance_too_low", lambda: would_change(pending.ben, pending.order, asked, by=pending.by, at=NOON))
    paying = Changing(pending.world.case, pays=str(pending.gift))
    refuses("balance_too_low", lambda: change_order(pending.ben, pending.order, paying, by=pending.by, at=NOON))
    same = Changing(pending.world.case, pays=str(pending.card))
    refuses("same_method", lambda: change_order(pending.ben, pending.order, same, by=pending.by, at=NOON))


def test_only_another_variant_of_the_same_product_that_is_there_takes_its_place(pending: Shop) -> None:
    def change(variant: int) -> Any:
        asked = Changing(pending.world.case, {pending.lines["Helmet"]: variant}, str(pending.card))
        return lambda: change_order(pending.ben, pending.order, asked, by=pending.by, at=NOON)

    refuses("other_product", change(pending.lock))
    refuses("same_variant", change(pending.small))
    refuses("no_such_variant", change(999_999))
    db.execute("UPDATE orders_variant SET stock = 1 WHERE id = %s", [pending.large])
    refuses("out_of_stock", change(pending.large))


def test_the_payment_moves_to_a_gift_card_that_has_enough(pending: Shop) -> None:
    db.execute("UPDATE orders_method SET balance = 20000 WHERE id = %s", [pending.gift])
    change_order(
        pending.ben, pending.order, Changing(pending.world.case, pays=str(pending.gift)), by=pending.by, at=NOON
    )
    assert (pending.balance(), pending.net_paid(), pending.row().state) == (20000 - TOTAL, TOTAL, "pending")


def test_where_a_pending_order_goes_is_changed(pending: Shop) -> None:
    new = {"street": " New  Road 2 ", "city": "Bonn", "country": "DE"}
    change_address(pending.ben, pending.order, new, case=pending.world.case, by=pending.by, at=NOON)
    assert pending.row().address == {"street": "New Road 2", "city": "Bonn", "country": "DE"}
    nowhere = {"street": "x"}
    refuses(
        "address_incomplete",
        lambda: change_address(pending.ben, pending.order, nowhere, case=pending.world.case, by=pending.by, at=NOON),
    )


def test_a_return_goes_from_request_to_money(shop: Shop) -> None:
    helmet = shop.lines["Helmet"]
    asked = Returning(shop.world.case, {helmet: 1}, "too tight")
    assert would_return(shop.ben, shop.order, asked, by=shop.by, at=NOON).back == 5454
    key = ask_return(shop.ben, shop.order, asked, by=shop.by, at=NOON).id or 0
    refuses("not_received", lambda: inspect_goods(shop.ben, key, [Inspected(helmet, 1)], by=shop.by, at=NOON))
    send_label(shop.ben, key, "DHL 123", by=shop.by, at=NOON)
    receive_goods(shop.ben, key, by=shop.by, at=NOON)
    refuses("return_received", lambda: receive_goods(shop.ben, key, by=shop.by, at=NOON))
    said = would_inspect(shop.ben, key, [Inspected(helmet, 1)], by=shop.by, at=NOON)
    done = inspect_goods(shop.ben, key, [Inspected(helmet, 1)], by=shop.by, at=NOON)
    assert (done.plan, said.money, said.stock) == (said, {shop.card: -5454}, {shop.small: 1})
    assert (shop.net_paid(), shop.stock(shop.small)) == (TOTAL - 5454, 4)
    refuses("return_done", lambda: inspect_goods(shop.ben, key, [Inspected(helmet, 1)], by=shop.by, at=NOON))
    more = Returning(shop.world.case, {helmet: 2})
    refuses("bad_quantity", lambda: ask_return(shop.ben, shop.order, more, by=shop.by, at=NOON))
    told = [row.name for row in db.rows("SELECT name FROM history WHERE name LIKE 'return.%%' ORDER BY id")]
    assert told == ["return.label_sent", "return.received", "return.done"]


def test_what_arrives_damaged_is_refused_and_stays_the_customers(shop: Shop) -> None:
    helmet = shop.lines["Helmet"]
    key = ask_return(shop.ben, shop.order, Returning(shop.world.case, {helmet: 2}), by=shop.by, at=NOON).id or 0
    receive_goods(shop.ben, key, by=shop.by, at=NOON)
    inspect_goods(shop.ben, key, [Inspected(helmet, 0, "damaged")], remark="broken by use", by=shop.by, at=NOON)
    assert (shop.net_paid(), shop.stock(shop.small)) == (TOTAL, 3)
    assert db.value("SELECT state FROM orders_return WHERE id = %s", [key]) == "refused"
    assert ask_return(shop.ben, shop.order, Returning(shop.world.case, {helmet: 1}), by=shop.by, at=NOON).id


def test_an_exchange_sets_the_other_aside_and_charges_the_difference_when_the_goods_are_here(shop: Shop) -> None:
    helmet = shop.lines["Helmet"]
    asked = Returning(shop.world.case, {helmet: 1}, variants={helmet: shop.large}, method=str(shop.gift))
    agreed = ask_return(shop.ben, shop.order, asked, by=shop.by, at=NOON)
    # 10.00 more, with the line's part of the discount and the taxes: × 109.09 / 100.00
    assert (agreed.difference, shop.stock(shop.large), shop.balance()) == (1091, 4, 3000)
    db.execute("UPDATE orders_variant SET price = 9900 WHERE id = %s", [shop.large])
    receive_goods(shop.ben, agreed.id or 0, by=shop.by, at=NOON)
    inspect_goods(shop.ben, agreed.id or 0, [Inspected(helmet, 1)], by=shop.by, at=NOON)
    assert (shop.balance(), shop.net_paid(), shop.stock(shop.small), shop.stock(shop.large)) == (
        3000 - 1091,
        TOTAL + 1091,
        4,
        4,
    )
    assert owed(shop) == shop.net_paid()
    sent = db.row("SELECT kind, state FROM orders_shipment ORDER BY id DESC LIMIT 1")
    assert tuple(sent) == ("exchange", "shipped")


def test_a_withdrawn_exchange_frees_what_was_set_aside(shop: Shop) -> None:
    helmet = shop.lines["Helmet"]
    asked = Returning(shop.world.case, {helmet: 1}, variants={helmet: shop.large}, method=str(shop.gift))
    key = ask_return(shop.ben, shop.order, asked, by=shop.by, at=NOON).id or 0
    withdraw_return(shop.ben, key, by=shop.by, at=NOON)
    assert (shop.stock(shop.large), shop.net_paid()) == (5, TOTAL)
    refuses("return_withdrawn", lambda: withdraw_return(shop.ben, key, by=shop.by, at=NOON))


def test_refunds_never_come_to_more_than_was_paid(shop: Shop) -> None:
    helmet, lock = shop.lines["Helmet"], shop.lines["Lock"]

    def ask(*parts: Part, amount: Money | None = None, method: str | None = None) -> Refunding:
        return Refunding(shop.world.case, "scratched", parts, amount, method)

    one = refund(shop.ben, shop.order, ask(Part(helmet, units=1)), by=shop.by, at=NOON)
    two = refund(shop.ben, shop.order, ask(Part(helmet, units=1), method=str(shop.gift)), by=shop.by, at=NOON)
    assert (one.plan.back, two.plan.back, shop.balance()) == (5454, 5455, 3000 + 5455)
    refuses("bad_quantity", lambda: refund(shop.ben, shop.order, ask(Part(helmet, units=1)), by=shop.by, at=NOON))
    refuses("more_than_paid", lambda: refund(shop.ben, shop.order, ask(Part(lock, amount=2182)), by=shop.by, at=NOON))
    refuses("more_than_paid", lambda: refund(shop.ben, shop.order, ask(amount=Money(2777, "EUR")), by=shop.by, at=NOON))
    for amount in (0, -1):
        refuses(
            "bad_amount",
            lambda amount=amount: refund(shop.ben, shop.order, ask(amount=Money(amount, "EUR")), by=shop.by, at=NOON),
        )
    refuses("other_currency", lambda: refund(shop.ben, shop.order, ask(amount=Money(100, "USD")), by=shop.by, at=NOON))
    assert would_refund(shop.ben, shop.order, ask(), by=shop.by, at=NOON).back == TOTAL - 10909
    refund(shop.ben, shop.order, ask(), by=shop.by, at=NOON)
    assert (shop.net_paid(), owed(shop)) == (0, 0)
    refuses("nothing_left", lambda: refund(shop.ben, shop.order, ask(), by=shop.by, at=NOON))


def test_a_refund_over_ones_limit_waits_and_is_carried_out_once(shop: Shop) -> None:
    ada, by_ada = shop.world.person(shop.world.ada), agent(shop.world.ada.pk)
    keep_limit(ada, Limit(role="representative", action="refund", money=Money(5000, "EUR")), by=by_ada, at=NOON)
    asked = Refunding(shop.world.case, "scratched", (Part(shop.lines["Helmet"], units=1),))
    waits = refund(shop.ben, shop.order, asked, by=shop.by, at=NOON)
    assert (waits.id, waits.plan.back, shop.net_paid()) == (None, 5454, TOTAL)
    with pytest.raises(Refused) as twice:
        refund(shop.ben, shop.order, asked, by=shop.by, at=NOON)
    assert twice.value.code == "already_asked"
    assert decide_approval(ada, waits.request or 0, "approve", minor=4000, by=by_ada, at=NOON) == "approved"
    assert shop.net_paid() == TOTAL - 4000
    with pytest.raises(Refused):
        decide_approval(ada, waits.request or 0, "approve", by=by_ada, at=NOON)
    assert shop.net_paid() == TOTAL - 4000


def test_the_same_goes_out_once_more_without_money(shop: Shop) -> None:
    asked = Replacing(shop.world.case, {shop.lines["Lock"]: 1}, "does not open")
    replace_goods(shop.ben, shop.order, asked, by=shop.by, at=NOON)
    assert (shop.stock(shop.lock), shop.net_paid()) == (1, TOTAL)
    refuses("bad_quantity", lambda: replace_goods(shop.ben, shop.order, asked, by=shop.by, at=NOON))


def test_goodwill_is_store_credit_with_its_reason(shop: Shop) -> None:
    give_credit(shop.ben, Giving(shop.world.case, Money(500, "EUR"), "waited long", shop.order), by=shop.by, at=NOON)
    give_credit(shop.ben, Giving(shop.world.case, Money(250, "EUR"), "and again"), by=shop.by, at=NOON)
    kept = db.row("SELECT count(*) AS kept, sum(balance) AS balance FROM orders_method WHERE kind = 'store_credit'")
    assert tuple(kept) == (1, 750)
    refuses(
        "reason_missing",
        lambda: give_credit(shop.ben, Giving(shop.world.case, Money(1, "EUR"), " "), by=shop.by, at=NOON),
    )
    refuses(
        "bad_amount", lambda: give_credit(shop.ben, Giving(shop.world.case, Money(-1, "EUR"), "x"), by=shop.by, at=NOON)
    )


def test_ordering_again_costs_todays_price_and_says_what_is_gone(shop: Shop) -> None:
    db.execute("UPDATE orders_variant SET price = 5500 WHERE id = %s", [shop.small])
    db.execute("UPDATE orders_variant SET is_available = false WHERE id = %s", [shop.lock])
    said = would_reorder(shop.ben, shop.order, case=shop.world.case, by=shop.by, at=NOON)
    assert (said.total, said.gone, said.dearer) == (11000, ("Lock",), 1000)

    def again(total: int | None) -> int:
        return reorder(
            shop.ben, shop.order, case=shop.world.case, pays=str(shop.card), total=total, by=shop.by, at=NOON
        )

    refuses("price_changed", lambda: again(10000))
    key = again(11000)
    assert tuple(db.row("SELECT state, total FROM orders_order WHERE id = %s", [key])) == ("pending", 11000)
    assert shop.stock(shop.small) == 1
    refuses("out_of_stock", lambda: again(None))


def test_nothing_is_done_before_the_customer_is_identified() -> None:
    shop = open_shop(is_identified=False)
    asked = Refunding(shop.world.case, "late")
    refuses("not_identified", lambda: refund(shop.ben, shop.order, asked, by=shop.by, at=NOON))
    answers = {"order_number": f"#{shop.order}", "postcode": "99999"}
    refuses("wrong_answers", lambda: identify(shop.ben, shop.world.case, answers, by=shop.by, at=NOON), changes=True)
    assert identified_on(shop.ben, shop.world.case, at=NOON).tries_left == 4
    right = {"order_number": f"order {shop.order}", "postcode": " 10115"}
    found = identify(shop.ben, shop.world.case, right, by=shop.by, at=NOON)
    assert (found.is_identified, found.how, found.by, found.at) == (True, "questions", "Ben", NOON)
    kept = db.rows("SELECT questions, is_passed FROM conversations_identification ORDER BY id")
    assert [tuple(row) for row in kept] == [(["order_number", "postcode"], False), (["order_number", "postcode"], True)]
    assert refund(shop.ben, shop.order, asked, by=shop.by, at=NOON).plan.back == TOTAL


def test_guessing_ends_after_five_wrong_answers() -> None:
    shop = open_shop(is_identified=False)
    for _ in range(5):
        refuses(
            "wrong_answers",
            lambda: identify(shop.ben, shop.world.case, {"last_four": "0000"}, by=shop.by, at=NOON),
            changes=True,
        )
    right = {"order_number": shop.order, "postcode": "10115"}
    refuses("too_many_tries", lambda: identify(shop.ben, shop.world.case, right, by=shop.by, at=NOON))


def test_a_mail_whose_sender_may_be_believed_identifies_them_and_is_put_down() -> None:
    shop = open_shop(is_identified=False)
    db.execute("UPDATE conversations_message SET authenticity = '{\"verified\": true}'")
    refund(shop.ben, shop.order, Refunding(shop.world.case, "late"), by=shop.by, at=NOON)
    assert db.value("SELECT how FROM conversations_identification") == "mail"


def test_another_customers_order_is_refused_from_this_case(shop: Shop) -> None:
    mallory = writes_in(
        "My refund",
        text="Give me Carol's money.",
        mailbox=shop.world.mailbox,
        sender="mallory@example.org",
        name="Mallory",
    )
    asked = Refunding(mallory.number or 0, "mine")
    refuses("another_customer", lambda: refund(shop.ben, shop.order, asked, by=shop.by, at=NOON))
    with pytest.raises(NotFound):
        refund(shop.world.person(shop.world.cleo), shop.order, Refunding(shop.world.case, "x"), by=shop.by, at=NOON)


def test_a_shop_order_is_refused_where_what_it_names_does_not_fit(shop: Shop) -> None:
    def place(*lines: Wanted, currency: str = "EUR", payments: dict[int, int] | None = None, number: str = "") -> Any:
        asked = Placing(shop.world.carol, currency, lines, payments or {}, number, case=shop.world.case)
        return lambda: place_order(shop.ben, asked, by=shop.by, at=NOON)

    refuses("other_currency", place(Wanted(shop.small), currency="USD"))
    refuses("out_of_stock", place(Wanted(shop.small, 4)))
    refuses("bad_quantity", place(Wanted(shop.small, 0)))
    refuses("more_than_total", place(Wanted(shop.small), payments={shop.card: 5001}))
    refuses("balance_too_low", place(Wanted(shop.small), payments={shop.gift: 5000}))
    refuses("number_taken", place(Wanted(shop.small), number=f"# {shop.order}"))
    refuses("discount_too_large", place(Wanted(shop.lock), Wanted(kind="discount", amount=-2001)))
    refuses("bad_amount", place(Wanted(shop.lock), Wanted(kind="discount", amount=1)))
    with pytest.raises(Forbidden):
        reads_only = shop.world.person(shop.world.ben)
        reads_only.grants.pop("order:write")
        place_order(reads_only, Placing(shop.world.carol, "EUR", [Wanted(shop.lock)]), by=shop.by, at=NOON)


def owed(shop: Shop) -> int:
    return int(db.value("SELECT sum(due - credited) FROM orders_line WHERE order_id = %s", [shop.row().id]))


def refuses(code: str, act: Callable[[], Any], *, changes: bool = False) -> None:
    """With this code and a sentence; nothing has changed."""
    before = "" if changes else state()
    with pytest.raises(OrderRefused) as refused:
        act()
    assert (refused.value.code, str(refused.value)[-1:]) == (code, ".")
    assert changes or state() == before


def state() -> str:
    tables = ("order", "line", "payment", "movement", "method", "variant", "return", "refund", "credit", "shipment")
    return str([
        db.value(f"SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM orders_{table} t") for table in tables
    ])  # fmt: skip
