"""Where a message goes: what it refers to, whether its sender is blocked, and what its team does with resolved cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from careline.domain.channels.inbound import Inbound, InboundKind
from careline.domain.conversations.queries.threads import cases_touched, resolved_of
from careline.domain.conversations.rules.reopening import reopens
from careline.domain.conversations.rules.threads import Place, place_of
from careline.domain.customers.queries.blocks import is_blocked


@dataclass(frozen=True, slots=True)
class Placed:
    """`follows`: the resolved case that a new one is linked to. `is_blocked`: nobody is to be told."""

    place: Place
    follows: int | None = None
    is_blocked: bool = False


def placed(inbound: Inbound, *, at: datetime) -> Placed:
    """The one decision, in order: blocked senders stay among spam; a resolved case opens again where its team says so."""
    place = _touched(inbound)
    if inbound.sender.kind == "email" and is_blocked(inbound.sender.value):
        return Placed(place if place.is_spam else Place(), is_blocked=True)
    if place.conversation is None or place.is_side or inbound.kind is not InboundKind.MESSAGE:
        return Placed(place)
    resolved = resolved_of(place.conversation)
    if resolved is None or reopens(
        resolved.reopen_policy, days=resolved.reopen_days, resolved_at=resolved.resolved_at, at=at
    ):
        return Placed(place)
    return Placed(Place(is_doubtful=place.is_doubtful), follows=place.conversation)


def _touched(inbound: Inbound) -> Place:
    answered = [inbound.in_reply_to] if inbound.in_reply_to not in inbound.references else []
    touched = cases_touched(
        own_id=inbound.external_id,
        references=[*inbound.references, *answered],
        kind=inbound.sender.kind,
        sender=inbound.sender.value,
        signed_messages=inbound.data.get("signed_messages", ()),
        signed_cases=inbound.data.get("signed_cases", ()),
    )
    return place_of(touched)
