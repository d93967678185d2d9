"""What Careline does itself about an order of a shop elsewhere: money goes back there, once; all else is refused and changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from careline.domain.approvals.rules.limits import Limit
from careline.domain.history.actor import Actor, agent
from careline.domain.orders.commands import shops
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.rules.refunding import Part
from careline.domain.staff.rules import Person
from careline.flows.cancel_order import Cancelling, cancel_order
from careline.flows.change_order import change_address
from careline.flows.decide_approval import decide_approval
from careline.flows.keep_limits import keep_limit
from careline.flows.move_order import ship_order, take_up_order
from careline.flows.refund import Refunding, refund
from careline.flows.reorder import reorder
from careline.flows.replace_goods import Replacing, replace_goods
from careline.flows.return_goods import Returning, ask_return
from careline.flows.settle_payment import Result, settle_payment
from careline.kit import db
from careline.kit.money import Money
from tests.outside_shop import Elsewhere, elsewhere, order_key, payments, sold, worked
from tests.shop import identify_carol
from tests.world import NOON, World, make_world

pytestmark = pytest.mark.django_db
ORDER = "WEB-1001"
TEN = Money(1000, "EUR")
LATER = NOON + timedelta(hours=1)


@dataclass(frozen=True)
class Desk:
    world: World
    ben: Person
    by: Actor
    shop: Elsewhere

    def gives_back(self, **more: Any) -> Any:
        asked = Refunding(self.world.case, "It is broken.", **({"amount": TEN} | more))
        return refund(self.ben, ORDER, asked, by=self.by, at=NOON)

    def acts(self) -> list[tuple[Any, ...]]:
        return [
            tuple(row) for row in db.rows("SELECT state, amount, external_id <> '' FROM orders_shopact ORDER BY id")
        ]

    def there(self) -> list[str]:
        return [one["amount"] for one in self.shop.fake.orders["1001"].refunds]


@pytest.fixture(params=["shopify", "woocommerce"])
def desk(request: pytest.FixtureRequest, settings: Any) -> Iterator[Desk]:
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    world = make_world()
    ada, ben = world.person(world.ada), world.person(world.ben)
    with elsewhere(world, request.param) as shop:
        shop.fake.put(sold())
        shop.tell()
        worked()
        found = Desk(world, ben, agent(ben.id), shop)
        identify_carol(found)  # type: ignore[arg-type]
        keep_limit(ada, Limit("refund", money=Money(2000, "EUR"), role="representative"), by=agent(ada.id), at=NOON)
        yield found


def test_money_goes_back_in_the_shop_and_is_settled_here(desk: Desk) -> None:
    desk.gives_back()
    assert payments() == [("payment", "settled", 7000), ("refund", "pending", 1000)]
    worked()
    assert (desk.there(), desk.acts()) == (["10.00"], [("done", 1000, True)])
    desk.shop.tell(event="e-2")
    worked()
    assert payments() == [("payment", "settled", 7000), ("refund", "settled", 1000)]


def test_a_time_out_after_it_was_done_gives_nothing_back_twice(desk: Desk) -> None:
    desk.gives_back()
    desk.shop.fake.faults = ["", "", "lost"] if desk.shop.kind == "shopify" else ["", "lost"]
    worked()
    assert (desk.there(), desk.acts()) == (["10.00"], [("waiting", 1000, False)])
    worked(LATER)
    assert (desk.there(), desk.acts(), payments()[1:]) == (
        ["10.00"],
        [("done", 1000, True)],
        [("refund", "settled", 1000)],
    )


def test_told_of_by_the_shop_before_our_answer_came_it_is_one_refund(desk: Desk) -> None:
    desk.gives_back()
    desk.shop.fake.faults = ["", "", "lost"] if desk.shop.kind == "shopify" else ["", "lost"]
    worked()
    desk.shop.tell(event="e-2", at=LATER)
    worked(LATER)
    assert (desk.there(), desk.acts(), payments()[1:]) == (
        ["10.00"],
        [("done", 1000, True)],
        [("refund", "settled", 1000)],
    )


def test_killed_between_the_shop_and_our_books_it_is_still_one(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.gives_back()
    with monkeypatch.context() as broken:
        broken.setattr(shops, "end_act", lambda *_a, **_k: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            worked()
    worked(LATER)
    assert (desk.there(), desk.acts()) == (["10.00"], [("done", 1000, True)])


def test_what_the_shop_refuses_has_failed_and_is_said(desk: Desk) -> None:
    desk.gives_back()
    desk.shop.change(at=NOON, refunds=[{"id": 1, "amount": "65.00", "note": "", "lines": []}])
    worked()
    assert (desk.acts(), payments()[1:]) == ([("failed", 1000, False)], [("refund", "failed", 1000)])


def test_what_is_beyond_their_limit_waits_for_approval_and_goes_back_then(desk: Desk) -> None:
    asked = desk.gives_back(amount=Money(3000, "EUR"))
    worked()
    assert (asked.id, desk.there()) == (None, [])
    ada = desk.world.person(desk.world.ada)
    assert decide_approval(ada, asked.request, "approve", by=agent(ada.id), at=NOON) == "approved"
    worked()
    assert (desk.there(), payments()[1:]) == (["30.00"], [("refund", "settled", 3000)])


def test_a_line_goes_back_as_that_line(desk: Desk) -> None:
    lock = int(db.value("SELECT id FROM orders_line WHERE order_id = %s AND name = 'Lock'", [order_key()]))
    desk.gives_back(amount=None, parts=(Part(lock, units=1),))
    worked()
    there = desk.shop.fake.orders["1001"].refunds
    told = [{"line_item_id": 12, "quantity": 1, "restock_type": "no_restock"}] if desk.shop.kind == "shopify" else []
    assert [(one["amount"], one["lines"]) for one in there] == [("15.00", told)]


def test_all_else_is_refused_with_the_name_of_the_shop_and_changes_nothing(desk: Desk) -> None:
    case, said = desk.world.case, {"by": desk.by, "at": NOON}
    line = int(db.value("SELECT min(id) FROM orders_line WHERE order_id = %s", [order_key()]))
    payment = int(db.value("SELECT min(id) FROM orders_payment WHERE order_id = %s", [order_key()]))
    ada = desk.world.person(desk.world.ada)
    acts: list[Callable[[], object]] = [
        lambda: cancel_order(desk.ben, ORDER, Cancelling(case, "no longer needed"), **said),
        lambda: change_address(desk.ben, ORDER, {"city": "Köln"}, case=case, **said),
        lambda: ask_return(desk.ben, ORDER, Returning(case, {line: 1}), **said),
        lambda: replace_goods(desk.ben, ORDER, Replacing(case, {line: 1}, "broken"), **said),
        lambda: reorder(desk.ben, ORDER, case=case, pays="invoice", **said),
        lambda: take_up_order(ada, ORDER, **said),
        lambda: ship_order(ada, ORDER, {}, **said),
        lambda: settle_payment(ada, ORDER, payment, Result("failed"), **said),
        lambda: desk.gives_back(method="store_credit"),
    ]
    before = tuple(db.row("SELECT * FROM orders_order WHERE id = %s", [order_key()]))
    for act in acts:
        with pytest.raises(OrderRefused) as refused:
            act()
        assert (refused.value.code, "Northwind Web" in str(refused.value)) == ("kept_elsewhere", True)
    assert tuple(db.row("SELECT * FROM orders_order WHERE id = %s", [order_key()])) == before
    assert payments() == [("payment", "settled", 7000)]
