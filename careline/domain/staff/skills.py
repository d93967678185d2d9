"""What people are good at, and how good."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.staff.errors import NameTaken, NotPossible
from careline.domain.staff.models import AgentSkill, Skill
from careline.kit import db

KINDS = tuple(Skill.Kind.values)
LEVELS = range(1, 6)


def skills() -> list[Any]:
    """All skills by kind and name: id, kind, name, people (who work here and have it)."""
    return db.rows(
        """SELECT s.id, s.kind, s.name, count(a.id) AS people FROM staff_skill s
           LEFT JOIN staff_agentskill x ON x.skill_id = s.id LEFT JOIN staff_agent a ON a.id = x.agent_id AND a.is_active
           GROUP BY s.id ORDER BY s.kind, lower(s.name)"""
    )


def skills_of(agent: int) -> list[Any]:
    """id, kind, name, level."""
    return db.rows(
        """SELECT s.id, s.kind, s.name, x.level FROM staff_agentskill x JOIN staff_skill s ON s.id = x.skill_id
           WHERE x.agent_id = %s ORDER BY s.kind, lower(s.name)""",
        [agent],
    )


@transaction.atomic
def add_skill(name: str, *, kind: str, by: Actor, at: datetime) -> int:
    """Raises NameTaken, NotPossible."""
    made = Skill(kind=_kind(kind), name=_free(name))
    made.save()
    record(Happening("skill.added", "skill", made.pk), by=by, at=at)
    return int(made.pk)


@transaction.atomic
def change_skill(key: int, *, name: str, kind: str, by: Actor, at: datetime) -> bool:
    """False where there is no such skill. Raises NameTaken, NotPossible."""
    changed = Skill.objects.filter(pk=key).update(kind=_kind(kind), name=_free(name, but=key))
    if changed:
        record(Happening("skill.changed", "skill", key), by=by, at=at)
    return bool(changed)


@transaction.atomic
def remove_skill(key: int, *, by: Actor, at: datetime) -> None:
    """Nobody has it any more. What asked for it has to be gone before."""
    AgentSkill.objects.filter(skill_id=key).delete()
    Skill.objects.filter(pk=key).delete()
    record(Happening("skill.removed", "skill", key), by=by, at=at)


@transaction.atomic
def give_skills(agent: int, levels: Mapping[int, int], *, by: Actor, at: datetime) -> None:
    """Exactly these skills, by id with their level. Raises NotPossible."""
    if any(level not in LEVELS for level in levels.values()):
        raise NotPossible("A level is a number from 1 to 5.")
    known = set(Skill.objects.filter(pk__in=list(levels)).values_list("pk", flat=True))
    if unknown := set(levels) - known:
        raise NotPossible(f"There is no skill {min(unknown)}.")
    before = {row.id: row.level for row in skills_of(agent)}
    if before == dict(levels):
        return
    AgentSkill.objects.filter(agent_id=agent).exclude(skill_id__in=list(levels)).delete()
    AgentSkill.objects.bulk_create(
        [AgentSkill(agent_id=agent, skill_id=skill, level=level) for skill, level in levels.items()],
        update_conflicts=True, unique_fields=["agent", "skill"], update_fields=["level"],
    )  # fmt: skip
    data = {"skills": {str(skill): level for skill, level in levels.items()}}
    record(Happening("agent.skills_changed", "agent", agent, data=data), by=by, at=at)


def _kind(kind: str) -> str:
    if kind not in KINDS:
        raise NotPossible(f"There is no such kind of skill; there are {', '.join(KINDS)}.")
    return kind


def _free(name: str, *, but: int | None = None) -> str:
    words = " ".join(name.split())[:100]
    if not words:
        raise NotPossible("A skill needs a name.")
    if Skill.objects.filter(name__iexact=words).exclude(pk=but or 0).exists():
        raise NameTaken(f"There is a skill “{words}” already.")
    return words
