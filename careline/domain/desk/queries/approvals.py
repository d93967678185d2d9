"""Requests for a decision as people see them: on cases that they see, and no others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.visibility import visible
from careline.domain.staff.rules import Person, reach_of
from careline.kit import db

MINE, OWN, WAITING, DECIDED = "mine", "own", "waiting", "decided"
WHICH = (MINE, OWN, WAITING, DECIDED)
_ROWS = """
SELECT q.*, c.number, c.subject, c.last_snippet, c.language AS case_language, u.name AS customer_name,
    s.name AS asker_name, p.name AS approver_name, d.name AS decider_name, b.name AS absent_name
FROM approvals_request q JOIN conversations_conversation h ON h.id = q.conversation_id
JOIN conversations_conversation c ON c.id = coalesce(h.merged_into_id, h.id)
LEFT JOIN customers_customer u ON u.id = c.customer_id LEFT JOIN staff_agent s ON s.id = q.asked_by_id
LEFT JOIN staff_agent p ON p.id = q.approver_id LEFT JOIN staff_agent d ON d.id = q.decided_by_id
LEFT JOIN staff_agent b ON b.id = q.on_behalf_of_id
"""
_FOR_ME = "q.state = 'waiting' AND q.approver_id = %(me)s"
_ASKED = {
    MINE: _FOR_ME,
    OWN: "q.asked_by_id = %(me)s",
    WAITING: "q.state = 'waiting'",
    DECIDED: "q.state <> 'waiting'",
}


def approval_for(person: Person, key: int) -> Any:
    """A request with its case, customer and people. Raises NotFound for absent and not theirs to see alike."""
    condition, params = visible(reach_of(person, "conversation:read"))
    found = db.row(f"{_ROWS} WHERE q.id = %(key)s AND {condition}", {**params, "key": key})
    if found is None:
        raise NotFound(f"There is no approval {key}.")
    return found


def approvals(person: Person, which: str, *, before: int | None = None, limit: int = 50) -> list[Any]:
    """`which`: for me to decide (mine), asked by me (own), all that wait, all that were decided; the newest first."""
    condition, params = visible(reach_of(person, "conversation:read"))
    where, asked = _ASKED[which], {**params, "me": person.id, "before": before, "limit": limit}
    return db.rows(
        f"""{_ROWS} WHERE {where} AND {condition} AND (%(before)s::bigint IS NULL OR q.id < %(before)s)
            ORDER BY q.id DESC LIMIT %(limit)s""",
        asked,
    )


def approvals_on(cases: Sequence[int], *, limit: int = 20) -> list[Any]:
    """On these cases, which their reader has been let see; the newest first."""
    return db.rows(f"{_ROWS} WHERE q.conversation_id = ANY(%s) ORDER BY q.id DESC LIMIT %s", [list(cases), limit])


def approvals_of(person: Person, customer: int, *, but: int, limit: int = 5) -> list[Any]:
    """Others of the same customer, as far as this person sees their cases."""
    condition, params = visible(reach_of(person, "conversation:read"))
    return db.rows(
        f"""{_ROWS} WHERE q.customer_id = %(customer)s AND q.id <> %(but)s AND {condition} ORDER BY q.id DESC LIMIT %(limit)s""",
        {**params, "customer": customer, "but": but, "limit": limit},
    )


def count_for(person: Person) -> int:
    """How many wait for this person."""
    condition, params = visible(reach_of(person, "conversation:read"))
    return int(
        db.value(
            f"SELECT count(*) FROM ({_ROWS} WHERE {_FOR_ME} AND {condition} LIMIT 100) x",
            {**params, "me": person.id},
        )
    )
