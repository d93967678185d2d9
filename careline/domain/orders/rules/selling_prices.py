"""What changed in the shop since a cart was put together: never taken silently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from careline.domain.orders.rules.facts import ITEM
from careline.domain.orders.rules.selling import CartLine, unit_price


@dataclass(frozen=True, slots=True)
class Changed:
    """`now` is None where it is not sold any more."""

    variant: int
    name: str
    before: int
    now: int | None


def changed_prices(lines: Sequence[CartLine], offered: Mapping[int, Any]) -> list[Changed]:
    """`offered`: variants as they are today (price, currency, is_available, billing, terms)."""
    found = []
    for line in lines:
        if line.kind != ITEM or line.variant is None:
            continue
        now = price_today(offered.get(line.variant), line.quantity)
        if now != line.unit_price:
            found.append(Changed(line.variant, line.name, line.unit_price, now))
    return found


def price_today(variant: Any, quantity: int) -> int | None:
    """A piece's price among so many; None where it is not sold."""
    if variant is None or not variant.is_available:
        return None
    return unit_price(variant.price, variant.billing, variant.terms, quantity)
