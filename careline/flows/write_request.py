"""A customer writes on one of their requests: stored raw, read and received as everything that comes in, once.

What they write is theirs beyond doubt: they are signed in, and the raw message bears our seal.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from careline.domain.channels.adapter import ChannelRow
from careline.domain.channels.inbound import InboundFile, Party
from careline.domain.channels.portal.reading import written
from careline.domain.channels.queries import channel_by_id, channels, inbound_outcome
from careline.domain.company.queries import languages
from careline.domain.conversations.commands import participants
from careline.domain.conversations.errors import EmptyMessage, NotFound, Refused
from careline.domain.conversations.queries.messages import reference_chain
from careline.domain.conversations.rules.files import is_refused
from careline.domain.customers.rules.portal import Viewer
from careline.domain.desk.queries.portal import own_address_on, request_of
from careline.flows.take_in import House, RawArrival, take_in

DOOR = "portal"
LONGEST = 100_000
MOST_FILES = 10
LARGEST = 20 * 1024 * 1024
"""Bytes, of all files together."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a customer wrote. `token` is the form's own: sent twice, it is one message. `came_by`: the address they signed in with."""

    text: str
    files: tuple[InboundFile, ...] = ()
    token: str = ""
    came_by: str = ""


def write_request(viewer: Viewer, number: int, said: Said, *, brand: int | None = None, at: datetime) -> int:
    """The number of the case it stands in: this one, or a new one that follows it. Raises NotFound, EmptyMessage, Refused."""
    request = request_of(viewer, number, brand=brand)
    if request is None:
        raise NotFound(f"There is no request {number}.")
    if not request.takes_part and not (viewer.writes and not request.is_spam):
        raise Refused("You see this request, but it is a colleague's: they alone write here.")
    _guard(said)
    channel = _channel_of(request)
    sender = Party(_address_of(request, viewer, said), viewer.name)
    name = hashlib.sha256(f"{viewer.customer} {request.id} {said.token}".encode()).hexdigest()[:32]
    chain = reference_chain(request.id)
    raw = written(
        name=f"portal-{name}@{channel.address.rpartition('@')[2] or 'careline.invalid'}", sender=sender, to=channel.address,
        case=request.number, subject=f"Re: {request.subject}" if request.subject else "", text=said.text.strip(), files=said.files,
        in_reply_to=chain[-1] if chain else "", at=at,
    )  # fmt: skip
    arrival = RawArrival(f"portal-{name}", raw, at, DOOR, sender.value, (), channel.id)
    received = take_in([arrival], house=House([channel], languages()), at=at)[0]
    placed_in = received.number if received is not None else inbound_outcome(arrival.name)
    return placed_in or request.number


def _guard(said: Said) -> None:
    if not said.text.strip() and not said.files:
        raise EmptyMessage("There is nothing to send: write something or choose a file.")
    if len(said.text) > LONGEST:
        raise Refused("The message is too long: send the rest as a file.")
    if len(said.files) > MOST_FILES:
        raise Refused("At most 10 files and 20 MB go with one message: send the rest in another.")
    if sum(len(file.content) for file in said.files) > LARGEST:
        raise Refused("At most 10 files and 20 MB go with one message: send the rest in another.")
    if any(is_refused(file.name) for file in said.files):
        raise Refused("One of the files could run on the reader's computer: put it into an archive.")


def _channel_of(request: Any) -> ChannelRow:
    """The mailbox of the case, so that what the message begins anew is answered by mail; of a chat or a form, its brand's."""
    channel = channel_by_id(request.channel_id) if request.channel_id else None
    if channel is None or channel.kind != "email":
        boxes = [box for box in channels(kind="email") if box.address]
        of_brand = [box for box in boxes if box.brand_id == request.brand_id]
        channel = next(iter([*of_brand, *boxes]), channel)
    if channel is None:
        raise Refused("Nothing can be sent just now: there is no mailbox here.")
    return channel


def _address_of(request: Any, viewer: Viewer, said: Said) -> str:
    """The address they take part by. Whose own case it is, begun by telephone perhaps, joins it now."""
    own = own_address_on(request.id, viewer)
    if own:
        return own
    value = said.came_by or next(iter(viewer.addresses), "")
    joining = {
        "kind": "email",
        "value": value,
        "name": viewer.name,
        "role": "cc",
        "state": "active",
        "customer": viewer.customer,
    }
    participants.join(request.id, [joining])
    return value
