"""How long customers waited for people of ours: from what they wrote to the next answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from careline.domain.reports.rules.cases import Event, House, seconds_between

ANSWERED = ("message.queued", "message.sent")


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to the customer by one of our people, when it left our hands."""

    at: datetime
    by: int


@dataclass(slots=True)
class Waits:
    """`first_*` of the first answer; `seconds` and `business` of all that were answered, the first included."""

    first_at: datetime | None = None
    first_seconds: int | None = None
    first_business: int | None = None
    answered: int = 0
    seconds: int = 0
    business: int | None = field(default=None)


def replies_in(events: Sequence[Event]) -> list[Reply]:
    """Answers by people, each once: not by rules, bots or the house, not forwards, not what was taken back; one for later when it left."""
    taken_back = {event.key for event in events if event.name == "message.taken_back"}
    seen: set[int] = set()
    found = []
    for event in events:
        if event.name not in ANSWERED or event.actor_kind != "agent" or event.is_forward:
            continue
        if event.key in taken_back or event.key in seen:
            continue
        seen.add(event.key)
        if not event.is_later:
            found.append(Reply(event.at, event.actor_id))
        elif event.left_at is not None:
            found.append(Reply(event.left_at, event.actor_id))
    return sorted(found, key=lambda reply: reply.at)


def waits_in(events: Sequence[Event], replies: Sequence[Reply], *, house: House) -> Waits:
    """A wait begins with a customer's message (an automatic one begins none) and ends with our next answer.

    One that ends without an answer, because the case was resolved, is not counted.
    """
    turns: list[tuple[datetime, int]] = [(reply.at, 2) for reply in replies]
    for event in events:
        if event.name == "message.received" and not event.is_automatic:
            turns.append((event.at, 0))
        elif event.name == "conversation.resolved":
            turns.append((event.at, 3))
    waits, since = Waits(), None
    for at, what in sorted(turns):
        if what == 0:
            since = since or at
        elif what == 2 and since is not None:
            _add(waits, since, at, house)
            since = None
        elif what == 3:
            since = None
    return waits


def _add(waits: Waits, since: datetime, at: datetime, house: House) -> None:
    seconds, business = seconds_between(since, at), house.business(since, at)
    if not waits.answered:
        waits.first_at, waits.first_seconds, waits.first_business = at, seconds, business
    waits.answered += 1
    waits.seconds += seconds
    if business is not None:
        waits.business = (waits.business or 0) + business
