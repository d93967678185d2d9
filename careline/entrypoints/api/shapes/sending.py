"""How a team sends."""

from __future__ import annotations

from msgspec import Struct


class Sending(Struct):
    only_assignee_sends: bool
