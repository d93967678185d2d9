"""What was answered. Guarded: flows only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db


@dataclass(frozen=True, slots=True)
class Said:
    """One answer to one survey. `kind`: by whose scale the score is; `resolved_at`: of which resolution of the case."""

    kind: str
    conversation: int
    number: int
    resolved_at: datetime
    via: str
    score: int | None
    survey: int | None = None
    version: int = 1
    invitation: int | None = None
    customer: int | None = None
    agent: int | None = None
    team: int | None = None
    brand: int | None = None
    channel_kind: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    comment: str = ""
    language: str = ""
    is_low: bool = False


_PUT = """
INSERT INTO surveys_answer AS a (survey_id, version, kind, invitation_id, conversation_id, customer_id, agent_id, team_id, brand_id,
    channel_kind, via, resolved_at, score, values, comment, language, answered_at, changed_at, is_low, recovered)
VALUES (%(survey)s, %(version)s, %(kind)s, %(invitation)s, %(case)s, %(customer)s, %(agent)s, %(team)s, %(brand)s,
    %(channel)s, %(via)s, %(resolved)s, %(score)s, %(values)s, %(comment)s, %(language)s, %(at)s, %(at)s, %(low)s, '')
ON CONFLICT (conversation_id, resolved_at) DO UPDATE SET score = excluded.score, values = excluded.values,
    comment = excluded.comment, changed_at = excluded.changed_at, is_low = excluded.is_low, via = excluded.via, kind = excluded.kind,
    survey_id = excluded.survey_id, version = excluded.version, invitation_id = coalesce(excluded.invitation_id, a.invitation_id)
RETURNING id, (a.xmax = 0) AS is_new
"""


@transaction.atomic
def put_answer(said: Said, *, by: Actor, at: datetime) -> Any:
    """One answer for each resolution, whichever way it comes: a second one changes the first. (id, is_new)."""
    made = db.row(
        _PUT,
        {
            "survey": said.survey, "version": said.version, "kind": said.kind, "invitation": said.invitation,
            "case": said.conversation, "customer": said.customer, "agent": said.agent, "team": said.team, "brand": said.brand,
            "channel": said.channel_kind, "via": said.via, "resolved": said.resolved_at, "score": said.score,
            "values": db.json(said.values), "comment": said.comment, "language": said.language, "at": at, "low": said.is_low,
        },
    )  # fmt: skip
    assert made is not None, "it is put in or changed"
    db.execute(
        """UPDATE surveys_invitation SET state = 'answered', due_at = NULL
           WHERE conversation_id = %s AND resolved_at = %s AND state = 'sent'""",
        [said.conversation, said.resolved_at],
    )
    name = "survey.answered" if made.is_new else "survey.changed_answer"
    data = {"answer": made.id, "survey": said.survey, "kind": said.kind, "score": said.score, "low": said.is_low}
    record(Happening(name, "conversation", said.number, said.conversation, said.customer, data), by=by, at=at)
    return made


def note_message(answer: int, message: int) -> None:
    """The note in the case that holds the comment."""
    db.execute("UPDATE surveys_answer SET message_id = %s WHERE id = %s", [message, answer])


def note_recovery(answer: int, conversation: int) -> None:
    """The case that somebody makes it good in."""
    db.execute("UPDATE surveys_answer SET recovery_id = %s WHERE id = %s", [conversation, answer])


def note_recovered(answer: int, outcome: str) -> None:
    db.execute("UPDATE surveys_answer SET recovered = %s WHERE id = %s", [outcome, answer])


_WORDLESS = """
UPDATE surveys_answer a SET comment = '', "values" = (
    SELECT coalesce(jsonb_object_agg(v.key, v.value), '{}') FROM jsonb_each(a."values") v
    WHERE jsonb_typeof(v.value) <> 'string' OR v.value #>> '{}' ~ '^[a-z][a-z0-9_]{0,39}$')
WHERE a.conversation_id = ANY(%s) OR a.customer_id = ANY(%s)
"""


def forget_words(conversations: Sequence[int], *, customers: Sequence[int] = ()) -> int:
    """Free words about these cases and of these customers go, and who did not want to be asked; figures and codes of choices stay."""
    db.execute("DELETE FROM surveys_optout WHERE customer_id = ANY(%s)", [list(customers)])
    return db.execute(_WORDLESS, [list(conversations), list(customers)])
