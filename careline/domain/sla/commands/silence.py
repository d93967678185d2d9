"""A case that nobody has touched for long is called forgotten, on the record: once for each silence."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careline.domain.company.commands import keep_setting
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.sla.queries.silence import KEPT_AS, bounds, forgotten_before, silences
from careline.domain.sla.rules.silence import USUAL, Silence
from careline.kit import db

AT_ONCE = 200
_IS_OPEN = "c.category = 'open' AND NOT c.is_spam AND c.merged_into_id IS NULL AND (c.snoozed_until IS NULL OR c.snoozed_until <= %(at)s)"
_IS_NEW = "NOT EXISTS (SELECT FROM sla_silence s WHERE s.conversation_id = c.id AND s.since = c.updated_at)"
_NOTE = f"""
INSERT INTO sla_silence (conversation_id, since)
SELECT c.id, c.updated_at FROM conversations_conversation c WHERE {_IS_OPEN} AND {{condition}} AND {_IS_NEW}
ORDER BY c.updated_at, c.number LIMIT %(limit)s
ON CONFLICT (conversation_id) DO UPDATE SET since = excluded.since WHERE sla_silence.since <> excluded.since
RETURNING conversation_id
"""
_CASES = "SELECT id, number, customer_id FROM conversations_conversation WHERE id = ANY(%s) ORDER BY id"


@transaction.atomic
def note_silences(*, by: Actor, at: datetime) -> int:
    """Those that came to be forgotten by then, the longest silence first; how many, at most so many at once."""
    db.lock_words(["silences"])
    condition, params = forgotten_before(bounds(silences(), at=at))
    rows = db.rows(_NOTE.format(condition=condition), params | {"at": at, "limit": AT_ONCE})
    noted = [row.conversation_id for row in rows]
    found = db.rows(_CASES, [noted]) if noted else []
    record(
        *(Happening("case.forgotten", "conversation", row.number, row.id, row.customer_id) for row in found), by=by, at=at
    )  # fmt: skip
    return len(noted)


@transaction.atomic
def keep_silence(team: int, silence: Silence, *, by: Actor, at: datetime) -> None:
    """From now on cases of the team are called forgotten by this."""
    db.lock_words(["silences"])
    held = silences()
    if held.get(team, USUAL) == silence:
        return
    kept = {str(key): list(said) for key, said in (held | {team: silence}).items() if said != USUAL}
    keep_setting(KEPT_AS, kept, by=by, at=at)
