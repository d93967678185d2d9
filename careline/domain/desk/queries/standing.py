"""Where a customer stands with us: what they are worth, what is open, what was promised, how satisfied they were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from careline.domain.conversations.queries.visibility import visible
from careline.domain.customers.queries.merges import everybody_in
from careline.domain.loyalty.queries.tiers import standing_of
from careline.domain.orders.queries.orders import figures_of
from careline.domain.staff.rules import Person, may, reach_of
from careline.kit import db

_CASES = """
WITH seen AS MATERIALIZED (
    SELECT c.id, c.number, c.category, c.next_due_at, c.due_kind FROM conversations_conversation c
    WHERE c.customer_id = ANY(%(people)s) AND c.merged_into_id IS NULL AND NOT c.is_spam AND {seen}
), promised AS (
    SELECT 'answer' AS kind, number AS key, number, next_due_at AS due_at FROM seen WHERE next_due_at IS NOT NULL AND category <> 'resolved'
    UNION ALL SELECT 'approval', q.id, seen.number, q.due_at FROM approvals_request q JOIN seen ON seen.id = q.conversation_id
        WHERE q.state = 'waiting'
    UNION ALL SELECT 'followup', f.id, seen.number, f.due_at FROM followups_followup f JOIN seen ON seen.id = f.conversation_id WHERE f.state = 'open'
    UNION ALL SELECT 'complaint', x.id, seen.number, x.next_due_at FROM complaints_complaint x JOIN seen ON seen.id = x.conversation_id
        WHERE x.closed_at IS NULL AND x.about_id IS DISTINCT FROM %(me)s AND %(complaints)s
    UNION ALL SELECT 'request', r.id, seen.number, (SELECT min(s.due_at) FROM requests_step s WHERE s.request_id = r.id AND s.done_at IS NULL)
        FROM requests_request r JOIN seen ON seen.id = r.conversation_id WHERE r.closed_at IS NULL
    UNION ALL SELECT 'return', g.id, seen.number, NULL FROM orders_return g JOIN orders_order o ON o.id = g.order_id
        LEFT JOIN seen ON seen.id = g.conversation_id WHERE o.customer_id = ANY(%(people)s) AND g.closed_at IS NULL AND %(orders)s
)
SELECT (SELECT count(*) FROM seen) AS cases, (SELECT count(*) FROM seen WHERE category <> 'resolved') AS open_cases,
    (SELECT coalesce(json_agg(json_build_object('kind', kind, 'key', key::text, 'number', number, 'due_at', to_char(due_at AT TIME ZONE 'UTC',
        'YYYY-MM-DD"T"HH24:MI:SS"Z"')) ORDER BY due_at, kind, key), '[]') FROM (SELECT * FROM promised ORDER BY due_at LIMIT 20) p) AS promises
"""
_SATISFACTION = """
SELECT score, at, via FROM (
    (SELECT r.score, r.changed_at AS at, 'request' AS via FROM customers_rating r WHERE r.customer_id = ANY(%(people)s)
     ORDER BY r.changed_at DESC LIMIT 1)
    UNION ALL (SELECT a.score, a.answered_at, a.kind FROM surveys_answer a WHERE a.customer_id = ANY(%(people)s) AND a.score IS NOT NULL
     ORDER BY a.answered_at DESC LIMIT 1)) said ORDER BY at DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """As far as the asker sees it. `worth` by currency: orders, worth (paid and kept, in minor units), refunds, returns; empty for
    whoever sees no orders. `promises`: {kind, key, number, due_at}, the next first. `satisfaction`: score, at, via; or None."""

    tier: Any | None
    worth: list[Any]
    cases: int
    open_cases: int
    promises: list[dict[str, Any]]
    satisfaction: Any | None


def standing_for(person: Person, customer: int) -> Standing:
    """Of a customer whom the asker was let see. Five statements, however much there is."""
    people = everybody_in(customer)
    sees_orders = may(person, "order:read")
    seen, params = visible(reach_of(person, "conversation:read"))
    params |= {"people": people, "orders": sees_orders, "complaints": may(person, "complaint:read"), "me": person.id}
    row = db.row(_CASES.format(seen=seen), params)
    assert row is not None, "counting gives a row"
    said = db.row(_SATISFACTION, {"people": people})
    worth = figures_of(people) if sees_orders else []
    return Standing(standing_of(customer), worth, row.cases, row.open_cases, list(row.promises), said)


def moment_of(promise: dict[str, Any]) -> datetime | None:
    return datetime.fromisoformat(promise["due_at"]) if promise["due_at"] else None
