"""Recurring cases: when they come, and what stands in them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time
from typing import Any

from msgspec import structs

from careline.domain.triggers.queries.schedules import openings_of, schedule_by_id
from careline.domain.triggers.rules.conditions import BadRule
from careline.entrypoints.api.paging import short_page_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes import rules as shapes
from careline.entrypoints.api.shapes.parts import Page, PageQuery
from careline.flows.change_schedule import (
    ScheduleForm,
    add_schedule,
    change_schedule,
    found_schedule,
    remove_schedule,
    schedules_for,
)

_PATH = "/schedules/{id}"


@route("GET", "/schedules", query=PageQuery, answer=Page[shapes.Schedule])
def schedules(call: Call) -> Any:
    """Recurring cases that you may change, what comes next first; what each opened stands in it alone."""
    return short_page_of([_shown(row, []) for row in schedules_for(call.person)], call.query)


@route("POST", "/schedules", body=shapes.NewSchedule, answer=shapes.Schedule, status=201)
def new_schedule(call: Call) -> Any:
    """Adds a recurring case. Each day it is opened once; after a long silence only the newest that was missed is."""
    with _told():
        key = add_schedule(call.person, _form(call.body), by=call.by, at=call.at)
    return Created(f"/schedules/{key}", _one(key))


@route("GET", _PATH, answer=shapes.Schedule)
def schedule(call: Call) -> Any:
    """One of them, with what it opened lately."""
    found_schedule(call.person, call.id)
    return _one(call.id)


@route("PUT", _PATH, body=shapes.NewSchedule, answer=shapes.Schedule)
def changed_schedule(call: Call) -> Any:
    """Says all of it anew; what was opened stays."""
    with _told():
        change_schedule(call.person, call.id, _form(call.body), by=call.by, at=call.at)
    return _one(call.id)


@route("DELETE", _PATH, status=204)
def removed_schedule(call: Call) -> Any:
    """Opens no more; what was opened stays."""
    remove_schedule(call.person, call.id, by=call.by, at=call.at)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except BadRule as wrong:
        raise Wrong((wrong.field, str(wrong))) from None


def _form(given: shapes.NewSchedule) -> ScheduleForm:
    return ScheduleForm(
        given.name, given.rule, given.starts_on, time.fromisoformat(given.time), given.zone, given.until,
        int(given.calendar) if given.calendar is not None else None, given.on_holiday, structs.asdict(given.template), given.is_active,
    )  # fmt: skip


def _one(key: int) -> shapes.Schedule:
    return _shown(schedule_by_id(key), openings_of(key))


def _shown(row: Any, openings: list[Any]) -> shapes.Schedule:
    template: dict[str, Any] = {name: str(value) if name in _KEYS else value for name, value in row.template.items()}
    return shapes.Schedule(
        id=str(row.id), name=row.name, rule=row.rule, starts_on=row.starts_on, time=row.wall_time.strftime("%H:%M"), zone=row.zone,
        until=row.until, calendar=str(row.calendar_id) if row.calendar_id else None, on_holiday=row.on_holiday, is_active=row.is_active,
        template=shapes.ScheduleTemplate(**template), next_on=row.next_on, next_due_at=row.next_due_at,
        openings=[shapes.ScheduleOpening(one.on, one.at, one.number, one.missed, one.refusal) for one in openings],
    )  # fmt: skip


_KEYS = ("customer", "channel", "team", "assignee", "checklist")
