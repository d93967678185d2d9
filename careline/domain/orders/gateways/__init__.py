"""Where cards are charged: one folder for each kind of gateway. None of them touches a table; flows/collect_payment.py asks them.

Whatever is asked bears a key of ours: asked twice with the same key, a gateway does it once.
"""

from careline.domain.orders.gateways.contract import (
    BadEvent,
    Event,
    Gateway,
    GatewayDown,
    GatewayRefused,
    GatewaySettings,
    Given,
    Session,
    Wanted,
)
from careline.domain.orders.gateways.stripe.adapter import Stripe

__all__ = [
    "BadEvent",
    "Event",
    "Gateway",
    "GatewayDown",
    "GatewayRefused",
    "GatewaySettings",
    "Given",
    "Session",
    "Wanted",
    "gateway_of",
]

STRIPE, FAKE = "stripe", "fake"
KINDS = (STRIPE, FAKE)


def gateway_of(settings: GatewaySettings) -> Gateway:
    """The fake is the adapter of Stripe before a server of our own that speaks like it (fake/)."""
    return Stripe(settings)
