"""A tag is called otherwise: on every case, and wherever a rule, a recurring case, a macro or a view names it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careline.domain.conversations.commands import tags
from careline.domain.desk.commands import rename_tag_in_views
from careline.domain.history.actor import Actor
from careline.domain.knowledge.commands.canned import rename_tag_in_macros
from careline.domain.staff.rules import Person, require
from careline.domain.triggers.commands.tags import rename_tag_in_rules


def rename_tag(agent: Person, key: int, name: str, *, by: Actor, at: datetime) -> None:
    """Raises Forbidden, NotFound, NameTaken."""
    require(agent, "case_settings:manage")
    with transaction.atomic():
        before = tags.rename_tag(key, name, by=by, at=at)
        rename_tag_in_rules(before, name, by=by, at=at)
        rename_tag_in_macros(before, name, by=by, at=at)
        rename_tag_in_views(before, name, by=by, at=at)
