"""Products, ways to pay and orders of a shop come in: as they stand there, without moving money or stock here."""

from __future__ import annotations

from typing import Any

from careline.domain.orders.commands import bringing_in, catalogue, money
from careline.domain.orders.commands.bringing_in import Brought
from careline.domain.orders.commands.catalogue import NewProduct, NewVariant
from careline.domain.orders.commands.placing import NewLine, NewOrder
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.queries.held import variants_by_sku
from careline.domain.orders.rules.numbers import number_of
from careline.flows.brought_orders import Order, Payway, Product
from careline.kit.money import BadMoney, money_of

STATES = ("pending", "processed", "shipped", "delivered", "cancelled")


class Unfit(Exception):
    """One record can't come in; one sentence."""


def bring_in_product(state: Any, product: Product) -> int:
    """`state`: a BringingIn. Raises Unfit."""
    by = {"by": state.by, "at": state.at}
    key = catalogue.add_product(NewProduct(product.key, product.name), **by)
    if key is None:
        raise Unfit(f"There is a product {product.key} already.")
    for offer in product.offers:
        price = _minor(offer.price, product.currency)
        said = NewVariant(offer.key, price, product.currency, dict(offer.options), offer.stock, offer.is_available)
        if catalogue.add_variant(key, said, **by) is None:
            state.remarks.append(f"There is a variant {offer.key} already; it stays as it is.")
    return key


def bring_in_payway(state: Any, way: Payway) -> int:
    person = state.ours("person", way.person)
    if person is None:
        raise Unfit(f"The customer of {way.key} did not come in.")
    balance = None if way.kind not in ("gift_card", "store_credit") else _minor(way.balance or "0", way.currency)
    try:
        return money.add_method(
            person, way.kind, code=way.key, label=way.label, last_four=way.last_four, currency=way.currency if balance is not None else "",
            balance=balance, at=state.at,
        )  # fmt: skip
    except OrderRefused as refused:
        raise Unfit(f"{way.key}: {refused}") from None


def bring_in_order(state: Any, order: Order) -> int:
    person, number = state.ours("person", order.person), number_of(order.key)
    if person is None:
        raise Unfit(f"The customer of order {order.key} did not come in.")
    if order.state not in STATES or not number:
        raise Unfit(f"Order {order.key} is {order.state}: there are {', '.join(STATES)}.")
    variants = variants_by_sku(line.sku for line in order.lines)
    lines = []
    for line in order.lines:
        price, found = _minor(line.price, order.currency), variants.get(line.sku)
        lines.append(
            NewLine(
                "item",
                line.name,
                price * line.quantity,
                found.id if found else None,
                line.options,
                line.quantity,
                price,
            )
        )
    payments = [
        (_method(state, paid.payway, person), paid.kind, _minor(paid.amount, order.currency)) for paid in order.paid
    ]
    placed = NewOrder(
        person, order.currency, tuple(lines), {}, number, order.mail, "", order.address, order.address, state.source,
        placed_at=order.placed_at,
    )  # fmt: skip
    brought = Brought(placed, order.state, tuple(payments), tuple((one.tracking, one.lines) for one in order.sent))
    try:
        return bringing_in.bring_in_order(brought, by=state.by, at=state.at)
    except OrderRefused as refused:
        raise Unfit(f"Order {order.key}: {refused}") from None


def _method(state: Any, key: str, person: int) -> int:
    found: int | None = state.ours("payway", key) if key else None
    return found if found is not None else bringing_in.invoice_of(person, at=state.at)


def _minor(words: str, currency: str) -> int:
    try:
        return money_of(words, currency).minor
    except BadMoney as wrong:
        raise Unfit(str(wrong)) from None
