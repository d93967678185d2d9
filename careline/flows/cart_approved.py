"""Somebody agreed to the discount of a cart: it is ordered, or offered, as whoever asked meant to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from careline.domain.history.actor import Actor
from careline.domain.orders.commands import carrying_out, selling_carts
from careline.domain.orders.errors import OrderRefused
from careline.flows.place_cart import cart_placed_as_approved
from careline.flows.quote import quote_approved


def cart_approved(one: Any, by: Actor, at: datetime) -> Mapping[str, Any]:
    """`one`: an Approved about a cart. Raises OrderRefused where it is not what was asked for any more."""
    carrying_out.hold_customer(one.case.customer_id)
    cart = selling_carts.locked_cart(one.params["cart"])
    if cart.state != "waiting" or cart.version != one.params["version"]:
        raise OrderRefused("cart_changed", "What was asked for has changed since: ask again.")
    if one.money is not None and one.money.minor != cart.sums.discount:
        raise OrderRefused(
            "discount_changed", "Another discount was agreed to than stands in the cart: change it there."
        )
    if one.params["act"] == "quote":
        return quote_approved(one, cart, by, at)
    return cart_placed_as_approved(one, cart, by, at)
