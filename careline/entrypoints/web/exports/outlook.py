"""What is to be expected: four weeks by day, one of them by slot, and how far the same was off in the past."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from babel.dates import format_date
from django.http import HttpResponse
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from careline.domain.channels.queries import channels
from careline.domain.reports.queries.forecast import Outlook, outlook_of
from careline.domain.reports.rules.forecast import INTERVALS, Expected
from careline.domain.staff.queries import teams
from careline.entrypoints.web.exports.tabs import tabs
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number

WIDTH, HEIGHT, GAP = 720, 120, 0.25


def outlook(visit: Visit) -> HttpResponse:
    interval = whole_number(visit.asked.get("interval"))
    interval = interval if interval in INTERVALS else 60
    team, channel = whole_number(visit.asked.get("team")), whole_number(visit.asked.get("channel"))
    found = outlook_of(visit.person, at=visit.at, interval=interval, team=team, channel=channel)
    week = min(4, max(1, whole_number(visit.asked.get("week")) or 1))
    query = urlencode(
        {name: value for name, value in (("interval", interval), ("team", team), ("channel", channel)) if value}
    )
    return page(
        visit, "exports/forecast", "reports", _("Outlook"), tabs=tabs(visit, "/forecast"), is_known=any(one.mean is not None for one in found.slots),
        interval=interval, intervals=INTERVALS, team=team, channel=channel, zone=str(found.zone), week=week,
        teams=[{"id": one.id, "name": one.name} for one in teams()], channels=[{"id": one.id, "name": one.name} for one in channels()],
        chart=_chart(found, query), weeks=[{"n": n, "url": f"/forecast?{query}&week={n}#slots"} for n in range(1, 5)],
        table=_table(found, week), past=[_past(one) for one in found.past],
    )  # fmt: skip


def _chart(found: Outlook, query: str) -> dict[str, Any]:
    """A bar for each day; a day of which nothing is known has none."""
    days: dict[date, list[Expected]] = defaultdict(list)
    for one in found.slots:
        days[one.slot.on].append(one)
    sums = {on: _sum(slots) for on, slots in days.items()}
    most = max([1.0, *(n for n in sums.values() if n is not None)])
    room = WIDTH / max(1, len(days))
    bars = []
    for n, (on, count) in enumerate(sums.items()):
        high = round(HEIGHT * (count or 0) / most, 1)
        bars.append({
            "x": round(n * room + room * GAP / 2, 1), "y": round(HEIGHT - high, 1), "width": round(room * (1 - GAP), 1), "height": high,
            "day": _day(on), "count": _number(count), "is_special": days[on][0].is_special, "url": f"/forecast?{query}&week={n // 7 + 1}#slots",
        })  # fmt: skip
    known = [n for n in sums.values() if n is not None]
    return {
        "bars": bars,
        "width": WIDTH,
        "height": HEIGHT,
        "most": _number(most),
        "all": _number(sum(known)) if known else "",
        "unknown": len(sums) - len(known),
    }


def _table(found: Outlook, week: int) -> dict[str, Any]:
    """Slots of one week: a row for each time of the day, a column for each day. An hour that comes twice has its two means added."""
    begins = found.slots[0].slot.on + timedelta(weeks=week - 1)
    days = [begins + timedelta(days=n) for n in range(7)]
    held: dict[tuple[int, date], list[Expected]] = defaultdict(list)
    for one in found.slots:
        held[one.slot.minute, one.slot.on].append(one)
    minutes = sorted({minute for minute, on in held if on in days})
    return {
        "days": [{"name": _day(on), "is_special": any(one.is_special for one in held[minutes[0], on])} for on in days],
        "rows": [
            {"time": f"{minute // 60:02d}:{minute % 60:02d}", "cells": [_number(_sum(held[minute, on])) for on in days]}
            for minute in minutes
        ],
        "sums": [_number(_sum([one for minute in minutes for one in held[minute, on]])) for on in days],
    }  # fmt: skip


def _past(one: Any) -> dict[str, str]:
    return {
        "week": _("Week of %(day)s") % {"day": _day(one.begins_on)}, "came": number_format(one.came, force_grouping=True),
        "expected": _number(one.expected), "by_slot": _share(one.by_slot), "by_day": _share(one.by_day),
    }  # fmt: skip


def _sum(slots: list[Expected]) -> float | None:
    known = [one.mean for one in slots if one.mean is not None]
    return sum(known) if known else None


def _number(value: float | None) -> str:
    return "" if value is None else number_format(value, decimal_pos=0 if value >= 100 else 1, force_grouping=True)


def _share(value: float | None) -> str:
    return "" if value is None else _("%(num)s %%") % {"num": number_format(100 * value, decimal_pos=0)}


def _day(on: date) -> str:
    return format_date(on, format="EEE d MMM", locale=(get_language() or "en").replace("-", "_"))
