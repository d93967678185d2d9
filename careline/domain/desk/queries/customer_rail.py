"""What the rail beside a case shows of its customer besides their card: last cases, figures, and how busy their company keeps us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from careline.domain.conversations.queries.visibility import visible
from careline.domain.staff.rules import Person, reach_of
from careline.kit import db

CASES_SHOWN = 5

_CASES = """
SELECT c.number, c.subject, c.category, s.name AS status_names, c.created_at, c.updated_at
FROM conversations_conversation c JOIN conversations_status s ON s.id = c.status_id
WHERE c.customer_id = %(customer)s AND c.number <> %(but)s AND c.merged_into_id IS NULL AND NOT c.is_spam AND {seen}
ORDER BY c.created_at DESC LIMIT %(limit)s
"""
_FIGURES = """
WITH seen AS (
    SELECT c.id, c.category, c.created_at FROM conversations_conversation c
    WHERE c.customer_id = %(customer)s AND c.merged_into_id IS NULL AND NOT c.is_spam AND {seen}
)
SELECT count(*) AS cases, count(*) FILTER (WHERE seen.category <> 'resolved') AS open_cases, min(seen.created_at) AS since,
    (SELECT max(m.created_at) FROM seen JOIN conversations_message m ON m.conversation_id = seen.id WHERE m.kind = 'reply') AS answered_at,
    (SELECT count(*) FROM conversations_conversation c JOIN customers_customer cu ON cu.id = c.customer_id
     WHERE cu.organisation_id = %(company)s AND c.category <> 'resolved' AND c.merged_into_id IS NULL AND NOT c.is_spam
        AND {seen}) AS company_open
FROM seen
"""


@dataclass(frozen=True, slots=True)
class Rail:
    """As far as the asker sees it. `since` and `answered_at` are None where nothing was asked or answered yet."""

    last_cases: list[Any]
    cases: int
    open_cases: int
    since: datetime | None
    answered_at: datetime | None
    company_open: int


def rail_of(customer: int, person: Person, *, company: int | None, but: int = 0) -> Rail:
    """`but` is the number of the case that it stands beside; two statements, however much there is."""
    seen, params = visible(reach_of(person, "conversation:read"))
    params |= {"customer": customer, "company": company, "but": but, "limit": CASES_SHOWN}
    cases = db.rows(_CASES.format(seen=seen), params)
    figures = db.row(_FIGURES.format(seen=seen), params)
    assert figures is not None, "counting gives a row"
    return Rail(cases, figures.cases, figures.open_cases, figures.since, figures.answered_at, figures.company_open)
