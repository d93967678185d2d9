"""Who is asked when a case has to go up: ladders by topic."""

from __future__ import annotations

from datetime import datetime

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.structure import topics
from careline.domain.history.actor import Actor
from careline.domain.routing.commands import ladders as commands
from careline.domain.routing.queries.ladders import ladder_by_id, ladders
from careline.domain.routing.rules.ladders import KINDS, ROLE, TEAM, Ladder
from careline.domain.staff.queries import roles, teams
from careline.domain.staff.rules import Forbidden, Person

VERB = "routing:manage"
MOST_RUNGS = 6
LONGEST = 60 * 24 * 30


def keep_ladder(agent: Person, ladder: Ladder, *, by: Actor, at: datetime) -> int:
    """A new ladder, or the one with its id as it is to be; its key. Raises Forbidden, NotFound, Refused."""
    _require(agent)
    if ladder.id is not None and ladder_by_id(ladder.id) is None:
        raise NotFound(f"There is no ladder {ladder.id}.")
    _judge(ladder)
    return commands.save_ladder(ladder, by=by, at=at)


def remove_ladder(agent: Person, key: int, *, by: Actor, at: datetime) -> None:
    """Cases stay as high as they stand. Raises Forbidden, NotFound."""
    _require(agent)
    if not commands.remove_ladder(key, by=by, at=at):
        raise NotFound(f"There is no ladder {key}.")


def _require(agent: Person) -> None:
    """A ladder holds for everybody's cases, so it takes the right over all of them."""
    if not any(grant.scope == "all" and not grant.is_narrowed for grant in agent.grants.get(VERB, ())):
        raise Forbidden(VERB)


def _judge(ladder: Ladder) -> None:
    if not ladder.name.strip() or len(ladder.name) > 100:
        raise Refused("Give the ladder a name of up to 100 characters.")
    if not 1 <= len(ladder.rungs) <= MOST_RUNGS:
        raise Refused("A ladder has one to six steps.")
    if ladder.topic is not None and ladder.topic not in {row.id for row in topics()}:
        raise Refused(f"There is no topic {ladder.topic}.")
    if any(other.topic == ladder.topic and other.id != ladder.id for other in ladders()):
        raise Refused("There is a ladder for this topic already: change that one.")
    if ladder.late_minutes is not None and not 0 <= ladder.late_minutes <= LONGEST:
        raise Refused("Give 0 to 43200 minutes after an answer was due, or nothing for never.")
    if ladder.reopenings is not None and not 1 <= ladder.reopenings <= 20:
        raise Refused("Give 1 to 20 times that a case is opened again, or nothing for never.")
    known_roles, known_teams = {row.code for row in roles()}, {row.id for row in teams()}
    for rung in ladder.rungs:
        if not rung.name.strip() or len(rung.name) > 60:
            raise Refused("Give each step a name of up to 60 characters.")
        if rung.kind not in KINDS:
            raise Refused(f"There is no such kind of step; there are {', '.join(KINDS)}.")
        if rung.kind == ROLE and rung.role not in known_roles:
            raise Refused("Choose a role for each step that is a role.")
        if rung.kind == TEAM and rung.team not in known_teams:
            raise Refused("Choose a team for each step that is a team.")
        if rung.minutes is not None and not 1 <= rung.minutes <= LONGEST:
            raise Refused("Give 1 to 43200 minutes until the next step, or nothing for never.")
