"""Subscriptions as a person may see them: through the customer, as everything of a customer's."""

from __future__ import annotations

from typing import Any

from careline.domain.conversations.errors import NotFound
from careline.domain.customers.queries.merges import everybody_in
from careline.domain.desk.queries.customer_filter import known_to
from careline.domain.desk.queries.owners import ROOT_OF_BUYER
from careline.domain.staff.rules import Forbidden, Person, may, require
from careline.kit import db

READ = "subscription:read"
_CUSTOMER = f"JOIN customers_customer b ON b.id = s.customer_id {ROOT_OF_BUYER}"
_SUBSCRIPTION = f"""
SELECT s.*, cu.id AS owner_id, cu.name AS customer_name, p.name AS product_name, p.code AS product_code, v.sku, v.options,
    np.name AS next_name, m.kind AS method_kind, m.label, m.last_four
FROM orders_subscription s JOIN orders_variant v ON v.id = s.variant_id JOIN orders_product p ON p.id = v.product_id
LEFT JOIN orders_variant nv ON nv.id = s.next_variant_id LEFT JOIN orders_product np ON np.id = nv.product_id
LEFT JOIN orders_method m ON m.id = s.method_id {_CUSTOMER}
"""


def subscriptions_page(
    person: Person, *, customer: int | None = None, state: str = "", before: int | None = None, limit: int = 50
) -> list[Any]:
    """The newest first; what is not seen is left out. Raises Forbidden."""
    require(person, READ)
    seen, params = known_to(person, READ)
    params |= {"before": before, "limit": limit, "state": state}
    parts = [seen, "(%(before)s::bigint IS NULL OR s.id < %(before)s)", "(%(state)s = '' OR s.state = %(state)s)"]
    if customer is not None:
        parts.append("s.customer_id = ANY(%(people)s)")
        params["people"] = everybody_in(customer)
    condition = " AND ".join(parts)
    return db.rows(f"{_SUBSCRIPTION} WHERE {condition} ORDER BY s.id DESC LIMIT %(limit)s", params)


def subscription_for(person: Person, number: str, *, verb: str = READ) -> Any:
    """Raises NotFound for absent and not theirs alike, Forbidden where it may be seen but not this."""
    found = _seen(person, number, READ)
    if found is None:
        raise NotFound(f"There is no subscription {number[:40]}.")
    if verb != READ and (not may(person, verb) or _seen(person, number, verb) is None):
        raise Forbidden(verb)
    return found


def _seen(person: Person, number: str, verb: str) -> Any | None:
    """`S12`, s12 and 12 are the same."""
    if not may(person, verb):
        return None
    seen, params = known_to(person, verb)
    said = f"S{number.strip().upper().removeprefix('S')[:40]}"
    return db.row(f"{_SUBSCRIPTION} WHERE s.number = %(number)s AND {seen}", params | {"number": said})
