"""What people choose to be told of."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.notifications.commands.telling import see
from careline.domain.notifications.rules.choices import choices_from
from careline.kit import db


@transaction.atomic
def choose(agent: int, kept: dict[str, Any], *, by: Actor, at: datetime) -> None:
    """All of somebody's choices anew. Raises UnfitChoice."""
    chosen = choices_from(kept).kept()
    db.execute(
        """INSERT INTO notifications_choice (agent_id, chosen) VALUES (%s, %s)
           ON CONFLICT (agent_id) DO UPDATE SET chosen = excluded.chosen""",
        [agent, db.json(chosen)],
    )
    record(Happening("agent.notices_chosen", "agent", agent), by=by, at=at)


@transaction.atomic
def leave_undisturbed(agent: int, *, until: datetime | None, by: Actor, at: datetime) -> None:
    """No push and no mail before then; what waits already waits longer. None: as chosen."""
    db.execute(
        """INSERT INTO notifications_choice (agent_id, chosen, undisturbed_until) VALUES (%s, '{}', %s)
           ON CONFLICT (agent_id) DO UPDATE SET undisturbed_until = excluded.undisturbed_until""",
        [agent, until],
    )
    if until is not None:
        db.execute(
            """UPDATE notifications_parcel p SET due_at = %s FROM notifications_notification n
               WHERE n.id = p.notification_id AND n.agent_id = %s AND p.due_at < %s""",
            [until, agent, until],
        )
    record(Happening("agent.notices_chosen", "agent", agent), by=by, at=at)


@transaction.atomic
def mute(agent: int, case: Any, *, by: Actor, at: datetime) -> None:
    """They hear no more of this case, and what they heard of it is seen."""
    db.execute(
        "INSERT INTO notifications_mute (agent_id, conversation_id, at) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
        [agent, case.id, at],
    )
    see(agent, conversation=case.id, by=by, at=at)
    record(Happening("agent.muted", "agent", agent, data={"case": case.number}), by=by, at=at)


@transaction.atomic
def unmute(agent: int, case: Any, *, by: Actor, at: datetime) -> None:
    if db.execute("DELETE FROM notifications_mute WHERE agent_id = %s AND conversation_id = %s", [agent, case.id]):
        record(Happening("agent.unmuted", "agent", agent, data={"case": case.number}), by=by, at=at)
