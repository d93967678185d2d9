"""Mailings and how far they are."""

from __future__ import annotations

from typing import Any

from careline.domain.customers.queries.consents import AGREES
from careline.kit import db

_SHOWN = """
SELECT m.*, s.name AS segment_name, a.name AS agent_name, ch.name AS channel_name, f.meant, f.written, f.left_out, f.taken_back
FROM outreach_mailing m
LEFT JOIN customers_segment s ON s.id = m.segment_id
LEFT JOIN staff_agent a ON a.id = m.agent_id
LEFT JOIN channels_channel ch ON ch.id = m.channel_id
CROSS JOIN LATERAL (
    SELECT count(*) AS meant, count(*) FILTER (WHERE r.state = 'written') AS written,
        count(*) FILTER (WHERE r.state = 'left_out') AS left_out, count(*) FILTER (WHERE r.state = 'taken_back') AS taken_back
    FROM outreach_recipient r WHERE r.mailing_id = m.id
) f
"""


def mailings(*, before: int | None = None, limit: int = 50) -> list[Any]:
    """The newest first, each with how many were meant, written to, left out and taken back."""
    return db.rows(
        f"{_SHOWN} WHERE %(before)s::bigint IS NULL OR m.id < %(before)s ORDER BY m.id DESC LIMIT %(limit)s",
        {"before": before, "limit": limit},
    )


def mailing_by_id(key: int) -> Any | None:
    return db.row(f"{_SHOWN} WHERE m.id = %s", [key])


def waiting_of(key: int, *, limit: int) -> list[int]:
    """Customers who are still to be written to."""
    found = db.rows(
        "SELECT customer_id FROM outreach_recipient WHERE mailing_id = %s AND state = 'waiting' ORDER BY id LIMIT %s",
        [key, limit],
    )
    return [row.customer_id for row in found]


def written_of(key: int) -> list[Any]:
    """Message and case of those whose letter may not have left yet: message_id, number."""
    return db.rows(
        """SELECT r.message_id, r.number FROM outreach_recipient r JOIN conversations_delivery d ON d.message_id = r.message_id
           WHERE r.mailing_id = %s AND r.state = 'written' AND d.state IN ('held', 'queued', 'scheduled') ORDER BY r.id""",
        [key],
    )


def left_out_of(key: int, *, after: int = 0, limit: int = 50) -> list[Any]:
    """Who was left out and why: id, customer_id, name, reason."""
    return db.rows(
        """SELECT r.id, r.customer_id, cu.name, r.reason FROM outreach_recipient r JOIN customers_customer cu ON cu.id = r.customer_id
           WHERE r.mailing_id = %s AND r.state = 'left_out' AND r.id > %s ORDER BY r.id LIMIT %s""",
        [key, after, limit],
    )


def purposes() -> list[str]:
    """What customers have agreed to be written to for."""
    return [row.purpose for row in db.rows("SELECT DISTINCT purpose FROM customers_consent ORDER BY purpose")]


def readers_among(customers: list[int], *, purpose: str) -> list[Any]:
    """Those who agree now and can be reached by mail: id, name, language, address."""
    return db.rows(
        f"""SELECT cu.id, cu.name, cu.language, a.value AS address
           FROM customers_customer cu
           CROSS JOIN LATERAL (
               SELECT value FROM customers_address WHERE customer_id = cu.id AND kind = 'email' AND undeliverable_since IS NULL
               ORDER BY is_primary DESC, id LIMIT 1
           ) a
           WHERE cu.id = ANY(%(customers)s) AND cu.merged_into_id IS NULL AND cu.erased_at IS NULL
             AND NOT cu.do_not_contact @> ARRAY['email']
             AND {AGREES}""",
        {"customers": customers, "purpose": purpose},
    )


def earliest_mailing() -> Any | None:
    """When a running mailing goes on."""
    return db.value("SELECT min(due_at) FROM outreach_mailing WHERE state = 'running'")
