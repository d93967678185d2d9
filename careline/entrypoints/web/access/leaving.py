"""Somebody leaves, or is away for a while: who takes their work."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.staff.queries import agent_by_number, agents
from careline.domain.staff.rules import Forbidden, may, require
from careline.domain.staff.standing_in import deputyship, end_deputy, name_deputy
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number, zone_named
from careline.flows.leave import belongings, leave


def preview(visit: Visit, key: int) -> HttpResponse:
    """What hangs on them, before it is handed over."""
    found, hangs = _found(key), belongings(visit.person, key)
    return page(
        visit, "access/leaving", "people", found.name, who={"name": found.name, "url": f"/people/{key}", "is_active": found.is_active},
        hangs=hangs, colleagues=[{"id": row.id, "name": row.name} for row in agents() if row.is_active and row.id != key],
    )  # fmt: skip


def left(visit: Visit, key: int) -> HttpResponse:
    require(visit.person, "staff:manage")
    chosen = visit.form.get("to", "")
    to = whole_number(chosen)
    if chosen not in ("", "team") and to is None:
        raise Refused(_("Choose who takes the open cases."))
    leave(visit.person, key, hand_over_to=to, by=visit.by, at=visit.at)
    return HttpResponseRedirect(f"/people/{key}")


def deputy_named(visit: Visit, key: int) -> HttpResponse:
    """From the first day's beginning to the last day's end, in the absent person's own zone."""
    found = _found(key)
    if key != visit.person.id and not may(visit.person, "staff:manage"):
        raise Forbidden("staff:manage")
    deputy, zone = whole_number(visit.form.get("deputy")), zone_named(found.time_zone)
    first, last = (_day(visit.form.get(name, "")) for name in ("from", "until"))
    if deputy is None or first is None or last is None:
        raise Refused(_("Choose a colleague, and the first and the last day."))
    starts_at, ends_at = _midnight(first, zone), _midnight(last + timedelta(days=1), zone)
    name_deputy(found, deputy_id=deputy, starts_at=starts_at, ends_at=ends_at, by=visit.by, at=visit.at)
    return HttpResponseRedirect(f"/people/{key}")


def deputy_ended(visit: Visit, key: int, deputy: int) -> HttpResponse:
    found = deputyship(deputy)
    if found is None or found.absent_id != key:
        raise NotFound("There is no such deputy.")
    if key != visit.person.id and not may(visit.person, "staff:manage"):
        raise Forbidden("staff:manage")
    end_deputy(deputy, by=visit.by, at=visit.at)
    return HttpResponseRedirect(f"/people/{key}")


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone)


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if date(2000, 1, 1) < found < date(2200, 1, 1) else None


def _found(key: int) -> Any:
    found = agent_by_number(key)
    if found is None:
        raise NotFound(f"Nobody has the number {key}.")
    return found
