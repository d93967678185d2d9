"""Saved filters over customers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.customers.models import Segment
from careline.domain.history.actor import Actor, ActorKind
from careline.domain.history.commands import Happening, record


class NameTaken(ValueError):
    """There is a segment of this name."""


@transaction.atomic
def save_segment(segment: int | None, *, name: str, wanted: dict[str, Any], by: Actor, at: datetime) -> int:
    """Its key; None makes a new one. Raises NameTaken, Segment.DoesNotExist."""
    others = Segment.objects.filter(name__iexact=name).exclude(pk=segment or 0)
    if others.exists():
        raise NameTaken("There is a segment of this name already.")
    if segment is None:
        owner = by.id if by.kind is ActorKind.AGENT else None
        made = Segment.objects.create(name=name, filter=wanted, owner_id=owner, created_at=at, changed_at=at)
        record(Happening("segment.added", "segment", made.pk), by=by, at=at)
        return int(made.pk)
    held = Segment.objects.select_for_update().get(pk=segment)
    if (held.name, held.filter) != (name, wanted):
        Segment.objects.filter(pk=segment).update(name=name, filter=wanted, changed_at=at)
        record(Happening("segment.changed", "segment", segment), by=by, at=at)
    return segment


@transaction.atomic
def drop_segment(segment: int, *, by: Actor, at: datetime) -> None:
    if Segment.objects.filter(pk=segment).delete()[0]:
        record(Happening("segment.removed", "segment", segment), by=by, at=at)
