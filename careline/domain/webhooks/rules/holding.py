"""What leaves the house waits until it can't be undone any more: nobody outside hears of what was taken back at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from careline.domain.conversations.rules.covers import UNDO_HOLD

UNDOABLE = frozenset({
    "conversation.assigned", "conversation.tagged", "conversation.prioritised", "conversation.renamed", "conversation.marked_spam",
    "conversation.unmarked_spam", "conversation.resolved", "conversation.waits", "conversation.reopened", "conversation.status_changed",
    "conversation.topic_changed", "conversation.fields_changed", "conversation.snoozed", "conversation.woken", "conversation.mentioned",
    "message.queued",
})  # fmt: skip
"""What an agent can undo. Whatever else happens is told at once."""


@dataclass(frozen=True, slots=True)
class Undoing:
    """Somebody undid what they had done on a case: at `of`, or by a change to many."""

    conversation: int
    actor: int
    at: datetime
    of: datetime | None = None
    bulk: int | None = None


def leaves_at(name: str, *, actor_kind: str, happened_at: datetime, at: datetime, hold: int | None = None) -> datetime:
    """When it may be told; `at` is now. `hold`: the seconds that an answer says it waits itself, else those of every undo."""
    is_held = actor_kind == "agent" and name in UNDOABLE
    waits = UNDO_HOLD if hold is None else timedelta(seconds=hold)
    return max(at, happened_at + waits) if is_held else at


def undoings_in(happenings: Iterable[Any]) -> list[Undoing]:
    """The undoings among some happenings, each once."""
    found: dict[Undoing, None] = {}
    for h in happenings:
        of, bulk = h.data.get("of"), h.data.get("bulk") if h.data.get("undo") else None
        if h.conversation_id is not None and (of or bulk):
            moment = datetime.fromisoformat(of) if of else None
            found[Undoing(h.conversation_id, h.actor_id, h.at, moment, bulk)] = None
    return list(found)
