"""Problems as agents see them: with the cases they may see."""

from __future__ import annotations

from typing import Any

from careline.domain.conversations.queries.visibility import visible
from careline.domain.staff.rules import Reach
from careline.kit import db

_WITH_ITS_FIGURES = """
SELECT p.*, a.name AS created_by_name, f.cases, f.open_cases, f.customers
FROM conversations_problem p
LEFT JOIN staff_agent a ON a.id = p.created_by_id
CROSS JOIN LATERAL (
    SELECT count(*) AS cases, count(*) FILTER (WHERE c.category <> 'resolved') AS open_cases,
        count(DISTINCT c.customer_id) AS customers
    FROM conversations_conversation c WHERE c.problem_id = p.id AND c.merged_into_id IS NULL AND"""


def problems(reach: Reach, *, is_open: bool | None = None, before: int | None = None, limit: int = 50) -> list[Any]:
    """The newest first, each with how many cases and customers of those that are reached."""
    condition, params = visible(reach)
    return db.rows(
        f"""{_WITH_ITS_FIGURES} {condition}) f
            WHERE (%(is_open)s::boolean IS NULL OR (p.resolved_at IS NULL) = %(is_open)s)
                AND (%(before)s::bigint IS NULL OR p.id < %(before)s)
            ORDER BY p.id DESC LIMIT %(limit)s""",
        params | {"is_open": is_open, "before": before, "limit": limit},
    )


def problem_by_id(key: int, reach: Reach) -> Any | None:
    condition, params = visible(reach)
    return db.row(f"{_WITH_ITS_FIGURES} {condition}) f WHERE p.id = %(key)s", params | {"key": key})


def cases_of_problem(key: int, reach: Reach, *, after: int = 0, limit: int = 50, is_open: bool = False) -> list[Any]:
    """Its cases that are reached, by number: number, subject, category, customer's name."""
    condition, params = visible(reach)
    return db.rows(
        f"""SELECT c.id, c.number, c.subject, c.category, c.updated_at, cu.name AS customer_name
            FROM conversations_conversation c LEFT JOIN customers_customer cu ON cu.id = c.customer_id
            WHERE c.problem_id = %(problem)s AND c.number > %(after)s AND c.merged_into_id IS NULL
                AND (NOT %(is_open)s OR (c.category <> 'resolved' AND NOT c.is_spam)) AND {condition}
            ORDER BY c.number LIMIT %(limit)s""",
        params | {"problem": key, "after": after, "is_open": is_open, "limit": limit},
    )


def known_issue_of(case: Any) -> Any | None:
    """The problem that a case was tied to; else an open one whose words stand in its subject or first message: id, title,
    is_tied. `case` has id, problem_id, subject and category."""
    if case.problem_id is not None:
        return db.row(
            "SELECT id, title, resolved_at, true AS is_tied FROM conversations_problem WHERE id = %s", [case.problem_id]
        )
    if case.category == "resolved":
        return None
    return db.row(
        r"""SELECT p.id, p.title, p.resolved_at, false AS is_tied FROM conversations_problem p
           WHERE p.resolved_at IS NULL AND p.words <> '{}' AND NOT EXISTS (
               SELECT 1 FROM history h WHERE h.conversation_id = %(case)s AND h.name = 'conversation.problem_refused'
                   AND (h.data->>'problem')::bigint = p.id)
             AND EXISTS (SELECT 1 FROM unnest(p.words) AS word
               WHERE position(word IN regexp_replace(lower(%(subject)s || ' ' || coalesce((
                   SELECT left(m.visible_text, 4000) FROM conversations_message m
                   WHERE m.conversation_id = %(case)s AND m.kind = 'incoming' ORDER BY m.created_at, m.id LIMIT 1), '')), '\s+', ' ', 'g')) > 0)
           ORDER BY p.id DESC LIMIT 1""",
        {"case": case.id, "subject": case.subject},
    )
