"""Raw messages that go: with somebody who is erased, or by a retention rule. That something came in, and when, stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from careline.kit import db

_EMPTY = """
WITH gone AS (SELECT id, file_id FROM channels_inbound WHERE id = ANY(%(ids)s) AND erased_at IS NULL FOR UPDATE)
UPDATE channels_inbound i SET file_id = NULL, subject = '', sender = '', envelope_from = '', envelope_to = '{}',
    status = CASE WHEN i.status = 'unprocessed' THEN 'rejected' ELSE i.status END, outcome = %(outcome)s, reason = %(reason)s,
    erased_at = %(at)s
FROM gone WHERE i.id = gone.id RETURNING gone.file_id AS digest
"""
_OLD = """
SELECT id FROM channels_inbound WHERE received_at < %(before)s AND erased_at IS NULL AND (status = 'processed') = %(placed)s
    AND (%(channels)s::bigint[] IS NULL OR channel_id = ANY(%(channels)s))
"""


def inbound_of(messages: Sequence[int]) -> list[int]:
    """The raw messages that these came from, doubles included."""
    found = db.rows(
        "SELECT id FROM channels_inbound WHERE message_key = ANY(%s) AND erased_at IS NULL ORDER BY id",
        [list(messages)],
    )
    return [row.id for row in found]


def unplaced_of(addresses: Sequence[str]) -> list[int]:
    """Raw messages from these addresses that stand in no case."""
    patterns = [f"%{_plain(address)}%" for address in addresses]
    found = db.rows(
        """SELECT id FROM channels_inbound WHERE message_key IS NULL AND erased_at IS NULL
           AND (sender ILIKE ANY(%(p)s) OR envelope_from ILIKE ANY(%(p)s) OR array_to_string(envelope_to, ' ') ILIKE ANY(%(p)s))
           ORDER BY id""",
        {"p": patterns},
    )
    return [row.id for row in found]


def old_inbound(*, before: datetime, is_placed: bool, channels: Sequence[int] | None, limit: int) -> list[int]:
    """Raw messages that came in before this moment; those that stand in a case, or those that do not."""
    found = db.rows(
        _OLD + "ORDER BY received_at, id LIMIT %(limit)s", _old(before, is_placed, channels) | {"limit": limit}
    )
    return [row.id for row in found]


def count_old_inbound(*, before: datetime, is_placed: bool, channels: Sequence[int] | None) -> int:
    return int(db.value(f"SELECT count(*) FROM ({_OLD}) AS old", _old(before, is_placed, channels)))


def empty_inbound(ids: Sequence[int], *, outcome: str, reason: str, at: datetime) -> list[str]:
    """Their bytes and words go; the contents they named. `reason` says by which rule or erasure, with no word of a person."""
    found = db.rows(_EMPTY, {"ids": list(ids), "outcome": outcome, "reason": reason, "at": at})
    return [row.digest for row in found if row.digest]


def _old(before: datetime, is_placed: bool, channels: Sequence[int] | None) -> dict[str, Any]:
    return {"before": before, "placed": is_placed, "channels": list(channels) if channels else None}


def _plain(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
