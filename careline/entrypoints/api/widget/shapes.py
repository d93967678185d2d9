"""What the widget sends. What it knows and we do not is passed over, so that either may be the newer one."""

from __future__ import annotations

from typing import Any

import msgspec


class Page(msgspec.Struct):
    url: str = ""
    title: str = ""


class NewVisit(msgspec.Struct):
    page: Page = msgspec.field(default_factory=Page)
    referrer: str | None = None
    visitor: str | None = None
    identity: str | None = None


class NewThread(msgspec.Struct):
    client_id: str
    text: str = ""
    fields: dict[str, Any] = msgspec.field(default_factory=dict)
    language: str = ""
    files: list[str] = msgspec.field(default_factory=list)


class NewMessage(msgspec.Struct):
    client_id: str
    text: str = ""
    n: int | None = None
    files: list[str] = msgspec.field(default_factory=list)


class Typing(msgspec.Struct):
    text: str = ""
    is_over: bool = False


class Read(msgspec.Struct):
    message: str


class Rating(msgspec.Struct):
    score: int
    comment: str = ""


class Transcript(msgspec.Struct):
    mail: str
