"""A third party answers in a side conversation: it lands there, apart from the customer, and the case says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from careline.domain.conversations.commands import messages, participants, sides
from careline.domain.conversations.queries.cases import participants_of
from careline.domain.history.actor import Actor, ActorKind


def receive_aside(
    side: int,
    *,
    message: Callable[[Any], messages.NewMessage],
    people: Sequence[dict[str, Any]],
    is_automatic: bool,
    via: str,
    at: datetime,
) -> int | None:
    """Puts the message (made for the side's row) into the side; its number, None where the side is gone.

    Nobody of the case itself comes on the side by being named in a mail: what we write there never reaches the customer.
    """
    held, case = sides.locked_side(side)
    if held is None or case is None:
        return None
    by = Actor(ActorKind.CUSTOMER, via=via)
    said = message(held)
    messages.add(said, number=held.number, customer=None, happening="side_message.received", by=by, at=at)
    on_the_case = {person.value.lower() for person in participants_of(case.id)}
    participants.join(held.id, [one for one in people if one["value"].lower() not in on_the_case])
    sides.note_answered(held, case=case, is_automatic=is_automatic, by=by, at=at)
    return int(held.number)
