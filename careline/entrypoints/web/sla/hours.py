"""Settings → Opening hours: the week, days of their own, public holidays, and a box to try them in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.calendars.commands import NameTaken
from careline.domain.calendars.queries import CalendarRow, calendar_by_id
from careline.domain.calendars.queries import calendars as all_calendars
from careline.domain.calendars.rules.business_days import add_business_days
from careline.domain.calendars.rules.hours import BadHours
from careline.domain.calendars.rules.public_holidays import public_holidays, region_names, regions_of
from careline.domain.calendars.rules.schedule import NeverOpens, Schedule, TooFar, schedule_of
from careline.domain.calendars.rules.working_time import (
    NeverCloses,
    add_business_seconds,
    is_open,
    next_closing,
    next_opening,
)
from careline.domain.calendars.subscriptions import subscription_of
from careline.domain.conversations.errors import NotFound
from careline.domain.staff.rules import may, require
from careline.entrypoints.web.pages import page, part
from careline.entrypoints.web.sla import week
from careline.entrypoints.web.sla.words import in_use_words
from careline.entrypoints.web.visit import Visit, whole_number, zone_named
from careline.entrypoints.web.words import moment_words, said
from careline.flows.change_calendar import CalendarChange, add_calendar, change_calendar
from careline.flows.delete_calendar import HoursInUse, delete_calendar
from careline.flows.subscribe_holidays import subscribe_holidays
from careline.flows.take_in_holidays import take_in_holidays

VERB = "hours:manage"
_URL = "/settings/hours"
_HOLIDAYS_SHOWN = 8


def calendars(visit: Visit) -> HttpResponse:
    require(visit.person, "conversation:read")
    return page(
        visit, "sla/calendars", "settings", _("Opening hours"), may_change=may(visit.person, VERB),
        calendars=[_card(visit, row) for row in all_calendars()],
    )  # fmt: skip


def calendar(visit: Visit, key: int | None = None) -> HttpResponse:
    require(visit.person, VERB)
    return _form(visit, key, week.form_of(_held(key)) if key is not None else week.new_form(visit.person.time_zone))


def saved(visit: Visit, key: int | None = None) -> HttpResponse:
    """Keeps what the form says; a wrong word loses nothing."""
    require(visit.person, VERB)
    form = week.form_given(visit.form)
    try:
        wanted = CalendarChange(**week.wanted(form))
        if key is None:
            key = add_calendar(visit.person, wanted, by=visit.by, at=visit.at)
        else:
            change_calendar(visit.person, key, wanted, by=visit.by, at=visit.at)
            return HttpResponseRedirect(f"{_URL}/{key}?kept=1")
    except BadHours as wrong:
        return _form(visit, key, form, errors={wrong.field: said(wrong)})
    except NameTaken as taken:
        return _form(visit, key, form, errors={"name": str(taken)})
    return HttpResponseRedirect(f"{_URL}/{key}")


def deleted(visit: Visit, key: int) -> HttpResponse:
    try:
        delete_calendar(visit.person, key, by=visit.by, at=visit.at)
    except HoursInUse as in_use:
        return part(visit, "_toast", words=in_use_words(in_use.uses))
    return HttpResponse(headers={"HX-Redirect": _URL})


def taken_in(visit: Visit, key: int) -> HttpResponse:
    """Holidays out of a file; what is wrong with it is said above the days."""
    require(visit.person, VERB)
    given = visit.request.FILES.get("file")
    try:
        if given is not None:  # a browser asks for one before it sends
            take_in_holidays(visit.person, key, given.read(), by=visit.by, at=visit.at)
    except BadHours as wrong:
        return _form(visit, key, week.form_of(_held(key)), errors={"specials": said(wrong)})
    return HttpResponseRedirect(f"{_URL}/{key}#days")


def followed(visit: Visit, key: int) -> HttpResponse:
    """Holidays from an address from now on, or no longer."""
    require(visit.person, VERB)
    try:
        subscribe_holidays(visit.person, key, visit.form.get("url", ""), by=visit.by, at=visit.at)
    except BadHours as wrong:
        return _form(
            visit, key, week.form_of(_held(key)), errors={"url": said(wrong)}, feed_url=visit.form.get("url", "")
        )
    return HttpResponseRedirect(f"{_URL}/{key}#days")


def holidays(visit: Visit) -> HttpResponse:
    """The regions of a country, and the next days on which it would be closed."""
    require(visit.person, VERB)
    country, region = visit.asked.get("country", "")[:2].upper(), visit.asked.get("region", "")[:20]
    return part(visit, "sla/_holidays", **_holidays(visit, country, region))


def tried(visit: Visit, key: int) -> HttpResponse:
    """When a case that comes then would be due."""
    require(visit.person, "conversation:read")
    row = _held(key)
    zone = zone_named(row.hours.time_zone)
    try:
        begin = datetime.fromisoformat(visit.asked.get("at", "")).replace(tzinfo=zone)
    except ValueError:
        begin = visit.at.astimezone(zone)
    much, by_days = whole_number(visit.asked.get("much")) or 4, visit.asked.get("unit") == "days"
    try:
        schedule = schedule_of(row.hours)
        due = (
            add_business_days(schedule, begin, min(much, 10_000))
            if by_days
            else add_business_seconds(schedule, begin, min(much, 100_000) * 3600)
        )
    except (NeverOpens, TooFar, BadHours) as wrong:
        return part(visit, "sla/_due", wrong=said(wrong), begin="", due="")
    words = week.moment_in_full(due.astimezone(zone), visit.language)
    return part(visit, "sla/_due", wrong="", begin=week.moment_in_full(begin, visit.language), due=words)


def _held(key: int) -> CalendarRow:
    row = calendar_by_id(key)
    if row is None:
        raise NotFound(f"There are no opening hours {key}.")
    return row


def _form(
    visit: Visit, key: int | None, form: dict[str, Any], *, errors: dict[str, str] | None = None, feed_url: str | None = None
) -> HttpResponse:  # fmt: skip
    local = visit.at.astimezone(zone_named(form["time_zone"]))
    return page(
        visit, "sla/calendar", "settings", form["name"] or _("New opening hours"), status=422 if errors else 200,
        key=key, is_kept=visit.asked.get("kept") == "1" and not errors,
        url=f"{_URL}/{key}" if key is not None else f"{_URL}/new", form=form, errors=errors or {},
        days=week.rows(form, visit.language), specials=week.special_rows(form), zones=week.zones(form["time_zone"]),
        countries=week.country_names(visit.language), try_at=local.strftime("%Y-%m-%dT%H:%M"),
        **_holidays(visit, form["country"], form["region"]),
        state=_state(visit, _held(key)) if key is not None and not errors else None, feed=_feed(visit, key, feed_url),
    )  # fmt: skip


def _feed(visit: Visit, key: int | None, url: str | None) -> dict[str, str]:
    """{url, words, wrong}: the address that is followed, what came of it, and why it could not be read the last time."""
    held = subscription_of(key) if key is not None else None
    if held is None:
        return {"url": url or "", "words": "", "wrong": ""}
    words = _("It is looked at in a moment.")
    if held.refreshed_at is not None:
        when = {"when": moment_words(held.refreshed_at, at=visit.at, zone=visit.zone), "n": len(held.days)}
        words = _("Read %(when)s; days from there: %(n)s.") % when
    wrong = {"why": _(held.words)} if held.failed_at is not None else None
    return {
        "url": held.url if url is None else url, "words": words,
        "wrong": _("It could not be read the last time: %(why)s The days stay as they were.") % wrong if wrong else "",
    }  # fmt: skip


def _holidays(visit: Visit, country: str, region: str) -> dict[str, Any]:
    try:
        regions = regions_of(country) if country else ()
        region = region if region in regions else ""
        today = visit.at.date()
        known = {**public_holidays(country, region, today.year), **public_holidays(country, region, today.year + 1)}
    except BadHours as wrong:
        return {"regions": (), "region": "", "next_days": [], "holidays_wrong": said(wrong)}
    coming = sorted((day, name) for day, name in known.items() if day >= today)[:_HOLIDAYS_SHOWN]
    told = [
        {"on": day.isoformat(), "text": week.day_in_full(day, visit.language), "name": name} for day, name in coming
    ]
    names = region_names(country) if regions else {}
    shown = sorted(((code, names.get(code, code)) for code in regions), key=lambda one: one[1])
    return {"regions": shown, "region": region, "next_days": told, "holidays_wrong": ""}


def _card(visit: Visit, row: CalendarRow) -> dict[str, Any]:
    return {
        "name": row.name, "url": f"{_URL}/{row.id}", "is_default": row.is_default, "zone": row.hours.time_zone,
        "week": week.week_in_words(row.hours, visit.language), "state": _state(visit, row),
        "days": len([day for day in row.hours.special_days if day.on >= visit.at.date()]),
    }  # fmt: skip


def _state(visit: Visit, row: CalendarRow) -> dict[str, Any]:
    """Whether it is open now, and until when it is so."""
    zone = zone_named(row.hours.time_zone)
    try:
        schedule = schedule_of(row.hours)
        opened = is_open(schedule, visit.at)
        turns = _turn(schedule, visit.at, opened=opened)
    except BadHours as wrong:
        return {"is_open": False, "words": said(wrong), "is_wrong": True}
    if turns is None:
        return {
            "is_open": opened,
            "words": _("Open all the time") if opened else _("Never opens"),
            "is_wrong": not opened,
        }
    if not opened and turns - visit.at > timedelta(days=366):
        return {"is_open": False, "words": _("Does not open within a year"), "is_wrong": True}
    when = {"when": moment_words(turns, at=visit.at, zone=zone)}
    words = _("Open now, until %(when)s") % when if opened else _("Closed now, opens %(when)s") % when
    return {"is_open": opened, "words": words, "is_wrong": False}


def _turn(schedule: Schedule, at: datetime, *, opened: bool) -> datetime | None:
    try:
        return next_closing(schedule, at) if opened else next_opening(schedule, at)
    except (NeverOpens, NeverCloses, TooFar):
        return None
