"""A cart is put together on a case: goods at the price of the moment and reserved for a while, a discount, shipping, where it goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from careline.domain.conversations.commands import cases
from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.customers.queries.merges import everybody_in, root_of
from careline.domain.desk.queries.api_customers import customer_for
from careline.domain.desk.queries.selling import awaited
from careline.domain.history.actor import Actor
from careline.domain.orders.commands import carrying_out, selling_carts
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.queries.selling import (
    NO_TAX,
    Cart,
    Terms,
    also_there,
    cart_of_case,
    last_address_of,
    offered,
    terms,
)
from careline.domain.orders.queries.subscriptions import plans_among
from careline.domain.orders.rules.amounts import WHOLE
from careline.domain.orders.rules.facts import DISCOUNT, ITEM, SHIPPING
from careline.domain.orders.rules.selling import CartLine, instead, reckoned, require_plans_alone, unit_price, with_item
from careline.domain.orders.rules.selling_prices import changed_prices, price_today
from careline.domain.staff.rules import Person
from careline.flows.change_order import ADDRESS

VERB = "order:write"
NO_SHIPPING = -1


class OutOfStock(OrderRefused):
    """`left` of it are there (None: it is not sold), and what else of the same product is."""

    def __init__(self, sentence: str, *, left: int | None, also: Sequence[Any]) -> None:
        super().__init__("out_of_stock", sentence)
        self.left, self.also = left, also


@dataclass(frozen=True, slots=True)
class CartChange:
    """What is to be otherwise; None: as it is. `units` by variant, 0 takes it out. `discount`: (what, percent in millionths or
    minor units), as in ("percent", 100000). `shipping`: a place in the terms' list, NO_SHIPPING for none.
    `takes_today`: the prices of today are known and taken."""

    units: Mapping[int, int] | None = None
    discount: tuple[str, int] | None = None
    shipping: int | None = None
    address: Mapping[str, str] | None = None
    takes_today: bool = False
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class HeldCart:
    """In a transaction, held in the order customer → case → cart."""

    case: Any
    owner: int
    cart: Cart


def change_cart(agent: Person, number: int, change: CartChange, *, by: Actor, at: datetime) -> Cart:
    """The case's cart, begun where there is none. Raises NotFound, Forbidden, MergedAway, OrderRefused; then nothing has changed."""
    with transaction.atomic():
        held = hold_cart(agent, number, begins=True, by=by, at=at)
        cart, now = held.cart, terms()
        require_open(cart, seen=change.seen)
        lines = _changed(cart, change, now)
        currency = _currency(cart, lines)
        address = cart.address if change.address is None else _address(change.address)
        until = at + timedelta(minutes=now.hold_minutes)
        selling_carts.write_cart(
            cart,
            reckoned(lines, NO_TAX if _is_of_plans(lines) else now.tax),
            currency=currency,
            address=address,
            until=until,
            by=by,
            at=at,
        )
        found = cart_of_case(held.case.id)
        assert found is not None
        return found


def _is_of_plans(lines: Sequence[CartLine]) -> bool:
    plans = plans_among([line.variant for line in lines if line.kind == ITEM and line.variant is not None])
    return require_plans_alone(lines, plans)


def drop_cart(agent: Person, number: int, *, by: Actor, at: datetime) -> None:
    """Its goods go back. Raises NotFound, Forbidden, OrderRefused."""
    with transaction.atomic():
        held = hold_cart(agent, number, by=by, at=at)
        require_open(held.cart)
        selling_carts.give_back(held.cart)
        selling_carts.set_cart_state(held.cart, "dropped", by=by, at=at)


def hold_cart(person: Person, number: int, *, begins: bool = False, by: Actor, at: datetime) -> HeldCart:
    """Raises NotFound, Forbidden, MergedAway, OrderRefused."""
    stands = conversation_for(person, number)
    owner = root_of(stands.customer_id) if stands.customer_id is not None else None
    if owner is None:
        raise OrderRefused("no_customer", "The case has no customer yet.")
    customer_for(person, owner, verb=VERB)
    carrying_out.hold_customer(owner)
    case = cases.locked(stands.id)
    found = cart_of_case(case.id)
    if found is None:
        if not begins:
            raise NotFound("There is no cart on this case.")
        address = last_address_of(everybody_in(owner))
        return HeldCart(
            case, owner, selling_carts.open_cart(owner, case.id, currency="", address=address, by=by, at=at)
        )
    cart = selling_carts.locked_cart(found.id)
    if cart.customer not in everybody_in(owner):
        raise OrderRefused("another_customer", "This cart was begun for another customer: empty it first.")
    if cart.state == "waiting" and awaited(cart.id) is None:
        # it was denied, taken back, or could not be carried out: they go on with it
        selling_carts.set_cart_state(cart, "open", by=by, at=at)
        cart = replace(cart, state="open")
    return HeldCart(case, owner, cart)


