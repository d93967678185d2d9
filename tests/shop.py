"""The named shop of tests: a helmet in two sizes, a lock; Carol's order of two helmets and a lock, paid by card; Ben may give without end."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from careline.domain.approvals.rules.limits import Limit
from careline.domain.conversations.commands.identifying import note_identified
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.history.actor import Actor, agent
from careline.domain.orders.commands.catalogue import NewProduct, NewVariant
from careline.domain.orders.commands.money import add_method
from careline.domain.orders.queries.held import SIGNED
from careline.domain.staff.rules import Person
from careline.flows.keep_limits import keep_limit
from careline.flows.keep_products import add_product, add_variant
from careline.flows.move_order import note_delivered, ship_order, take_up_order
from careline.flows.place_order import Placing, Wanted, write_down_order
from careline.kit import db
from tests.made_once import made_once
from tests.world import NOON, World, make_world

GIVEN = ("refund", "credit", "cancellation", "change", "replacement", "discount")
BOUGHT = NOON - timedelta(days=10)


@dataclass(slots=True)
class Shop:
    """`order` is its number; `lines` by name."""

    world: World
    ben: Person
    by: Actor
    small: int
    large: int
    lock: int
    card: int
    gift: int
    order: str = ""
    lines: dict[str, int] = field(default_factory=dict)

    def stock(self, variant: int) -> int:
        return int(db.value("SELECT stock FROM orders_variant WHERE id = %s", [variant]))

    def balance(self, method: int | None = None) -> int:
        return int(db.value("SELECT balance FROM orders_method WHERE id = %s", [method or self.gift]))

    def row(self) -> Any:
        return db.row("SELECT * FROM orders_order WHERE number = %s", [self.order])

    def net_paid(self) -> int:
        return int(
            db.value(
                f"SELECT coalesce(sum({SIGNED}), 0) FROM orders_payment p WHERE order_id = %s",
                [self.row().id],
            )
        )


@made_once
def open_shop(*, state: str = "delivered", is_identified: bool = True) -> Shop:
    """`make_shop` in a world of its own."""
    return make_shop(make_world(), state=state, is_identified=is_identified)


def make_shop(world: World, *, state: str = "delivered", is_identified: bool = True) -> Shop:
    """Helmets at 50.00 (60.00 for the large one), five of each; locks at 20.00, three. Shipping 5.00, 10.00 off, 19 % taxes."""
    ada, by = world.person(world.ada), agent(world.ada.pk)
    helmet = add_product(ada, NewProduct("H-1", "Helmet", warranty_months=24), by=by, at=BOUGHT)
    locks = add_product(ada, NewProduct("L-1", "Lock"), by=by, at=BOUGHT)
    small, large = (
        add_variant(ada, helmet, NewVariant(sku, price, "EUR", {"size": size}, 5), by=by, at=BOUGHT)
        for sku, price, size in (("H-1-S", 5000, "S"), ("H-1-L", 6000, "L"))
    )
    lock = add_variant(ada, locks, NewVariant("L-1-U", 2000, "EUR", {}, 3), by=by, at=BOUGHT)
    card = add_method(world.carol, "card", code="card_1", label="Visa", last_four="4242", at=BOUGHT)
    gift = add_method(world.carol, "gift_card", code="gift_1", currency="EUR", balance=3000, at=BOUGHT)
    for action in GIVEN:
        keep_limit(ada, Limit(action, role="representative"), by=by, at=BOUGHT)
    shop = Shop(world, world.person(world.ben), agent(world.ben.pk), small, large, lock, card, gift)
    order(shop, [Wanted(small, 2), Wanted(lock)], state=state)
    if is_identified:
        identify_carol(shop)
    return shop


def order(shop: Shop, lines: list[Wanted], *, state: str = "pending", payments: dict[int, int] | None = None) -> None:
    """Becomes the shop's order: shipping of 5.00, a discount of 10.00 and 19 % taxes on top."""
    ada, by = shop.world.person(shop.world.ada), agent(shop.world.ada.pk)
    price = {shop.small: 5000, shop.large: 6000, shop.lock: 2000}
    goods = sum(price[line.variant or 0] * line.quantity for line in lines)
    net = goods + 500 - 1000
    tax = (net * 19 + 50) // 100
    more = [
        Wanted(kind="shipping", amount=500),
        Wanted(kind="discount", amount=-1000),
        Wanted(kind="tax", amount=tax, rate=190_000),
    ]
    paid = {shop.card: net + tax} if payments is None else payments
    address = {"name": "Carol", "street": "Long Road 1", "postcode": "10115", "city": "Berlin", "country": "DE"}
    wanted = Placing(shop.world.carol, "EUR", [*lines, *more], paid, mail="carol@example.com", address=address)
    key = write_down_order(wanted, by=by, at=BOUGHT)
    shop.order = str(db.value("SELECT number FROM orders_order WHERE id = %s", [key]))
    if state in ("processed", "shipped", "delivered"):
        take_up_order(ada, shop.order, by=by, at=BOUGHT)
    if state in ("shipped", "delivered"):
        parcel = ship_order(ada, shop.order, {}, carrier="DHL", tracking="T1", by=by, at=BOUGHT)
    if state == "delivered":
        note_delivered(ada, shop.order, parcel, by=by, at=BOUGHT + timedelta(days=2))
    found = db.rows("SELECT id, name FROM orders_line WHERE order_id = %s ORDER BY position", [key])
    shop.lines = {row.name: row.id for row in found}


def identify_carol(shop: Shop) -> None:
    case = conversation_by_number(shop.world.case)
    note_identified(case, shop.world.carol, how="questions", questions=["order_number"], by=shop.by, at=NOON)
