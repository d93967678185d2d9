"""What can be refused about a service request: a code for programs, a sentence for people; nothing has changed then."""

from __future__ import annotations

from careline.domain.conversations.errors import NotFound, Refused

__all__ = ["BadType", "NotFound", "RequestRefused", "Unfit"]


class RequestRefused(Refused):
    """An act on a request that may be seen, refused."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


class Unfit(RequestRefused):
    """What was filled in does not fit: a code for each field."""

    def __init__(self, wrong: dict[str, str]) -> None:
        super().__init__("unfit_values", f"Look at this again: {', '.join(sorted(wrong))}.")
        self.wrong = wrong


class BadType(RequestRefused):
    """A type that can't be so; one sentence."""

    def __init__(self, sentence: str) -> None:
        super().__init__("bad_type", sentence)
