"""The rows of a list, in one statement: what the inbox shows and the API answers, keyset paging."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from careline.domain.conversations.queries.visibility import visible
from careline.domain.desk.queries.conditions import conditions_of
from careline.domain.desk.rules import DEFAULT_VIEWS, Filter
from careline.domain.staff.rules import Person, reach_of
from careline.kit import db

Place = tuple[Any, int]
"""Where a page ended: what its sort compares (a moment, or a priority), and the case's number."""

_SHOWN = """c.id, c.number, c.subject, c.last_snippet AS snippet, c.category, c.priority, c.has_attachment, c.next_due_at,
    c.due_sort, c.due_kind, c.updated_at, c.version, c.team_id, c.created_at, c.waiting_since, c.snoozed_until,
    s.code AS status_code, s.name AS status_names, ch.kind AS channel_kind, cu.name AS customer_name, o.name AS company_name,
    a.name AS assignee_name, t.name AS team_name,
    (SELECT ca.value FROM customers_address ca WHERE ca.customer_id = c.customer_id ORDER BY ca.is_primary DESC, ca.id LIMIT 1)
        AS customer_address,
    CASE WHEN c.tag_ids <> '{{}}' THEN ARRAY(SELECT tg.name FROM conversations_tag tg WHERE tg.id = ANY(c.tag_ids) ORDER BY lower(tg.name))
         ELSE '{{}}' END AS tags,
    coalesce(c.last_message_id > r.message_id, c.last_message_id IS NOT NULL) AS unread,
    EXISTS (SELECT FROM conversations_draft d WHERE d.conversation_id = c.id AND d.agent_id = %(me)s) AS has_draft"""
_BESIDES = """c.tag_ids, c.language, c.message_count, c.customer_id, c.assignee_id, c.channel_id,
    c.is_spam, c.first_response_due_at, c.first_responded_at, c.resolution_due_at, c.resolved_at,
    c.last_snippet, c.last_message_id, c.hint, c.merged_into_id, c.brand_id, c.fields, c.topic_id, c.side_news,
    ch.name AS channel_name, ch.address AS channel_address, a.email AS assignee_email"""
BESIDE = """
JOIN conversations_status s ON s.id = c.status_id
LEFT JOIN channels_channel ch ON ch.id = c.channel_id
LEFT JOIN customers_customer cu ON cu.id = c.customer_id
LEFT JOIN customers_organisation o ON o.id = cu.organisation_id
LEFT JOIN staff_agent a ON a.id = c.assignee_id
LEFT JOIN staff_team t ON t.id = c.team_id
LEFT JOIN conversations_reading r ON r.agent_id = %(me)s AND r.conversation_id = c.id
"""
"""What a row shows of others than the case `c` itself."""
_OF_PAGE = f"\nFROM page c{BESIDE}"
CASE = f"\nSELECT {_SHOWN}, {_BESIDES}{_OF_PAGE}"
_PAGE = "WITH page AS MATERIALIZED (SELECT c.* FROM conversations_conversation c WHERE {where} ORDER BY {order} LIMIT %(limit)s)"
_ROWS = _PAGE + CASE + "ORDER BY {order}"
_ROWS_SHOWN = f"{_PAGE}\nSELECT {_SHOWN}{_OF_PAGE}ORDER BY {{order}}"
_OF_THE_HOUSE = [view.filter for view in DEFAULT_VIEWS]
_NEVER = datetime(9999, 12, 31, tzinfo=UTC)
_WAITING = "coalesce(c.waiting_since, '9999-12-31 00:00:00+00'::timestamptz)"
# sort: order, what comes behind a place, and which column of the row is the place
ORDERS = {
    "due": ("c.due_sort, c.number", "(c.due_sort, c.number) > (%(after)s, %(after_number)s)", "due_sort"),
    "updated": ("c.updated_at DESC, c.number DESC", "(c.updated_at, c.number) < (%(after)s, %(after_number)s)", "updated_at"),
    "changed": ("c.updated_at, c.number", "(c.updated_at, c.number) > (%(after)s, %(after_number)s)", "updated_at"),
    "created": ("c.number DESC", "c.number < %(after_number)s AND %(after)s::text IS NOT NULL", "created_at"),
    "priority": ("c.priority DESC, c.number DESC", "(c.priority, c.number) < (%(after)s, %(after_number)s)", "priority"),
    "waiting": (f"{_WAITING}, c.number", f"({_WAITING}, c.number) > (%(after)s, %(after_number)s)",
                "waiting_since"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """Rows and where the next page begins, None at the end."""

    rows: list[Any]
    next: Place | None


def rows_of(
    wanted: Filter,
    person: Person,
    *,
    at: datetime,
    sort: str = "due",
    after: Place | None = None,
    limit: int = 50,
    as_shown: bool = False,
) -> Page:
    """One page of a view as this person sees it; `as_shown` without the columns that no screen's row shows."""
    order, behind, column = ORDERS[sort]
    where, params = conditions_of(wanted, person, at=at)
    if after is not None:
        where += f" AND {behind}"
        params |= {"after": after[0], "after_number": after[1]}
    statement = _ROWS_SHOWN if as_shown else _ROWS
    found = db.rows(statement.format(where=where, order=order), params | {"limit": limit + 1})
    kept = found[:limit]
    more = len(found) > limit
    return Page(kept, (getattr(kept[-1], column) or _NEVER, kept[-1].number) if more and kept else None)


def rows_among(numbers: list[int], wanted: Filter, person: Person, *, at: datetime) -> list[Any]:
    """Those of the numbered cases that the view holds for this person: what a live event makes a browser fetch again.

    Two hundred browsers do so each second, mostly in the views of the house: there PostgreSQL knows the way already. To plan it
    takes four times as long as to go it, and the numbers make it the same for whatever is asked.
    """
    where, params = conditions_of(wanted, person, at=at)
    where += " AND c.number = ANY(%(numbers)s)"
    asked = params | {"numbers": numbers, "limit": len(numbers)}
    return db.rows(_ROWS.format(where=where, order="c.number"), asked, prepared=wanted in _OF_THE_HOUSE)


def case_row(person: Person, number: int) -> Any | None:
    """One case as a list shows it, whatever became of it; None for absent and not theirs alike."""
    where, params = visible(reach_of(person, "conversation:read"))
    return _one(f"c.number = %(number)s AND {where}", params | {"number": number, "me": person.id})


def case_keys(person: Person, number: int) -> Any | None:
    """id and merged_into_id of the case that `case_row` would show, for whoever shows nothing of it."""
    where, params = visible(reach_of(person, "conversation:read"))
    return db.row(
        f"SELECT c.id, c.merged_into_id FROM conversations_conversation c WHERE c.number = %(number)s AND {where}",
        params | {"number": number},
        prepared=True,
    )


def case_row_as_it_stands(number: int) -> Any | None:
    """The same for whoever has just changed it, who may see it no longer (it went to another team)."""
    return _one("c.number = %(number)s", {"number": number, "me": 0})


def _one(where: str, params: dict[str, Any]) -> Any | None:
    return db.row(_ROWS.format(where=where, order="c.number"), params | {"limit": 1})
