"""The order of messages, where a visitor stands in the queue, and when an answer goes by mail."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median

LONGEST_TEXT = 20_000
MOST_FILES = 10
_CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


class OutOfOrder(Exception):
    """A message came before one that stands before it; `expected` is the number of the next."""

    def __init__(self, expected: int) -> None:
        super().__init__("A message before this one is missing: send that first.")
        self.expected = expected


def is_client_id(words: object) -> bool:
    return isinstance(words, str) and bool(_CLIENT_ID.fullmatch(words))


def next_after(n: int | None, *, expected: int) -> int:
    """The number that is expected after message `n`. Raises OutOfOrder where one is missing before it.

    A smaller number is another window of the same browser, which began to count anew: it stands where it came.
    """
    if n is None:
        return expected
    if n > expected:
        raise OutOfOrder(expected)
    return max(expected, n + 1)


def expected_wait(waits: Sequence[float]) -> int | None:
    """Seconds, from how long the last ones waited; None where nobody has waited yet."""
    return round(median(waits)) if waits else None


def mail_due(*, answered_at: datetime, seen_at: datetime, gone_minutes: int) -> datetime:
    """When an answer that nobody reads in the chat goes by mail: at once where the visitor has left before."""
    gone = timedelta(minutes=gone_minutes)
    return answered_at if seen_at + gone <= answered_at else answered_at + gone


def is_gone(*, seen_at: datetime, gone_minutes: int, at: datetime) -> bool:
    return seen_at + timedelta(minutes=gone_minutes) <= at


def subject_of(text: str) -> str:
    """A first message's first words, as the name of its case."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return line if len(line) <= 80 else line[:79].rsplit(" ", 1)[0] + "…"
