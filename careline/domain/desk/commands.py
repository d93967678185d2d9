"""Saving views."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.desk.models import View
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record


@transaction.atomic
def save_view(
    name: str,
    *,
    filter: dict[str, Any],
    by: Actor,
    at: datetime,
    sort: str = "due",
    owner_id: int | None = None,
    team_id: int | None = None,
) -> View:
    """A new view of one person, of a team, or (neither given) of everybody; `filter` as `rules.filter_from` reads it."""
    view = View.objects.create(name=name, filter=filter, sort=sort, owner_id=owner_id, team_id=team_id)
    record(Happening("view.saved", "view", view.pk), by=by, at=at)
    return view
