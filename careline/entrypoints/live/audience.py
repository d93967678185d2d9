"""Who may hear of a happening: the permission predicate, as topics.

A listener holds topics for what they reach; an event names the topics of the case it is about. A restricted case is told
to those people named on it who reach it anyway, as `visible` says in SQL.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import product
from typing import Any

from careline.domain.notifications.commands.telling import BELL
from careline.domain.staff.rules import Person, Reach, reach_of

EVERYTHING = "all"
STAFF = "staff"


def topics_of(person: Person) -> frozenset[str]:
    """What this person hears: their own cases, their teams' or all as their grants say; of no case without a grant."""
    reach = reach_of(person, "conversation:read")
    topics = {STAFF, *_topics_of(reach)}
    for (
        absent
    ) in reach.absent:  # their own cases; that a narrowed grant of theirs leaves some out is asked at the fetch
        topics.add(f"agent:{absent.agent_id}")
    if "inbound:read" in person.grants:
        topics.add("inbound")
    if "outbox:read" in person.grants:
        topics.add("outbox")
    return frozenset(topics)


def _topics_of(reach: Reach) -> Iterable[str]:
    if reach.everything:
        yield EVERYTHING
    if reach.own and not reach.nothing:
        yield f"agent:{reach.agent_id}"
    yield from (f"team:{team}" for team in reach.team_ids)
    for grant in reach.narrowed:
        here = _named("team", grant.team_id)
        place = (_named("channel", grant.channel_id), _named("brand", grant.brand_id))
        if grant.scope == "all":
            yield _joined(here, *place)
            continue
        yield _joined(f"agent:{reach.agent_id}", here, *place)
        if grant.scope == "team":
            yield from (_joined(f"team:{t}", *place) for t in reach.member_of if grant.team_id in (None, t))


def topics_told(row: Any) -> Iterable[str]:
    """The topics of one row of `reading.NEWS`. What colleagues do at the door (signing in, being refused) is nobody's news."""
    if row.number is None:
        return [] if row.subject_kind == "agent" else ["inbound"] if row.subject_kind == "inbound" else [STAFF]
    own = {
        f"agent:{agent}"
        for agent in (
            row.assignee_id,
            row.data.get("assignee_before"),
            *(row.follower_ids or ()),
            *(row.mentioned_ids or ()),
        )
        if agent
    }
    teams = {_named("team", team) for team in (None, row.team_id, row.data.get("team_before"))}
    channels, brands = ("", _named("channel", row.channel_id)), ("", _named("brand", row.brand_id))
    return {_joined(*parts) or EVERYTHING for parts in product({"", *own}, teams, channels, brands)}


def people_told(row: Any) -> Collection[int] | None:
    """The only people who may hear of it, whatever else they hear; None for no such limit."""
    if row.number is None:
        return frozenset(row.data["agents"]) if row.subject_kind == BELL else None
    named: Collection[int] | None = row.restricted_to
    return named


def _named(kind: str, key: int | None) -> str:
    return f"{kind}:{key}" if key else ""


def _joined(*parts: str) -> str:
    return "&".join(part for part in parts if part)
