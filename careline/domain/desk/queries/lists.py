"""The rows of a list, in one statement of raw SQL: what the inbox shows and the API answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from careline.domain.desk.queries.conditions import conditions_of
from careline.domain.desk.rules import Filter
from careline.domain.staff.rules import Person
from careline.kit import db

MOST_COUNTED = 1000
"""A count above this shows as 999+."""

_ROWS = """
WITH page AS MATERIALIZED (
    SELECT c.* FROM conversations_conversation c WHERE {where} ORDER BY {order} LIMIT %(limit)s
)
SELECT c.id, c.number, c.subject, c.last_snippet AS snippet, c.category, c.priority, c.tag_ids, c.has_attachment, c.next_due_at,
    c.due_sort, c.due_kind, c.updated_at, c.version, c.language, c.message_count, c.customer_id, c.assignee_id, c.team_id, c.channel_id, c.is_spam,
    s.code AS status_code, s.name::text AS status_names, ch.kind AS channel_kind, ch.name AS channel_name,
    cu.name AS customer_name, o.name AS company_name, a.name AS assignee_name, t.name AS team_name,
    (SELECT ca.value FROM customers_address ca WHERE ca.customer_id = c.customer_id ORDER BY ca.is_primary DESC, ca.id LIMIT 1) AS customer_address,
    ARRAY(SELECT tg.name FROM conversations_tag tg WHERE tg.id = ANY(c.tag_ids) ORDER BY tg.name) AS tags,
    coalesce(c.last_message_id > r.message_id, c.last_message_id IS NOT NULL) AS unread
FROM page c
JOIN conversations_status s ON s.id = c.status_id
LEFT JOIN channels_channel ch ON ch.id = c.channel_id
LEFT JOIN customers_customer cu ON cu.id = c.customer_id
LEFT JOIN customers_organisation o ON o.id = cu.organisation_id
LEFT JOIN staff_agent a ON a.id = c.assignee_id
LEFT JOIN staff_team t ON t.id = c.team_id
LEFT JOIN conversations_reading r ON r.agent_id = %(me)s AND r.conversation_id = c.id
ORDER BY {order}
"""
_SORTS = {
    "due": ("c.due_sort, c.number", "(c.due_sort, c.number) > (%(after_at)s, %(after_number)s)", "due_sort"),
    "updated": (
        "c.updated_at DESC, c.number DESC",
        "(c.updated_at, c.number) < (%(after_at)s, %(after_number)s)",
        "updated_at",
    ),
}


@dataclass(frozen=True, slots=True)
class Page:
    """Rows and where the next page begins: (the sort's moment, number), None at the end."""

    rows: list[Any]
    next: tuple[datetime, int] | None


def rows_of(
    wanted: Filter,
    person: Person,
    *,
    at: datetime,
    sort: str = "due",
    after: tuple[datetime, int] | None = None,
    limit: int = 50,
) -> Page:
    """One page of a view as this person sees it."""
    order, behind, column = _SORTS[sort]
    where, params = conditions_of(wanted, person, at=at)
    if after is not None:
        where += f" AND {behind}"
        params |= {"after_at": after[0], "after_number": after[1]}
    found = db.rows(_ROWS.format(where=where, order=order), params | {"limit": limit + 1})
    kept = found[:limit]
    more = len(found) > limit
    return Page(kept, (getattr(kept[-1], column), kept[-1].number) if more and kept else None)


def rows_by_number(numbers: list[int], person: Person, *, at: datetime) -> list[Any]:
    """The rows of these cases, as far as the person sees them: what a live event makes a browser fetch again."""
    where, params = conditions_of(Filter(), person, at=at)
    where = where.replace("NOT c.is_spam", "true", 1) + " AND c.number = ANY(%(numbers)s)"
    return db.rows(_ROWS.format(where=where, order="c.number"), params | {"numbers": numbers, "limit": len(numbers)})


def counts_of(views: dict[str, Filter], person: Person, *, at: datetime) -> dict[str, int]:
    """How many cases each view holds for this person, up to MOST_COUNTED each, in one round trip."""
    if not views:
        return {}
    parts: list[str] = []
    params: dict[str, Any] = {}
    for n, (code, wanted) in enumerate(views.items()):
        where, own = conditions_of(wanted, person, at=at)
        for name in own:
            where = where.replace(f"%({name})s", f"%({name}_{n})s")
        params |= {f"{name}_{n}": held for name, held in own.items()}
        params[f"code_{n}"] = code
        parts.append(
            f"SELECT %(code_{n})s AS code, count(*) AS n FROM (SELECT FROM conversations_conversation c WHERE {where} LIMIT {MOST_COUNTED}) v{n}"
        )
    return {row.code: row.n for row in db.rows(" UNION ALL ".join(parts), params)}
