"""Every raw message that was ever taken in, and what became of it."""

from __future__ import annotations

from typing import Any

from careline.domain.channels.queries import inbound_by_id
from careline.domain.conversations.errors import NotFound
from careline.domain.desk.queries.inbound import inbound_page, inbound_row
from careline.domain.staff.rules import require
from careline.entrypoints.api.naming import channel_named
from careline.entrypoints.api.paging import key_alone, page_of
from careline.entrypoints.api.routes import Call, route
from careline.entrypoints.api.shapes.house import Inbound, InboundQuery, ReplayQuery
from careline.entrypoints.api.shapes.parts import Page
from careline.flows.replay import replay


@route("GET", "/inbound", query=InboundQuery, answer=Page[Inbound])
def inbound(call: Call) -> Any:
    """What came in, the newest first."""
    require(call.person, "inbound:read")
    asked = call.query
    rows = inbound_page(
        call.person, status=asked.status or "", outcome=asked.outcome or "", before=key_alone(asked.cursor),
        limit=asked.limit + 1,
    )  # fmt: skip
    return page_of(rows, limit=asked.limit, key=lambda row: (row.id,), item=_shown)


@route("GET", "/inbound/{id}", answer=Inbound)
def inbound_message(call: Call) -> Any:
    """One raw message and what became of it."""
    require(call.person, "inbound:read")
    return _one(call)


@route("POST", "/inbound/{id}/replay", query=ReplayQuery, answer=Inbound)
def replayed_message(call: Call) -> Any:
    """Tries to understand and place it again; 409 where it stands in a case already."""
    require(call.person, "inbound:read")
    _one(call)
    mailbox = None if call.query.channel is None else channel_named(call.query.channel, "channel").id
    replay(call.person, call.id, channel=mailbox, by=call.by, at=call.at)
    return _shown(inbound_by_id(call.id))  # who has just placed it sees where, also where that is a case of others


def _one(call: Call) -> Inbound:
    row = inbound_row(call.person, call.id)
    if row is None:
        raise NotFound(f"There is no inbound message {call.id}.")
    return _shown(row)


def _shown(row: Any) -> Inbound:
    return Inbound(
        id=str(row.id), status=row.status, outcome=row.outcome, reason=row.reason, door=row.door, envelope_from=row.envelope_from,
        envelope_to=row.envelope_to, sender=row.sender, subject=row.subject, received_at=row.received_at,
        processed_at=row.processed_at, size=row.size, digest=row.digest or "", attempts=row.attempts,
        channel=getattr(row, "channel_name", None), conversation=row.conversation_number,
        message=str(row.message_key) if row.message_key else None,
    )  # fmt: skip
