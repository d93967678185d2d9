"""Where a request stands, in the few words that its customer understands. Pure."""

from __future__ import annotations

RECEIVED, WORKING, ANSWERED, PAUSED, SOLVED = "received", "working", "answered", "paused", "solved"
OPEN, CLOSED = "open", "closed"


def standing_of(*, category: str, last_kind: str, is_answered: bool, is_spam: bool) -> str:
    """What the customer is told. Our own statuses stay among us; that we took something for spam is nobody's to learn."""
    if is_spam:
        return RECEIVED
    if category == "resolved":
        return SOLVED
    if last_kind == "reply" and is_answered:
        return ANSWERED
    if category == "waiting":
        return PAUSED
    return WORKING if is_answered else RECEIVED
