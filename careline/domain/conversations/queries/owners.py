"""Whose cases there are."""

from __future__ import annotations

from collections.abc import Sequence

from careline.kit import db


def customers_with_cases(customers: Sequence[int]) -> set[int]:
    """Those of them who have a case, or stand on one."""
    found = db.rows(
        """SELECT asked.id FROM unnest(%s::bigint[]) AS asked (id) WHERE
               EXISTS (SELECT FROM conversations_conversation c WHERE c.customer_id = asked.id)
               OR EXISTS (SELECT FROM conversations_participant p WHERE p.customer_id = asked.id)""",
        [list(customers)],
    )
    return {row.id for row in found}
