"""What a team does with a resolved case when the customer writes again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db


@transaction.atomic
def set_reopening(team: int, *, policy: str, days: int, by: Actor, at: datetime) -> bool:
    """`policy` is reopen, new or within (then `days` counts). False where there is no such team."""
    if not db.execute("UPDATE staff_team SET reopen_policy = %s, reopen_days = %s WHERE id = %s", [policy, days, team]):
        return False
    record(Happening("team.reopening_changed", "team", team, data={"policy": policy, "days": days}), by=by, at=at)
    return True


def reopenings() -> list[Any]:
    """The teams by name: id, name, reopen_policy, reopen_days."""
    return db.rows("SELECT id, name, reopen_policy, reopen_days FROM staff_team ORDER BY name, id")
