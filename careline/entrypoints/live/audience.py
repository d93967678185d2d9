"""Who may hear of a happening: the permission predicate, as topics.

A listener holds topics for what they reach; an event names the topics of the case it is about. Restricted cases are told
to the people named on them only.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from careline.domain.staff.rules import Person, reach_of

EVERYTHING = "all"
STAFF = "staff"


def topics_of(person: Person) -> frozenset[str]:
    """What this person hears: their own cases always, their teams' or all as their grants say."""
    reach = reach_of(person, "conversation:read")
    topics = {STAFF, f"agent:{person.id}"}
    if reach.everything:
        topics.add(EVERYTHING)
    topics.update(f"team:{team}" for team in reach.team_ids)
    for grant in reach.narrowed:
        if grant.channel_id is not None:
            topics.add(f"channel:{grant.channel_id}")
        elif grant.brand_id is not None:
            topics.add(f"brand:{grant.brand_id}")
    if "inbound:read" in person.grants:
        topics.add("inbound")
    if "outbox:read" in person.grants:
        topics.add("outbox")
    return frozenset(topics)


def topics_told(row: Any) -> Iterable[str]:
    """The topics of one row of `reading.NEWS`."""
    if row.number is None:
        return ["inbound"] if row.subject_kind == "inbound" else [STAFF]
    own = {
        f"agent:{agent}"
        for agent in (row.assignee_id, row.data.get("assignee_before"), *(row.follower_ids or ()))
        if agent
    }
    if row.restricted_to is not None:
        return {f"agent:{agent}" for agent in row.restricted_to}
    teams = {f"team:{team}" for team in (row.team_id, row.data.get("team_before")) if team}
    return own | teams | {EVERYTHING, f"channel:{row.channel_id}", f"brand:{row.brand_id}"}
