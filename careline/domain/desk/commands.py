"""Saving views, and where each stands in somebody's list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.desk.models import View
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db
from careline.kit.renaming import renamed

_TAGS = ("tags", "tags_any", "tags_none")


@transaction.atomic
def save_view(
    name: str,
    *,
    filter: dict[str, Any],
    by: Actor,
    at: datetime,
    sort: str = "due",
    columns: Sequence[str] = (),
    owner_id: int | None = None,
    team_id: int | None = None,
    kind: str = "list",
    split: str = "status",
) -> View:
    """A new view of one person, of a team, or (neither given) of everybody; `filter` as `rules.filter_from` reads it."""
    view = View.objects.create(
        name=name,
        filter=filter,
        sort=sort,
        columns=list(columns),
        owner_id=owner_id,
        team_id=team_id,
        kind=kind,
        split=split,
    )
    record(Happening("view.saved", "view", view.pk), by=by, at=at)
    return view


@transaction.atomic
def rewrite_view(
    key: int, *, name: str, filter: dict[str, Any], sort: str, columns: Sequence[str], owner_id: int | None, team_id: int | None,
    kind: str = "list", split: str = "status", by: Actor, at: datetime,
) -> None:  # fmt: skip
    """The view says this from now on."""
    View.objects.filter(pk=key).update(
        name=name,
        filter=filter,
        sort=sort,
        columns=list(columns),
        owner_id=owner_id,
        team_id=team_id,
        kind=kind,
        split=split,
    )
    record(Happening("view.changed", "view", key), by=by, at=at)


@transaction.atomic
def rename_tag_in_views(old: str, new: str, *, by: Actor, at: datetime) -> None:
    """Views that ask by a tag go on with it when it is called otherwise."""
    for view in View.objects.select_for_update().order_by("pk"):
        asked = renamed(view.filter, old, new, under=lambda _node: _TAGS)
        if asked != view.filter:
            View.objects.filter(pk=view.pk).update(filter=asked)
            record(Happening("view.changed", "view", view.pk), by=by, at=at)


@transaction.atomic
def delete_view(key: int, *, by: Actor, at: datetime) -> None:
    View.objects.filter(pk=key).delete()
    db.execute("DELETE FROM desk_viewplace WHERE code = %s", [str(key)])
    record(Happening("view.deleted", "view", key), by=by, at=at)


@transaction.atomic
def place_views(agent: int, *, codes: Sequence[str], hidden: Sequence[str]) -> None:
    """In this order the agent sees them, the hidden ones not at all. Not history: nobody else's business."""
    db.execute("DELETE FROM desk_viewplace WHERE agent_id = %s", [agent])
    db.execute(
        """INSERT INTO desk_viewplace (agent_id, code, position, is_hidden)
           SELECT %s, code, place, code = ANY(%s) FROM unnest(%s::text[]) WITH ORDINALITY AS given (code, place)""",
        [agent, list(hidden), list(dict.fromkeys(codes))],
    )
