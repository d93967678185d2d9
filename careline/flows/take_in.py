"""From the spool to the case: raw bytes are stored durably, then understood, then placed; nothing is lost on the way.

An entry leaves the spool only after the commit that took it in, so a crash anywhere means reading it again; the spool name
is the unique key of the inbound row, so reading it again doubles nothing. A mail that fails is undone alone (a savepoint)
and waits, with the reason, where people see it.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from careline.domain.channels import commands as channels
from careline.domain.channels.adapter import ChannelRow, RawMessage, adapter_of
from careline.domain.channels.commands import Arrival
from careline.domain.channels.inbound import Inbound
from careline.domain.channels.rules import channel_for
from careline.domain.conversations.commands.messages import NewAttachment
from careline.domain.files import commands as files
from careline.flows.forwarded import case_of_forwarded
from careline.flows.receive import Carried, Received, receive, words_to_lock
from careline.kit import db

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RawArrival:
    """One raw message with its envelope, as it lies in the spool (or in the store, when it is replayed)."""

    name: str
    raw: bytes
    received_at: datetime
    door: str = "deliver"
    envelope_from: str = ""
    envelope_to: tuple[str, ...] = ()
    channel_id: int | None = None


@dataclass(frozen=True, slots=True)
class House:
    """What intake needs to know of the house, read once per batch."""

    channels: Sequence[ChannelRow]
    languages: tuple[str, ...]

    @property
    def own_addresses(self) -> frozenset[str]:
        return frozenset(channel.address.lower() for channel in self.channels if channel.address)


@dataclass(slots=True)
class _Understood:
    arrival: RawArrival
    inbound: Inbound
    channel: ChannelRow | None
    digest: str = ""
    attachments: tuple[NewAttachment, ...] = ()


def take_in(arrivals: Sequence[RawArrival], *, house: House, at: datetime) -> list[Received | None]:
    """Takes a batch in within one transaction; None for what was taken in before. Raises only when the database is away."""
    batch = [_understand(arrival, house) for arrival in arrivals]
    _write_files(batch)
    with transaction.atomic():
        files.keep(_sizes(batch), at=at)
        rows = channels.take_in([_as_arrival(item) for item in batch])
        db.lock_words({word for item in batch for word in words_to_lock(item.inbound)})
        results: list[Received | None] = []
        for item in batch:
            inbound_id = rows.get(item.arrival.name)
            results.append(None if inbound_id is None else _place(item, inbound_id, house=house, at=at))
    return results


def replay(inbound_id: int, arrival: RawArrival, *, house: House, at: datetime) -> Received:
    """Understands and places again what is stored already."""
    item = _understand(arrival, house)
    _write_files([item])
    with transaction.atomic():
        files.keep(_sizes([item]), at=at)
        db.lock_words(words_to_lock(item.inbound))
        return _place(item, inbound_id, house=house, at=at)


def _understand(arrival: RawArrival, house: House) -> _Understood:
    """Which channel it is for, and what it says. Broken beyond reading gives an empty Inbound with the reason."""
    known = {channel.id: channel for channel in house.channels}
    channel = known.get(arrival.channel_id or 0) or channel_for(arrival.envelope_to, house.channels)
    adapter = adapter_of(channel.kind if channel else "email")
    raw = RawMessage(arrival.raw, arrival.envelope_from, arrival.envelope_to)
    try:
        inbound = adapter.parse(raw, channel=channel, own=house.own_addresses)
    except Exception as error:
        log.exception("A message could not be read (%s).", arrival.name)
        inbound = Inbound(defects=[f"It could not be read: {type(error).__name__}."], data={"unreadable": True})
    if channel is None and not arrival.envelope_to:
        channel = channel_for([party.value for party in (*inbound.to, *inbound.cc)], house.channels)
    return _Understood(arrival, inbound, channel)


def _write_files(batch: Sequence[_Understood]) -> None:
    raw_digests = files.write([item.arrival.raw for item in batch], deflate=True)
    parts = [file for item in batch for file in item.inbound.attachments]
    part_digests = iter(files.write([file.content for file in parts]))
    for item, digest in zip(batch, raw_digests, strict=True):
        item.digest = digest
        item.attachments = tuple(
            NewAttachment(next(part_digests), f.name, f.media_type, len(f.content), f.inline, f.content_id)
            for f in item.inbound.attachments
        )


def _place(item: _Understood, inbound_id: int, *, house: House, at: datetime) -> Received:
    try:
        with transaction.atomic():
            result = _placed(item, inbound_id, house=house, at=at)
    except Exception as error:
        if db.is_lost(error):
            raise
        log.exception("A message could not be placed (inbound %s).", inbound_id)
        result = Received("unprocessed", "failed", f"Placing it failed: {type(error).__name__}.")
    channels.conclude(
        inbound_id, status=result.status, outcome=result.outcome, reason=result.reason, conversation_number=result.number,
        message_key=result.message, channel_id=item.channel.id if item.channel else None, at=at,
    )  # fmt: skip
    if result.status == "unprocessed":
        channels.note_rejection(inbound_id, at=at)
    return result


def _placed(item: _Understood, inbound_id: int, *, house: House, at: datetime) -> Received:
    if item.inbound.data.get("unreadable"):
        return Received("unprocessed", "failed", item.inbound.defects[-1])
    if item.channel is None:
        named = ", ".join(item.arrival.envelope_to) or "nobody we know"
        return Received("unprocessed", "unrouted", f"No mailbox of ours has this address: {named}.")
    carried = Carried(inbound_id, item.attachments, house.languages, house.own_addresses)
    meant = case_of_forwarded(item.inbound)
    return receive(meant, channel=item.channel, carried=carried, at=at)


def _sizes(batch: Sequence[_Understood]) -> dict[str, int]:
    raw = {item.digest: len(item.arrival.raw) for item in batch}
    return raw | {file.digest: file.size for item in batch for file in item.attachments}


def _as_arrival(item: _Understood) -> Arrival:
    arrival, inbound = item.arrival, item.inbound
    return Arrival(
        arrival.name, item.digest, len(arrival.raw), arrival.door, arrival.received_at, arrival.envelope_from,
        list(arrival.envelope_to), item.channel.id if item.channel else None, inbound.subject[:500], inbound.sender.value[:320],
    )  # fmt: skip
