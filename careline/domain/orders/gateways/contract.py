"""What every gateway can do, in values of our own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

OPEN, PAID, UNDER_WAY, OVER = "open", "paid", "under_way", "over"
"""A session: waits for the customer, paid, the bank still works on it, over without money."""
DONE, PENDING, FAILED = "done", "pending", "failed"
"""Money given back."""


class GatewayDown(Exception):
    """It may have done it or not; asked again later, with the same key. `after`: seconds that it wants to be left alone."""

    def __init__(self, sentence: str, *, after: int = 0) -> None:
        super().__init__(sentence)
        self.after = after


class GatewayRefused(Exception):
    """It has not done it, and will not."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


class BadEvent(Exception):
    """What came to the webhook is not theirs, or too old. One sentence."""


@dataclass(frozen=True, slots=True)
class GatewaySettings:
    """`url`: where it is asked. `networks`: private ones that may be reached, for a server of our own."""

    kind: str
    url: str
    key: str = field(repr=False)
    webhook: str = field(repr=False)
    networks: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """`amount` in minor units; `reference` is ours, and comes back with whatever the gateway says of it."""

    amount: int
    currency: str
    title: str
    reference: str
    success_url: str
    cancel_url: str
    mail: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """`payment`: what the gateway calls the money, once there is some. `ends_at`: after that nobody can pay on its page."""

    id: str
    state: str
    url: str = ""
    amount: int = 0
    currency: str = ""
    payment: str = ""
    brand: str = ""
    last_four: str = ""
    reference: str = ""
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """Money that went back: `key` is the one it was asked with."""

    id: str
    state: str
    key: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """What the gateway tells us; `subject` is what has to be looked at."""

    id: str
    kind: str
    subject: str


class Gateway(Protocol):
    def create_session(self, wanted: Wanted, *, key: str) -> Session:
        """Raises GatewayDown, GatewayRefused."""
        ...

    def session(self, key: str) -> Session:
        """Raises GatewayDown, GatewayRefused."""
        ...

    def end_session(self, key: str) -> Session:
        """Nobody can pay by it any more; as it is where that is too late."""
        ...

    def give_back(self, payment: str, amount: int, currency: str, *, key: str) -> Given:
        """Raises GatewayDown, GatewayRefused."""
        ...

    def given_back(self, payment: str) -> Sequence[Given]:
        """All that went back of a payment."""
        ...

    def event(self, body: bytes, headers: Mapping[str, str], *, at: datetime) -> Event:
        """Raises BadEvent."""
        ...
