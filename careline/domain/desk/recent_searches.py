"""What somebody searched for lately: kept for them alone, and thrown away when they say so."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careline.kit import db

KEPT = 12
_LONGEST = 200


@transaction.atomic
def remember(agent: int, words: str, *, at: datetime) -> None:
    """Puts it on top; what is older than the newest twelve goes."""
    words = " ".join(words.split())[:_LONGEST]
    if not words:
        return
    db.execute(
        """INSERT INTO desk_recentsearch (agent_id, words, at) VALUES (%s, %s, %s)
           ON CONFLICT (agent_id, words) DO UPDATE SET at = excluded.at""",
        [agent, words, at],
    )
    db.execute(
        """DELETE FROM desk_recentsearch WHERE agent_id = %(agent)s AND id NOT IN (
               SELECT id FROM desk_recentsearch WHERE agent_id = %(agent)s ORDER BY at DESC, id DESC LIMIT %(kept)s)""",
        {"agent": agent, "kept": KEPT},
    )


def forget(agent: int, words: str | None = None) -> int:
    """Forgets one search, or all of the agent's; how many."""
    return db.execute(
        "DELETE FROM desk_recentsearch WHERE agent_id = %(agent)s AND (%(words)s::text IS NULL OR words = %(words)s)",
        {"agent": agent, "words": words},
    )


def recent_searches(agent: int) -> list[str]:
    """The newest first."""
    found = db.rows("SELECT words FROM desk_recentsearch WHERE agent_id = %s ORDER BY at DESC, id DESC", [agent])
    return [row.words for row in found]
