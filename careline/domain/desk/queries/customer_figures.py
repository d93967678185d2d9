"""How much a customer has to do with us, as far as the asker sees it."""

from __future__ import annotations

from typing import Any

from careline.domain.conversations.queries.visibility import visible
from careline.domain.staff.rules import Person, reach_of
from careline.kit import db


def figures_of(customers: list[int], person: Person) -> dict[int, Any]:
    """By customer: open_cases and last_at (the last change of a case); those without a case are left out."""
    condition, params = visible(reach_of(person, "conversation:read"))
    found = db.rows(
        f"""SELECT c.customer_id, count(*) FILTER (WHERE c.category <> 'resolved') AS open_cases, max(c.updated_at) AS last_at
            FROM conversations_conversation c
            WHERE c.customer_id = ANY(%(customers)s) AND c.merged_into_id IS NULL AND {condition} GROUP BY 1""",
        params | {"customers": customers},
    )
    return {row.customer_id: row for row in found}
