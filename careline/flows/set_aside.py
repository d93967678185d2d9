"""A raw message that can't even be read is kept all the same: stored, and shown to people with the reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careline.domain.channels import commands as channels
from careline.domain.channels.commands import Arrival, Conclusion
from careline.domain.files import commands as files
from careline.flows.take_in import RawArrival


def set_aside(arrival: RawArrival, *, reason: str, at: datetime) -> None:
    """Stores it as unprocessed; what was taken in before stays as it is."""
    digest = files.write([arrival.raw], deflate=True)[0]
    kept = Arrival(
        arrival.name,
        digest,
        len(arrival.raw),
        arrival.door,
        arrival.received_at,
        arrival.envelope_from,
        list(arrival.envelope_to),
    )
    with transaction.atomic():
        files.keep({digest: len(arrival.raw)}, at=at)
        for inbound_id in channels.take_in([kept]).values():
            channels.conclude_all([Conclusion(inbound_id, "unprocessed", "failed", reason)], at=at)
            channels.note_rejection(inbound_id, at=at)
