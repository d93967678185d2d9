"""A message that failed, or of which nobody knows, is sent again because a person decides so."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careline.domain.conversations.commands import cases, deliveries
from careline.domain.conversations.errors import Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.staff.rules import Person


def resend(agent: Person, number: int, message: int, *, by: Actor, at: datetime) -> None:
    """Queues it again. Raises NotFound, Forbidden, Refused."""
    with transaction.atomic():
        case = cases.locked_where_it_stands(conversation_for(agent, number, verb="conversation:reply").id)
        if not deliveries.retry(message, case=case.id, at=at):
            raise Refused("Only a message that failed, or of which nobody knows, can be sent again.")
        data = {"case": case.number}
        record(Happening("message.resent", "message", message, case.id, case.customer_id, data), by=by, at=at)
