"""The deliveries of webhooks: made, claimed, ended, made again. At least once: who dies in the middle tries once more."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.webhooks.commands.webhooks import FAILING, GONE, pause_webhook
from careline.domain.webhooks.rules import retries
from careline.domain.webhooks.rules.holding import Undoing
from careline.domain.webhooks.rules.payloads import PING
from careline.kit import db

_CHUNK = 5000
_TAKEN = """
UPDATE webhooks_delivery SET state = 'sending', claimed_by = %(worker)s, attempts = attempts + 1, tried_at = %(at)s
WHERE id = ANY(%(ids)s) AND state = 'waiting'
RETURNING id, webhook_id, key, happening, name, happened_at, conversation_id, customer_id, event, attempts
"""
# Beside the index that holds what is unfinished of a case: whatever came earlier there goes first, unless it failed too often
# or is only held until it can't be undone any more.
_DUE = """
SELECT d.id FROM unnest(%(webhooks)s::bigint[], %(places)s::int[]) AS free (webhook, places)
JOIN webhooks_webhook w ON w.id = free.webhook AND w.paused_at IS NULL AND (w.rest_until IS NULL OR w.rest_until <= %(at)s)
CROSS JOIN LATERAL (
    SELECT p.id FROM webhooks_delivery p
    WHERE p.webhook_id = w.id AND p.state = 'waiting' AND p.due_at <= %(at)s AND p.happening IS NOT NULL
      AND (p.conversation_id IS NULL OR NOT EXISTS (
          SELECT FROM webhooks_delivery earlier WHERE earlier.webhook_id = p.webhook_id AND earlier.conversation_id = p.conversation_id
            AND earlier.id < p.id AND earlier.state IN ('waiting', 'sending') AND earlier.refusals < %(holds_up)s
            AND (earlier.attempts > 0 OR earlier.due_at <= p.due_at)))
    ORDER BY CASE WHEN w.failures > 0 THEN p.attempts ELSE 0 END, p.id LIMIT free.places) d
