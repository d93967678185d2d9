"""What every channel kind offers: one folder per kind, with an `ADAPTER` in its adapter.py.

A folder is found by looking, so adding a kind is copying a folder: no list to extend, no migration.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cache
from threading import Event
from typing import Any, Protocol

from careline.domain.channels.inbound import Inbound, Party


class NoSuchKind(LookupError):
    """No folder of this kind."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a kind can do. `max_length` in characters, 0 for no limit."""

    max_length: int = 0
    html: bool = False
    files: bool = False
    edit: bool = False
    delete: bool = False
    typing: bool = False
    public: bool = False
    waits: bool = False
    """Whoever is written to sits in front of it: an answer leaves at once, without a hold."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of a kind, as its form and the command line ask for it."""

    name: str
    label: str
    help: str = ""
    kind: str = "text"
    secret: bool = False
    required: bool = False
    default: Any = ""
    check: Callable[[str], object] | None = None
    """Raises ValueError with one sentence for words that would not work."""


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """A channel as flows and adapters see it: plain values, secrets opened."""

    id: int
    kind: str
    name: str
    address: str
    brand_id: int
    team_id: int | None
    settings: dict[str, Any]
    secrets: dict[str, str] = field(default_factory=dict)
    signature: str = ""
    is_active: bool = True
    health: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RawMessage:
    """Something that came in, as it came."""

    raw: bytes
    envelope_from: str = ""
    envelope_to: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class OutgoingFile:
    name: str
    media_type: str
    content: bytes
    inline: bool = False
    content_id: str = ""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message ready to leave. `external_id` is its name in the outside world (mail: Message-ID)."""

    message: int
    case_number: int
    subject: str
    text: str
    html: str
    to: Sequence[Party]
    sent_at: datetime
    cc: Sequence[Party] = ()
    bcc: Sequence[Party] = ()
    external_id: str = ""
    in_reply_to: str = ""
    references: Sequence[str] = ()
    files: Sequence[OutgoingFile] = ()
    is_automatic: bool = False
    sender_name: str = ""
    only: Sequence[str] = ()
    """Where a part of the recipients has it already: those still to be sent to."""
    unsubscribe_url: str = ""
    """For letters that readers agreed to: where one click ends that."""


class Outcome(StrEnum):
    SENT = "sent"
    RETRY = "retry"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Sent:
    """How sending ended, in the other side's words.

    `refused` holds recipients that were refused while others were not; with RETRY, `later` those still to be sent to.
    """

    outcome: Outcome
    words: str = ""
    refused: dict[str, str] = field(default_factory=dict)
    later: tuple[str, ...] = ()


class Adapter(Protocol):
    """A channel kind. `send` calls `before_point_of_no_return` right before the step after which a lost answer is unknowable."""

    kind: str
    address_kind: str
    """What people are reached by on this kind, as their addresses are kept: email, phone, …"""
    capabilities: Capabilities
    settings: Sequence[Setting]

    def external_id(self, message: int, *, channel: ChannelRow) -> str:
        """The name a message of ours bears in the outside world; one that nobody else can make."""
        ...

    def parse(self, raw: RawMessage, *, channel: ChannelRow | None, own: frozenset[str]) -> Inbound: ...

    def send(
        self, outgoing: Outgoing, *, channel: ChannelRow, before_point_of_no_return: Callable[[], None]
    ) -> Sent: ...

    def run(self, channel: ChannelRow, *, deliver: Callable[[bytes, dict[str, Any]], None], stop: Event,
            note_health: Callable[[dict[str, Any]], None], now: Callable[[], datetime]) -> None: ...  # fmt: skip

    def health(self, channel: ChannelRow) -> dict[str, Any]: ...


@cache
def adapters() -> dict[str, Adapter]:
    """Every kind there is, by its name."""
    package = importlib.import_module("careline.domain.channels")
    found = {}
    for module in pkgutil.iter_modules(package.__path__):
        if module.ispkg and module.name != "migrations":
            folder = importlib.import_module(f"careline.domain.channels.{module.name}.adapter")
            found[folder.ADAPTER.kind] = folder.ADAPTER
    return found


def adapter_of(kind: str) -> Adapter:
    """The adapter of a kind; NoSuchKind names those there are."""
    try:
        return adapters()[kind]
    except KeyError:
        raise NoSuchKind(f"There is no channel kind {kind!r}; there are {', '.join(sorted(adapters()))}.") from None
