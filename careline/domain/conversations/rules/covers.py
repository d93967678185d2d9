"""What stands on a case's cover, as values: to change many at once, to keep what was, and to put it back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

UNDO_HOLD = timedelta(seconds=13)
"""How long a change may be undone; the button goes after ten seconds, so that undo and reactions can't race."""

COLUMNS = (
    "assignee_id", "team_id", "tag_ids", "priority", "subject", "is_spam", "snoozed_until", "category", "status_id", "waiting_since",
    "resolved_at", "fields", "topic_id",
)  # fmt: skip
_VERBS = {
    "assignee_id": "conversation:assign", "team_id": "conversation:assign", "category": "conversation:resolve",
    "status_id": "conversation:resolve", "resolved_at": "conversation:resolve",
}  # fmt: skip
_MOVED_BY_STATE = ("waiting_since",)

Cover = dict[str, Any]
"""COLUMNS by name; moments as RFC 3339 text, so that a cover can be kept as JSON."""


def cover_of(case: Any) -> Cover:
    return {name: _kept(getattr(case, name)) for name in COLUMNS}


def differing(before: Cover, after: Cover) -> tuple[str, ...]:
    """What the one says otherwise than the other; a column that only one of them knows stays as it is."""
    return tuple(name for name in COLUMNS if name in before and name in after and before[name] != after[name])


def verbs_of(before: Cover, after: Cover) -> tuple[str, ...]:
    """What somebody must hold to make the one out of the other."""
    names = [name for name in differing(before, after) if name not in _MOVED_BY_STATE]
    return tuple(sorted({_VERBS.get(name, "conversation:label") for name in names}))


def told(before: Cover, after: Cover) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each happening between two covers, with its data: ids, codes and numbers only."""
    names = set(differing(before, after))
    if names & {"assignee_id", "team_id"}:
        yield "conversation.assigned", {
            "assignee": after["assignee_id"], "team": after["team_id"],
            "assignee_before": before["assignee_id"], "team_before": before["team_id"],
        }  # fmt: skip
    if "tag_ids" in names:
        yield "conversation.tagged", {"tags": after["tag_ids"], "before": before["tag_ids"]}
    if "priority" in names:
        yield "conversation.prioritised", {"priority": after["priority"], "before": before["priority"]}
    if "subject" in names:
        yield "conversation.renamed", {}
    if "topic_id" in names:
        yield "conversation.topic_changed", {"topic": after["topic_id"], "before": before["topic_id"]}
    if "fields" in names:
        was, now = before["fields"], after["fields"]
        changed = sorted(code for code in {*was, *now} if was.get(code) != now.get(code))
        yield "conversation.fields_changed", {"fields": changed}
    if "is_spam" in names:
        yield "conversation.marked_spam" if after["is_spam"] else "conversation.unmarked_spam", {}
    if "category" in names:
        moves = {"resolved": "conversation.resolved", "waiting": "conversation.waits"}
        yield moves.get(after["category"], "conversation.reopened"), {"was": before["category"]}
    elif "status_id" in names:
        yield "conversation.status_changed", {"status": after["status_id"], "before": before["status_id"]}
    if "snoozed_until" in names and after["category"] != "resolved":
        until = after["snoozed_until"]
        yield ("conversation.snoozed", {"until": until}) if until else ("conversation.woken", {})


def moved_to(status: int, category: str, before: Cover, *, at: datetime) -> Cover:
    """What a status changes on the cover. Waiting keeps since when the customer waits, for when the case is open again."""
    changed: Cover = {"status_id": status, "category": category}
    if category == before["category"]:
        return changed
    if category == "resolved":
        return changed | {"waiting_since": None, "resolved_at": at.isoformat(), "snoozed_until": None}
    return changed | {"resolved_at": None}


def _kept(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, (list, tuple)) else value
