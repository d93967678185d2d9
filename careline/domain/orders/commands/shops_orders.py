"""An order of an outside shop as it stands there: written down once, followed forward, nothing of it undone. Guarded: flows only."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from careline.domain.history.actor import SYSTEM
from careline.domain.orders.commands import carrying_out, moving
from careline.domain.orders.commands.carrying_out import Occasion, carry_out
from careline.domain.orders.commands.placing import NewLine, NewOrder, place
from careline.domain.orders.commands.shops import act_of_key, end_act
from careline.domain.orders.queries.held import facts_of, variants_by_sku
from careline.domain.orders.rules import shops as rules
from careline.domain.orders.rules.facts import CANCELLED, DELIVERED, PENDING, PROCESSED, SHIPPED, Order
from careline.domain.orders.rules.numbers import number_of
from careline.domain.orders.shops import contract
from careline.domain.orders.shops.contract import Parcel, Refund, ShopOrder
from careline.kit import db

_OTHER = "Other"


def hold_shop_order(shop: int, external_id: str) -> None:
    """Nobody else writes this order down until the transaction ends; before all other locks."""
    db.value("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"shop-{shop}-{external_id}"])


def digest_of(seen: ShopOrder) -> str:
    return hashlib.sha256(repr(seen).encode()).hexdigest()


def bring_in(shop: Any, seen: ShopOrder, *, customer: int, at: datetime) -> None:
    """As nothing had become of it yet; `follow` comes behind. Raises OrderRefused."""
    items = [line for line in seen.lines if line.quantity > 0]
    number = number_of(f"{shop.code}-{seen.number}")
    if db.value("SELECT id FROM orders_order WHERE number = %s", [number]):
        number = number_of(f"{shop.code}-{seen.number}-{seen.key}")
    placed = NewOrder(
        customer,
        seen.currency,
        _lines(seen),
        {},
        number,
        seen.mail,
        seen.phone,
        seen.address,
        seen.address,
        shop.name,
        placed_at=seen.placed_at,
    )
    order = place(placed, takes_stock=False, by=SYSTEM, at=at)
    ours = db.rows("SELECT id FROM orders_line WHERE order_id = %s AND kind = 'item' ORDER BY position", [order])
    lines = {line.key: row.id for line, row in zip(items, ours, strict=True)}
    db.execute(
        """INSERT INTO orders_shoporder (shop_id, external_id, order_id, buyer, lines, parcels, updated_at, digest, sentence)
           VALUES (%s, %s, %s, %s, %s, '{}', %s, '', '')""",
        [shop.id, seen.key, order, seen.buyer, db.json(lines), seen.updated_at],
    )


def follow(shop: Any, known: Any, seen: ShopOrder, *, at: datetime) -> None:
    """`known`: its row of orders_shoporder; the order is held. Raises OrderRefused."""
    lines = {key: int(line) for key, line in known.lines.items()}
    _note_paid(shop, known, seen, at=at)
    if seen.state in (contract.PROCESSED, contract.SHIPPED, contract.DELIVERED) and _now(known).state == PENDING:
        moving.mark_processed(_now(known), by=SYSTEM, at=at)
    parcels = _followed_parcels(known, seen, lines, at=at)
    for refund in seen.refunds:
        _note_refund(shop, known, refund, lines, at=at)
    if seen.state == contract.CANCELLED and _now(known).state not in (CANCELLED, SHIPPED, DELIVERED):
        now = _now(known)
        carry_out(now, rules.cancelled(now), Occasion(None, "cancellation"), by=SYSTEM, at=seen.cancelled_at or at)
    db.execute(
        "UPDATE orders_shoporder SET parcels = %s, updated_at = %s, digest = %s, sentence = %s WHERE id = %s",
        [db.json(parcels), seen.updated_at, digest_of(seen), _odd(_now(known), seen, lines), known.id],
    )


def _lines(seen: ShopOrder) -> tuple[NewLine, ...]:
    """Items first, in their order; what they and their taxes do not make up of the total stands in a line of its own."""
    items = [line for line in seen.lines if line.quantity > 0]
    variants = variants_by_sku(line.sku for line in items if line.sku)
    found, more, total = [], [], 0
    for place_of, line in enumerate(items):
        variant = variants.get(line.sku) if line.sku else None
        found.append(
            NewLine("item", line.name, line.amount, variant.id if variant else None, {}, line.quantity, line.unit_price)
        )
        if line.discount:
            more.append(NewLine("discount", "Discount", -line.discount, of=place_of))
        if line.tax:
            more.append(NewLine("tax", "Tax", line.tax, of=place_of))
        total += line.amount - line.discount + line.tax
    for name, amount in (*seen.extra, (_OTHER, seen.total - total - sum(amount for _name, amount in seen.extra))):
        if amount:
            more.append(NewLine("shipping" if amount > 0 else "discount", name or _OTHER, amount))
    return (*found, *more)


def _now(known: Any) -> Order:
    return facts_of(carrying_out.held(known.order_id))


def _note_paid(shop: Any, known: Any, seen: ShopOrder, *, at: datetime) -> None:
    """What came in since; one row for each sum that the shop says came in altogether."""
    before = db.value(
        "SELECT coalesce(sum(amount), 0) FROM orders_payment WHERE order_id = %s AND kind = 'payment' AND state = 'settled'",
        [known.order_id],
    )
    if seen.paid <= before:
        return
    db.execute(
        """INSERT INTO orders_payment (order_id, method_id, kind, state, amount, currency, at, reference, settled_at)
           VALUES (%s, %s, 'payment', 'settled', %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING""",
        [
            known.order_id, _method(shop, known, seen.paid_with, at=at), seen.paid - int(before), seen.currency, at,
            f"shop-{shop.id}:{seen.key}:{seen.paid}", at,
        ],
    )  # fmt: skip
    db.execute("UPDATE orders_order SET version = version + 1 WHERE id = %s", [known.order_id])


def _method(shop: Any, known: Any, label: str = "", *, at: datetime) -> int:
    """What it was paid with there: nothing that could be paid with here."""
    found = db.value("SELECT min(method_id) FROM orders_payment WHERE order_id = %s", [known.order_id])
    if found is not None:
        return int(found)
    return int(
        db.value(
            """INSERT INTO orders_method (customer_id, kind, code, label, last_four, gateway_reference, currency, is_active, created_at)
               VALUES (%s, 'wallet', '', %s, '', '', '', false, %s) RETURNING id""",
            [known.customer_id, label or shop.name, at],
        )
    )


def _followed_parcels(known: Any, seen: ShopOrder, lines: dict[str, int], *, at: datetime) -> dict[str, int]:
    """Ours by the shop's keys. A parcel that is shipped and not named takes what is left."""
    parcels = {key: int(ours) for key, ours in known.parcels.items()}
    wanted = list(seen.parcels)
    if seen.state in (contract.SHIPPED, contract.DELIVERED):
        wanted.append(Parcel("-", is_delivered=seen.state == contract.DELIVERED))
    for parcel in wanted:
        _follow_parcel(known, parcel, parcels, lines, at=at)
    return parcels


def _follow_parcel(known: Any, parcel: Parcel, parcels: dict[str, int], lines: dict[str, int], *, at: datetime) -> None:
    now = _now(known)
    if not parcels.get(parcel.key) and now.state in (PENDING, PROCESSED):
        named = {lines[key]: units for key, units in parcel.units.items() if key in lines}
        units = rules.units_left(now, named) if named or not parcel.units else {}
        parcels[parcel.key] = 0
        if units:
            parcels[parcel.key] = moving.ship(
                now, units, carrier=parcel.carrier, tracking=parcel.tracking, by=SYSTEM, at=parcel.shipped_at or at
            )
    ours = parcels.get(parcel.key)
    if not ours:
        return
    held = db.row("SELECT state, carrier, tracking FROM orders_shipment WHERE id = %s", [ours])
    if held is not None and parcel.tracking and (held.carrier, held.tracking) != (parcel.carrier, parcel.tracking):
        db.execute(
            "UPDATE orders_shipment SET carrier = %s, tracking = %s WHERE id = %s",
            [parcel.carrier, parcel.tracking, ours],
        )
    if held is not None and parcel.is_delivered and held.state != "delivered":
        moving.deliver(_now(known), ours, by=SYSTEM, at=at)


def _note_refund(shop: Any, known: Any, refund: Refund, lines: dict[str, int], *, at: datetime) -> None:
    """Once: by the shop's id of it, or as the answer to what we asked for."""
    reference = reference_of(shop.id, refund.id)
    if refund.amount <= 0 or db.value("SELECT id FROM orders_payment WHERE reference = %s", [reference]):
        return
    act = act_of_key(shop.id, refund.key)
    if act is not None:
        end_act(act, external_id=refund.id, reference=reference, at=at)
        return
    method, now = _method(shop, known, at=at), _now(known)
    named = {lines[key]: said for key, said in refund.lines.items() if key in lines}
    carry_out(
        now, rules.refunded(now, named, refund.amount, method), Occasion(None, "refund"), by=SYSTEM, at=refund.at or at
    )
    db.execute(
        """UPDATE orders_payment SET state = 'settled', settled_at = %s, reference = %s
           WHERE id = (SELECT max(id) FROM orders_payment WHERE order_id = %s AND method_id = %s AND kind = 'refund')""",
        [refund.at or at, reference, known.order_id, method],
    )


def reference_of(shop: int, refund: str) -> str:
    return f"shop-{shop}:refund:{refund}"


def _odd(now: Order, seen: ShopOrder, lines: dict[str, int]) -> str:
    """What the shop says otherwise than it stands here."""
    if {line.key for line in seen.lines if line.quantity > 0} != set(lines) or seen.total != now.total:
        return "Its lines or its total were changed there after it was placed: look at it in the shop."
    if seen.state == contract.CANCELLED and now.state != CANCELLED:
        return "It was cancelled there after goods had left: look at it in the shop."
    if seen.paid and seen.paid < now.paid:
        return "Less was paid there than stands here: look at it in the shop."
    return ""
