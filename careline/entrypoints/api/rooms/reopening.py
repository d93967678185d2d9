"""What a customer's message does to a team's resolved cases."""

from __future__ import annotations

from typing import Any

from careline.domain.conversations.errors import NotFound
from careline.domain.staff.reopening import reopenings
from careline.domain.staff.rules import require
from careline.entrypoints.api.routes import Call, route
from careline.entrypoints.api.shapes.reopening import Reopening
from careline.flows.set_reopening import set_reopening

_PATH = "/teams/{id}/reopening"


@route("GET", _PATH, answer=Reopening)
def reopening(call: Call) -> Any:
    """What a customer's late message does to a case of the team that was resolved."""
    require(call.person, "staff:read")
    return _of(call.id)


@route("PUT", _PATH, body=Reopening, answer=Reopening)
def changed_reopening(call: Call) -> Any:
    """It takes `case_settings:manage`."""
    wanted = call.body
    set_reopening(call.person, call.id, policy=wanted.policy, days=wanted.days, by=call.by, at=call.at)
    return _of(call.id)


def _of(team: int) -> Reopening:
    row = next((row for row in reopenings() if row.id == team), None)
    if row is None:
        raise NotFound(f"There is no team {team}.")
    return Reopening(row.reopen_policy, row.reopen_days)
