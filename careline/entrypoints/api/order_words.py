"""Orders, plans and returns in the shapes of the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from careline.domain.customers.queries.merges import everybody_in
from careline.domain.desk.queries.orders import order_for
from careline.domain.orders.queries.orders import lines_of, methods_of, payments_of, shipments_of
from careline.domain.orders.queries.returns import refunds_of, returns_of
from careline.domain.orders.rules.plans import Plan
from careline.domain.staff.rules import Person
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.routes import Waits
from careline.entrypoints.api.shapes import orders as shapes
from careline.entrypoints.api.shapes.money import Money
from careline.entrypoints.api.shapes.parts import Named
from careline.flows.cancel_order import Done
from careline.flows.foresee import foresee
from careline.kit.money import BadMoney, decimal_of, money_of


def money(minor: int, currency: str) -> Money:
    return Money(decimal_of(minor, currency), currency)


def minor_of(words: str, currency: str, field: str) -> int:
    """Raises Wrong."""
    try:
        return money_of(words, currency).minor
    except BadMoney as wrong:
        raise Wrong((field, str(wrong))) from None


def row_of(row: Any) -> shapes.OrderRow:
    return shapes.OrderRow(
        row.number, row.state, row.has_changed_items, Named(str(row.owner_id), row.customer_name), money(row.total, row.currency), row.version,
        row.placed_at,
    )  # fmt: skip


def order_of(person: Person, words: str) -> shapes.Order:
    """Everything of one order. Raises NotFound, Forbidden."""
    row = order_for(person, words)
    lines, payments, parcels = lines_of([row.id]), payments_of([row.id]), shipments_of([row.id])
    paid = sum(p.signed for p in payments)
    return shapes.Order(
        row.number, row.state, row.has_changed_items, Named(str(row.owner_id), row.customer_name), money(row.total, row.currency), row.version,
        row.placed_at, paid=money(paid, row.currency), mail=row.mail, phone=row.phone, address=address_of(row.address),
        cancel_reason=row.cancel_reason, lines=[_line(line, row.currency) for line in lines], payments=[_payment(one) for one in payments],
        shipments=[parcel_of(one) for one in parcels], returns=[str(one.id) for one in returns_of([row.id])],
        refunds=[str(one.id) for one in refunds_of([row.id])], methods=[method_of(one) for one in methods_of(everybody_in(row.owner_id))],
        processed_at=row.processed_at, shipped_at=row.shipped_at, delivered_at=row.delivered_at, cancelled_at=row.cancelled_at,
    )  # fmt: skip


def address_of(kept: dict[str, Any]) -> shapes.Address:
    return shapes.Address(**{name: str(kept.get(name, "")) for name in shapes.Address.__struct_fields__})


def method_of(row: Any) -> shapes.Method:
    balance = money(row.balance, row.currency) if row.balance is not None else None
    return shapes.Method(str(row.id), row.kind, row.label, row.last_four, balance)


def parcel_of(row: Any) -> shapes.Parcel:
    units = {str(one["line"]): one["quantity"] for one in row.lines}
    return shapes.Parcel(
        str(row.id), row.kind, row.state, row.carrier, row.tracking, units, row.shipped_at, row.delivered_at
    )


def seen_before(plan: Plan, act: Callable[[], Any]) -> shapes.Outcome:
    """What an act would do, and whether somebody has to agree first."""
    shown = outcome_of(plan, preview=True)
    shown.awaits = awaited(act)
    return shown


def awaited(act: Callable[[], Any]) -> shapes.Awaited | None:
    """Tried and taken back. Raises what the act raises."""
    found = foresee(act)
    return None if found is None else shapes.Awaited(found.approver or None, found.why)


def outcome_of(plan: Plan, *, preview: bool, shipment: int | None = None) -> shapes.Outcome:
    return shapes.Outcome(
        plan.act, preview, money(plan.back, plan.currency), money(plan.charged, plan.currency), flows_of(plan),
        {str(key): units for key, units in plan.stock.items()}, plan.state, plan.version + (not preview), str(shipment) if shipment else None,
    )  # fmt: skip


def done_of(done: Done) -> shapes.Outcome | Waits:
    return outcome_of(done.plan, preview=False) if done.request is None else Waits(done.request)


def flows_of(plan: Plan) -> list[shapes.Flow]:
    return [shapes.Flow(str(key) if key else None, money(amount, plan.currency)) for key, amount in plan.money.items()]


def _line(row: Any, currency: str) -> shapes.OrderLine:
    return shapes.OrderLine(
        str(row.id), row.kind, row.name, {str(name): str(value) for name, value in row.options.items()}, _key(row.variant_id),
        _key(row.product_id), row.sku, row.quantity, money(row.unit_price, currency), money(row.amount, currency), money(row.due, currency),
        money(row.credited, currency), row.cancelled, row.shipped, row.delivered, row.coming_back, row.returned, row.replaced,
    )  # fmt: skip


def _payment(row: Any) -> shapes.OrderPayment:
    return shapes.OrderPayment(
        str(row.id),
        row.kind,
        row.state,
        money(row.amount, row.currency),
        str(row.method_id),
        row.method_kind,
        row.at,
        row.reference,
        row.settled_at,
    )


def _key(key: int | None) -> str | None:
    return None if key is None else str(key)
