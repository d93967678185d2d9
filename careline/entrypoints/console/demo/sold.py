"""What Northwind Bikes sold: products, orders in every state, one return on its way. The same every time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from careline.domain.customers.queries.people import customer_id_of
from careline.domain.desk.queries.orders import orders_page
from careline.domain.history.actor import Actor, agent
from careline.domain.orders.commands.catalogue import NewProduct, NewVariant
from careline.domain.orders.commands.money import add_method
from careline.domain.orders.queries.orders import shipments_of
from careline.domain.staff.rules import Person
from careline.entrypoints.console.demo.customers import CAROL, Writer
from careline.entrypoints.console.demo.house import Northwind
from careline.flows.keep_products import add_product, add_variant
from careline.flows.move_order import note_delivered, ship_order, take_up_order
from careline.flows.place_order import Placing, Wanted, write_down_order

_GOODS: tuple[tuple[str, str, int | None, tuple[tuple[str, dict[str, str], int, int], ...]], ...] = (
    ("CITY", "City bike", 24, (("CITY-M", {"frame": "M", "colour": "blue"}, 64900, 12), ("CITY-L", {"frame": "L", "colour": "blue"}, 66900, 9),
                               ("CITY-L-G", {"frame": "L", "colour": "green"}, 66900, 0))),
    ("EBIKE", "E-bike Fjord", 36, (("EBIKE-M", {"frame": "M"}, 249900, 4), ("EBIKE-L", {"frame": "L"}, 259900, 6))),
    ("HELMET", "Helmet", 12, (("HELMET-S", {"size": "S"}, 4990, 40), ("HELMET-M", {"size": "M"}, 4990, 35), ("HELMET-L", {"size": "L"}, 5490, 28))),
    ("LIGHT", "Light set", 24, (("LIGHT-U", {"charging": "USB"}, 3450, 60),)),
    ("LOCK", "Folding lock", 24, (("LOCK-85", {"length": "85 cm"}, 7995, 25), ("LOCK-110", {"length": "110 cm"}, 8995, 20))),
)  # fmt: skip
_BASKETS = (
    ("CITY-M", "HELMET-M"),
    ("LIGHT-U",),
    ("EBIKE-L", "LOCK-110", "HELMET-L"),
    ("HELMET-S", "HELMET-S"),
    ("LOCK-85", "LIGHT-U"),
)
_STATES = ("delivered", "delivered", "shipped", "processed", "pending", "delivered")
_BUYERS = 24
_TAX = 19


def sell(house: Northwind, writers: Sequence[Writer], *, now: datetime) -> None:
    ada = house.people["ada"]
    by = agent(ada.id)
    variants = _products(ada, by=by, at=now - timedelta(days=65))
    buyers = [CAROL, *[one for one in writers if one != CAROL][:_BUYERS]]
    for n, writer in enumerate(buyers):
        key = customer_id_of("email", writer.address)
        if key is not None:
            _order(ada, key, writer, variants, n, at=now - timedelta(days=2 + 2 * (n % 28), hours=n), by=by)
    carol = customer_id_of("email", CAROL.address)
    if carol is not None:
        add_method(carol, "gift_card", code="GIFT-CAROL", label="", currency="EUR", balance=5000, at=now)
        _order(ada, carol, CAROL, variants, 4, at=now - timedelta(hours=5), by=by)


def _products(ada: Person, *, by: Actor, at: datetime) -> dict[str, tuple[int, int]]:
    """Key and price by sku."""
    found = {}
    for code, name, months, offered in _GOODS:
        product = add_product(ada, NewProduct(code, name, warranty_months=months), by=by, at=at)
        for sku, options, price, stock in offered:
            key = add_variant(ada, product, NewVariant(sku, price, "EUR", options, stock), by=by, at=at)
            found[sku] = (key, price)
    return found


def _order(
    ada: Person, customer: int, writer: Writer, variants: dict[str, tuple[int, int]], n: int, *, at: datetime, by: Actor
) -> None:
    basket = _BASKETS[n % len(_BASKETS)]
    lines = [Wanted(variants[sku][0]) for sku in dict.fromkeys(basket)]
    if len(lines) < len(basket):
        lines = [Wanted(variants[basket[0]][0], len(basket))]
    goods = sum(variants[sku][1] for sku in basket)
    more = [Wanted(kind="shipping", name="Shipping", amount=590)] if goods < 10_000 else []
    discount = [Wanted(kind="discount", name="Welcome", amount=-500)] if n % 4 == 0 else []
    net = goods + sum(one.amount for one in (*more, *discount))
    tax = (net * _TAX + 50) // 100
    card = add_method(
        customer, "card", label="Visa" if n % 2 else "Mastercard", last_four=f"{4242 + 37 * n:04d}", at=at
    )
    wanted = Placing(
        customer, "EUR", [*lines, *more, *discount, Wanted(kind="tax", name="VAT 19 %", amount=tax, rate=_TAX * 10_000)], {card: net + tax},
        mail=writer.address, address={"name": writer.name, "street": f"Harbour Street {n + 1}", "postcode": f"{10115 + n}", "city": "Berlin",
                                      "country": "DE"}, source="shop",
    )  # fmt: skip
    key = write_down_order(wanted, by=by, at=at)
    number = next(row.number for row in orders_page(ada, before=key + 1, limit=1))
    state = _STATES[n % len(_STATES)]
    if state != "pending":
        take_up_order(ada, number, by=by, at=at + timedelta(hours=3))
    if state in ("shipped", "delivered"):
        ship_order(ada, number, {}, carrier="DHL", tracking=f"JD0146{n:06d}", by=by, at=at + timedelta(hours=20))
    if state == "delivered":
        parcel = shipments_of([key])[0].id
        note_delivered(ada, number, parcel, by=by, at=at + timedelta(days=1, hours=22))
