"""The last change of a case, and its undo."""

from __future__ import annotations

from typing import Any

from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.work import undo_of
from careline.entrypoints.api.rooms.conversations import shown_case
from careline.entrypoints.api.routes import Call, route
from careline.entrypoints.api.shapes.undoing import LastChange, Undone
from careline.flows.undo import undo

_PATH = "/conversations/{number}/last-change"


@route("GET", _PATH, answer=LastChange)
def last_change(call: Call) -> Any:
    """Your last change of the case, while it may be undone: nothing came after it, and it is no older than 13 s."""
    shown_case(call)
    found = undo_of(call.number, agent=call.person.id, at=call.at)
    if found is None or not found.is_last:
        raise NotFound("There is nothing of yours to undo here.")
    return LastChange(until=found.due_at, note=str(found.note_id) if found.note_id else None)


@route("DELETE", _PATH, answer=Undone)
def undone_change(call: Call) -> Any:
    """Undoes it: assignee, team, tags, priority, subject, status, snooze, spam, or a note. 409 where something came after.

    `text` is that of a note that was taken back. An answer is taken back at its own address, `…/messages/{id}/hold`.
    """
    return Undone(text=undo(call.person, call.number, by=call.by, at=call.at).text)
