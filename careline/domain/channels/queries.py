"""Which channels there are, and what came in by them."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from careline.domain.channels.adapter import ChannelRow
from careline.kit import db
from careline.kit.keys import CannotDecrypt, ring

_CHANNEL = """
SELECT ch.id, ch.kind, ch.name, ch.address, ch.brand_id, ch.team_id, ch.settings, ch.secrets,
    coalesce(nullif(ch.settings->>'signature', ''), nullif(t.signature, ''), b.signature, '') AS signature, ch.is_active, ch.health
FROM channels_channel ch JOIN company_brand b ON b.id = ch.brand_id LEFT JOIN staff_team t ON t.id = ch.team_id
"""


def channels(*, kind: str = "", active: bool = True) -> list[ChannelRow]:
    """The channels by id, of one kind or all."""
    found = db.rows(
        _CHANNEL + " WHERE (%(kind)s = '' OR ch.kind = %(kind)s) AND (ch.is_active OR NOT %(active)s) ORDER BY ch.id",
        {"kind": kind, "active": active},
    )
    return [_opened(row) for row in found]


def own_addresses() -> set[str]:
    """The addresses of every channel there is or was."""
    return {row.address for row in db.rows("SELECT address FROM channels_channel WHERE address <> ''", prepared=True)}


def channel_by_id(channel_id: int) -> ChannelRow | None:
    found = db.row(_CHANNEL + " WHERE ch.id = %s", [channel_id], prepared=True)
    return _opened(found) if found else None


def inbound_page(*, status: str, outcome: str = "", before: int | None, limit: int) -> list[Any]:
    """What came in, newest first; `status` empty for all."""
    return db.rows(
        """SELECT i.id, i.status, i.outcome, i.reason, i.door, i.envelope_from, i.envelope_to, i.received_at, i.size,
               i.subject, i.sender, i.attempts, i.conversation_number, i.message_key, i.processed_at, i.file_id AS digest,
               ch.name AS channel_name
           FROM channels_inbound i LEFT JOIN channels_channel ch ON ch.id = i.channel_id
           WHERE (%(status)s = '' OR i.status = %(status)s) AND (%(outcome)s = '' OR i.outcome = %(outcome)s)
             AND (%(before)s::bigint IS NULL OR i.id < %(before)s)
           ORDER BY i.id DESC LIMIT %(limit)s""",
        {"status": status, "outcome": outcome, "before": before, "limit": limit},
    )


def inbound_by_id(inbound_id: int) -> Any | None:
    """One inbound row with the digest of its raw bytes."""
    return db.row("SELECT *, file_id AS digest FROM channels_inbound WHERE id = %s", [inbound_id])


def inbound_counts() -> dict[str, int]:
    """How many inbound rows wait for a person, by outcome."""
    found = db.rows("SELECT outcome, count(*) AS n FROM channels_inbound WHERE status = 'unprocessed' GROUP BY outcome")
    return {row.outcome: row.n for row in found}


def last_received_at(channel_id: int) -> datetime | None:
    return db.value("SELECT max(received_at) FROM channels_inbound WHERE channel_id = %s", [channel_id])


def _opened(row: Any) -> ChannelRow:
    secrets: dict[str, str] = {}
    if row.secrets:
        try:
            secrets = json.loads(ring().decrypt("channel", bytes(row.secrets)))
        except CannotDecrypt:
            secrets = {}
    return ChannelRow(
        row.id, row.kind, row.name, row.address, row.brand_id, row.team_id, row.settings, secrets,
        row.signature, row.is_active, row.health,
    )  # fmt: skip


def inbound_outcome(spool_name: str) -> int | None:
    """The number of the case that something taken in before under this name stands in."""
    return db.value("SELECT conversation_number FROM channels_inbound WHERE spool_name = %s", [spool_name])
