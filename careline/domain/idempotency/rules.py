"""How long answers are kept, and what one looks like."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

KEPT_FOR = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


class OtherCall(Exception):
    """The key was used for another call before."""
