"""What people bring to a decision, for one or for many in as many statements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from careline.domain.approvals.rules.facts import Facts
from careline.domain.approvals.rules.limits import (
    CASE,
    CUSTOMER,
    CUSTOMER_DAYS,
    DAY,
    PERS,
    Authority,
    Limit,
    holds_for,
)
from careline.kit import db
from careline.kit.money import Money

DECIDE, WRITE_LIMITS = "approval:decide", "policy:manage"
_PEOPLE = """
SELECT a.id, ARRAY(SELECT r.code FROM staff_role r WHERE r.id = a.role_id OR r.id IN (
        SELECT e.role_id FROM staff_extrarole e WHERE e.agent_id = a.id)) AS roles,
    (SELECT coalesce(json_agg(json_build_array(s.skill_id, s.level)), '[]') FROM staff_agentskill s WHERE s.agent_id = a.id) AS skills,
    ARRAY(SELECT DISTINCT g.verb FROM staff_grant g WHERE g.verb IN ('approval:decide', 'policy:manage') AND (g.role_id = a.role_id
        OR g.role_id IN (SELECT e.role_id FROM staff_extrarole e WHERE e.agent_id = a.id))) AS verbs
FROM staff_agent a WHERE a.is_active
"""
_LIMITS = """
SELECT l.id, l.action, l.per, l.amount, l.currency, l.percent, l.skill_id, l.level, l.agent_id, l.author_id, coalesce(r.code, '') AS role
FROM approvals_limit l LEFT JOIN staff_role r ON r.id = l.role_id
"""
_USES = """
SELECT 'case' AS per, 0 AS agent_id, currency, sum(amount)::bigint AS minor FROM approvals_use
    WHERE conversation_id = %(case)s AND action = %(action)s AND reversed_at IS NULL GROUP BY currency
UNION ALL SELECT 'customer', 0, currency, sum(amount)::bigint FROM approvals_use
    WHERE customer_id = %(customer)s AND action = %(action)s AND at > %(year)s AND reversed_at IS NULL GROUP BY currency
UNION ALL SELECT 'day', agent_id, currency, sum(amount)::bigint FROM approvals_use
    WHERE agent_id = ANY(%(agents)s) AND action = %(action)s AND at > %(day)s AND reversed_at IS NULL GROUP BY agent_id, currency
"""


def authority_of(agent: int, *, action: str, facts: Facts, at: datetime) -> Authority:
    """Nobody's (a rule, somebody who left) is none at all."""
    return authorities([agent], action=action, facts=facts, at=at).get(agent, Authority(agent))


def authorities(agents: Sequence[int], *, action: str, facts: Facts, at: datetime) -> dict[int, Authority]:
    """Of those of them who work here. What was given before counts: on the case, to the customer in a year, by each in 24 hours."""
    return _authorities(_PEOPLE + " AND a.id = ANY(%s)", [list(agents)], action=action, facts=facts, at=at)


def deciders(*, action: str, facts: Facts, at: datetime) -> dict[int, Authority]:
    """Everybody who may decide at all."""
    sql = f"SELECT * FROM ({_PEOPLE}) p WHERE %s = ANY(p.verbs)"
    return _authorities(sql, [DECIDE], action=action, facts=facts, at=at)


def limits() -> list[Limit]:
    """All, in the order in which a page shows them."""
    return [
        _limit(row) for row in db.rows(_LIMITS + " ORDER BY l.role_id, l.skill_id, l.agent_id, l.action, l.per, l.id")
    ]


def limit_by_id(key: int) -> Limit | None:
    row = db.row(_LIMITS + " WHERE l.id = %s", [key])
    return _limit(row) if row is not None else None


def _authorities(sql: str, args: Sequence[Any], *, action: str, facts: Facts, at: datetime) -> dict[int, Authority]:
    people = db.rows(sql, args, prepared=True)
    if not people:
        return {}
    said = [_limit(row) for row in db.rows(_LIMITS + " WHERE l.action IN ('*', %s)", [action], prepared=True)]
    used = _used([row.id for row in people], action=action, facts=facts, at=at)
    found = {}
    for row in people:
        roles, skills = frozenset(row.roles), {int(skill): int(level) for skill, level in row.skills}
        own = tuple(one for one in said if holds_for(one, roles=roles, skills=skills, agent=row.id))
        spent = {per: tuple(used.get((per, row.id if per == DAY else 0), ())) for per in PERS}
        found[row.id] = Authority(
            row.id, roles, skills, DECIDE in row.verbs, WRITE_LIMITS in row.verbs and DECIDE in row.verbs, own, spent
        )
    return found


def _used(agents: list[int], *, action: str, facts: Facts, at: datetime) -> dict[tuple[str, int], list[Money]]:
    rows = db.rows(
        _USES,
        {
            "case": facts.case, "customer": facts.customer, "action": action, "agents": agents,
            "year": at - timedelta(days=CUSTOMER_DAYS), "day": at - timedelta(days=1),
        },
        prepared=True,
    )  # fmt: skip
    found: dict[tuple[str, int], list[Money]] = {}
    for row in rows:
        found.setdefault((row.per, row.agent_id if row.per not in (CASE, CUSTOMER) else 0), []).append(
            Money(row.minor, row.currency)
        )
    return found


def _limit(row: Any) -> Limit:
    money = Money(row.amount, row.currency) if row.amount is not None else None
    return Limit(
        row.action, row.per, money, row.percent, row.role, row.skill_id, row.level, row.agent_id, row.id, row.author_id
    )
