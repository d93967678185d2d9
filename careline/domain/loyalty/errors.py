"""What loyalty refuses, each with a code and a sentence."""

from careline.domain.conversations.errors import NotFound, Refused

__all__ = ["LoyaltyRefused", "NotFound"]


class LoyaltyRefused(Refused):
    """Nothing has changed; `code` is small and stays, the text is one sentence."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
