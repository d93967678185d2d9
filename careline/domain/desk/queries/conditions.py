"""A view's filter as SQL conditions on the case's own columns, with the one predicate of who sees what."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from careline.domain.conversations.queries.visibility import visible
from careline.domain.desk.rules import Filter
from careline.domain.staff.rules import Person, reach_of
from careline.kit import db
from careline.kit.search import words_of


def conditions_of(wanted: Filter, person: Person, *, at: datetime) -> tuple[str, dict[str, Any]]:
    """One condition over `conversations_conversation c`, and its parameters."""
    seen, params = visible(reach_of(person, "conversation:read"))
    parts = [seen, "c.merged_into_id IS NULL"]
    params |= {"at": at, "me": person.id}
    if not wanted.customer:
        parts.append("c.is_spam" if wanted.spam else "NOT c.is_spam")
        if wanted.snoozed:
            parts.append("c.snoozed_until > %(at)s")
        elif set(wanted.categories) & {"open"}:
            parts.append("(c.snoozed_until IS NULL OR c.snoozed_until <= %(at)s)")
    for part, more in _asked(wanted, at=at):
        parts.append(part)
        params |= more
    return " AND ".join(parts), params


def _asked(wanted: Filter, *, at: datetime) -> list[tuple[str, dict[str, Any]]]:
    asked: list[tuple[str, dict[str, Any]]] = []
    if len(wanted.categories) == 1:
        asked.append(("c.category = %(category)s", {"category": wanted.categories[0]}))
    elif wanted.categories:
        asked.append(("c.category = ANY(%(categories)s)", {"categories": list(wanted.categories)}))
    if wanted.status:
        asked.append(
            ("c.status_id = (SELECT id FROM conversations_status WHERE code = %(status)s)", {"status": wanted.status})
        )
    if wanted.assignee == "me":
        asked.append(("c.assignee_id = %(me)s", {}))
    elif wanted.assignee == "none":
        asked.append(("c.assignee_id IS NULL", {}))
    elif wanted.assignee:
        asked.append(("c.assignee_id = %(assignee)s", {"assignee": int(wanted.assignee)}))
    if wanted.team is not None:
        asked.append(("c.team_id = %(team)s", {"team": wanted.team}))
    if wanted.customer is not None:
        asked.append(("c.customer_id = %(customer)s", {"customer": wanted.customer}))
    if wanted.tags:
        asked.append(("c.tag_ids @> %(tag_ids)s::bigint[]", {"tag_ids": _tag_ids(wanted.tags)}))
    if wanted.fields:
        asked.append(("c.fields @> %(fields)s", {"fields": db.json(wanted.fields)}))
    if wanted.due_within is not None:
        asked.append(("c.due_sort <= %(due_before)s", {"due_before": at + wanted.due_within}))
    if wanted.text:
        asked.append((_TEXT, {"words": _query_of(wanted.text)}))
    return asked


_TEXT = """EXISTS (SELECT FROM conversations_message sm WHERE sm.conversation_id = c.id AND sm.vector @@ %(words)s::tsquery)"""


def _query_of(text: str) -> str:
    """Every word must stand in the message, the last one as a beginning; quoted for to_tsquery's own syntax."""
    words = words_of(text)[:20]
    if not words:
        return "''"
    quoted = ["'" + word.replace("\\", "\\\\").replace("'", "''") + "'" for word in words]
    return " & ".join([*quoted[:-1], quoted[-1] + ":*"])


def _tag_ids(names: tuple[str, ...]) -> list[int]:
    """Ids of tags by name; one that does not exist matches nothing (−1)."""
    found = {row.name: row.id for row in db.rows(
        "SELECT id, lower(name) AS name FROM conversations_tag WHERE lower(name) = ANY(%s)", [[n.lower() for n in names]]
    )}  # fmt: skip
    return [found.get(name.lower(), -1) for name in names]