def require_open(cart: Cart, *, seen: int | None = None) -> None:
    if cart.state == "waiting":
        raise OrderRefused("cart_waits", "This waits for approval: take the request back, then change it.")
    if cart.state != "open":
        raise OrderRefused("cart_closed", "This has been ordered or offered already.")
    if seen is not None and seen != cart.version:
        raise OrderRefused("cart_changed", "The cart has changed since you looked at it: look again, then decide.")


def _changed(cart: Cart, change: CartChange, now: Terms) -> list[CartLine]:
    wanted = dict(change.units or {})
    known = offered({*wanted, *(line.variant for line in cart.lines if line.variant)})
    lines = list(cart.lines)
    if change.takes_today:
        lines = _repriced(lines, known)
    for key, units in wanted.items():
        lines = with_item(lines, _item(cart, key, units, known, takes_today=change.takes_today))
    _require_there(cart, lines, known)
    if change.discount is not None:
        lines = instead(lines, DISCOUNT, _discount(*change.discount))
    if change.shipping is not None:
        lines = instead(lines, SHIPPING, _shipping(change.shipping, now, _currency(cart, lines)))
    return lines


def _item(cart: Cart, key: int, units: int, known: Mapping[int, Any], *, takes_today: bool) -> CartLine:
    variant = known.get(key)
    if variant is None:
        raise OrderRefused("no_such_variant", f"There is no variant {key}.")
    before = next((line for line in cart.lines if line.variant == key), None)
    if units and before is not None and not takes_today and price_today(variant, before.quantity) != before.unit_price:
        raise OrderRefused("price_changed", "The price has changed since it was put in: take today's prices first.")
    price = unit_price(variant.price, variant.billing, variant.terms, max(1, units))
    return CartLine(ITEM, variant.name, price * units, key, units, price, options=variant.options)


def _repriced(lines: Sequence[CartLine], known: Mapping[int, Any]) -> list[CartLine]:
    """At today's prices; what is not sold any more goes."""
    found = []
    for line in lines:
        if line.kind != ITEM or line.variant is None:
            found.append(line)
            continue
        now = price_today(known.get(line.variant), line.quantity)
        if now is not None:
            found.append(
                CartLine(ITEM, line.name, now * line.quantity, line.variant, line.quantity, now, options=line.options)
            )
    return found


def _require_there(cart: Cart, lines: Sequence[CartLine], known: Mapping[int, Any]) -> None:
    """Raises OutOfStock, with how many there are and what else there is."""
    for line in lines:
        if line.kind != ITEM or line.variant is None:
            continue
        row = known[line.variant]
        left = None if row.stock is None else row.stock + cart.reserved.get(line.variant, 0)
        if row.is_available and (left is None or left >= line.quantity):
            continue
        raise out_of_stock(row.name, row.sku, variant=line.variant, left=left if row.is_available else None)


def out_of_stock(name: str, sku: str, *, variant: int, left: int | None) -> OutOfStock:
    also = also_there(variant)
    said = (
        f"{name} ({sku}) is not sold any more." if left is None else f"Of {name} ({sku}) there are only {max(0, left)}."
    )
    if also:
        names = ", ".join(f"{row.sku}" + (f" ({row.stock})" if row.stock is not None else "") for row in also)
        said += f" Also there: {names}."
    return OutOfStock(said, left=left, also=also)


def _discount(kind: str, value: int) -> CartLine | None:
    if value == 0:
        return None
    if value < 0 or (kind == "percent" and value > WHOLE):
        raise OrderRefused("bad_amount", "A discount is more than nothing, and at most all of it.")
    return CartLine(DISCOUNT, "", 0, rate=value) if kind == "percent" else CartLine(DISCOUNT, "", -value)


def _shipping(place: int, now: Terms, currency: str) -> CartLine | None:
    if place == NO_SHIPPING:
        return None
    if not 0 <= place < len(now.shipping):
        raise OrderRefused("no_such_shipping", "There is no such way to ship it.")
    one = now.shipping[place]
    if one["currency"] != currency:
        raise OrderRefused("other_currency", f"This is priced in {one['currency']}, the cart in {currency}.")
    return CartLine(SHIPPING, one["name"], one["amount"])


def _currency(cart: Cart, lines: Sequence[CartLine]) -> str:
    """That of its goods, all in one. Raises OrderRefused."""
    found = {row.currency for row in offered(line.variant for line in lines if line.variant).values()}
    if len(found) > 1:
        raise OrderRefused("other_currency", "These are priced in different currencies: order them apart.")
    return found.pop() if found else cart.currency


def _address(given: Mapping[str, str]) -> dict[str, str]:
    return {name: words for name in ADDRESS if (words := str(given.get(name, "")).strip()[:200])}


def require_prices_of_today(cart: Cart) -> None:
    """Raises OrderRefused where something in it costs otherwise today, or is not sold any more."""
    if changed_prices(cart.lines, offered(line.variant for line in cart.lines if line.variant)):
        raise OrderRefused(
            "price_changed", "Prices have changed since it was put together: look at them, then take them."
        )
