"""Bulk changes and how they went."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from careline.kit import db


def bulk_of(key: int, *, agent: int) -> Any | None:
    """A bulk change of this agent with its figures: waiting, changed, unchanged, refused, undone, kept."""
    return db.row(
        """SELECT b.*, f.* FROM conversations_bulkchange b, LATERAL (
               SELECT count(*) FILTER (WHERE i.state = 'waiting') AS waiting, count(*) FILTER (WHERE i.state = 'changed') AS changed,
                   count(*) FILTER (WHERE i.state = 'unchanged') AS unchanged, count(*) FILTER (WHERE i.state = 'refused') AS refused,
                   count(*) FILTER (WHERE i.state = 'undone') AS undone, count(*) FILTER (WHERE i.state = 'kept') AS kept
               FROM conversations_bulkitem i WHERE i.bulk_id = b.id) f
           WHERE b.id = %s AND b.agent_id = %s""",
        [key, agent],
    )


def refused_of(key: int, *, after: int = 0, limit: int = 100) -> list[Any]:
    """Cases that were left as they are, with the reason: number, state, code, reason."""
    return db.rows(
        """SELECT number, state, code, reason FROM conversations_bulkitem
           WHERE bulk_id = %s AND number > %s AND state IN ('refused', 'kept') ORDER BY number LIMIT %s""",
        [key, after, limit],
    )


def items_in(key: int, state: str, *, limit: int) -> list[Any]:
    """The next cases of a bulk change in one state: number, before, version, message_id."""
    return db.rows(
        """SELECT number, before, version, message_id FROM conversations_bulkitem WHERE bulk_id = %s AND state = %s
           ORDER BY number LIMIT %s""",
        [key, state, limit],
    )


def earliest_bulk() -> datetime | None:
    return db.value("SELECT min(due_at) FROM conversations_bulkchange WHERE state IN ('queued', 'running', 'undoing')")


def words_for(numbers: list[int]) -> dict[int, dict[str, str]]:
    """The values of a text's variables for each case."""
    found = db.rows(
        """SELECT c.number, c.subject, coalesce(cu.name, '') AS customer FROM conversations_conversation c
           LEFT JOIN customers_customer cu ON cu.id = c.customer_id WHERE c.number = ANY(%s)""",
        [numbers],
    )
    return {
        row.number: {
            "case.number": str(row.number),
            "case.subject": row.subject,
            "customer.name": row.customer,
            "customer.first_name": row.customer.split()[0] if row.customer.split() else "",
        }
        for row in found
    }
