"""Recurring cases: their list, and the form of one."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from careline.domain.company.queries import company
from careline.domain.staff.rules import require
from careline.domain.triggers.queries.schedules import openings_of
from careline.domain.triggers.rules.conditions import BadRule
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.rules.choices import Choices
from careline.entrypoints.web.rules.names import WEEKDAYS
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import moment_words, said
from careline.flows.change_rule import VERB
from careline.flows.change_schedule import (
    ScheduleForm,
    add_schedule,
    change_schedule,
    found_schedule,
    remove_schedule,
    schedules_for,
)
from careline.kit.zones import zones_in_order

_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_PLAIN = {
    "daily": ("FREQ=DAILY", gettext_noop("Every day")),
    "workdays": ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", gettext_noop("Monday to Friday")),
    "month_end": ("FREQ=MONTHLY;BYMONTHDAY=-1", gettext_noop("On the last day of each month")),
    "month_start": ("FREQ=MONTHLY;BYMONTHDAY=1", gettext_noop("On the first day of each month")),
}
_ORDINALS = (
    (1, gettext_noop("First")), (2, gettext_noop("Second")), (3, gettext_noop("Third")), (4, gettext_noop("Fourth")),
    (-1, gettext_noop("Last")),
)  # fmt: skip


def schedules(visit: Visit) -> HttpResponse:
    rows = [
        {
            "url": f"/schedules/{row.id}", "name": row.name, "rule": _rule_words(row.rule), "time": row.wall_time.strftime("%H:%M"), "zone": row.zone,
            "next": moment_words(row.next_due_at, at=visit.at, zone=visit.zone) if row.next_due_at else "", "is_active": row.is_active,
        }
        for row in schedules_for(visit.person)
    ]  # fmt: skip
    return page(visit, "rules/schedules", "settings", _("Recurring cases"), schedules=rows)


def blank(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    zone = visit.person.time_zone or "Europe/Berlin"
    form = ScheduleForm("", "FREQ=WEEKLY;BYDAY=MO", visit.at.date(), time(9), zone)
    return _form(visit, form, None)


def added(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    form = _given(visit)
    try:
        add_schedule(visit.person, form, by=visit.by, at=visit.at)
    except BadRule as wrong:
        return _form(visit, form, None, wrong=said(wrong), status=422)
    return HttpResponseRedirect("/schedules")


def edited(visit: Visit, key: int) -> HttpResponse:
    row = found_schedule(visit.person, key)
    form = ScheduleForm(
        row.name, row.rule, row.starts_on, row.wall_time, row.zone, row.until, row.calendar_id, row.on_holiday, row.template, row.is_active
    )  # fmt: skip
    return _form(visit, form, row)


def changed(visit: Visit, key: int) -> HttpResponse:
    row = found_schedule(visit.person, key)
    form = _given(visit)
    try:
        change_schedule(visit.person, key, form, by=visit.by, at=visit.at)
    except BadRule as wrong:
        return _form(visit, form, row, wrong=said(wrong), status=422)
    return HttpResponseRedirect("/schedules")


def removed(visit: Visit, key: int) -> HttpResponse:
    remove_schedule(visit.person, key, by=visit.by, at=visit.at)
    return HttpResponse(headers={"HX-Redirect": "/schedules"})


def _given(visit: Visit) -> ScheduleForm:
    form = visit.form
    rule = form.get("rule", "") if form.get("repeats", "own") == "own" else form.get("repeats", "")
    template: dict[str, Any] = {name: form.get(name, "") for name in ("subject", "text", "priority")}
    template["tags"] = form.get("tags", "").split(",")
    template |= {
        name: whole_number(form.get(name)) for name in ("customer", "team", "assignee", "channel", "checklist")
    }
    template["is_letter"] = "is_letter" in form
    return ScheduleForm(
        form.get("name", ""), rule, _day(form.get("starts_on", "")) or visit.at.date(), _clock(form.get("time", "")),
        form.get("zone", ""), _day(form.get("until", "")), whole_number(form.get("calendar")), form.get("on_holiday", "keep"), template,
        "off" not in form,
    )  # fmt: skip


def _form(visit: Visit, form: ScheduleForm, row: Any, *, wrong: str = "", status: int = 200) -> HttpResponse:
    choices = Choices(visit)
    plain = [(rule, _(name)) for rule, name in _PLAIN.values()]
    weekly = [
        (f"FREQ=WEEKLY;BYDAY={code}", _("Every %(day)s") % {"day": _(day)})
        for code, day in zip(_CODES, WEEKDAYS, strict=True)
    ]
    monthly = [
        (f"FREQ=MONTHLY;BYDAY={n}{code}", _("%(nth)s %(day)s of each month") % {"nth": _(nth), "day": _(day)})
        for n, nth in _ORDINALS for code, day in zip(_CODES, WEEKDAYS, strict=True)
    ]  # fmt: skip
    repeats = [*plain, *weekly, *monthly]
    openings = [
        {"on": one.on.isoformat(), "number": one.number, "missed": one.missed, "refusal": one.refusal}
        for one in (openings_of(row.id) if row else [])
    ]  # fmt: skip
    return page(
        visit, "rules/schedule", "settings", row.name if row else _("New recurring case"), status=status, form=form, kept=row, wrong=wrong,
        url=f"/schedules/{row.id}" if row else "/schedules/new", repeats=repeats, is_own=form.rule not in dict(repeats), openings=openings,
        zones=[(name, name) for name in zones_in_order()], calendars=choices.of("calendar"), teams=choices.of("team"), people=choices.of("agent"),
        channels=choices.of("channel"), checklists=choices.of("template"), priorities=choices.of("priority"), company=company(),
        tags=", ".join(tag for tag in form.template.get("tags", ()) if tag.strip()),
        holidays=[("keep", _("It comes all the same")), ("skip", _("It is left out")), ("shift", _("It comes on the next open day"))],
    )  # fmt: skip


def _rule_words(rule: str) -> str:
    known = {value: _(name) for value, name in _PLAIN.values()}
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    day = parts.get("BYDAY", "")
    if set(parts) == {"FREQ", "BYDAY"} and day[-2:] in _CODES and "," not in day:
        name = _(WEEKDAYS[_CODES.index(day[-2:])])
        if parts["FREQ"] == "WEEKLY" and len(day) == 2:
            return _("Every %(day)s") % {"day": name}
        nth = {str(n): word for n, word in _ORDINALS}.get(day[:-2])
        if parts["FREQ"] == "MONTHLY" and nth:
            return _("%(nth)s %(day)s of each month") % {"nth": _(nth), "day": name}
    return known.get(rule, rule)


def _day(word: str) -> date | None:
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None


def _clock(word: str) -> time:
    try:
        return time.fromisoformat(word).replace(tzinfo=None)
    except ValueError:
        return time(9)
