"""Recurring cases are opened when they are due: each day once, and after a long silence only the newest that was missed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from careline.automation.rules.house import HOUSE
from careline.domain.channels.queries import channel_by_id, channels
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.history.actor import Actor, ActorKind
from careline.domain.staff.rules import Forbidden
from careline.domain.triggers.commands.schedules import claim_day, move_on, note_opened
from careline.domain.triggers.queries.schedules import due_schedule
from careline.domain.triggers.rules.recurrence import Recurrence, due_after, newest_due
from careline.flows.change import Change
from careline.flows.change_schedule import open_days
from careline.flows.checklist import add_steps
from careline.flows.open_case import Opening, open_case
from careline.kit import db

BY = Actor(ActorKind.SYSTEM, 0, "schedule")


def open_due(*, at: datetime) -> bool:
    """The case of one schedule that is due, in one transaction with what says that it was opened. False where none is due."""
    with transaction.atomic():
        row = due_schedule(at)
        if row is None:
            return False
        recurrence, is_open = recurrence_of(row), open_days(row.calendar_id)
        day, _due, missed = newest_due(recurrence, first=row.next_due_at, moment=at, is_open=is_open)
        opening = claim_day(row.id, on=day, missed=missed, at=at)
        if opening is not None:
            _opened(row, opening, at=at)
        move_on(row.id, due_after(recurrence, at, is_open))
    return True


def recurrence_of(row: Any) -> Recurrence:
    return Recurrence(row.rule, row.starts_on, row.wall_time, row.zone, row.until, row.on_holiday)


def _opened(row: Any, opening: int, *, at: datetime) -> None:
    try:
        with db.savepoint():
            number = _case_of(row.template, at=at)
        note_opened(opening, number=number)
    except (Refused, Forbidden, NotFound) as refused:
        note_opened(opening, number=None, refusal=str(refused))


def _case_of(template: dict[str, Any], *, at: datetime) -> int:
    channel = channel_by_id(template["channel"]) if template.get("channel") else next(iter(channels()), None)
    if channel is None:
        raise Refused("There is no mailbox to open it in.")
    kind = "reply" if template.get("customer") and template.get("is_letter") else "note"
    opening = Opening(
        kind, channel, template.get("customer"), subject=template.get("subject", ""), text=template.get("text", "") or template["subject"],
        hold_seconds=0,
    )  # fmt: skip
    wanted = Change(
        assignee=template.get("assignee"), team=template["team"] if template.get("team") else channel.team_id,
        tags=tuple(template.get("tags", ())), priority=template.get("priority", "normal"),
    )  # fmt: skip
    number = open_case(HOUSE, opening, wanted, by=BY, at=at)
    if template.get("checklist"):
        add_steps(HOUSE, number, template=template["checklist"], by=BY, at=at)
    return number
