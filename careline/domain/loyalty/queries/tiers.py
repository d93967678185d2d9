"""Tiers, who is in which, and since when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from careline.domain.loyalty.rules.tiers import FIELD, Bought, Held, Tier
from careline.kit import db
from careline.kit.money import Money

_MEMBERS = """
WITH RECURSIVE members (root, id) AS (
    SELECT k.id, k.id FROM customers_customer k WHERE k.id = ANY(%(customers)s)
    UNION SELECT m.root, c.id FROM members m JOIN customers_customer c ON c.merged_into_id = m.id
)
"""
_BOUGHT = f"""{_MEMBERS}
SELECT m.root, o.placed_at AS at, o.currency, p.net AS kept FROM members m JOIN orders_order o ON o.customer_id = m.id
CROSS JOIN LATERAL (SELECT coalesce(sum(CASE kind WHEN 'payment' THEN amount ELSE -amount END), 0)::bigint AS net
                    FROM orders_payment WHERE order_id = o.id) p
WHERE o.state <> 'cancelled' AND p.net > 0 ORDER BY m.root, o.placed_at
"""
_HELD = f"""
SELECT k.id, s.tier_id, coalesce(t.code, '') AS code, coalesce(s.is_given, false) AS is_given, coalesce(k.fields ->> '{FIELD}', '') AS field
FROM customers_customer k LEFT JOIN loyalty_standing s ON s.customer_id = k.id AND s.until IS NULL
LEFT JOIN loyalty_tier t ON t.id = s.tier_id WHERE k.id = ANY(%s)
"""
_NEXT = """
SELECT k.id FROM customers_customer k WHERE k.id > %s AND k.merged_into_id IS NULL AND k.erased_at IS NULL ORDER BY k.id LIMIT %s
"""
_STANDINGS = """
SELECT s.id, t.code, t.name, s.since, s.until, s.value, s.currency, s.orders, s.is_given, a.name AS agent_name
FROM loyalty_standing s LEFT JOIN loyalty_tier t ON t.id = s.tier_id LEFT JOIN staff_agent a ON a.id = s.agent_id
WHERE s.customer_id = %s ORDER BY s.since DESC, s.id DESC LIMIT %s
"""


def tiers() -> list[Tier]:
    """Those in use, the lowest first."""
    found = db.rows("SELECT * FROM loyalty_tier WHERE ended_at IS NULL ORDER BY position, id")
    return [
        Tier(
            row.id, row.code, row.name, row.position, row.months,
            Money(row.least_value, row.currency) if row.least_value is not None else None, row.least_orders,
        )
        for row in found
    ]  # fmt: skip


def tier_by_code(code: str) -> Tier | None:
    return next((one for one in tiers() if one.code == code), None)


def members() -> dict[str, int]:
    """How many customers are in each tier, by its code."""
    found = db.rows(
        """SELECT t.code, count(*) AS n FROM loyalty_standing s JOIN loyalty_tier t ON t.id = s.tier_id
           WHERE s.until IS NULL GROUP BY t.code"""
    )
    return {row.code: row.n for row in found}


def customers_behind(after: int, *, limit: int) -> list[int]:
    """The next customers in the order of their keys."""
    return [row.id for row in db.rows(_NEXT, [after, limit])]


def bought_by(customers: Sequence[int]) -> dict[int, list[Bought]]:
    """What these paid for and kept, with what those bought who were merged into them."""
    found: dict[int, list[Bought]] = {}
    for row in db.rows(_BOUGHT, {"customers": list(customers)}):
        found.setdefault(row.root, []).append(Bought(row.at, Money(row.kept, row.currency)))
    return found


def held_by(customers: Sequence[int], *, locked: bool = False) -> dict[int, Held]:
    """How it stands with each."""
    found = db.rows(f"{_HELD} ORDER BY k.id {'FOR NO KEY UPDATE OF k' if locked else ''}", [list(customers)])
    return {row.id: Held(row.tier_id, row.code, row.is_given, row.field) for row in found}


def standing_of(customer: int) -> Any | None:
    """The tier they are in now: code, name, since, value, currency, orders, is_given, agent_name; None in none."""
    return next((row for row in standings_of(customer, limit=1) if row.code is not None and row.until is None), None)


def standings_of(customer: int, *, limit: int = 50) -> list[Any]:
    """The tiers they were in, the latest first."""
    return db.rows(_STANDINGS, [customer, limit])
