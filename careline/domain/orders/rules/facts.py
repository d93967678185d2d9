"""An order as the decisions see it. Amounts are minor units of the order's currency; quantities count units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

ITEM, SHIPPING, DISCOUNT, TAX = "item", "shipping", "discount", "tax"
PENDING, PROCESSED, SHIPPED, DELIVERED, CANCELLED = "pending", "processed", "shipped", "delivered", "cancelled"
WITH_BALANCE = ("gift_card", "store_credit")
CHARGED_LATER = ("bank", "invoice")
"""Nothing is taken when an order is placed: it is paid once the money is here."""


@dataclass(frozen=True, slots=True)
class Line:
    """`due`: what it comes to with its part of discounts and taxes; `credited` of that was given back."""

    id: int
    kind: str
    name: str
    amount: int
    due: int
    variant: int | None = None
    product: int | None = None
    of_line: int | None = None
    quantity: int = 1
    unit_price: int = 0
    rate: int | None = None
    credited: int = 0
    credited_units: int = 0
    cancelled: int = 0
    shipped: int = 0
    delivered: int = 0
    coming_back: int = 0
    returned: int = 0
    replaced: int = 0

    @property
    def left(self) -> int:
        """What of it can still be given back."""
        return self.due - self.credited

    @property
    def with_customer(self) -> int:
        """Units that the customer has and that are not on their way back."""
        return self.delivered - self.coming_back - self.returned


@dataclass(frozen=True, slots=True)
class Variant:
    id: int
    product: int
    sku: str
    name: str
    price: int
    currency: str
    stock: int | None
    is_available: bool
    options: Mapping[str, str] = field(default_factory=dict)

    def has(self, quantity: int) -> bool:
        return self.is_available and (self.stock is None or self.stock >= quantity)


@dataclass(frozen=True, slots=True)
class Method:
    id: int
    customer: int
    kind: str
    currency: str = ""
    balance: int | None = None
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class Order:
    """`net`: by method, what was paid and not given back, in the order in which it was paid; `awaited`: what is to come."""

    id: int
    number: str
    customer: int
    state: str
    currency: str
    total: int
    version: int
    lines: tuple[Line, ...]
    net: Mapping[int, int]
    has_changed_items: bool = False
    awaited: Mapping[int, int] = field(default_factory=dict)

    @property
    def paid(self) -> int:
        return sum(self.net.values())

    @property
    def items(self) -> Iterator[Line]:
        return (line for line in self.lines if line.kind == ITEM)

    def line(self, key: int) -> Line | None:
        return next((line for line in self.lines if line.id == key), None)
