"""Hints about a customer as a person may see them: the rows behind each only as far as they see the orders."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from careline.domain.customers.queries.merges import everybody_in
from careline.domain.desk.queries.api_customers import customer_for
from careline.domain.desk.queries.customer_filter import known_to
from careline.domain.orders.queries.hints import hints_about
from careline.domain.orders.rules.hints import Hint
from careline.domain.staff.rules import Person
from careline.kit import db

VERB = "hint:read"


def hints_for(person: Person, customer: int, *, at: datetime) -> list[Hint]:
    """Raises NotFound, Forbidden. What another customer bought with the same card is counted for all, and shown to whoever sees that one."""
    customer_for(person, customer, verb=VERB)
    found = hints_about(everybody_in(customer), at=at)
    keys = sorted({row["id"] for hint in found for row in hint.rows})
    condition, params = known_to(person, "order:read")
    seen = {
        row.id
        for row in db.rows(
            f"""SELECT o.id FROM orders_order o JOIN customers_customer k ON k.id = o.customer_id
                JOIN customers_customer cu ON cu.id = coalesce(k.merged_into_id, k.id) WHERE o.id = ANY(%(orders)s) AND {condition}""",
            params | {"orders": keys},
        )
    }
    return [replace(hint, rows=tuple(row for row in hint.rows if row["id"] in seen)) for hint in found]
