"""What a customer has is registered by its serial number: with the order it was bought with, and until when its warranty lasts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import transaction

from careline.domain.desk.queries.api_customers import customer_for
from careline.domain.desk.queries.orders import order_for
from careline.domain.desk.queries.selling import item_for, linkable, serial_of
from careline.domain.history.actor import Actor
from careline.domain.orders.commands import selling_items
from careline.domain.orders.commands.selling_items import NewItem
from careline.domain.orders.errors import NotFound, OrderRefused
from careline.domain.orders.queries.orders import lines_of
from careline.domain.orders.queries.products import product_by_id
from careline.domain.staff.rules import Person, require

VERB = "order:write"
OF_PRODUCTS = "product:manage"
LONGEST_VERSION = 100
KINDS = ("article", "problem", "tag")


@dataclass(frozen=True, slots=True)
class Registering:
    """`order`: the number of the one it was bought with; its day and the product's warranty follow from it, unless said."""

    customer: int
    product: int
    serial: str
    order: str = ""
    version: str = ""
    bought_on: date | None = None
    warranty_until: date | None = None


def register_item(agent: Person, said: Registering, *, by: Actor, at: datetime) -> int:
    """Its key. Raises NotFound, Forbidden, OrderRefused."""
    customer_for(agent, said.customer, verb=VERB)
    product = product_by_id(said.product)
    if product is None:
        raise NotFound(f"There is no product {said.product}.")
    serial = serial_of(said.serial)
    if not serial:
        raise OrderRefused("bad_serial", "A serial number has letters or digits.")
    line, bought = _bought(agent, said) if said.order.strip() else (None, said.bought_on)
    until = said.warranty_until
    if until is None and bought is not None and product.warranty_months is not None:
        until = bought + relativedelta(months=product.warranty_months)
    item = NewItem(
        said.product, said.customer, serial, line.variant_id if line is not None else None, line.id if line is not None else None,
        said.version.strip()[:LONGEST_VERSION], said.bought_on or bought, until,
    )  # fmt: skip
    key = selling_items.register_item(item, by=by, at=at)
    if key is None:
        raise OrderRefused("serial_taken", "A piece of this product with this serial number is registered already.")
    return key


def change_item(
    agent: Person, key: int, *, customer: int | None, version: str, warranty_until: date | None, by: Actor, at: datetime
) -> None:
    """`customer`: who has it now, where it went on. Raises NotFound, Forbidden."""
    found = item_for(agent, key, verb=VERB)
    if customer is not None:
        customer_for(agent, customer, verb=VERB)
    selling_items.change_item(
        key, customer=customer or found.owner_id, version=version.strip()[:LONGEST_VERSION], warranty_until=warranty_until, by=by, at=at
    )  # fmt: skip


def tie_to_product(agent: Person, product: int, kind: str, key: int, *, by: Actor, at: datetime) -> None:
    """An article, a known issue or a tag is about this product. Raises Forbidden, NotFound, OrderRefused."""
    require(agent, OF_PRODUCTS)
    if product_by_id(product) is None:
        raise NotFound(f"There is no product {product}.")
    if kind not in KINDS or not linkable(kind, key):
        raise OrderRefused("nothing_to_tie", f"There is no {kind[:40]} {key}.")
    selling_items.tie(product, kind, key, by=by, at=at)


def untie_from_product(agent: Person, product: int, kind: str, key: int, *, by: Actor, at: datetime) -> None:
    """Raises Forbidden, NotFound."""
    require(agent, OF_PRODUCTS)
    with transaction.atomic():
        if not selling_items.untie(product, kind, key, by=by, at=at):
            raise NotFound("It was not tied to it.")


def _bought(agent: Person, said: Registering) -> tuple[Any, date]:
    """The line of the order, and the day it was delivered, else placed. Raises NotFound, OrderRefused."""
    order = order_for(agent, said.order)
    if order.owner_id != said.customer:
        raise OrderRefused("another_customer", "This order belongs to another customer.")
    line = next((one for one in lines_of([order.id]) if one.product_id == said.product), None)
    if line is None:
        raise OrderRefused("other_product", "This order has nothing of this product.")
    return line, (order.delivered_at or order.placed_at).date()
