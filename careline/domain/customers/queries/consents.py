"""Who agrees to be written to."""

from __future__ import annotations

AGREES = """EXISTS (SELECT FROM customers_consent co WHERE co.customer_id = cu.id AND co.purpose = %(purpose)s AND co.withdrawn_at IS NULL
    AND NOT EXISTS (SELECT FROM customers_consent off WHERE off.customer_id = cu.id AND off.purpose = co.purpose
                    AND off.withdrawn_at > co.given_at))"""
"""A condition on a customer `cu`. Whoever withdrew after they agreed does not agree, also where the two stood with two customers
who are one now."""
