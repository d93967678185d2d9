"""What is to be expected: cases by slot for the next four weeks, and how far the same was off in the past."""

from __future__ import annotations

from typing import Any

from careline.domain.reports.queries.forecast import outlook_of
from careline.domain.reports.queries.reach import VERB
from careline.domain.reports.rules.forecast import Expected, WeekError
from careline.domain.staff.rules import require
from careline.entrypoints.api.naming import channel_named, team_key
from careline.entrypoints.api.routes import Call, route
from careline.entrypoints.api.shapes.case_rows import Forecast, ForecastQuery, ForecastSlot, ForecastWeek


@route("GET", "/forecasts", query=ForecastQuery, answer=Forecast)
def forecast(call: Call) -> Any:
    """Cases to be expected in each slot from tomorrow on: the mean of the last four same slots.

    Days out of the ordinary are like the last four such days, or like Sundays.
    """
    require(call.person, VERB)
    asked = call.query
    team = None if asked.team is None else team_key(asked.team, "team")
    box = None if asked.channel is None else channel_named(asked.channel, "channel")
    found = outlook_of(call.person, at=call.at, interval=asked.interval, team=team, channel=box.id if box else None)
    return Forecast(
        str(found.zone), found.interval, found.first is not None, [_slot(one) for one in found.slots], [_week(one) for one in found.past]
    )  # fmt: skip


def _slot(one: Expected) -> ForecastSlot:
    return ForecastSlot(one.slot.start, one.mean, list(one.of), one.is_special)


def _week(one: WeekError) -> ForecastWeek:
    return ForecastWeek(one.begins_on, one.came, one.expected, one.by_slot, one.by_day)
