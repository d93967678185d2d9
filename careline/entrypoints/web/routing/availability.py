"""Whether somebody may be given work, said in the rail; what they are offered; and on their page what they can do and have."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.calendars.queries import calendars
from careline.domain.conversations.errors import Refused
from careline.domain.routing.queries.decisions import offers_of
from careline.domain.staff.queries import agent_by_number
from careline.domain.staff.rules import may, require
from careline.domain.staff.skills import skills, skills_of
from careline.entrypoints.web.pages import part
from careline.entrypoints.web.routing.words import state_words
from careline.entrypoints.web.visit import Visit, whole_number
from careline.flows.set_availability import VERB, attendance_for, set_availability, set_capacity, set_skills

_OFFERS_SHOWN = 2
_REASONS = ("break", "meal", "meeting", "training")


def control(visit: Visit) -> HttpResponse:
    """The switch itself; a page of its own it has not."""
    if not visit.is_fragment:
        return HttpResponseRedirect("/inbox")
    now = attendance_for(visit.person, visit.person.id)
    shown = {"state": now.state, "reason": now.reason, "words": state_words(now.state, now.reason)}
    return part(visit, "routing/_availability", now=shown, choices=_choices())


def said(visit: Visit) -> HttpResponse:
    form = visit.form
    set_availability(
        visit.person, visit.person.id, form.get("state", ""), reason=form.get("reason", ""), by=visit.by, at=visit.at
    )
    return control(visit)


def said_for(visit: Visit, key: int) -> HttpResponse:
    """By whoever leads them."""
    set_availability(visit.person, key, visit.form.get("state", ""), by=visit.by, at=visit.at)
    return HttpResponseRedirect(f"/people/{key}?kept=1")


def offers(visit: Visit) -> HttpResponse:
    """What this person has to answer, wherever they are."""
    shown = [
        {"number": row.number, "url": f"/conversations/{row.number}", "subject": row.subject or _("No subject"),
         "seconds": max(0, int((row.due_at - visit.at).total_seconds()))}
        for row in offers_of(visit.person.id)
    ]  # fmt: skip
    return part(visit, "routing/_offers", offers=shown[:_OFFERS_SHOWN], more=len(shown[_OFFERS_SHOWN:]))


def work(visit: Visit, key: int) -> HttpResponse:
    """On somebody's page: what they can do, how much they can have, and when they work."""
    now = attendance_for(visit.person, key)
    levels = {row.id: row.level for row in skills_of(key)}
    known = skills() if may(visit.person, "staff:read") else skills_of(key)
    person = agent_by_number(key)
    return part(
        visit, "routing/_work", key=key, is_active=bool(person and person.is_active), words=state_words(now.state, now.reason),
        state=now.state, units=now.units, calendar=now.calendar_id, may_change=may(visit.person, VERB),
        skills=[{"id": row.id, "name": row.name, "level": levels.get(row.id, 0)} for row in known],
        calendars=[{"id": row.id, "name": row.name} for row in calendars()],
    )  # fmt: skip


def work_set(visit: Visit, key: int) -> HttpResponse:
    require(visit.person, VERB)
    form, units = visit.form, whole_number(visit.form.get("units"))
    if units is None:
        raise Refused(_("Say how much they can have at once: a number from 0 to 1000."))
    levels = {row.id: level for row in skills() if (level := whole_number(form.get(f"skill-{row.id}")))}
    set_skills(visit.person, key, levels, by=visit.by, at=visit.at)
    set_capacity(visit.person, key, units=units, calendar=whole_number(form.get("calendar")), by=visit.by, at=visit.at)
    return HttpResponseRedirect(f"/people/{key}")


def _choices() -> list[dict[str, Any]]:
    plain = [{"state": state, "reason": "", "words": state_words(state)} for state in ("available", "busy")]
    away = [{"state": "away", "reason": reason, "words": state_words("away", reason)} for reason in _REASONS]
    return [*plain, *away, {"state": "away", "reason": "", "words": state_words("away")}]
