"""What may be undone."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct


class LastChange(Struct):
    """`note` is the message's id where it was a note."""

    until: datetime
    note: str | None


class Undone(Struct):
    text: str
