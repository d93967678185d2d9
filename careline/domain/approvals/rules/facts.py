"""What is known of an action that somebody means to do. Whoever asks for a decision says it; nothing is looked up here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from careline.kit.money import Money

NUMBER, WORD, WORDS, MONEY, YES_NO = "number", "word", "words", "money", "yes_no"
KINDS: dict[str, str] = {
    "amount": MONEY, "total": MONEY, "percent": NUMBER, "reason": WORD, "products": WORDS, "tier": WORD, "order_state": WORD,
    "channel": WORD, "days_since_order": NUMBER, "days_since_delivery": NUMBER, "orders": NUMBER, "refunds": NUMBER,
    "returns": NUMBER, "is_identified": YES_NO, "condition": WORD, "in_warranty": YES_NO,
}  # fmt: skip
"""Fact: what kind of value it has."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Empty or None: not known, and no condition on it holds.

    `amount` is what would be given, `total` what it is a part of (percent limits need it). `orders`, `refunds` and `returns`
    count the customer's in the last 365 days. `condition` is that
    of goods that came back. `case` and `customer` are keys, for the limits per case and per customer.
    """

    amount: Money | None = None
    total: Money | None = None
    reason: str = ""
    products: tuple[str, ...] = ()
    tier: str = ""
    order_state: str = ""
    channel: str = ""
    days_since_order: int | None = None
    days_since_delivery: int | None = None
    orders: int | None = None
    refunds: int | None = None
    returns: int | None = None
    is_identified: bool | None = None
    condition: str = ""
    in_warranty: bool | None = None
    case: int | None = None
    customer: int | None = None

    @property
    def percent(self) -> float | None:
        """Of the total, where both are in one currency."""
        if (
            self.amount is None
            or self.total is None
            or self.amount.currency != self.total.currency
            or self.total.minor <= 0
        ):
            return None
        return 100 * self.amount.minor / self.total.minor

    def known(self, name: str) -> Any:
        """The value of a fact of `KINDS`; None where it is not known."""
        value = getattr(self, name)
        return value if value not in ("", ()) else None

    def with_amount(self, minor: int) -> Facts:
        return replace(self, amount=Money(minor, self.amount.currency)) if self.amount is not None else self

    def kept(self) -> dict[str, Any]:
        """As JSON, without what is not known."""
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
            if value not in (None, "", ())
        }


def facts_from(kept: Mapping[str, Any]) -> Facts:
    """What `kept` wrote."""
    said = dict(kept)
    for name in ("amount", "total"):
        if name in said:
            said[name] = Money(**said[name])
    if "products" in said:
        said["products"] = tuple(said["products"])
    return Facts(**said)
