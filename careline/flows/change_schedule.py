"""Recurring cases are written and removed, by whoever may do for all cases, or for the team they come to, what they do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from careline.domain.calendars.queries import NoSuchCalendar, calendar_by_id, schedule
from careline.domain.calendars.rules.zones import NoSuchZone, zone_of
from careline.domain.channels.queries import channel_by_id
from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.checklists import checklist_template
from careline.domain.customers.queries import customer_by_id
from careline.domain.history.actor import Actor
from careline.domain.staff.queries import is_assignable, teams
from careline.domain.staff.rules import Person, may_over, require
from careline.domain.triggers.commands import schedules
from careline.domain.triggers.commands.schedules import WrittenSchedule
from careline.domain.triggers.queries.schedules import schedule_by_id
from careline.domain.triggers.queries.schedules import schedules as all_schedules
from careline.domain.triggers.rules.conditions import BadRule
from careline.domain.triggers.rules.facts import PRIORITIES
from careline.domain.triggers.rules.recurrence import Recurrence, checked, due_after
from careline.flows.change_rule import VERB, require_of_all

_LONGEST_TEXT = 50_000


@dataclass(frozen=True, slots=True)
class ScheduleForm:
    """A recurring case as somebody wrote it; `template` as `Schedule` has it."""

    name: str
    rule: str
    starts_on: date
    wall_time: time
    zone: str
    until: date | None = None
    calendar: int | None = None
    on_holiday: str = "keep"
    template: dict[str, Any] = field(default_factory=dict)
    is_active: bool = True


def add_schedule(agent: Person, form: ScheduleForm, *, by: Actor, at: datetime) -> int:
    """Its id. Raises Forbidden, BadRule."""
    require(agent, VERB)
    written = _fit(agent, form)
    return schedules.add_schedule(written, due=_next(written, at), author=agent.id, by=by, at=at)


def change_schedule(agent: Person, key: int, form: ScheduleForm, *, by: Actor, at: datetime) -> None:
    """From now on; what was opened stays. Raises NotFound, Forbidden, BadRule."""
    found_schedule(agent, key)
    written = _fit(agent, form)
    schedules.change_schedule(key, written, due=_next(written, at), author=agent.id, by=by, at=at)


def remove_schedule(agent: Person, key: int, *, by: Actor, at: datetime) -> None:
    """Raises NotFound, Forbidden."""
    found_schedule(agent, key)
    schedules.remove_schedule(key, by=by, at=at)


def found_schedule(agent: Person, key: int) -> Any:
    """The schedule as it stands. Raises Forbidden, NotFound."""
    require(agent, VERB)
    row = schedule_by_id(key)
    if row is None or not may_over(agent, VERB, _teams_of(row.template)):
        raise NotFound(f"There is no schedule {key}.")
    return row


def schedules_for(agent: Person) -> list[Any]:
    """Those the person may change. Raises Forbidden."""
    require(agent, VERB)
    return [row for row in all_schedules() if may_over(agent, VERB, _teams_of(row.template))]


def open_days(calendar: int | None) -> Callable[[date], bool]:
    """Whether the calendar (the default one where none is named) opens on a day; without any calendar, every day is open."""
    try:
        hours = schedule(calendar)
    except NoSuchCalendar:
        return lambda day: True
    return lambda day: bool(hours.spans(day))


def _next(written: WrittenSchedule, at: datetime) -> tuple[date, datetime] | None:
    return due_after(written.recurrence, at, open_days(written.calendar)) if written.is_active else None


def _fit(agent: Person, form: ScheduleForm) -> WrittenSchedule:
    name = " ".join(form.name.split())
    if not name or len(name) > 200:
        raise BadRule("name", "A recurring case needs a name of at most 200 characters.")
    try:
        zone_of(form.zone)
    except NoSuchZone as wrong:
        raise BadRule("zone", str(wrong)) from None
    if form.calendar is not None and calendar_by_id(form.calendar) is None:
        raise BadRule("calendar", f"There is no calendar {form.calendar}.")
    recurrence = checked(Recurrence(form.rule, form.starts_on, form.wall_time, form.zone, form.until, form.on_holiday))
    template = _template(form.template)
    verbs = [VERB, "conversation:create", "conversation:note", "conversation:assign", "conversation:label"]
    letter = ["conversation:reply"] if template.get("is_letter") else []
    require_of_all(agent, [*verbs, *letter], teams=_teams_of(template), field="team")
    return WrittenSchedule(name, recurrence, template, form.calendar, form.is_active)


def _teams_of(template: dict[str, Any]) -> frozenset[int]:
    return frozenset([int(template["team"])]) if template.get("team") else frozenset()


def _template(given: dict[str, Any]) -> dict[str, Any]:
    subject, text = str(given.get("subject") or "").strip(), str(given.get("text") or "").strip()
    if not subject or len(subject) > 500:
        raise BadRule("subject", "The case needs a subject of at most 500 characters.")
    if len(text) > _LONGEST_TEXT:
        raise BadRule("text", f"The text has at most {_LONGEST_TEXT:,} characters.")
    priority = given.get("priority") or "normal"
    if priority not in PRIORITIES:
        raise BadRule("priority", f"A priority is {', '.join(PRIORITIES)}.")
    tags = list(dict.fromkeys(str(tag).strip() for tag in given.get("tags") or () if str(tag).strip()))
    if len(tags) > 20 or any(len(tag) > 100 for tag in tags):
        raise BadRule("tags", "Give up to 20 tags, each with at most 100 characters.")
    kept: dict[str, Any] = {"subject": subject, "text": text, "priority": priority, "tags": tags}
    for name, is_there in _NAMED.items():
        key = given.get(name)
        if key is None or key == "":
            continue
        if not is_there(int(key)):
            raise BadRule(name, f"There is no {name} {key} for this.")
        kept[name] = int(key)
    if given.get("is_letter"):
        if "customer" not in kept or not text:
            raise BadRule("customer", "To write to a customer, name one and give the text.")
        kept["is_letter"] = True
    return kept


_NAMED: dict[str, Callable[[int], bool]] = {
    "customer": lambda key: customer_by_id(key) is not None, "team": lambda key: key in {row.id for row in teams()},
    "assignee": is_assignable, "channel": lambda key: channel_by_id(key) is not None,
    "checklist": lambda key: checklist_template(key) is not None,
}  # fmt: skip
