"""How a team works on its cases."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db


@transaction.atomic
def keep(team: int, *, only_assignee_sends: bool, by: Actor, at: datetime) -> None:
    changed = db.execute(
        """INSERT INTO conversations_teamrule AS r (team_id, only_assignee_sends) VALUES (%s, %s)
           ON CONFLICT (team_id) DO UPDATE SET only_assignee_sends = excluded.only_assignee_sends
               WHERE r.only_assignee_sends <> excluded.only_assignee_sends""",
        [team, only_assignee_sends],
    )
    if changed:
        record(Happening("team.sending_ruled", "team", team, data={"only_assignee": only_assignee_sends}), by=by, at=at)
