"""Who was merged into whom."""

from __future__ import annotations

from typing import Any

from careline.kit import db

_MERGE = """
SELECT m.id, m.survivor_id, m.merged_id, m.by_kind, m.by_id, m.at, m.undone_at, m.addresses, m.note_ids, m.consent_ids, m.case_ids,
    m.participant_ids, m.before, m.after, a.name AS agent_name, other.name AS merged_name
FROM customers_merge m JOIN customers_customer other ON other.id = m.merged_id
LEFT JOIN staff_agent a ON m.by_kind = 'agent' AND a.id = m.by_id
"""
_UP = """
WITH RECURSIVE up (id, merged_into_id, depth) AS (
    SELECT id, merged_into_id, 0 FROM customers_customer WHERE id = %s
    UNION ALL SELECT c.id, c.merged_into_id, up.depth + 1 FROM customers_customer c JOIN up ON c.id = up.merged_into_id WHERE up.depth < 1000
) SELECT id FROM up ORDER BY depth
"""
_DOWN = """
WITH RECURSIVE down (id) AS (
    SELECT %s::bigint UNION SELECT c.id FROM customers_customer c JOIN down ON c.merged_into_id = down.id
) SELECT id FROM down
"""


def merge_by_id(merge: int, *, locked: bool = False) -> Any | None:
    return db.row(f"{_MERGE} WHERE m.id = %s {'FOR UPDATE OF m' if locked else ''}", [merge])


def merges_of(customer: int) -> list[Any]:
    """Those that stand, the latest first: whom this customer took in."""
    return db.rows(f"{_MERGE} WHERE m.survivor_id = %s AND m.undone_at IS NULL ORDER BY m.id DESC", [customer])


def way_up(customer: int) -> list[int]:
    """This customer, whom they were merged into, and so on to the one who stands for all; empty where there is none."""
    return [row.id for row in db.rows(_UP, [customer])]


def root_of(customer: int) -> int | None:
    """Who answers for this customer now: themselves, or whom they were merged into."""
    way = way_up(customer)
    return way[-1] if way else None


def everybody_in(customer: int) -> list[int]:
    """This customer and all who were merged into them, however far down."""
    return [row.id for row in db.rows(_DOWN, [customer])]