"""


@dataclass(frozen=True, slots=True)
class News:
    """One happening for one webhook; without `leaves_at` it may go at once."""

    webhook: int
    happening: int
    name: str
    happened_at: datetime
    conversation: int | None
    customer: int | None
    event: dict[str, Any]
    leaves_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """How an attempt ended: the status it got (None without an answer), in words where it failed."""

    status: int | None
    words: str
    answer: str = ""
    took_ms: int = 0
    retry_after: str = ""

    @property
    def is_good(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def queue(news: Sequence[News], *, at: datetime) -> int:
    """Makes deliveries, in the transaction that moves the reader; one happening makes one for each webhook."""
    db.execute_all(
        """INSERT INTO webhooks_delivery (webhook_id, key, happening, name, happened_at, conversation_id, customer_id, event, state, due_at,
               attempts, claimed_by, words, answer, created_at)
           VALUES (%s, %s, %s, %s, %s, %s, %s, %s, 'waiting', %s, 0, '', '', '', %s) ON CONFLICT DO NOTHING""",
        [
            [n.webhook, _new_key(), n.happening, n.name, n.happened_at, n.conversation, n.customer, db.json(n.event), n.leaves_at or at, at]
            for n in news
        ],
    )  # fmt: skip
    return len(news)


def drop_undone(undone: Undoing) -> int:
    """What was undone before any of it had left leaves no more, and neither does the undoing; how many were dropped."""
    return db.execute(
        """WITH act AS (
               SELECT d.id, d.webhook_id, d.state = 'waiting' AND d.attempts = 0 AS is_here FROM webhooks_delivery d
               WHERE d.conversation_id = %(case)s AND d.happening IS NOT NULL AND d.state <> 'dropped'
                 AND d.event->'actor'->>'kind' = 'agent' AND d.event->'actor'->>'id' = %(actor)s
                 AND CASE WHEN %(bulk)s::text IS NULL THEN d.happened_at = %(of)s
                     ELSE d.event->'data'->>'bulk' = %(bulk)s AND NOT d.event->'data' ? 'undo' END),
           held AS (SELECT webhook_id FROM act GROUP BY webhook_id HAVING bool_and(is_here))
           UPDATE webhooks_delivery d SET state = 'dropped', words = 'It was undone before it left.' FROM held
           WHERE d.webhook_id = held.webhook_id AND d.conversation_id = %(case)s AND d.state = 'waiting' AND d.attempts = 0
             AND (d.id IN (SELECT id FROM act) OR (d.happened_at = %(at)s AND d.event->'actor'->>'kind' = 'agent'
                 AND d.event->'actor'->>'id' = %(actor)s))""",
        {
            "case": undone.conversation, "actor": str(undone.actor), "of": undone.of, "at": undone.at,
            "bulk": None if undone.bulk is None else str(undone.bulk),
        },
    )  # fmt: skip


def ping(webhook: int, *, event: dict[str, Any], at: datetime) -> int:
    """A delivery that only says hello; it is tried once, also while the webhook is paused. Its key."""
    return int(
        db.value(
            """INSERT INTO webhooks_delivery (webhook_id, key, name, happened_at, event, state, due_at, attempts, claimed_by, words, answer,
                   created_at)
               VALUES (%s, %s, %s, %s, %s, 'waiting', %s, 0, '', '', '', %s) RETURNING id""",
            [webhook, _new_key(), PING, at, db.json(event), at, at],
        )
    )


def claim(*, worker: str, free: Mapping[int, int], at: datetime) -> list[Any]:
    """Takes what may be tried now, at most so many for each webhook as have a free place."""
    wanted = {
        "webhooks": list(free), "places": list(free.values()), "at": at, "holds_up": retries.HOLDS_UP, "worker": worker,
    }  # fmt: skip
    with transaction.atomic():
        pings = db.rows(
            """SELECT id FROM webhooks_delivery WHERE webhook_id = ANY(%(webhooks)s) AND happening IS NULL AND state = 'waiting'
                   AND due_at <= %(at)s ORDER BY id LIMIT 20""",
            wanted,
        )
        ids = [row.id for row in (*pings, *db.rows(_DUE, wanted))]
        return db.rows(_TAKEN, {**wanted, "ids": ids}) if ids else []


@transaction.atomic
def note_end(delivery: int, attempt: Attempt, *, worker: str, at: datetime) -> None:
    """How an attempt ended, and what follows for its target. A claim that another worker took over says nothing any more."""
    held = db.row(
        """SELECT d.id, d.webhook_id, d.happening, d.refusals, w.failing_since, w.failures, w.rest_until
           FROM webhooks_delivery d JOIN webhooks_webhook w ON w.id = d.webhook_id
           WHERE d.id = %s AND d.state = 'sending' AND d.claimed_by = %s FOR UPDATE OF w, d""",
        [delivery, worker],
    )
    if held is None:
        return
    if attempt.is_good:
        _end(held.id, "delivered", attempt, due_at=at)
        _note_answering(held, at=at)
        return
    if held.happening is None:
        _end(held.id, "failed", attempt, due_at=at)
        return
    failures, rest = _note_failing(held, attempt, at=at)
    if failures >= retries.OUTAGE:
        _end(held.id, "waiting", attempt, due_at=at + rest)
        return
    wait = retries.wait_after(held.refusals + 1)
    _end(held.id, "failed" if wait is None else "waiting", attempt, due_at=at + (wait or timedelta()))
    db.execute("UPDATE webhooks_delivery SET refusals = refusals + 1 WHERE id = %s", [held.id])


def drop(delivery: int, *, words: str, worker: str) -> None:
    """It is not to be sent after all."""
    db.execute(
        "UPDATE webhooks_delivery SET state = 'dropped', words = %s, claimed_by = '' WHERE id = %s AND claimed_by = %s",
        [words, delivery, worker],
    )


def put_back(delivery: int, *, worker: str) -> None:
    """It was not tried: it waits as before."""
    db.execute(
        """UPDATE webhooks_delivery SET state = 'waiting', attempts = attempts - 1, claimed_by = ''
           WHERE id = %s AND claimed_by = %s AND state = 'sending'""",
        [delivery, worker],
    )


def take_over_abandoned(*, worker: str, under_way: Sequence[int], at: datetime) -> int:
    """What is claimed but not under way with this worker is tried again; how many. Its target may get it twice, under one id."""
    return db.execute(
        """UPDATE webhooks_delivery SET state = 'waiting', due_at = %s, claimed_by = ''
           WHERE state = 'sending' AND (claimed_by <> %s OR NOT id = ANY(%s))""",
        [at, worker, list(under_way)],
    )


@transaction.atomic
def replay(webhook: int, *, delivery: int | None = None, by: Actor, at: datetime) -> int:
    """Sends one once more, whatever became of it, or all that failed; how many. The target is tried at once."""
    count = db.execute(
        """UPDATE webhooks_delivery SET state = 'waiting', due_at = %(at)s, attempts = 0, refusals = 0, claimed_by = ''
           WHERE webhook_id = %(webhook)s AND CASE WHEN %(one)s::bigint IS NULL THEN state = 'failed'
               ELSE id = %(one)s AND state <> 'sending' END""",
        {"webhook": webhook, "one": delivery, "at": at},
    )
    if count:
        db.execute("UPDATE webhooks_webhook SET rest_until = NULL WHERE id = %s", [webhook])
        record(Happening("webhook.replayed", "webhook", webhook, data={"deliveries": count}), by=by, at=at)
    return count


def forget(*, at: datetime) -> int:
    """Removes the oldest deliveries from the log, a chunk at a time; how many."""
    return db.execute(
        """DELETE FROM webhooks_delivery WHERE id IN (
               SELECT id FROM webhooks_delivery WHERE created_at < %s AND state <> 'sending' ORDER BY created_at LIMIT %s)""",
        [at - retries.FORGOTTEN_AFTER, _CHUNK],
    )


def _end(delivery: int, state: str, attempt: Attempt, *, due_at: datetime) -> None:
    db.execute(
        """UPDATE webhooks_delivery SET state = %s, due_at = %s, status = %s, words = %s, answer = %s, took_ms = %s, claimed_by = ''
           WHERE id = %s""",
        [state, due_at, attempt.status, attempt.words, attempt.answer, attempt.took_ms, delivery],
    )


def _note_answering(held: Any, *, at: datetime) -> None:
    """It answers. After an outage all that waited for it goes at once, in its order."""
    db.execute(
        """UPDATE webhooks_webhook SET delivered_at = %s, failing_since = NULL, failures = 0, rest_until = NULL WHERE id = %s""",
        [at, held.webhook_id],
    )
    if held.failures >= retries.OUTAGE:
        db.execute(
            "UPDATE webhooks_delivery SET due_at = %s WHERE webhook_id = %s AND state = 'waiting' AND due_at > %s",
            [at, held.webhook_id, at],
        )


def _note_failing(held: Any, attempt: Attempt, *, at: datetime) -> tuple[int, timedelta]:
    """It fails: it is left alone for a while, and paused where it is gone or has failed for days. (How often in a row, how long)."""
    since = held.failing_since or at
    is_resting = held.rest_until is not None and held.rest_until > at
    failures = held.failures if is_resting else held.failures + 1
    rest = retries.rest_after(failures, asked=retries.asked_for(attempt.retry_after, at=at))
    db.execute(
        """UPDATE webhooks_webhook SET failing_since = %s, failures = %s, rest_until = greatest(rest_until, %s) WHERE id = %s""",
        [since, failures, at + rest, held.webhook_id],
    )
    if attempt.status == retries.GONE:
        pause_webhook(held.webhook_id, reason=GONE, at=at)
    elif retries.is_given_up(since, at=at):
        pause_webhook(held.webhook_id, reason=FAILING, at=at)
    return failures, rest


def _new_key() -> str:
    return "msg_" + secrets.token_hex(12)
