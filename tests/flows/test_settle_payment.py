"""What the bank and the gateway say of money counts once, late, doubled and in the wrong order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from careline.domain.history.actor import agent
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.rules.refunding import Part
from careline.domain.staff.rules import Forbidden
from careline.flows.cancel_order import Cancelling, cancel_order
from careline.flows.change_order import Changing, change_order
from careline.flows.place_order import Placing, Wanted, place_order
from careline.flows.refund import Refunding, refund
from careline.flows.settle_payment import Result, refund_again, settle_payment
from careline.kit import db
from tests.shop import Shop, open_shop
from tests.world import NOON

pytestmark = pytest.mark.django_db
TOTAL = 13685


@pytest.fixture
def shop() -> Shop:
    return open_shop()


def says(shop: Shop, payment: int, outcome: str, reference: str = "") -> bool:
    ada = shop.world.person(shop.world.ada)
    return settle_payment(ada, shop.order, payment, Result(outcome, reference), by=agent(ada.id), at=NOON)


def refunded(shop: Shop) -> int:
    """The payment of a refund of the lock to the card: on its way."""
    asked = Refunding(shop.world.case, "scratched", (Part(shop.lines["Lock"], units=1),))
    refund(shop.ben, shop.order, asked, by=shop.by, at=NOON)
    return int(db.value("SELECT max(id) FROM orders_payment"))


def state(payment: int) -> tuple[str, str]:
    return tuple(db.row("SELECT state, reference FROM orders_payment WHERE id = %s", [payment]))


def test_a_refund_is_settled_once_however_often_it_is_said(shop: Shop) -> None:
    payment = refunded(shop)
    assert state(payment) == ("pending", "")
    assert [says(shop, payment, "settled", "re_1") for _ in range(3)] == [True, False, False]
    assert (state(payment), shop.net_paid()) == (("settled", "re_1"), TOTAL - 2181)
    refuses("payment_settled", lambda: says(shop, payment, "failed"))
    names = [row.name for row in db.rows("SELECT name FROM history WHERE name LIKE 'order.refund\\_%%'")]
    assert names == ["order.refund_settled"]


def test_a_gateway_that_timed_out_after_doing_it_is_believed_late(shop: Shop) -> None:
    payment = refunded(shop)
    says(shop, payment, "failed")
    assert (state(payment)[0], shop.net_paid()) == ("failed", TOTAL)
    says(shop, payment, "settled", "re_1")
    assert (state(payment)[0], shop.net_paid()) == ("settled", TOTAL - 2181)


def test_a_refund_that_failed_goes_another_way_once(shop: Shop) -> None:
    payment = refunded(shop)

    def again(method: str = "store_credit") -> Any:
        return refund_again(shop.ben, shop.order, payment, method, case=shop.world.case, by=shop.by, at=NOON)

    refuses("not_failed", again)
    says(shop, payment, "failed", "re_1")
    again()
    assert (shop.net_paid(), db.value("SELECT sum(balance) FROM orders_method WHERE kind = 'store_credit'")) == (
        TOTAL - 2181,
        2181,
    )
    refuses("paid_again", again)
    refuses("paid_again", lambda: says(shop, payment, "settled", "re_1"))
    assert shop.net_paid() == TOTAL - 2181


def test_a_reference_is_that_of_one_payment(shop: Shop) -> None:
    first = refunded(shop)
    says(shop, first, "settled", "re_1")
    asked = Refunding(shop.world.case, "again", (Part(shop.lines["Helmet"], units=1),))
    refund(shop.ben, shop.order, asked, by=shop.by, at=NOON)
    second = int(db.value("SELECT max(id) FROM orders_payment"))
    refuses("reference_taken", lambda: says(shop, second, "settled", "re_1"))
    assert state(second) == ("pending", "")


def test_who_may_refund_may_not_say_that_money_has_come(shop: Shop) -> None:
    payment = refunded(shop)
    with pytest.raises(Forbidden):
        settle_payment(shop.ben, shop.order, payment, Result("settled"), by=shop.by, at=NOON)


def test_an_invoice_counts_once_it_is_paid_and_what_is_cancelled_is_not_awaited(shop: Shop) -> None:
    db.execute("UPDATE orders_method SET kind = 'invoice' WHERE id = %s", [shop.card])
    asked = Placing(shop.world.carol, "EUR", [Wanted(shop.small, 2)], {shop.card: 10000}, case=shop.world.case)
    key = place_order(shop.ben, asked, by=shop.by, at=NOON).id
    shop.order = str(db.value("SELECT number FROM orders_order WHERE id = %s", [key]))
    payment = int(db.value("SELECT max(id) FROM orders_payment"))
    line = int(db.value("SELECT min(id) FROM orders_line WHERE order_id = %s", [key]))
    assert shop.net_paid() == 0
    done = cancel_order(
        shop.ben, shop.order, Cancelling(shop.world.case, "one is enough", {line: 1}), by=shop.by, at=NOON
    )
    assert (done.plan.back, db.value("SELECT amount FROM orders_payment WHERE id = %s", [payment])) == (0, 5000)
    says(shop, payment, "settled", "bank 1")
    assert shop.net_paid() == 5000
    cancel_order(shop.ben, shop.order, Cancelling(shop.world.case, "no"), by=shop.by, at=NOON)
    assert shop.net_paid() == 0


def test_what_is_still_awaited_is_paid_another_way(shop: Shop) -> None:
    db.execute("UPDATE orders_method SET balance = 20000 WHERE id = %s", [shop.gift])
    db.execute("UPDATE orders_method SET kind = 'bank' WHERE id = %s", [shop.card])
    asked = Placing(shop.world.carol, "EUR", [Wanted(shop.small)], {shop.card: 5000}, case=shop.world.case)
    key = place_order(shop.ben, asked, by=shop.by, at=NOON).id
    shop.order = str(db.value("SELECT number FROM orders_order WHERE id = %s", [key]))
    change_order(shop.ben, shop.order, Changing(shop.world.case, pays=str(shop.gift)), by=shop.by, at=NOON)
    states = db.rows("SELECT state, amount FROM orders_payment WHERE order_id = %s ORDER BY id", [key])
    assert ([tuple(row) for row in states], shop.balance()) == ([("void", 5000), ("settled", 5000)], 15000)


def refuses(code: str, act: Callable[[], Any]) -> None:
    with pytest.raises(OrderRefused) as refused:
        act()
    assert (refused.value.code, str(refused.value)[-1:]) == (code, ".")
