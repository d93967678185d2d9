"""What every outside shop can do, in values of our own. Amounts are minor units of the order's currency."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

OPEN, PROCESSED, SHIPPED, DELIVERED, CANCELLED = "open", "processed", "shipped", "delivered", "cancelled"


class ShopDown(Exception):
    """It did not answer, or wants to be left alone: asked again later. `after`: seconds that it wants."""

    def __init__(self, sentence: str, *, after: int = 0) -> None:
        super().__init__(sentence)
        self.after = after


class ShopRefused(Exception):
    """It has not done it, and will not; or what it said can't be read. One sentence."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


class BadEvent(Exception):
    """What came to the webhook is not the shop's. One sentence."""


@dataclass(frozen=True, slots=True)
class ShopSettings:
    """`key`: an access token, or a consumer key with its `secret`. `webhook`: what webhooks are signed with. `networks`: private ones that may
    be reached, for a server of our own."""

    kind: str
    url: str
    key: str = field(repr=False)
    secret: str = field(repr=False, default="")
    webhook: str = field(repr=False, default="")
    networks: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """`subject` is the key of the order that has to be looked at; empty where it is about none."""

    id: str
    topic: str
    subject: str
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """`amount` of all units as printed there; `discount` off it, `tax` on top of it (0 where prices hold it already)."""

    key: str
    name: str
    quantity: int
    unit_price: int
    amount: int
    sku: str = ""
    discount: int = 0
    tax: int = 0


@dataclass(frozen=True, slots=True)
class Parcel:
    """Units by the shop's keys of lines; empty: all that has not left yet."""

    key: str
    units: Mapping[str, int] = field(default_factory=dict)
    carrier: str = ""
    tracking: str = ""
    shipped_at: datetime | None = None
    is_delivered: bool = False


@dataclass(frozen=True, slots=True)
class Refund:
    """`lines`: (units, minor units) by the shop's keys of lines. `key`: ours, where we asked for it."""

    id: str
    amount: int
    lines: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    key: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ShopOrder:
    """An order as it stands there. `total`: with taxes, before refunds; `paid` of it came in. `extra`: shipping and fees with their
    taxes, by name. `buyer`: whom the shop knows the customer as; empty for guests."""

    key: str
    number: str
    currency: str
    total: int
    state: str
    placed_at: datetime
    updated_at: datetime
    lines: tuple[Line, ...]
    paid: int = 0
    extra: tuple[tuple[str, int], ...] = ()
    parcels: tuple[Parcel, ...] = ()
    refunds: tuple[Refund, ...] = ()
    cancelled_at: datetime | None = None
    name: str = ""
    mail: str = ""
    phone: str = ""
    is_mail_verified: bool = False
    buyer: str = ""
    paid_with: str = ""
    address: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """`orders`: oldest change first. `unread`: keys and sentences of those that can't be read. `cursor`: where to go on."""

    orders: tuple[ShopOrder, ...]
    cursor: str
    has_more: bool = False
    unread: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """Money that went back: `key` is the one it was asked with."""

    id: str
    key: str = ""


class Shop(Protocol):
    def event(self, body: bytes, headers: Mapping[str, str]) -> Event:
        """Raises BadEvent."""
        ...

    def order(self, key: str) -> ShopOrder | None:
        """None where the shop has no such order (any more). Raises ShopDown, ShopRefused."""
        ...

    def orders_since(self, cursor: str) -> Page:
        """Those that changed since; a cursor to begin with is a moment in ISO 8601. Raises ShopDown, ShopRefused."""
        ...

    def give_back(
        self, order: str, amount: int, currency: str, lines: Sequence[tuple[str, int, int]], *, key: str
    ) -> Given:
        """By the way it was paid; `lines`: the shop's key, units, minor units. Raises ShopDown, ShopRefused."""
        ...

    def given_back(self, order: str) -> Sequence[Given]:
        """All that went back of an order. Raises ShopDown, ShopRefused."""
        ...
