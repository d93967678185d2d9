"""Something that could not be placed is tried once more, from the raw bytes that were kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.channels.queries import channels, inbound_by_id
from careline.domain.company.queries import languages
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.files.queries import content_of
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.staff.rules import Person, require
from careline.flows import take_in
from careline.flows.receive import Received
from careline.flows.take_in import House, RawArrival
from careline.kit import db


def replay(agent: Person, inbound: int, *, channel: int | None = None, by: Actor, at: datetime) -> Received:
    """Understands and places an inbound message again; `channel`: as one of this mailbox, whatever address it was sent to.

    Raises Forbidden, NotFound, Refused where it stands in a case already.
    """
    require(agent, "inbound:replay")
    row = inbound_by_id(inbound)
    if row is None:
        raise NotFound(f"There is no inbound message {inbound}.")
    if row.digest is None:
        raise Refused("What came in was removed since, by retention or an erasure.")
    house, raw = House(channels(), languages()), content_of(row.digest)
    if channel is not None and channel not in {one.id for one in house.channels if one.kind == "email"}:
        raise Refused("There is no such mailbox.")
    with transaction.atomic():
        db.lock_words([f"inbound:{inbound}"])
        row = inbound_by_id(inbound)
        if row is None or row.status == "processed":
            raise Refused("It was taken in already; it stands in its case.")
        received = take_in.replay(inbound, _arrival_of(row, raw, channel), house=house, at=at)
        record(Happening("inbound.replayed", "inbound", inbound, data={"outcome": received.outcome}), by=by, at=at)
    return received


def _arrival_of(row: Any, raw: bytes, channel: int | None) -> RawArrival:
    return RawArrival(
        name=row.spool_name, raw=raw, received_at=row.received_at, door=row.door, envelope_from=row.envelope_from,
        envelope_to=tuple(row.envelope_to), channel_id=channel or row.channel_id,
    )  # fmt: skip
