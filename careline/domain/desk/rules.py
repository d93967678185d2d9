"""Views: what a list shows, as data; and how pressing a due moment is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

SOON = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which cases a view shows. Empty means no condition; `assignee` "me" is the viewer, "none" nobody."""

    categories: tuple[str, ...] = ()
    status: str = ""
    assignee: str = ""
    team: int | None = None
    customer: int | None = None
    tags: tuple[str, ...] = ()
    fields: dict[str, Any] = field(default_factory=dict)
    text: str = ""
    due_within: timedelta | None = None
    snoozed: bool = False
    spam: bool = False


@dataclass(frozen=True, slots=True)
class DefaultView:
    """A view everybody has. `sort`: due (soonest first) or updated (newest first)."""

    code: str
    name: str
    filter: Filter
    sort: str = "due"
    symbol: str = ""


DEFAULT_VIEWS = (
    DefaultView("mine", "Mine", Filter(categories=("open", "waiting"), assignee="me"), symbol="mine"),
    DefaultView("unassigned", "Unassigned", Filter(categories=("open",), assignee="none"), symbol="unassigned"),
    DefaultView("open", "Waiting on us", Filter(categories=("open",)), symbol="open"),
    DefaultView("due", "Breaching soon", Filter(categories=("open",), due_within=SOON), symbol="due"),
    DefaultView("waiting", "Waiting on customer", Filter(categories=("waiting",)), sort="updated", symbol="waiting"),
    DefaultView("snoozed", "Snoozed", Filter(snoozed=True), sort="updated", symbol="snoozed"),
    DefaultView("resolved", "Resolved", Filter(categories=("resolved",)), sort="updated", symbol="resolved"),
    DefaultView("all", "All cases", Filter(), sort="updated", symbol="all"),
    DefaultView("spam", "Spam", Filter(spam=True), sort="updated", symbol="spam"),
)


def filter_from(data: dict[str, Any]) -> Filter:
    """A filter as a saved view keeps it (JSON)."""
    return Filter(
        categories=tuple(data.get("categories", ())),
        status=str(data.get("status", "")),
        assignee=str(data.get("assignee", "")),
        team=data.get("team"),
        tags=tuple(data.get("tags", ())),
        fields=dict(data.get("fields", {})),
        text=str(data.get("text", "")),
        due_within=timedelta(seconds=data["due_within"]) if data.get("due_within") else None,
        snoozed=bool(data.get("snoozed")),
        spam=bool(data.get("spam")),
    )


def due_state(due_at: datetime | None, *, at: datetime) -> str:
    """none, ok, soon (within two hours) or late."""
    if due_at is None:
        return "none"
    left = due_at - at
    return "late" if left < timedelta() else "soon" if left <= SOON else "ok"
