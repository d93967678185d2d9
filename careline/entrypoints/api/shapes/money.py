"""Money as it comes in and goes out."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from careline.entrypoints.api.problems import Wrong
from careline.kit.money import BadMoney, money_of
from careline.kit.money import Money as Held

Amount = Annotated[str, Meta(pattern=r"^-?[0-9]{1,15}(\.[0-9]{1,6})?$", description="As in 12.50.")]
Currency = Annotated[str, Meta(pattern="^[A-Z]{3}$", description="ISO 4217, as in EUR.")]


class Money(Struct):
    """An exact amount, with as many decimals as its currency has."""

    amount: Amount
    currency: Currency


def money_shown(held: Held | None) -> Money | None:
    return None if held is None else Money(held.amount, held.currency)


def money_said(given: Money, field: str) -> Held:
    """Raises Wrong."""
    try:
        return money_of(given.amount, given.currency)
    except BadMoney as wrong:
        raise Wrong((field, str(wrong))) from None
