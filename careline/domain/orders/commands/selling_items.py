"""Pieces that customers have are registered and changed; what is known about a product is tied to it. Guarded: flows only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from careline.domain.history.actor import Actor, ActorKind
from careline.domain.history.commands import Happening, record
from careline.kit import db


@dataclass(frozen=True, slots=True)
class NewItem:
    """`line`: of the order that it was bought with."""

    product: int
    customer: int
    serial: str
    variant: int | None = None
    line: int | None = None
    version: str = ""
    bought_on: date | None = None
    warranty_until: date | None = None


@transaction.atomic
def register_item(item: NewItem, *, conversation: int | None = None, by: Actor, at: datetime) -> int | None:
    """Its key; None where somebody has a piece of this product with this serial number."""
    key: int | None = db.value(
        """INSERT INTO orders_item (product_id, variant_id, customer_id, line_id, serial, version, bought_on, warranty_until, agent_id, registered_at)
           VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING id""",
        [
            item.product, item.variant, item.customer, item.line, item.serial, item.version, item.bought_on, item.warranty_until,
            by.id if by.kind is ActorKind.AGENT else None, at,
        ],
    )  # fmt: skip
    if key is not None:
        data = {"item": key, "product": item.product}
        record(Happening("item.registered", "item", key, conversation, item.customer, data), by=by, at=at)
    return key


@transaction.atomic
def change_item(key: int, *, customer: int, version: str, warranty_until: date | None, by: Actor, at: datetime) -> None:
    """Its version, its warranty, who has it now."""
    db.execute(
        "UPDATE orders_item SET customer_id = %s, version = %s, warranty_until = %s WHERE id = %s",
        [customer, version, warranty_until, key],
    )
    record(Happening("item.changed", "item", key, None, customer, {"item": key}), by=by, at=at)


@transaction.atomic
def tie(product: int, kind: str, key: int, *, by: Actor, at: datetime) -> None:
    if db.execute(
        "INSERT INTO orders_productlink (product_id, kind, key) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
        [product, kind, key],
    ):
        record(Happening("product.tied", "product", product, data={"kind": kind, "key": key}), by=by, at=at)


@transaction.atomic
def untie(product: int, kind: str, key: int, *, by: Actor, at: datetime) -> bool:
    is_gone = bool(
        db.execute(
            "DELETE FROM orders_productlink WHERE product_id = %s AND kind = %s AND key = %s", [product, kind, key]
        )
    )
    if is_gone:
        record(Happening("product.untied", "product", product, data={"kind": kind, "key": key}), by=by, at=at)
    return is_gone
