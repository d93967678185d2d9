"""How many complaints from which cause, beside the period before; each number opens its rows."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.desk.queries.complaints import READ
from careline.domain.staff.rules import require
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit
from careline.entrypoints.web.words import day_text
from careline.flows.complaint_trends import CauseCount, Trend, day_start, trend_of

_LENGTHS = ("month", "quarter", "year")


def trends(visit: Visit) -> HttpResponse:
    require(visit.person, READ)
    length = visit.asked.get("length", "month")
    length = length if length in _LENGTHS else "month"
    found = trend_of(visit.person, length, day_in(visit), at=visit.at)
    now = _asked(found.now.start, found.now.end)
    return page(
        visit, "complaints/trends", "complaints", _("Complaints by cause"), length=length,
        lengths=[("month", _("Month")), ("quarter", _("Quarter")), ("year", _("Year"))], rows=[_row(one, found) for one in found.causes],
        span=f"{day_text(found.now.start)} – {day_text(found.now.last)}", figures=_figures(found),
        before=f"/complaints/trends?length={length}&day={found.then.start.isoformat()}", total_url=f"/complaints?{now}",
        after=f"/complaints/trends?length={length}&day={found.now.end.isoformat()}" if found.now.end <= visit.at.date() else "",
    )  # fmt: skip


def day_in(visit: Visit) -> date:
    try:
        return date.fromisoformat(visit.asked.get("day", ""))
    except ValueError:
        return visit.at.date()


def spanned(since: str, until: str) -> tuple[datetime | None, datetime | None]:
    """Two days of an address as moments of the company's zone; None for what is none."""
    return _start(since), _start(until)


def _start(words: str) -> datetime | None:
    try:
        return day_start(date.fromisoformat(words)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _asked(start: date, end: date, **more: str) -> str:
    return urlencode({"since": start.isoformat(), "until": end.isoformat(), **more})


def _row(one: CauseCount, found: Trend) -> dict[str, Any]:
    cause = ",".join(map(str, one.keys)) if one.keys else "none"
    return {
        "name": one.name or _("No cause yet"), "depth": one.depth, "now": one.now, "then": one.then, "change": one.change,
        "url": f"/complaints?{_asked(found.now.start, found.now.end, cause=cause)}",
        "then_url": f"/complaints?{_asked(found.then.start, found.then.end, cause=cause)}",
    }  # fmt: skip


def _figures(found: Trend) -> list[dict[str, Any]]:
    said = [
        ("", "count", _("Complaints")), ("answered", "answered", _("Answered")), ("in_time", "in_time", _("Answered in time")),
        ("upheld", "upheld", _("Upheld")), ("partly", "partly", _("Partly upheld")), ("asked", "asked", _("Customers whose view is known")),
        ("satisfied", "satisfied", _("Satisfied customers")),
    ]  # fmt: skip
    return [
        {
            "name": label, "now": getattr(found.figures_now, name), "then": getattr(found.figures_then, name),
            "url": f"/complaints?{_asked(found.now.start, found.now.end, figure=figure)}",
            "then_url": f"/complaints?{_asked(found.then.start, found.then.end, figure=figure)}",
        }
        for figure, name, label in said
    ]  # fmt: skip
