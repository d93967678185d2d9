"""Limits and rates are written and taken away."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from careline.domain.approvals.models import Deadline, Rate
from careline.domain.approvals.models import Limit as LimitRow
from careline.domain.approvals.rules.limits import Limit
from careline.domain.history.actor import Actor, ActorKind
from careline.domain.history.commands import Happening, record
from careline.kit import db


@transaction.atomic
def save_limit(limit: Limit, *, by: Actor, at: datetime) -> int:
    """A new one, or what the same holder may of the same action is from now on this; its key."""
    key = int(
        db.value(
            """INSERT INTO approvals_limit (role_id, skill_id, level, agent_id, action, per, amount, currency, percent, author_id)
               VALUES ((SELECT id FROM staff_role WHERE code = %(role)s), %(skill)s, %(level)s, %(agent)s, %(action)s, %(per)s, %(amount)s,
                   %(currency)s, %(percent)s, %(author)s)
               ON CONFLICT (role_id, skill_id, level, agent_id, action, per) DO UPDATE SET amount = excluded.amount,
                   currency = excluded.currency, percent = excluded.percent, author_id = excluded.author_id RETURNING id""",
            {
                "role": limit.role, "skill": limit.skill, "level": limit.level, "agent": limit.agent, "action": limit.action, "per": limit.per,
                "amount": limit.money.minor if limit.money else None, "currency": limit.money.currency if limit.money else "",
                "percent": limit.percent, "author": by.id if by.kind is ActorKind.AGENT else None,
            },
        )
    )  # fmt: skip
    data = {
        "role": limit.role, "skill": limit.skill, "agent": limit.agent, "action": limit.action, "per": limit.per,
        "minor": limit.money.minor if limit.money else None, "currency": limit.money.currency if limit.money else None,
        "percent": str(limit.percent) if limit.percent is not None else None,
    }  # fmt: skip
    record(Happening("limit.set", "limit", key, data=data), by=by, at=at)
    return key


@transaction.atomic
def remove_limit(key: int, *, by: Actor, at: datetime) -> bool:
    """False where there is none."""
    if not LimitRow.objects.filter(pk=key).delete()[0]:
        return False
    record(Happening("limit.removed", "limit", key), by=by, at=at)
    return True


@transaction.atomic
def save_rate(source: str, target: str, *, on: date, rate: Decimal, by: Actor, at: datetime) -> int:
    """What one unit was worth on a day; its key."""
    row, _ = Rate.objects.update_or_create(source=source, target=target, on=on, defaults={"rate": rate})
    data = {"source": source, "target": target, "on": on.isoformat(), "rate": str(rate)}
    record(Happening("rate.set", "rate", row.pk, data=data), by=by, at=at)
    return int(row.pk)


@transaction.atomic
def set_deadline_calendar(calendar: int | None, *, by: Actor, at: datetime) -> None:
    """How the time that somebody has to decide is counted from now on; what waits already keeps its moment."""
    Deadline.objects.all().delete()
    Deadline.objects.create(calendar_id=calendar)
    record(Happening("approval_deadlines.changed", "company", 1, data={"calendar": calendar}), by=by, at=at)
