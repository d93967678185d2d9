"""Whom somebody reports to, and who stands in for whom between two dates."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.history.actor import SYSTEM, Actor
from careline.domain.history.commands import Happening, record
from careline.domain.staff.errors import Circle, NotPossible
from careline.domain.staff.granting import give_roles, giver_of, require_over
from careline.domain.staff.models import Agent, Deputy
from careline.domain.staff.rules import Forbidden
from careline.kit import db


class _Kept:
    """Stands for "leave it as it is", where None means "nobody"."""


KEPT = _Kept()


@transaction.atomic
def change_colleague(
    agent: Agent, *, role: str | None, extra: list[str] | None, superior: int | _Kept | None, by: Actor, at: datetime
) -> None:
    """All or nothing: roles (None: as they are) and whom they report to. Raises as give_roles and report_to."""
    if role is not None or extra is not None:
        give_roles(agent, role=role or agent.role.code, extra=extra, by=by, at=at)
    if not isinstance(superior, _Kept):
        report_to(agent, superior_id=superior, by=by, at=at)


@transaction.atomic
def report_to(agent: Agent, *, superior_id: int | None, by: Actor, at: datetime) -> None:
    """Who answers for this person's work; None for nobody. Raises Circle, NotPossible."""
    db.lock_words(["staff reports"])
    if superior_id is not None:
        if not Agent.objects.filter(pk=superior_id, is_active=True).exists():
            raise NotPossible("Nobody who works here has this number.")
        if agent.pk in superiors_of(superior_id) or superior_id == agent.pk:
            raise Circle("This would be a circle: they report to this person already, directly or through others.")
    Agent.objects.filter(pk=agent.pk).update(reports_to_id=superior_id)
    record(Happening("agent.reports_to", "agent", agent.pk, data={"superior": superior_id}), by=by, at=at)


def superiors_of(agent_id: int) -> list[int]:
    """Everybody above, the nearest first; themselves not."""
    found = db.rows(
        """WITH RECURSIVE above AS (
               SELECT reports_to_id AS id, 1 AS step FROM staff_agent WHERE id = %s AND reports_to_id IS NOT NULL
               UNION ALL SELECT a.reports_to_id, above.step + 1 FROM staff_agent a JOIN above ON a.id = above.id
               WHERE a.reports_to_id IS NOT NULL AND above.step < 100)
           SELECT id FROM above ORDER BY step""",
        [agent_id],
    )
    return [row.id for row in found]


@transaction.atomic
def name_deputy(
    absent: Agent, *, deputy_id: int, starts_at: datetime, ends_at: datetime, by: Actor, at: datetime
) -> Deputy:
    """From one moment to another the deputy acts on the absent person's cases with that person's rights.

    Raises NotPossible; Forbidden where somebody names a deputy for another person who may more than they do.
    """
    if ends_at <= starts_at or ends_at <= at:
        raise NotPossible("It ends before it begins, or is over already.")
    if deputy_id == absent.pk:
        raise NotPossible("Nobody stands in for themselves.")
    if not Agent.objects.filter(pk=deputy_id, is_active=True).exists() or not absent.is_active:
        raise NotPossible("Only people who work here stand in for each other.")
    _require_may(absent.pk, deputy_id, by=by, at=at)
    if Deputy.objects.filter(absent=absent, deputy_id=deputy_id, starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
        raise NotPossible("They stand in for this person in part of that time already.")
    made = Deputy.objects.create(absent=absent, deputy_id=deputy_id, starts_at=starts_at, ends_at=ends_at)
    data = {"deputy": deputy_id, "from": starts_at.isoformat(), "until": ends_at.isoformat()}
    record(Happening("deputy.named", "agent", absent.pk, data=data), by=by, at=at)
    tell_deputies(at=at)
    return made


@transaction.atomic
def end_deputy(deputyship_id: int, *, by: Actor, at: datetime) -> None:
    """Somebody stands in no longer, from now on; what was never begun is as if never named."""
    found = Deputy.objects.select_for_update().filter(pk=deputyship_id).first()
    if found is None or found.ends_at <= at:
        return
    if found.starts_at < at:
        Deputy.objects.filter(pk=found.pk).update(ends_at=at, told_end=True)
    else:
        found.delete()
    record(
        Happening("deputy.ended", "agent", found.deputy_id, data={"absent": found.absent_id, "early": True}),
        by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def tell_deputies(*, at: datetime) -> int:
    """What began or ended by the calendar is put on the record, which closes open streams; how many were told."""
    begun = Deputy.objects.filter(told_begin=False, starts_at__lte=at, ends_at__gt=at)
    over = Deputy.objects.filter(told_end=False, ends_at__lte=at)
    told = [("deputy.began", one) for one in begun] + [("deputy.ended", one) for one in over]
    for name, one in told:
        record(Happening(name, "agent", one.deputy_id, data={"absent": one.absent_id}), by=SYSTEM, at=at)
    Deputy.objects.filter(pk__in=[one.pk for name, one in told if name == "deputy.began"]).update(told_begin=True)
    Deputy.objects.filter(pk__in=[one.pk for name, one in told if name == "deputy.ended"]).update(told_end=True)
    return len(told)


def earliest_deputy_change() -> datetime | None:
    """When a deputyship next begins or ends."""
    return db.value(
        """SELECT min(due) FROM (SELECT starts_at AS due FROM staff_deputy WHERE NOT told_begin AND NOT told_end
           UNION ALL SELECT ends_at FROM staff_deputy WHERE NOT told_end) k"""
    )


def deputies_of(agent_id: int, *, at: datetime) -> list[Any]:
    """Who stands in for this person, now or later: id, deputy_id, name, starts_at, ends_at, is_now."""
    return db.rows(
        """SELECT d.id, d.deputy_id, a.name, d.starts_at, d.ends_at, d.starts_at <= %(at)s AS is_now
           FROM staff_deputy d JOIN staff_agent a ON a.id = d.deputy_id
           WHERE d.absent_id = %(agent)s AND d.ends_at > %(at)s ORDER BY d.starts_at, d.id""",
        {"agent": agent_id, "at": at},
    )


def deputyship(key: int) -> Any | None:
    """One of them: absent_id, deputy_id, starts_at, ends_at."""
    return db.row("SELECT absent_id, deputy_id, starts_at, ends_at FROM staff_deputy WHERE id = %s", [key])


def _require_may(absent_id: int, deputy_id: int, *, by: Actor, at: datetime) -> None:
    """One names a deputy for oneself, though not by a narrowed token; for others whoever manages people does, but never themselves."""
    giver = giver_of(by, at=at)
    if giver is None or (giver.id == absent_id and not by.token_scopes):
        return
    if "staff:manage" not in giver.grants:
        raise Forbidden("staff:manage")
    if deputy_id == giver.id:
        raise Forbidden("staff:grant", "You can't name yourself: let the absent person or another administrator do it.")
    require_over(absent_id, by=by, at=at)
