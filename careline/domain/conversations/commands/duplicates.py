"""That two cases are not the same, once somebody has looked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db


@transaction.atomic
def note_no_duplicate(case: Any, *, other: Any, by: Actor, at: datetime) -> None:
    made = db.execute(
        "INSERT INTO conversations_noduplicate (conversation_id, other_id, at) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
        [case.id, other.id, at],
    )
    if made:
        data = {"number": other.number}
        record(
            Happening("conversation.kept_apart", "conversation", case.number, case.id, case.customer_id, data),
            by=by,
            at=at,
        )
