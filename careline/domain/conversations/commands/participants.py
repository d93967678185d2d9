"""Who is on a case besides us."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db


def join(conversation: int, people: Sequence[dict[str, Any]]) -> None:
    """Puts people ({kind, value, name, role, state, customer}) on a case.

    Those on it already stay as they are; who is named twice comes as the first of the two.
    """
    if not people:
        return
    db.send(
        """INSERT INTO conversations_participant (conversation_id, customer_id, kind, value, name, role, state)
           SELECT %s, p.customer, p.kind, p.value, p.name, p.role, p.state
           FROM jsonb_to_recordset(%s) AS p (customer bigint, kind text, value text, name text, role text, state text)
           ON CONFLICT (conversation_id, kind, value) DO NOTHING""",
        [conversation, db.json(list(people))],
    )


@transaction.atomic
def admit(case: Any, *, participant: int, by: Actor, at: datetime) -> None:
    """An agent agrees that a suggested sender belongs to the case: from now on they receive answers."""
    _set_state(case, participant, "active", "participant.admitted", by=by, at=at)


@transaction.atomic
def dismiss(case: Any, *, participant: int, by: Actor, at: datetime) -> None:
    """The person receives no answers of this case; what they wrote stays."""
    _set_state(case, participant, "removed", "participant.dismissed", by=by, at=at)


def _set_state(case: Any, participant: int, state: str, happening: str, *, by: Actor, at: datetime) -> None:
    changed = db.execute(
        "UPDATE conversations_participant SET state = %s WHERE id = %s AND conversation_id = %s AND state <> %s",
        [state, participant, case.id, state],
    )
    if changed:
        db.execute("UPDATE conversations_conversation SET version = version + 1 WHERE id = %s", [case.id])
        data = {"participant": participant}
        record(Happening(happening, "conversation", case.number, case.id, case.customer_id, data), by=by, at=at)
