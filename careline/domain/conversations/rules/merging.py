"""What becomes of two states when two cases become one, and when they part again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from careline.domain.conversations.rules.states import OPEN, RESOLVED, WAITING, State, after_incoming, after_reply

_ORDER = (OPEN, WAITING, RESOLVED)


@dataclass(frozen=True, slots=True)
class Said:
    """As much of a message as moves a case: `incoming` from outside, `reply` of ours that handed the turn over."""

    kind: str
    at: datetime
    is_automatic: bool = False


def joined(into: State, absorbed: State) -> State:
    """Open where one of them is, and who waits the longest counts."""
    category = min(into.category, absorbed.category, key=_ORDER.index)
    since = [moment for moment in (into.waiting_since, absorbed.waiting_since) if moment]
    return State(category, min(since, default=None))


def retold(state: State, said: Iterable[Said]) -> State:
    """The state after these messages, oldest first."""
    for message in said:
        is_theirs = message.kind == "incoming"
        state = (
            after_incoming(state, at=message.at, is_automatic=message.is_automatic) if is_theirs else after_reply(state)
        )
    return state
