"""A mailing goes out: whom it means, each in a case of their own, only those who agree at that moment; and its stop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from careline.domain.channels.adapter import ChannelRow
from careline.domain.channels.queries import channel_by_id
from careline.domain.conversations.commands import cases, deliveries
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.conversations.rules.filling import Hole, filled
from careline.domain.conversations.rules.recipients import Person as Reader
from careline.domain.desk.queries.segments import consenting, consenting_count, size_of
from careline.domain.history.actor import Actor, ActorKind
from careline.domain.outreach import commands as mailings
from careline.domain.outreach.queries import readers_among, waiting_of, written_of
from careline.domain.outreach.rules import unsubscribe_token
from careline.domain.sla.commands.promises import keep_promises
from careline.domain.staff.queries import person
from careline.domain.staff.rules import Forbidden, Person, may, require
from careline.flows.open_case import Opening, open_case
from careline.flows.write_mailing import mailing_for
from careline.kit import db
from careline.kit.keys import ring

AT_ONCE, PAGE = 20, 1000
_GONE = "No longer agrees, or has no mail address that works."


@dataclass(frozen=True, slots=True)
class Audience:
    """How many of a segment its sender sees, and how many of them may be written to for the purpose."""

    seen: int
    agreeing: int


def audience(agent: Person, key: int, *, at: datetime) -> Audience:
    """Raises Forbidden, NotFound."""
    mailing = mailing_for(agent, key)
    if mailing.segment_id is None:
        return Audience(0, 0)
    agreeing = consenting_count(mailing.segment_id, agent, purpose=mailing.purpose, at=at)
    return Audience(size_of(mailing.segment_id, agent, at=at), agreeing)


def send_mailing(agent: Person, key: int, *, by: Actor, at: datetime) -> int:
    """Everybody it means from now on; how many. The worker writes to them. Raises Forbidden, NotFound, Refused."""
    mailing = mailing_for(agent, key)
    for verb in ("conversation:create", "conversation:reply"):
        require(agent, verb)
    if mailing.segment_id is None:
        raise Refused("Its segment is gone: choose another one.")
    with transaction.atomic():
        if not mailings.start(key, by=by, at=at):
            raise Refused("It was started already.")
        meant = 0
        for page in _readers(agent, mailing, at=at):
            mailings.mean(key, page)
            meant += len(page)
        if not meant:
            raise Refused("Nobody in this segment may be written to for this purpose.")
    return meant


def stop_mailing(agent: Person, key: int, *, by: Actor, at: datetime) -> int:
    """Nobody else is written to, and what has not left yet stays here; how many letters that were. Raises Forbidden, NotFound."""
    mailing_for(agent, key)
    with transaction.atomic():
        mailings.end(key, "stopped", by=by, at=at)
        kept = deliveries.cancel_all([row.message_id for row in written_of(key)])
        mailings.note_taken_back(key, kept)
    return len(kept)


def carry_on_mailing(*, at: datetime) -> int:
    """Writes to the next few of the next mailing; how many, and one for its end."""
    with transaction.atomic():
        mailing = mailings.take_up(at=at)
        if mailing is None:
            return 0
        waiting = waiting_of(mailing.id, limit=AT_ONCE)
        sender, channel = person(mailing.agent_id), channel_by_id(mailing.channel_id) if mailing.channel_id else None
        by = Actor(ActorKind.AGENT, mailing.agent_id, via="mailing")
        is_sent = sender is not None and may(sender, "mailing:send")
        if not waiting or sender is None or not is_sent or channel is None or not channel.is_active:
            mailings.end(mailing.id, "stopped" if waiting else "done", by=by, at=at)
            return 1
        readers = {row.id: row for row in readers_among(waiting, purpose=mailing.purpose)}
        told = [_written(sender, mailing, channel, key, readers.get(key), by=by, at=at) for key in waiting]
        mailings.note_each(mailing.id, told, next_at=at)
    return len(waiting)


def _readers(agent: Person, mailing: Any, *, at: datetime) -> list[Sequence[int]]:
    """The keys of those who agree, a thousand at a time."""
    pages: list[Sequence[int]] = []
    after = None
    while found := consenting(mailing.segment_id, agent, purpose=mailing.purpose, at=at, after=after, limit=PAGE):
        pages.append([row.id for row in found])
        after = found[-1].id
    return pages


def _written(
    sender: Person, mailing: Any, channel: ChannelRow, customer: int, reader: Any | None, *, by: Actor, at: datetime
) -> dict[str, Any]:
    if reader is None:
        return {"customer": customer, "state": "left_out", "reason": _GONE}
    names = {"customer.name": reader.name, "customer.first_name": reader.name.split(" ")[0], "agent.name": sender.name}
    stop = f"{settings.PUBLIC_URL}/unsubscribe/{unsubscribe_token(customer, mailing.purpose, ring=ring())}"
    try:
        with db.savepoint():
            opening = Opening(
                kind="reply", channel=channel, customer=customer, sender=Reader(reader.address, reader.name),
                subject=filled(mailing.subject, names), text=f"{filled(mailing.text, names)}\n\n{_STOP}\n{stop}",
                data={"unsubscribe_url": stop, "mailing": mailing.id},
            )  # fmt: skip
            number = open_case(sender, opening, by=by, at=at)
            case = conversation_by_number(number)
            assert case is not None, "it was opened just now"
            # Nobody here has to do anything until they answer; then it is open again.
            cases.resolve(cases.locked(case.id), by=by, at=at)
            keep_promises([case.id], by=by, at=at)
    except (Refused, NotFound, Forbidden, Hole) as refusal:
        return {"customer": customer, "state": "left_out", "reason": str(refusal)}
    return {"customer": customer, "state": "written", "number": number, "message_id": case.last_message_id}


_STOP = "If you want no more letters like this one:"
