"""What another desk's export says, in our words: the records that an importer reads (entrypoints/console/importers/).

`key` is what the thing is called there; `company`, `person`, `assignee`, `case` and their like are such keys. Moments have a
zone. What a record leaves empty is not known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from careline.flows.brought_orders import ShopRecord


@dataclass(frozen=True, slots=True)
class Team:
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who worked there. Who has this address here is meant; else they come in without a way to sign in."""

    key: str
    email: str
    name: str
    teams: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Company:
    key: str
    name: str
    domains: tuple[str, ...] = ()
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A customer. `emails`: the first is the usual one; who has one of them here already is meant."""

    key: str
    name: str
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    company: str = ""
    language: str = ""
    time_zone: str = ""
    notes: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """`number` is kept where it is free here. `status`: a code of ours, or a category: open, waiting, resolved; or spam."""

    key: str
    subject: str
    person: str
    created_at: datetime
    number: int | None = None
    status: str = "open"
    priority: int = 2
    assignee: str = ""
    team: str = ""
    tags: tuple[str, ...] = ()
    fields: dict[str, Any] = field(default_factory=dict)
    language: str = ""
    updated_at: datetime | None = None
    resolved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Attached:
    """`read` gives the bytes; it may raise OSError where the export lacks them, which is said and no error."""

    name: str
    media_type: str
    read: Callable[[], bytes]
    is_inline: bool = False
    content_id: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """`kind`: incoming, reply or note. `author` is a person's key, or a colleague's; empty where it was a machine."""

    key: str
    case: str
    kind: str
    author: str
    created_at: datetime
    text: str = ""
    html: str = ""
    subject: str = ""
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    external_id: str = ""
    files: tuple[Attached, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadyText:
    """Words that agents there put into answers; they become a canned reply of everybody's. `folder` with / between its parts."""

    key: str
    name: str
    text: str = ""
    html: str = ""
    folder: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Unread:
    """Something in the export that could not be understood: where it stands, and why in one sentence."""

    where: str
    why: str


Record = Team | Colleague | Company | Person | ReadyText | Case | Message | ShopRecord | Unread
