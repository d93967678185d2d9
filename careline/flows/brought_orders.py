"""What a shop's export says, in our words; the rest of the records stands in brought.py. Amounts as people write them: 12.50."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Offer:
    """One variant. `key` is its sku; `stock` None: not counted."""

    key: str
    price: str
    options: Mapping[str, str] = field(default_factory=dict)
    stock: int | None = None
    is_available: bool = True


@dataclass(frozen=True, slots=True)
class Product:
    key: str
    name: str
    currency: str
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class Payway:
    """A customer's way to pay: card, wallet, bank, invoice, gift_card, store_credit. `balance` as it is now."""

    key: str
    person: str
    kind: str
    label: str = ""
    last_four: str = ""
    balance: str = ""
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Bought:
    sku: str
    name: str
    price: str
    quantity: int = 1
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Paid:
    """`kind`: payment or refund. `payway` empty: an invoice."""

    payway: str
    amount: str
    kind: str = "payment"


@dataclass(frozen=True, slots=True)
class Sent:
    """A parcel with some of the lines, by their place."""

    tracking: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """`state`: pending, processed, shipped, delivered, cancelled."""

    key: str
    person: str
    state: str
    currency: str
    lines: tuple[Bought, ...]
    paid: tuple[Paid, ...] = ()
    sent: tuple[Sent, ...] = ()
    address: Mapping[str, str] = field(default_factory=dict)
    mail: str = ""
    placed_at: datetime | None = None


ShopRecord = Product | Payway | Order
