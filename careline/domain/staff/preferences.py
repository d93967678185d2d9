"""How somebody likes their screens: kept on the server, so that it follows them to every browser."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from psycopg.types.json import Jsonb

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.staff.preference_rules import fitting, with_defaults
from careline.kit import db


def preferences_of(agent_id: int) -> dict[str, Any]:
    """Every known preference by name, as chosen or by default. Of whoever visits, `Person.preferences` holds them already."""
    return with_defaults(db.value("SELECT chosen FROM staff_preference WHERE agent_id = %s", [agent_id]) or {})


@transaction.atomic
def prefer(agent_id: int, name: str, value: Any, *, by: Actor, at: datetime) -> None:
    """Keeps one preference; the others stay. None means the default again. Raises UnfitPreference."""
    kept = fitting(name, value)
    chosen = {} if kept is None else {name: kept}
    db.execute(
        """INSERT INTO staff_preference (agent_id, chosen) VALUES (%s, %s)
           ON CONFLICT (agent_id) DO UPDATE SET chosen = staff_preference.chosen - %s::text || EXCLUDED.chosen""",
        [agent_id, Jsonb(chosen), name],
    )
    record(Happening("agent.preferred", "agent", agent_id, data={"fields": [name[:50]]}), by=by, at=at)
