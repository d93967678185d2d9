"""What first mails are answered with."""

from __future__ import annotations

from typing import Any

from careline.domain.company.queries import company
from careline.domain.sla.rules.acknowledgements import Words
from careline.kit import db

_WORDS = "SELECT a.channel_id, a.topic_id, a.is_on, a.texts, a.id FROM sla_acknowledgement a"


def all_words() -> list[Words]:
    return [Words(*row) for row in db.rows(f"{_WORDS} ORDER BY a.channel_id, a.topic_id NULLS FIRST")]


def words_for(channel: int, topic: int | None) -> Words | None:
    """Those of the topic, else of the nearest topic above it, else of the whole mailbox; None where nobody wrote any."""
    row: Any = db.row(
        f"""WITH RECURSIVE above AS (
                SELECT t.id, t.parent_id, 0 AS step FROM conversations_topic t WHERE t.id = %s
                UNION ALL SELECT t.id, t.parent_id, b.step + 1 FROM conversations_topic t JOIN above b ON t.id = b.parent_id
                WHERE b.step < 20)
            {_WORDS} LEFT JOIN above b ON b.id = a.topic_id WHERE a.channel_id = %s AND (a.topic_id IS NULL OR b.id IS NOT NULL)
            ORDER BY a.topic_id IS NULL, b.step LIMIT 1""",
        [topic, channel],
    )
    return Words(*row) if row is not None else None


def zone_of_customer(customer: int | None) -> str:
    """Theirs where it is known, else the company's."""
    theirs = db.value("SELECT time_zone FROM customers_customer WHERE id = %s", [customer])
    house = company()
    return theirs or (house.time_zone if house is not None else "UTC")
