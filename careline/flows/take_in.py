"""From the spool to the case: raw bytes are stored durably, then understood, then placed; nothing is lost on the way.

An entry leaves the spool only after the commit that took it in, so a crash anywhere means reading it again; the spool name
is the unique key of the inbound row, so reading it again doubles nothing. A mail that fails is undone alone (a savepoint)
and waits, with the reason, where people see it. Files are written beside the understanding and the statements, and are
durable before the commit.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from careline.domain.channels import commands as channels
from careline.domain.channels.adapter import ChannelRow, RawMessage, adapter_of
from careline.domain.channels.commands import Arrival, Conclusion
from careline.domain.channels.inbound import Inbound
from careline.domain.channels.rules import channel_for
from careline.domain.conversations.commands.messages import NewAttachment
from careline.domain.files import commands as files
from careline.domain.history.actor import Actor
from careline.domain.sla.commands.promises import keep_promises_of_many
from careline.flows.forwarded import case_of_forwarded
from careline.flows.receive import Carried, Received, receive, words_to_lock
from careline.kit import db
from careline.kit.storage import Writing

log = logging.getLogger(__name__)
_READ_BY_DOOR = {"portal": "portal"}
"""What comes by these doors into a mailbox is no mail: the kind that reads it."""


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
    """Takes a batch in within one transaction; None for what was taken in before. Raises only when the database is away.

    First all of it in one go; where one mail fails, once more with each of them alone.
    """
    raw = files.begin([arrival.raw for arrival in arrivals], deflate=True)
    batch = [_understand(arrival, house) for arrival in arrivals]
    parts = files.begin([file.content for item in batch for file in item.inbound.attachments])
    _name_files(batch, raw.digests, parts.digests)
    try:
        return _taken(batch, [raw, parts], house=house, at=at, alone=False)
    except Exception as error:
        if db.is_lost(error) or isinstance(error, OSError):
            raise
        return _taken(batch, [raw, parts], house=house, at=at, alone=True)


def _taken(
    batch: Sequence[_Understood], writing: Sequence[Writing], *, house: House, at: datetime, alone: bool
) -> list[Received | None]:
    """One transaction over the batch, which commits once the files are durable; `alone` gives each mail its savepoint."""
    with transaction.atomic():
        files.keep(_sizes(batch), at=at)
        rows = channels.take_in([_as_arrival(item) for item in batch])
        db.lock_words({word for item in batch for word in words_to_lock(item.inbound)})
        new = [(item, rows[item.arrival.name]) for item in batch if item.arrival.name in rows]
        place_all = _each_alone if alone else _all_at_once
        with nullcontext() if alone else db.pipelined():
            results = place_all(new, house=house, at=at)
            _conclude(batch, rows, results, at=at)
        for files_begun in writing:
            files_begun.finish()
    return [results.get(rows.get(item.arrival.name, 0)) for item in batch]


def replay(inbound_id: int, arrival: RawArrival, *, house: House, at: datetime) -> Received:
    """Understands and places again what is stored already."""
    item = _understand(arrival, house)
    parts = [file.content for file in item.inbound.attachments]
    _name_files([item], files.write([arrival.raw], deflate=True), files.write(parts))
    with transaction.atomic():
        files.keep(_sizes([item]), at=at)
        db.lock_words(words_to_lock(item.inbound))
        result = _placed_alone(item, inbound_id, house=house, at=at)
        _conclude([item], {arrival.name: inbound_id}, {inbound_id: result}, at=at)
    return result


def _understand(arrival: RawArrival, house: House) -> _Understood:
    """Which channel it is for, and what it says. Broken beyond reading gives an empty Inbound with the reason."""
    known = {channel.id: channel for channel in house.channels}
    channel = known.get(arrival.channel_id or 0) or channel_for(arrival.envelope_to, house.channels)
    adapter = adapter_of(_READ_BY_DOOR.get(arrival.door) or (channel.kind if channel else "email"))
    raw = RawMessage(arrival.raw, arrival.envelope_from, arrival.envelope_to)
    try:
        inbound = adapter.parse(raw, channel=channel, own=house.own_addresses)
    except Exception as error:
        log.exception("A message could not be read (%s).", arrival.name)
        inbound = Inbound(defects=[f"It could not be read: {type(error).__name__}."], data={"unreadable": True})
    if channel is None and not arrival.envelope_to:
        channel = channel_for([party.value for party in (*inbound.to, *inbound.cc)], house.channels)
    return _Understood(arrival, inbound, channel)


def _name_files(batch: Sequence[_Understood], raw: Sequence[str], parts: Iterable[str]) -> None:
    digests = iter(parts)
    for item, digest in zip(batch, raw, strict=True):
        item.digest = digest
        item.attachments = tuple(
            NewAttachment(next(digests), f.name, f.media_type, len(f.content), f.inline, f.content_id)
            for f in item.inbound.attachments
        )


def _each_alone(new: Sequence[tuple[_Understood, int]], *, house: House, at: datetime) -> dict[int, Received]:
    return {key: _placed_alone(item, key, house=house, at=at) for item, key in new}


def _all_at_once(new: Sequence[tuple[_Understood, int]], *, house: House, at: datetime) -> dict[int, Received]:
    moved: dict[int, Actor] = {}
    results = {key: _placed(item, key, house=house, at=at, moved=moved) for item, key in new}
    if moved:
        keep_promises_of_many(moved, at=at)
    return results


def _placed_alone(item: _Understood, inbound_id: int, *, house: House, at: datetime) -> Received:
    """What fails is undone alone, and waits with the reason."""
    try:
        with db.savepoint():
            return _placed(item, inbound_id, house=house, at=at)
    except Exception as error:
        if db.is_passing(error):  # the database's or the disk's fault, not the mail's: it is taken again
            raise
        log.exception("A message could not be placed (inbound %s).", inbound_id)
        return Received("unprocessed", "failed", f"Placing it failed: {type(error).__name__}.")


def _conclude(
    batch: Sequence[_Understood], rows: dict[str, int], results: dict[int, Received], *, at: datetime
) -> None:
    """Says on the inbound rows what became of them."""
    known = {rows[item.arrival.name]: item.channel for item in batch if item.arrival.name in rows}
    channels.conclude_all(
        [
            Conclusion(
                key, r.status, r.outcome, r.reason, r.number, r.message, channel.id if (channel := known[key]) else None
            )
            for key, r in results.items()
        ],
        at=at,
    )
    for key, result in results.items():
        if result.status == "unprocessed":
            channels.note_rejection(key, at=at)


def _placed(
    item: _Understood, inbound_id: int, *, house: House, at: datetime, moved: dict[int, Actor] | None = None
) -> Received:
    if item.inbound.data.get("unreadable"):
        return Received("unprocessed", "failed", item.inbound.defects[-1])
    if item.channel is None:
        named = ", ".join(item.arrival.envelope_to) or "nobody we know"
        return Received("unprocessed", "unrouted", f"No mailbox of ours has this address: {named}.")
    carried = Carried(inbound_id, item.attachments, house.languages, house.own_addresses, moved)
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
