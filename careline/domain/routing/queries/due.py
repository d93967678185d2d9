"""When routing is to be looked at next."""

from __future__ import annotations

from datetime import datetime

from careline.kit import db

_EARLIEST = """
SELECT least(
    (SELECT min(marked_at) FROM routing_mark),
    (SELECT min(due_at) FROM routing_offer WHERE ended_at IS NULL),
    (SELECT min(due_at) FROM routing_place WHERE due_at IS NOT NULL),
    (SELECT min(due_at) FROM routing_opening))
"""


def earliest_routing() -> datetime | None:
    """The moment of the oldest mark, or the first that an offer, a step or an opening falls due."""
    found: datetime | None = db.value(_EARLIEST)
    return found
