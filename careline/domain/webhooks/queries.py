"""Webhooks and their deliveries as they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from careline.domain.conversations.queries.visibility import visible
from careline.domain.staff.rules import Person, reach_of
from careline.domain.webhooks.rules.retries import AT_ONCE, HOLDS_UP
from careline.kit import db
from careline.kit.keys import ring

PURPOSE = "webhook secret"
_WEBHOOK = """
SELECT w.id, w.name, w.url, w.topics, w.content, w.owner_id, a.name AS owner_name, a.is_active AS owner_is_active, w.added_at, w.paused_at,
    w.paused_for, w.failing_since, w.failures, w.rest_until, w.delivered_at, w.old_secret_until,
    (SELECT count(*) FROM webhooks_delivery d WHERE d.webhook_id = w.id AND d.state IN ('waiting', 'sending')) AS waiting
FROM webhooks_webhook w JOIN staff_agent a ON a.id = w.owner_id
"""
_DELIVERY = """
SELECT d.id, d.webhook_id, d.key, d.happening, d.name, d.happened_at, d.conversation_id, d.customer_id, d.event, d.state, d.due_at,
    d.attempts, d.status, d.words, d.answer, d.took_ms, d.created_at, d.tried_at
FROM webhooks_delivery d
"""


@dataclass(frozen=True, slots=True)
class Target:
    """What an attempt needs of its webhook."""

    id: int
    url: str
    content: str
    owner_id: int
    secrets: tuple[str, ...]


def webhooks() -> list[Any]:
    """All of them, by name; `waiting` counts what has not been taken yet."""
    return db.rows(_WEBHOOK + "ORDER BY lower(w.name), w.id")


def webhook_by_id(key: int) -> Any | None:
    return db.row(_WEBHOOK + "WHERE w.id = %s", [key])


def target_of(webhook: int, *, at: datetime) -> Target | None:
    """Where to, and the secrets that sign now: the newest first, the one before as long as it is good."""
    found = db.row(
        """SELECT id, url, content, owner_id, secret, CASE WHEN old_secret_until > %s THEN old_secret END AS old_secret
           FROM webhooks_webhook WHERE id = %s""",
        [at, webhook],
    )
    if found is None:
        return None
    sealed = [secret for secret in (found.secret, found.old_secret) if secret is not None]
    opened = tuple(ring().decrypt(PURPOSE, bytes(secret)).decode() for secret in sealed)
    return Target(found.id, found.url, found.content, found.owner_id, opened)


def listening_webhooks() -> list[Any]:
    """Those that deliveries are made for, paused ones too: id, topics, owner_id, added_at."""
    return db.rows("SELECT id, topics, owner_id, added_at FROM webhooks_webhook ORDER BY id")


def deliveries_page(webhook: int, *, state: str = "", before: int | None = None, limit: int) -> list[Any]:
    """The newest deliveries of a webhook."""
    return db.rows(
        _DELIVERY
        + """WHERE d.webhook_id = %(webhook)s AND (%(state)s = '' OR d.state = %(state)s)
               AND (%(before)s::bigint IS NULL OR d.id < %(before)s) ORDER BY d.id DESC LIMIT %(limit)s""",
        {"webhook": webhook, "state": state, "before": before, "limit": limit},
    )


def delivery_by_id(webhook: int, key: int) -> Any | None:
    return db.row(_DELIVERY + "WHERE d.webhook_id = %s AND d.id = %s", [webhook, key])


def reached_cases(person: Person, ids: Sequence[int]) -> set[int]:
    """Which of these cases (by key) the person may read."""
    condition, params = visible(reach_of(person, "conversation:read"))
    found = db.rows(
        f"SELECT c.id FROM conversations_conversation c WHERE c.id = ANY(%(ids)s) AND {condition}",
        {**params, "ids": list(ids)},
    )
    return {row.id for row in found}


def case_numbers(ids: Sequence[int]) -> dict[int, int]:
    """Key → the number that people say."""
    found = db.rows("SELECT id, number FROM conversations_conversation WHERE id = ANY(%s)", [list(ids)])
    return {row.id: row.number for row in found}


def earliest_due() -> datetime | None:
    """When the next attempt may be made; None where nothing waits for a target that is awake."""
    return db.value(
        """SELECT min(CASE WHEN d.happening IS NULL THEN d.due_at ELSE greatest(d.due_at, w.rest_until) END)
           FROM webhooks_webhook w
           CROSS JOIN LATERAL (
               (SELECT p.happening, p.due_at FROM webhooks_delivery p WHERE p.webhook_id = w.id AND p.state = 'waiting' AND p.happening IS NULL
                ORDER BY p.due_at LIMIT 1)
               UNION ALL
               (SELECT p.happening, p.due_at FROM webhooks_delivery p WHERE p.webhook_id = w.id AND p.state = 'waiting' AND w.paused_at IS NULL
                    AND p.happening IS NOT NULL AND (p.conversation_id IS NULL OR NOT EXISTS (
                        SELECT FROM webhooks_delivery earlier WHERE earlier.webhook_id = p.webhook_id
                          AND earlier.conversation_id = p.conversation_id AND earlier.id < p.id
                          AND earlier.state IN ('waiting', 'sending') AND earlier.refusals < %s
                          AND (earlier.attempts > 0 OR earlier.due_at <= p.due_at)))
                ORDER BY p.due_at LIMIT 1)) d""",
        [HOLDS_UP],
    )


def is_under_way() -> bool:
    """Whether an attempt is being made just now."""
    return bool(db.value("SELECT EXISTS (SELECT FROM webhooks_delivery WHERE state = 'sending')"))


def free_places() -> dict[int, int]:
    """Webhook → how many attempts may begin beside those under way; a failing one is tried by one at a time."""
    found = db.rows(
        """SELECT w.id, (CASE WHEN w.failures > 0 THEN 1 ELSE %s END)
               - (SELECT count(*) FROM webhooks_delivery d WHERE d.webhook_id = w.id AND d.state = 'sending') AS places
           FROM webhooks_webhook w""",
        [AT_ONCE],
    )
    return {row.id: row.places for row in found if row.places > 0}
