"""What is personal in the register goes; its figures stay for whoever supervises."""

from __future__ import annotations

from collections.abc import Sequence

from careline.kit import db


def forget_complainants(*, customers: Sequence[int] = (), conversations: Sequence[int] = ()) -> list[str]:
    """Empties the words of complaints of these people or on these cases; the digests of papers that nobody needs any more."""
    whose = {"customers": list(customers), "conversations": list(conversations)}
    keys = [
        row.id
        for row in db.rows(
            """SELECT id FROM complaints_complaint
               WHERE customer_id = ANY(%(customers)s) OR conversation_id = ANY(%(conversations)s) ORDER BY id FOR UPDATE""",
            whose,
        )
    ]
    if not keys:
        return []
    papers = db.rows(
        "SELECT DISTINCT paper_id FROM complaints_entry WHERE complaint_id = ANY(%s) AND paper_id IS NOT NULL", [keys]
    )
    db.execute(
        "UPDATE complaints_entry SET words = '', paper_id = NULL, message_id = NULL WHERE complaint_id = ANY(%s)",
        [keys],
    )
    db.execute(
        """UPDATE complaints_complaint SET text = '', wish = '', reasons = '', view = '', reference = '', referral_outcome = '',
               customer_id = NULL, conversation_id = NULL WHERE id = ANY(%s)""",
        [keys],
    )
    return [row.paper_id for row in papers]
