"""What can go wrong with a complaint, in sentences. `code` is what the API says."""

from __future__ import annotations

from careline.domain.conversations.errors import Refused


class ComplaintRefused(Refused):
    """A step that can't be taken now; nothing has changed."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
