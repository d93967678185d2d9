"""A case goes to somebody else with a word."""

from __future__ import annotations

from typing import Any

from careline.entrypoints.api.routes import Call, route
from careline.entrypoints.api.shapes.handing_over import HandedOver, HandOver
from careline.flows.hand_over import hand_over


@route("POST", "/conversations/{number}/hand-over", body=HandOver, answer=HandedOver, status=200)
def handed_over(call: Call) -> Any:
    """To a person, or to nobody in a team. The word stands in the thread as a note; `DELETE …/last-change` undoes both for 13 s."""
    given = call.body
    note = hand_over(
        call.person, call.number, to=int(given.agent) if given.agent else None, team=int(given.team) if given.team else None,
        text=given.text, by=call.by, at=call.at,
    )  # fmt: skip
    return HandedOver(note=str(note) if note else None)
