"""Amounts as Stripe counts them (docs.stripe.com/currencies): mostly ours; two currencies as if they had cents, and in those with
three decimals the last one is 0."""

from __future__ import annotations

from careline.domain.orders.gateways.contract import GatewayRefused
from careline.kit.money import exponent_of

_AS_IF_WITH_CENTS = ("ISK", "UGX")


def counted(minor: int, currency: str) -> int:
    """Raises GatewayRefused for an amount that can't be charged there."""
    if currency in _AS_IF_WITH_CENTS:
        return minor * 100
    if exponent_of(currency) == 3 and minor % 10:
        raise GatewayRefused("bad_amount", f"Stripe charges {currency} only in tens of its smallest unit.")
    return minor


def minor_of(amount: int, currency: str) -> int:
    return amount // 100 if currency in _AS_IF_WITH_CENTS else amount
