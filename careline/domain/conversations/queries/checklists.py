"""Checklists: the steps of a case, and the templates."""

from __future__ import annotations

from typing import Any

from careline.kit import db


def steps_of(conversation: int) -> list[Any]:
    """The steps in their order: id, text, is_required, done_at, done_by_id, done_by_name."""
    return db.rows(
        """SELECT i.id, i.text, i.is_required, i.done_at, i.done_by_id, a.name AS done_by_name
           FROM conversations_checklistitem i LEFT JOIN staff_agent a ON a.id = i.done_by_id
           WHERE i.conversation_id = %s ORDER BY i.position, i.id""",
        [conversation],
    )


def checklist_templates() -> list[Any]:
    """The templates by name: id, name, items."""
    return db.rows("SELECT id, name, items FROM conversations_checklisttemplate ORDER BY lower(name)")


def checklist_template(key: int) -> Any | None:
    return db.row("SELECT id, name, items FROM conversations_checklisttemplate WHERE id = %s", [key])
