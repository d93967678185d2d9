"""That a customer was who they said, on a case: put down with how, by whom and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from careline.domain.history.actor import Actor, ActorKind
from careline.domain.history.commands import Happening, record
from careline.kit import db


def note_identified(
    case: Any,
    customer: int,
    *,
    how: str,
    questions: Sequence[str] = (),
    is_passed: bool = True,
    by: Actor,
    at: datetime,
) -> None:
    """`how`: mail, portal, chat or questions. Once is enough; each failed try is kept. Call it in a transaction."""
    made = db.value(
        """INSERT INTO conversations_identification (conversation_id, customer_id, how, questions, is_passed, agent_id, at)
           VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING id""",
        [case.id, customer, how, list(questions), is_passed, by.id if by.kind is ActorKind.AGENT else None, at],
    )
    if made is not None:
        name = "customer.identified" if is_passed else "customer.not_identified"
        data = {"how": how, "questions": list(questions)}
        record(Happening(name, "conversation", case.number, case.id, customer, data), by=by, at=at)
