"""How a team sends."""

from __future__ import annotations

from typing import Any

from careline.domain.conversations.queries.work import only_assignee_sends
from careline.domain.staff.rules import require
from careline.entrypoints.api.routes import Call, route
from careline.entrypoints.api.shapes.sending import Sending
from careline.flows.team_rule import keep_team_rule

_PATH = "/teams/{id}/sending"


@route("GET", _PATH, answer=Sending)
def sending(call: Call) -> Any:
    """Whether only the assignee of a case sends its answers."""
    require(call.person, "staff:read")
    return Sending(only_assignee_sends(call.id))


@route("PUT", _PATH, body=Sending, answer=Sending)
def changed_sending(call: Call) -> Any:
    """With `only_assignee_sends`, an answer of somebody else is refused with 409 and the code `only_assignee`."""
    wanted = call.body.only_assignee_sends
    keep_team_rule(call.person, call.id, only_assignee_sends=wanted, by=call.by, at=call.at)
    return Sending(wanted)
