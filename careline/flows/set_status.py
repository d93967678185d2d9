"""A case gets a status of the company's own; a new category goes by the same guards as resolving and opening again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careline.domain.conversations.commands import cases, many, undoing
from careline.domain.conversations.commands.handing_over import take_from_leaver
from careline.domain.conversations.errors import Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.conversations.queries.structure import status_named
from careline.domain.conversations.rules.covers import cover_of, moved_to
from careline.domain.history.actor import Actor
from careline.domain.sla.commands.promises import keep_promises
from careline.domain.staff.rules import Person
from careline.flows.resolve import require_resolvable


class NoSuchStatus(Refused):
    """No status in use has this code or name."""


def set_status(agent: Person, number: int, status: str, *, by: Actor, at: datetime) -> None:
    """By code or name. Within a category it is a label, between them a move. Raises NotFound, Forbidden, MergedAway, Refused."""
    with transaction.atomic():
        wanted = status_named(status)
        found = conversation_for(agent, number)
        if wanted is None:
            raise NoSuchStatus(f"There is no status “{status[:100]}” in use.")
        is_move = found.category != wanted.category
        verb = "conversation:resolve" if is_move else "conversation:label"
        case = cases.locked(conversation_for(agent, number, verb=verb).id)
        if is_move and wanted.category == "resolved":
            require_resolvable(case)
        before = cover_of(case)
        many.rewrite([(case, before, {**before, **moved_to(wanted.id, wanted.category, before, at=at)})], by=by, at=at)
        if is_move and case.category == "resolved":
            take_from_leaver(case, by=by, at=at)
        if is_move:
            keep_promises([case.id], by=by, at=at)
        undoing.keep(case, agent=agent.id, at=at)
