"""How queues work and what cases ask for and count, as somebody set it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.routing.models import Need, Offer, Queue, Requirement, Weight


@transaction.atomic
def save_queue(team: int, said: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """`said` by name of the columns, all of them; `calendar` is a key. Where nothing is given out any more, nothing is offered."""
    columns = {("calendar_id" if name == "calendar" else name): value for name, value in said.items()}
    Queue.objects.update_or_create(team_id=team, defaults=columns)
    if said["mode"] == Queue.Mode.PULL:
        Offer.objects.filter(team_id=team, ended_at=None).update(ended_at=at)
    record(Happening("queue.changed", "team", team, data=dict(said)), by=by, at=at)


@transaction.atomic
def add_requirement(said: Mapping[str, Any], *, by: Actor, at: datetime) -> int:
    keys = ("skill", "topic", "channel", "brand", "team")
    made = Requirement.objects.create(
        **{(f"{name}_id" if name in keys else name): value for name, value in said.items()}
    )
    record(Happening("skill_rules.changed", "skill", said["skill"], data={"added": made.pk}), by=by, at=at)
    return int(made.pk)


@transaction.atomic
def remove_requirement(key: int, *, by: Actor, at: datetime) -> bool:
    """False where there is none."""
    found = Requirement.objects.filter(pk=key).first()
    if found is None:
        return False
    found.delete()
    record(Happening("skill_rules.changed", "skill", found.skill_id, data={"removed": key}), by=by, at=at)
    return True


@transaction.atomic
def let_go_of_skill(skill: int, *, by: Actor, at: datetime) -> None:
    """No rule and no case asks for it any more."""
    Requirement.objects.filter(skill_id=skill).delete()
    Need.objects.filter(skill_id=skill).delete()
    record(Happening("skill_rules.changed", "skill", skill), by=by, at=at)


@transaction.atomic
def save_weights(wanted: Mapping[str, tuple[int | None, int]], *, by: Actor, at: datetime) -> None:
    for kind, (units, waiting) in wanted.items():
        Weight.objects.update_or_create(kind=kind, defaults={"units": units, "waiting_units": waiting})
    data = {kind: list(counts) for kind, counts in wanted.items()}
    record(Happening("case_weights.changed", "company", 1, data=data), by=by, at=at)


@transaction.atomic
def ask_for_skill(case: Any, *, skill: int, level: int, is_mandatory: bool, by: Actor, at: datetime) -> None:
    """The case asks for it from now on; a row with id, number and customer_id."""
    Need.objects.update_or_create(
        conversation_id=case.id, skill_id=skill, defaults={"level": level, "is_mandatory": is_mandatory}
    )
    _asked(case, {"skill": skill, "level": level}, by=by, at=at)


@transaction.atomic
def ask_no_more(case: Any, *, skill: int, by: Actor, at: datetime) -> None:
    if Need.objects.filter(conversation_id=case.id, skill_id=skill).delete()[0]:
        _asked(case, {"skill": skill, "level": 0}, by=by, at=at)


def _asked(case: Any, data: dict[str, int], *, by: Actor, at: datetime) -> None:
    happening = Happening("conversation.skills_asked", "conversation", case.number, case.id, case.customer_id, data)
    record(happening, by=by, at=at)
