"""Rows of the queries as the light values that templates show: every word ready, nothing left to compute."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from careline.domain.conversations.commands.labels import PRIORITIES
from careline.domain.desk.rules import due_state
from careline.entrypoints.web.visit import Visit
from careline.entrypoints.web.words import (
    address_text,
    due_words,
    initials_of,
    iso,
    moment_text,
    moment_words,
    span_words,
)

_PRIORITY_OF = {number: name for name, number in PRIORITIES.items()}
_FAR = 99_999_999_999


@dataclass(frozen=True, slots=True)
class Tag:
    name: str
    tint: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One case in a list. `sort` orders rows as the view does, the greatest first."""

    number: int
    url: str
    subject: str
    snippet: str
    customer_name: str
    company_name: str
    channel_kind: str
    status_name: str
    status_category: str
    priority: str
    tags: tuple[Tag, ...]
    unread: bool
    has_attachment: bool
    assignee_name: str
    assignee_initials: str
    team_name: str
    updated_at: str
    updated_text: str
    due_at: str
    due_text: str
    due_title: str
    due_state: str
    sort: str
    has_draft: bool = False
    level: str = ""
    """The name of the step that it was handed up to."""
    silent_for: str = ""
    """How long nobody has touched it, where that is longer than its team allows."""
    offered_to: str = ""
    offer_seconds: int = 0
    """What is left of the time in which they have to answer."""


def row_of(
    row: Any, visit: Visit, *, sort: str = "updated", level: str = "", left: str = "", offered_to: str = "", offer_seconds: int = 0,
    is_forgotten: bool = False,
) -> Row:  # fmt: skip
    """`left`: the open time until it is due, in words."""
    due = row.next_due_at
    state = due_state(due, at=visit.at)
    assignee = row.assignee_name or ""
    return Row(
        number=row.number, url=f"/conversations/{row.number}", subject=row.subject, snippet=row.snippet,
        customer_name=row.customer_name or address_text(row.customer_address or "") or _("Nobody"), company_name=row.company_name or "",
        channel_kind=row.channel_kind or "email", status_name=words_in(row.status_names, visit), status_category=row.category,
        priority=_PRIORITY_OF.get(row.priority, "normal"), tags=tuple(Tag(name) for name in row.tags), unread=row.unread,
        has_attachment=row.has_attachment, assignee_name=assignee, assignee_initials=initials_of(assignee),
        team_name=row.team_name or "", updated_at=iso(row.updated_at),
        updated_text=moment_text(row.updated_at, at=visit.at, zone=visit.zone), due_at=iso(due),
        due_text=due_words(due, at=visit.at) if due and state in ("soon", "late") else "",
        due_title="\n".join(filter(None, (_due_title(row, visit), left))), due_state=state,
        sort=_sort_key(row, sort), has_draft=getattr(row, "has_draft", False), level=level, offered_to=offered_to,
        offer_seconds=offer_seconds, silent_for=span_words((visit.at - row.updated_at).total_seconds()) if is_forgotten else "",
    )  # fmt: skip


def priority_of(row: Any) -> str:
    return _PRIORITY_OF.get(row.priority, "normal")


def tags_of(row: Any) -> list[Tag]:
    return [Tag(name) for name in row.tags]


def due_of(row: Any, visit: Visit) -> dict[str, str]:
    """due_at, due_text and due_state of a case, as ui.due shows them."""
    due = row.next_due_at
    state = due_state(due, at=visit.at)
    words = due_words(due, at=visit.at) if due and state in ("soon", "late") else ""
    return {"due_at": iso(due), "due_state": state, "due_text": words, "due_title": _due_title(row, visit)}


def _due_title(row: Any, visit: Visit) -> str:
    """What is due, and when by the viewer's clock."""
    if row.next_due_at is None:
        return ""
    when = {"when": moment_words(row.next_due_at, at=visit.at, zone=visit.zone)}
    said = {
        "acknowledgement": _("Acknowledgement due %(when)s"), "first_response": _("First answer due %(when)s"),
        "next_response": _("Next answer due %(when)s"), "resolution": _("Solution due %(when)s"),
    }  # fmt: skip
    return said.get(getattr(row, "due_kind", ""), _("Due %(when)s")) % when


def cover_alone(found: Any) -> dict[str, Any]:
    """As much of a case as its messages and its composer need."""
    return {
        "number": found.number,
        "url": f"/conversations/{found.number}",
        "last_message_id": found.last_message_id or 0,
        "customer": {"name": _("the customer")},
    }


def words_in(names: dict[str, str], visit: Visit) -> str:
    """What the company calls it in the viewer's language, else in English, else in any."""
    return names.get(visit.language) or names.get("en") or next(iter(names.values()), "")


def person_of(party: dict[str, Any]) -> dict[str, str]:
    """Somebody in To or Cc: {name, address}."""
    return {"name": party.get("name") or "", "address": party.get("value") or ""}


def agent_of(row: Any) -> dict[str, Any]:
    return {"id": row.id, "name": row.name, "initials": initials_of(row.name)}


def _sort_key(row: Any, sort: str) -> str:
    """What browsers order rows by, the greatest first: the soonest due and the longest waiting have the greatest key."""
    if sort == "created":
        return f"{row.number:015d}"
    if sort == "priority":
        return f"{row.priority}{row.number:014d}"
    if sort == "waiting":
        return f"{_FAR * 10 - row.waiting_since.timestamp():015.3f}" if row.waiting_since else "0"
    moment: datetime = row.due_sort if sort == "due" else row.updated_at
    seconds = moment.timestamp()
    return f"{_FAR * 10 - seconds:015.3f}" if sort == "due" else f"{seconds:015.3f}"
