"""The supervisor's wall: how the queues that one oversees stand right now."""

from __future__ import annotations

from typing import Any

from careline.domain.desk.queries.wall import VERB, Queue, numbers_behind, queues_of, teams_on_wall
from careline.domain.desk.queries.wall_people import OnWall, people_on
from careline.domain.staff.rules import require
from careline.entrypoints.api.routes import Call, route
from careline.entrypoints.api.shapes import wall as shapes
from careline.entrypoints.api.shapes.parts import Named

MOST_HELP = 50


@route("GET", "/wall", answer=shapes.Wall)
def wall(call: Call) -> Any:
    """Queues with what waits, what is near and broken, and the last hour; people with what they have; the cases that need help first."""
    require(call.person, VERB)
    teams = teams_on_wall(call.person)
    return shapes.Wall(
        [_queue(one) for one in queues_of(call.person, teams, at=call.at)],
        [_person(one) for one in people_on(call.person, teams, at=call.at)],
        numbers_behind(call.person, teams, "help", at=call.at, limit=MOST_HELP),
    )


def _queue(one: Queue) -> shapes.WallQueue:
    return shapes.WallQueue(
        Named(str(one.id), one.name), one.waiting, one.oldest, one.near, one.broken, one.came, one.went, one.arrived, one.answered,
        one.is_rising,
    )  # fmt: skip


def _person(one: OnWall) -> shapes.WallPerson:
    named = Named(str(one.id), one.name)
    return shapes.WallPerson(named, one.state, one.reason, one.since, one.load, one.units, one.cases)  # type: ignore[arg-type]
