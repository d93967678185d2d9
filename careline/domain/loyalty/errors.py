"""What loyalty refuses, each with a code and a sentence."""

from careline.domain.conversations.errors import NotFound, Refused

__all__ = ["LoyaltyRefused", "NotFound", "ReferralRefused"]


class LoyaltyRefused(Refused):
    """Nothing has changed; `code` is small and stays, the text is one sentence."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


class ReferralRefused(LoyaltyRefused):
    """A code that does not count; that it was tried stands in the history."""

    leaves_record = True
