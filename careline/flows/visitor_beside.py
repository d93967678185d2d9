"""What is known of the visitor behind a case, for whoever may see the case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from careline.domain.chats.queries import place_in_queue, thread_of_case
from careline.domain.chats.whereabouts import Whereabouts, whereabouts_of
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.staff.rules import Person


@dataclass(frozen=True, slots=True)
class Beside:
    """`state`: waiting, open, left (no window of theirs is open) or ended; `position` in the queue while it waits."""

    thread: Any
    known: Whereabouts
    state: str
    position: int | None


def visitor_beside(agent: Person, number: int) -> Beside | None:
    """None where the case is no chat. Raises NotFound."""
    case = conversation_for(agent, number)
    thread = thread_of_case(case.id)
    if thread is None:
        return None
    known = whereabouts_of(thread.visitor_id)
    is_waiting = thread.state == "open" and thread.picked_up_at is None and case.assignee_id is None
    state = "ended" if thread.state == "ended" else "left" if not known.is_here else "waiting" if is_waiting else "open"
    position = place_in_queue(thread, case) if is_waiting and case.category == "open" else None
    return Beside(thread, known, state, position)
