"""The one SQL predicate of who sees which case; lists, counts, search, live and the case itself use it."""

from __future__ import annotations

from typing import Any

from careline.domain.staff.rules import Reach


def visible(reach: Reach) -> tuple[str, dict[str, Any]]:
    """A condition on columns of the case alone, which the statement calls `c`, and its parameters."""
    params: dict[str, Any] = {"reach_agent": reach.agent_id}
    own = "(c.assignee_id = %(reach_agent)s OR c.follower_ids @> ARRAY[%(reach_agent)s::bigint])"
    named = "(c.restricted_to IS NULL OR %(reach_agent)s = ANY(c.restricted_to))"
    if reach.nothing:
        return "false", params
    if reach.everything:
        return named, params
    parts = [own]
    if reach.team_ids:
        params["reach_teams"] = list(reach.team_ids)
        parts.append("c.team_id = ANY(%(reach_teams)s)")
    for n, grant in enumerate(reach.narrowed):
        narrow = ["true"] if grant.scope == "all" else [own]
        if grant.scope == "team":
            params["reach_teams"] = list(reach.team_ids)
            narrow = ["c.team_id = ANY(%(reach_teams)s)"]
        for column, value in (("channel_id", grant.channel_id), ("brand_id", grant.brand_id)):
            if value is not None:
                params[f"reach_{column}_{n}"] = value
                narrow.append(f"c.{column} = %(reach_{column}_{n})s")
        parts.append("(" + " AND ".join(narrow) + ")")
    return f"({' OR '.join(parts)}) AND {named}", params
