"""What would identify a customer."""

from __future__ import annotations

from collections.abc import Sequence

from careline.domain.orders.rules.identity import USUAL
from careline.kit import db


def checks() -> list[list[str]]:
    """Rows of questions, any one of which is enough."""
    found = db.rows("SELECT questions FROM orders_check ORDER BY position")
    return [list(row.questions) for row in found] or [list(row) for row in USUAL]


def known_of(customers: Sequence[int]) -> dict[str, set[str]]:
    """What we know of a person (and of whoever was merged into them), by question."""
    people = list(customers)
    said = db.row(
        """SELECT (SELECT array_agg(name) FROM customers_customer WHERE id = ANY(%(people)s) AND name <> '') AS name,
               (SELECT array_agg(value) FROM customers_address WHERE customer_id = ANY(%(people)s) AND kind = 'email') AS mail,
               (SELECT array_agg(value) FROM customers_address WHERE customer_id = ANY(%(people)s) AND kind IN ('phone', 'mobile')) AS phone,
               (SELECT array_agg(DISTINCT p) FROM orders_order o, unnest(ARRAY[o.address->>'postcode', o.billing_address->>'postcode']) p
                WHERE o.customer_id = ANY(%(people)s) AND p <> '') AS postcode,
               (SELECT array_agg(number) FROM orders_order WHERE customer_id = ANY(%(people)s)) AS order_number,
               (SELECT array_agg(last_four) FROM orders_method WHERE customer_id = ANY(%(people)s) AND last_four <> '') AS last_four""",
        {"people": people},
    )
    return {name: set(values or ()) for name, values in said._asdict().items()} if said is not None else {}
