"""Facts that catch the eye about what a customer was given back. They say what is, with what they rest on, and decide nothing.

The interval is Wilson's score interval (E. B. Wilson, 1927) at 95 percent: it stays within 0 and 1 and is honest for few orders.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt
from typing import Any

Z = 1.959964
"""Of the normal distribution, for 95 percent."""
SPAN = timedelta(days=365)
LEAST_ORDERS = 5
LEAST_PEERS = 20
"""Fewer are no yardstick."""
SOON = timedelta(days=90)
REFUNDS_IN_SOON = 3
RETURNS = 3
RETURNED_SHARE = 0.5
ADDRESSES, PEOPLE = 3, 2
"""So many addresses, or so many customers, behind one card."""


@dataclass(frozen=True, slots=True)
class Order:
    """One that was not cancelled. `refunds`: (moment, minor units) without those of cancellations; `returns`: moments asked for."""

    id: int
    number: str
    placed_at: datetime
    total: int
    currency: str
    refunds: tuple[tuple[datetime, int], ...] = ()
    returns: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Peers:
    """All other customers who ordered in the same span: how many they are, their orders, and those of them with a refund."""

    customers: int = 0
    orders: int = 0
    refunded: int = 0

    @property
    def rate(self) -> float:
        return self.refunded / self.orders if self.orders else 0.0


@dataclass(frozen=True, slots=True)
class Card:
    """One card at the gateway: at how many addresses and for how many customers it paid, in the orders `orders`."""

    last_four: str
    addresses: int
    people: int
    orders: tuple[tuple[int, str, datetime, int, str], ...]


@dataclass(frozen=True, slots=True)
class Hint:
    """`figures` are whole numbers; `rows` the orders it rests on: {id, number, at, amount, currency}."""

    code: str
    figures: dict[str, Any]
    rows: tuple[dict[str, Any], ...]


def hints_of(orders: Sequence[Order], peers: Peers, cards: Sequence[Card], *, at: datetime) -> list[Hint]:
    """What stands out, the same for whoever looks; nothing where there is too little to compare."""
    recent = [one for one in orders if one.placed_at > at - SPAN]
    found = (_repeated(orders, at=at), _rate(recent, peers), _returns(recent), *(_card(one) for one in cards))
    return [hint for hint in found if hint is not None]


def interval(hits: int, of: int) -> tuple[float, float]:
    """Between which shares the true one lies, with 95 percent certainty."""
    if of <= 0:
        return 0.0, 1.0
    share, z2 = hits / of, Z * Z
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = Z / (1 + z2 / of) * sqrt(share * (1 - share) / of + z2 / (4 * of * of))
    return max(0.0, middle - half), min(1.0, middle + half)


def _repeated(orders: Sequence[Order], *, at: datetime) -> Hint | None:
    rows = [(one, moment, minor) for one in orders for moment, minor in one.refunds if moment > at - SOON]
    if len(rows) < REFUNDS_IN_SOON:
        return None
    rows.sort(key=lambda row: row[1], reverse=True)
    figures = {"refunds": len(rows), "days": SOON.days}
    return Hint("repeat_refunds", figures, tuple(_row(one, moment, minor) for one, moment, minor in rows))


def _rate(orders: Sequence[Order], peers: Peers) -> Hint | None:
    """Only where also the lowest share that is likely lies above that of the others."""
    refunded = [one for one in orders if one.refunds]
    if len(orders) < LEAST_ORDERS or peers.customers < LEAST_PEERS or not peers.orders:
        return None
    low, high = interval(len(refunded), len(orders))
    if low <= peers.rate:
        return None
    figures = {
        "refunded": len(refunded), "orders": len(orders), "low": round(100 * low), "high": round(100 * high), "peers": peers.customers,
        "peer_orders": peers.orders, "peer_refunded": peers.refunded, "peer_percent": round(100 * peers.rate, 1),
    }  # fmt: skip
    return Hint("refund_rate", figures, tuple(_row(one, *one.refunds[-1]) for one in refunded))


def _returns(orders: Sequence[Order]) -> Hint | None:
    back = [one for one in orders if one.returns]
    returns = sum(len(one.returns) for one in back)
    if returns < RETURNS or len(back) < RETURNED_SHARE * len(orders):
        return None
    figures = {"returns": returns, "orders": len(orders)}
    return Hint("serial_returns", figures, tuple(_row(one, one.returns[-1], one.total) for one in back))


def _card(card: Card) -> Hint | None:
    if card.addresses < ADDRESSES and card.people < PEOPLE:
        return None
    figures = {"last_four": card.last_four, "addresses": card.addresses, "people": card.people}
    rows = tuple(
        {"id": key, "number": number, "at": moment, "amount": total, "currency": currency}
        for key, number, moment, total, currency in card.orders
    )
    return Hint("one_card", figures, rows)


def _row(order: Order, moment: datetime, minor: int) -> dict[str, Any]:
    return {"id": order.id, "number": order.number, "at": moment, "amount": minor, "currency": order.currency}
