"""A worker died while sending: what had not been handed over is sent again, what had is said to be uncertain."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careline.domain.conversations.commands import deliveries
from careline.domain.conversations.queries.cases import conversation_by_id
from careline.domain.conversations.queries.messages import message_by_id
from careline.domain.history.actor import SYSTEM
from careline.domain.history.commands import Happening, record


def take_over_abandoned(*, alive: list[str], at: datetime) -> int:
    """How many were left under way by workers that are gone."""
    with transaction.atomic():
        left = deliveries.take_over_abandoned(workers=alive, at=at)
        for delivery in left:
            if delivery.state == "uncertain":
                message = message_by_id(delivery.message_id)
                case = conversation_by_id(message.conversation_id)
                assert case is not None, "a message stands in a case"
                data = {"case": case.number}
                record(
                    Happening("message.uncertain", "message", message.id, case.id, case.customer_id, data),
                    by=SYSTEM,
                    at=at,
                )
    return len(left)
