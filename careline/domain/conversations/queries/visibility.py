"""The one SQL predicate of who sees which case; lists, counts, search, live and the case itself use it."""

from __future__ import annotations

from typing import Any

from careline.domain.staff.rules import Reach


def visible(reach: Reach) -> tuple[str, dict[str, Any]]:
    """A condition on columns of the case alone, which the statement calls `c`, and its parameters."""
    params: dict[str, Any] = {"reach_agent": reach.agent_id}
    return _condition(reach, "reach", params), params


def _condition(reach: Reach, name: str, params: dict[str, Any]) -> str:
    if reach.nothing:
        return "false"
    params[f"{name}_agent"] = reach.agent_id
    named = f"(c.restricted_to IS NULL OR %({name}_agent)s = ANY(c.restricted_to))"
    if reach.everything and not reach.absent:
        return named
    parts = ["true"] if reach.everything else _parts(reach, name, params)
    reached = f"({' OR '.join(parts)}) AND {named}" if parts else "false"
    if not reach.absent:
        return reached
    # Named by the person, not counted: a statement may ask by two verbs, and not everybody holds both.
    absent = [
        f"({_own(f'{name}_of_{one.agent_id}')} AND {_condition(one, f'{name}_of_{one.agent_id}', params)})"
        for one in reach.absent
    ]
    return f"(({reached}) OR {' OR '.join(absent)})"


def _parts(reach: Reach, name: str, params: dict[str, Any]) -> list[str]:
    parts = [_own(name)] if reach.own else []
    of_teams = f"c.team_id = ANY(%({name}_teams)s)"
    if reach.team_ids:
        params[f"{name}_teams"] = list(reach.team_ids)
        parts.append(of_teams)
    for n, grant in enumerate(reach.narrowed):
        narrow = ["true"] if grant.scope == "all" else [_own(name)]
        if grant.scope == "team":
            params[f"{name}_member_of"] = list(reach.member_of)
            narrow = [f"({_own(name)} OR c.team_id = ANY(%({name}_member_of)s))"]
        for column in ("channel_id", "brand_id", "team_id"):
            if (value := getattr(grant, column)) is not None:
                params[f"{name}_{column}_{n}"] = value
                narrow.append(f"c.{column} = %({name}_{column}_{n})s")
        parts.append("(" + " AND ".join(narrow) + ")")
    return parts


def _own(name: str) -> str:
    agent = f"%({name}_agent)s"
    followed = f"c.follower_ids @> ARRAY[{agent}::bigint]"
    return f"(c.assignee_id = {agent} OR {followed} OR c.mentioned_ids @> ARRAY[{agent}::bigint])"
