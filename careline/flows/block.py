"""Nobody wants to hear from a sender any more: their mails are kept, in cases that are marked as spam."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careline.domain.channels.queries import own_addresses
from careline.domain.conversations.commands import cases, labels
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.cases import conversation_for, participants_of
from careline.domain.customers.commands import blocks
from careline.domain.history.actor import Actor
from careline.domain.sla.commands.promises import keep_promises
from careline.domain.staff.rules import Person, require

VERB = "sender:block"


def block(agent: Person, value: str, *, by: Actor, at: datetime) -> int:
    """Blocks an address, or a domain as in `@spam.example`; the block's key. Raises Forbidden, Refused."""
    require(agent, VERB)
    word = value.strip().lower()
    if any(
        word == own.lower() or own.lower().endswith(word)
        for own in own_addresses()
        if word.startswith("@") or word == own.lower()
    ):
        raise Refused("That is an address of ours.")
    try:
        return blocks.block(value, by=by, at=at)
    except blocks.BadBlock as wrong:
        raise Refused(str(wrong)) from wrong


def unblock(agent: Person, key: int, *, by: Actor, at: datetime) -> None:
    """From now on their messages come as all others do. Raises Forbidden, NotFound."""
    require(agent, VERB)
    if not blocks.unblock(key, by=by, at=at):
        raise NotFound("There is no such block.")


def block_sender_of(agent: Person, number: int, *, whole_domain: bool = False, by: Actor, at: datetime) -> int:
    """Blocks whoever began a case, and marks the case as spam. Raises NotFound, Forbidden, Refused."""
    with transaction.atomic():
        case = cases.locked(conversation_for(agent, number, verb="conversation:label").id)
        first = next((p for p in participants_of(case.id) if p.role == "requester" and p.kind == "email"), None)
        if first is None:
            raise Refused("It does not say whose mail it is.")
        key = block(agent, "@" + first.value.rpartition("@")[2] if whole_domain else first.value, by=by, at=at)
        labels.mark_spam(case, is_spam=True, by=by, at=at)
        keep_promises([case.id], by=by, at=at)
    return key
