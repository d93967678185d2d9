"""Whom a customer brought, as a person may know it: that somebody came, and who it was where they see that one."""

from __future__ import annotations

from typing import Any

from careline.domain.desk.queries.customer_filter import known_to
from careline.domain.loyalty.queries.referrals import referrals_by
from careline.domain.staff.rules import Person
from careline.kit import db


def referrals_seen(person: Person, customer: int, *, limit: int = 50) -> list[Any]:
    """As `referrals_by`, the latest first; `referred_id` is None, and name and order empty, of whom they don't see."""
    rows = referrals_by(customer, limit=limit)
    condition, params = known_to(person, "customer:read")
    found = db.rows(
        f"SELECT cu.id FROM customers_customer cu WHERE cu.id = ANY(%(brought)s) AND {condition}",
        params | {"brought": [row.referred_id for row in rows]},
    )
    seen = {row.id for row in found}
    return [
        row if row.referred_id in seen else row._replace(referred_id=None, referred_name="", order_number=None)
        for row in rows
    ]
