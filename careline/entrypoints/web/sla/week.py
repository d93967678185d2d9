"""A week of opening hours as a form shows it, and as it was filled in."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, get_day_names
from django.http import QueryDict
from django.utils.translation import gettext as _

from careline.domain.calendars.queries import CalendarRow
from careline.domain.calendars.rules.hours import WEEKDAYS, BadHours, Hours, Period, Span, SpecialDay
from careline.domain.calendars.rules.public_holidays import countries

_EMPTY_DAYS = 2
_NO_PLACES = ("Etc/", "posix", "right", "SystemV")
_CLOCK = re.compile(r"([01]?\d|2[0-4])(?:[:.]([0-5]\d))?", re.ASCII)
_SPAN = re.compile(r"\s*(\d{1,2}(?:[:.]\d\d)?)\s*[-–—]\s*(\d{1,2}(?:[:.]\d\d)?)\s*", re.ASCII)
"""9-12 as well as 09:00–12:00, as people write it."""
Form = dict[str, Any]


def new_form(zone: str) -> Form:
    """Monday to Friday, nine to five."""
    office = {day: "09:00–17:00" if day < 5 else "" for day in range(WEEKDAYS)}
    empty = {"name": "", "country": "", "region": "", "is_default": False, "specials": []}
    return empty | {"time_zone": zone or "UTC", "week": office}


def form_of(row: CalendarRow) -> Form:
    hours = row.hours
    days = {day: _day_text(hours, day) for day in range(WEEKDAYS)}
    specials = [
        {
            "on": day.on.isoformat(),
            "hours": ", ".join(_span_text(span) for span in day.spans),
            "note": row.notes.get(day.on, ""),
        }
        for day in hours.special_days
    ]
    return {
        "name": row.name, "time_zone": hours.time_zone, "country": hours.country, "region": hours.region,
        "is_default": row.is_default, "week": days, "specials": specials,
    }  # fmt: skip


def form_given(given: QueryDict) -> Form:
    days = {day: given.get(f"day_{day}", "").strip()[:500] for day in range(WEEKDAYS)}
    specials = [
        {"on": on.strip(), "hours": hours.strip()[:200], "note": note.strip()[:200]}
        for on, hours, note in zip(
            given.getlist("on"), given.getlist("on_hours"), given.getlist("on_note"), strict=False
        )
        if on.strip() or hours.strip() or note.strip()
    ]
    return {
        "name": given.get("name", "").strip()[:200], "time_zone": given.get("time_zone", "")[:100],
        "country": given.get("country", "")[:2], "region": given.get("region", "")[:20],
        "is_default": bool(given.get("is_default")), "week": days, "specials": specials,
    }  # fmt: skip


def wanted(form: Form) -> dict[str, Any]:
    """As a change of a calendar asks for it. Raises BadHours for a time or a date that is none."""
    periods = tuple(
        Period(day, span) for day, text in form["week"].items() for span in _spans(text, field=f"day-{day}")
    )
    days = tuple(SpecialDay(_date(one["on"]), _spans(one["hours"], field="specials")) for one in form["specials"])
    return {
        "name": form["name"], "time_zone": form["time_zone"], "country": form["country"], "region": form["region"],
        "is_default": True if form["is_default"] else None, "periods": periods, "special_days": days,
        "notes": {day.on: one["note"] for day, one in zip(days, form["specials"], strict=True)},
    }  # fmt: skip


def rows(form: Form, language: str) -> list[dict[str, Any]]:
    """[{n, name, hours}], Monday first."""
    names = get_day_names("wide", context="stand-alone", locale=_locale(language))
    return [{"n": day, "name": names[day], "hours": text} for day, text in form["week"].items()]


def special_rows(form: Form) -> list[dict[str, str]]:
    return [*form["specials"], *({"on": "", "hours": "", "note": ""} for _ in range(_EMPTY_DAYS))]


def week_in_words(hours: Hours, language: str) -> list[str]:
    """Days with the same hours in one line: Monday – Friday 09:00–12:00, 13:00–17:00."""
    names = get_day_names("abbreviated", context="stand-alone", locale=_locale(language))
    days = [_day_text(hours, day) for day in range(WEEKDAYS)]
    told, begin = [], 0
    for day in range(1, WEEKDAYS + 1):
        if day < WEEKDAYS and days[day] == days[begin]:
            continue
        if days[begin]:
            span = names[begin] if begin == day - 1 else f"{names[begin]} – {names[day - 1]}"
            told.append(f"{span}: {days[begin]}")
        begin = day
    return told or [_("Never open")]


def zones(chosen: str) -> list[dict[str, Any]]:
    return [{"name": name, "is_chosen": name == chosen} for name in _zones()]


def country_names(language: str) -> list[tuple[str, str]]:
    """(code, name) of those whose public holidays are known, by name."""
    names = _locale(language).territories
    return sorted(((code, names.get(code, code)) for code in countries()), key=lambda pair: pair[1])


def moment_in_full(moment: datetime, language: str) -> str:
    return format_datetime(moment, "EEEE d MMMM, HH:mm", tzinfo=moment.tzinfo, locale=_locale(language))


def day_in_full(day: date, language: str) -> str:
    return format_date(day, "EEE d MMM y", locale=_locale(language))


def clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


@lru_cache(maxsize=1)
def _zones() -> tuple[str, ...]:
    places = (name for name in available_timezones() if "/" in name and not name.startswith(_NO_PLACES))
    return (*sorted(places), "UTC")


@lru_cache(maxsize=32)
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language.replace("-", "_") or "en")
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


def _day_text(hours: Hours, day: int) -> str:
    return ", ".join(_span_text(period.span) for period in hours.periods if period.weekday == day)


def _span_text(span: Span) -> str:
    return f"{clock(span.opens_at)}–{clock(span.closes_at)}"


def _spans(text: str, *, field: str) -> tuple[Span, ...]:
    """Nothing, or a word without any digit, means closed. Raises BadHours."""
    found = []
    for piece in (piece for piece in text.split(",") if any(sign.isdigit() for sign in piece)):
        match = _SPAN.fullmatch(piece)
        if match is None:
            raise BadHours(field, _("Give hours as in 09:00–12:00, or leave them empty for a closed day."))
        found.append(Span(_minutes(match[1], field), _minutes(match[2], field)))
    return tuple(found)


def _minutes(text: str, field: str) -> int:
    match = _CLOCK.fullmatch(text)
    if match is None:
        raise BadHours(field, _("Times of day go from 00:00 to 24:00."))
    return int(match[1]) * 60 + int(match[2] or 0)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadHours("specials", _("Give each day its date.")) from None
