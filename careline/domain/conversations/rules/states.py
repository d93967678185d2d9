"""What a message does to the state of its case, and how long a delivery waits before it is tried again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

OPEN, WAITING, RESOLVED = "open", "waiting", "resolved"
HOLD_MARGIN = timedelta(seconds=3)
ATTEMPTS = 17
"""The last one about two days after the first (RFC 5321, 4.5.4.1, asks for four to five days of relays; we tell sooner)."""
AUTO_REPLIES_PER_ADDRESS = 3
AUTO_REPLIES_WITHIN = timedelta(hours=24)
SNIPPET_LENGTH = 140
UNTIL_REPLY = datetime(9999, 12, 31, tzinfo=UTC)
"""Snoozed until then means: until somebody writes."""


@dataclass(frozen=True, slots=True)
class State:
    """The part of a case that messages move. `waiting_since`: the oldest customer message without an answer.

    When something is due by it, says sla (rules/keeping.py).
    """

    category: str
    waiting_since: datetime | None


def after_incoming(state: State, *, at: datetime, is_automatic: bool) -> State:
    """A customer wrote: the case is open and somebody waits. An automatic answer moves nothing."""
    if is_automatic:
        return state
    return State(OPEN, state.waiting_since or at)


def after_reply(state: State) -> State:
    """We answered: the customer's turn. A resolved case stays resolved."""
    category = RESOLVED if state.category == RESOLVED else WAITING
    return State(category, None)


def retry_after(attempts: int) -> timedelta | None:
    """How long to wait after so many failed attempts: 1 min, doubling to 6 h; None once it is given up (after about two days)."""
    if attempts >= ATTEMPTS:
        return None
    return min(timedelta(minutes=1) * 2 ** (attempts - 1), timedelta(hours=6))


def held_until(at: datetime, hold_seconds: int) -> datetime:
    """When a reply leaves: a little after the undo button has gone, so that undo and send can't race."""
    return at + timedelta(seconds=hold_seconds) + (HOLD_MARGIN if hold_seconds else timedelta())


def snippet_of(text: str) -> str:
    """The first words of a message, in one line."""
    line = " ".join(text[: SNIPPET_LENGTH * 3].split())
    return line if len(line) <= SNIPPET_LENGTH else line[: SNIPPET_LENGTH - 1].rstrip() + "…"
