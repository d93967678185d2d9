"""Undo of a reply: taken back before it left, and the case stands as it stood."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.conversations.commands import cases, deliveries, sides
from careline.domain.conversations.commands.figures import recount
from careline.domain.conversations.errors import AlreadyGone, NotFound, TakenBack
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.conversations.queries.messages import delivery_of, message_of, messages_after
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.sla.commands.promises import keep_promises
from careline.domain.staff.rules import Person


def take_back(agent: Person, number: int, message: int, *, by: Actor, at: datetime) -> Any:
    """Takes a reply back while it is held or scheduled; returns its row, to write on. Raises NotFound, AlreadyGone, TakenBack."""
    with transaction.atomic():
        stands = conversation_for(agent, number, verb="conversation:reply")
        case = sides.locked_side(stands.id)[0] if stands.side_of_id is not None else cases.locked(stands.id)
        if case is None:
            raise NotFound(f"There is no case {number}.")
        found = message_of(case.id, message)
        if found is None or found.kind != "reply":
            raise NotFound(f"There is no reply {message} in case {number}.")
        if not deliveries.cancel(message):
            if delivery_of(message).state == "cancelled":
                raise TakenBack("It was taken back before; it does not leave.")
            raise AlreadyGone("It has left already and can't be taken back.")
        before = found.data.get("before")
        if before and not messages_after(case.id, message):
            cases.put_back(
                case, category=before["category"], waiting_since=_moment(before["waiting_since"]),
                first_responded_at=_moment(before["first_responded_at"]), by=by, at=at,
            )  # fmt: skip
            keep_promises([case.id], by=by, at=at)
        else:
            recount(case.id)
        data = {"case": case.number, "of": found.created_at.isoformat()}
        record(Happening("message.taken_back", "message", message, case.id, case.customer_id, data), by=by, at=at)
    return found


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
