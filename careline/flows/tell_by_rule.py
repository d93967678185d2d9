"""A rule tells somebody: a colleague, a team, whoever escalates, a program. What they make of it is theirs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from careline.domain.conversations.errors import Refused
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.webhooks.commands import attempts
from careline.domain.webhooks.commands.attempts import News
from careline.domain.webhooks.queries import webhook_by_id
from careline.domain.webhooks.rules.payloads import event_of


def notify_by_rule(case: Any, *, agent: int | None = None, team: int | None = None, by: Actor, at: datetime) -> None:
    """Writes `rule.notified`, which notifications read."""
    data = {"rule": by.id, "agent": agent, "team": team}
    record(Happening("rule.notified", "conversation", case.number, case.id, case.customer_id, data), by=by, at=at)


def escalate_by_rule(case: Any, *, by: Actor, at: datetime) -> None:
    """Writes `escalation.asked`, which the ladder of the case's topic answers."""
    data = {"rule": by.id}
    record(Happening("escalation.asked", "conversation", case.number, case.id, case.customer_id, data), by=by, at=at)


def call_webhook_by_rule(case: Any, webhook: int, *, run: int, by: Actor, at: datetime) -> None:
    """Queues `rule.matched` for one webhook, whatever else it hears of. Raises Refused where it is gone or paused."""
    found = webhook_by_id(webhook)
    if found is None:
        raise Refused(f"There is no webhook {webhook}.")
    if found.paused_at is not None:
        raise Refused(f"The webhook {found.name} is paused.")
    event = event_of(
        key=None, actor_kind=by.kind.value, actor_id=by.id, via=by.via, subject_kind="rule", subject_key=by.id,
        data={"rule": by.id, "run": run}, case=case.number, customer=case.customer_id,
    )  # fmt: skip
    # Happenings of history count upwards from 1; a run is told under its own number, the other way.
    news = News(webhook, -run, "rule.matched", at, case.id, case.customer_id, event)
    attempts.queue([news], at=at)
