"""What a fake shop knows of an order, in a shape of its own; the dialects (shopify.py, woocommerce.py) show it as theirs."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol


@dataclass(slots=True)
class Sold:
    """`lines`: {key, name, sku, quantity, price}; `parcels`: {key, units, carrier, tracking, delivered}; `refunds`: {id, amount, lines, note}.
    Amounts are decimals in strings, as they are written there."""

    key: int
    lines: list[dict[str, Any]]
    placed_at: datetime
    updated_at: datetime
    total: str
    currency: str = "EUR"
    mail: str = "carol@example.com"
    is_mail_verified: bool = True
    name: tuple[str, str] = ("Carol", "Customer")
    shipping: str = "0.00"
    is_paid: bool = True
    status: str = ""
    cancelled_at: datetime | None = None
    parcels: list[dict[str, Any]] = field(default_factory=list)
    refunds: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Answered:
    """`is_lost`: it was done, and the answer never arrives."""

    status: int
    said: Any
    headers: dict[str, str] = field(default_factory=dict)
    is_lost: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What is handed to a webhook."""

    body: bytes
    headers: dict[str, str]


class Dialect(Protocol):
    def answer(
        self, shop: FakeShop, method: str, path: str, headers: Mapping[str, str], query: Mapping[str, str], body: Any
    ) -> Answered: ...
    def told(self, shop: FakeShop, sold: Sold, topic: str, key: str) -> Told: ...


class FakeShop:
    """`faults`: what befalls the next calls, in order: busy, broken, lost, or nothing. `page`: how many orders stand on a page at most."""

    def __init__(self, dialect: Dialect, *, url: str = "", page: int = 250) -> None:
        self.dialect, self.url, self.page = dialect, url, page
        self.orders: dict[str, Sold] = {}
        self.faults: list[str] = []
        self.asked: list[tuple[str, str]] = []
        self.last_id = 500
        self.now: datetime | None = None
        self._lock = threading.RLock()

    def put(self, sold: Sold) -> None:
        self.orders[str(sold.key)] = sold

    def tell(self, key: int, topic: str, *, event: str) -> Told:
        """An event about an order, as its webhook gets it; the same once more under the same id."""
        return self.dialect.told(self, self.orders[str(key)], topic, event)

    def changed_since(self, since: datetime, *, is_included: bool) -> list[Sold]:
        found = [
            one for one in self.orders.values() if one.updated_at > since or (is_included and one.updated_at == since)
        ]
        return sorted(found, key=lambda one: (one.updated_at, one.key))

    def give_back(self, sold: Sold, amount: str, note: str, lines: list[dict[str, Any]]) -> dict[str, Any]:
        self.last_id += 1
        made = {"id": self.last_id, "amount": amount, "lines": lines, "note": note}
        sold.refunds.append(made)
        sold.updated_at = max(sold.updated_at, self.now or sold.updated_at)
        return made

    def answer(
        self, method: str, path: str, headers: Mapping[str, str], query: Mapping[str, str], body: bytes
    ) -> Answered:
        with self._lock:
            self.asked.append((method, path))
            fault = self.faults.pop(0) if self.faults else ""
            if fault == "busy":
                return Answered(429, {"errors": "Exceeded the limit of calls."}, {"Retry-After": "7.0"})
            if fault == "broken":
                return Answered(503, {"errors": "It is broken."})
            try:
                said = json.loads(body) if body else {}
            except ValueError:
                return Answered(400, {"errors": "This is no JSON."})
            answered = self.dialect.answer(self, method, path, {k.lower(): v for k, v in headers.items()}, query, said)
            return Answered(answered.status, answered.said, answered.headers, is_lost=fault == "lost")
