"""Who is asked: planned at a resolution, decided when it is due. Guarded: flows only."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from careline.domain.history.actor import SYSTEM, Actor
from careline.domain.history.commands import Happening, record
from careline.domain.surveys.rules.links import digest_of
from careline.kit import db

_PLAN = """
INSERT INTO surveys_invitation (survey_id, version, conversation_id, customer_id, agent_id, team_id, brand_id, channel_kind,
    resolved_at, state, reason, due_at, digest, language)
VALUES (%(survey)s, %(version)s, %(case)s, %(customer)s, %(agent)s, %(team)s, %(brand)s, %(channel)s,
    %(resolved)s, 'waiting', '', %(due)s, '', %(language)s)
ON CONFLICT (conversation_id, resolved_at) DO NOTHING
"""


def plan(case: Any, survey: Any, *, channel_kind: str, resolved_at: datetime, due_at: datetime) -> bool:
    """Once for each resolution; False where it was planned before."""
    return bool(
        db.execute(
            _PLAN,
            {
                "survey": survey.id, "version": survey.version, "case": case.id, "customer": case.customer_id,
                "agent": case.assignee_id, "team": case.team_id, "brand": case.brand_id, "channel": channel_kind,
                "resolved": resolved_at, "due": due_at, "language": case.language,
            },
        )
    )  # fmt: skip


def take_due(*, at: datetime) -> Any | None:
    """An invitation whose moment has come, held until the transaction ends."""
    return db.row(
        """SELECT i.*, s.gap_days, s.expires_days, s.is_on, s.kind, v.content FROM surveys_invitation i
           JOIN surveys_survey s ON s.id = i.survey_id JOIN surveys_version v ON v.survey_id = i.survey_id AND v.version = i.version
           WHERE i.state = 'waiting' AND i.due_at <= %s ORDER BY i.due_at, i.id LIMIT 1 FOR UPDATE OF i SKIP LOCKED""",
        [at],
    )


@transaction.atomic
def note_sent(invitation: Any, *, token: str, message: int, number: int, at: datetime) -> None:
    db.execute(
        """UPDATE surveys_invitation SET state = 'sent', sent_at = %s, due_at = NULL, digest = %s, message_id = %s, expires_at = %s
           WHERE id = %s""",
        [at, digest_of(token), message, at + timedelta(days=invitation.expires_days), invitation.id],
    )
    data = {"survey": invitation.survey_id, "invitation": invitation.id, "message": message}
    told = Happening("survey.sent", "conversation", number, invitation.conversation_id, invitation.customer_id, data)
    record(told, by=SYSTEM, at=at)


def leave_out(invitation: Any, *, reason: str) -> None:
    """Nobody is asked, for this reason; it stands in the record of the survey."""
    db.execute(
        "UPDATE surveys_invitation SET state = 'left_out', reason = %s, due_at = NULL WHERE id = %s",
        [reason, invitation.id],
    )


@transaction.atomic
def opt_out(customer: int, *, by: Actor, at: datetime) -> bool:
    """They are not asked any more. False where they said so before."""
    new = db.execute(
        "INSERT INTO surveys_optout (customer_id, at) VALUES (%s, %s) ON CONFLICT DO NOTHING", [customer, at]
    )
    if new:
        record(Happening("survey.opted_out", "customer", customer, customer=customer), by=by, at=at)
    return bool(new)


@transaction.atomic
def opt_in(customer: int, *, by: Actor, at: datetime) -> bool:
    gone = db.execute("DELETE FROM surveys_optout WHERE customer_id = %s", [customer])
    if gone:
        record(Happening("survey.opted_in", "customer", customer, customer=customer), by=by, at=at)
    return bool(gone)
