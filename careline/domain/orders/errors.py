"""What can be refused about an order: a code for programs, a sentence for people; nothing has changed then."""

from __future__ import annotations

from careline.domain.conversations.errors import NotFound, Refused

__all__ = ["NotFound", "OrderRefused"]


class OrderRefused(Refused):
    """An act on an order that may be seen, refused."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
