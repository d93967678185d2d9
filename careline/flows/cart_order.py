"""A cart becomes an order, at the prices that stand in it: its goods leave their reservation and are the order's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from careline.domain.customers.queries.people import addresses_of
from careline.domain.history.actor import Actor
from careline.domain.orders.commands import selling_carts
from careline.domain.orders.commands.charges import begin_bought
from careline.domain.orders.commands.placing import NewLine, NewOrder, place
from careline.domain.orders.queries.selling import Cart


def order_from(cart: Cart, owner: int, *, payments: Mapping[int, int], source: str, by: Actor, at: datetime) -> int:
    """The order's key. What is paid for in periods begins at once where it is paid or promised, else when it is paid.

    Joins the caller's transaction, which holds customer, case and cart. Raises OrderRefused.
    """
    selling_carts.give_back(cart)
    mail = next((one.value for one in addresses_of(owner) if one.kind == "email"), "")
    lines = tuple(
        NewLine(line.kind, line.name or line.kind.capitalize(), line.amount, line.variant, line.options, line.quantity, line.unit_price, line.rate)
        for line in cart.lines
    )  # fmt: skip
    order = NewOrder(
        owner, cart.currency, lines, dict(payments), mail=mail, address=cart.address, billing_address=cart.address, source=source
    )  # fmt: skip
    key = place(order, conversation=cart.conversation, by=by, at=at)
    selling_carts.set_cart_state(cart, "ordered", order=key, by=by, at=at)
    if payments or not cart.sums.total:
        begin_bought(key, conversation=cart.conversation, by=by, at=at)
    return key
