"""Mailings are written, started, worked off and stopped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db


@transaction.atomic
def add_mailing(
    *, name: str, segment: int, purpose: str, channel: int, subject: str, text: str, by: Actor, at: datetime
) -> int:
    key: int = db.value(
        """INSERT INTO outreach_mailing (name, segment_id, purpose, channel_id, subject, text, state, agent_id, created_at)
           VALUES (%s, %s, %s, %s, %s, %s, 'draft', %s, %s) RETURNING id""",
        [name, segment, purpose, channel, subject, text, by.id, at],
    )
    record(Happening("mailing.added", "mailing", key), by=by, at=at)
    return key


@transaction.atomic
def change_mailing(
    key: int, *, name: str, segment: int, purpose: str, channel: int, subject: str, text: str, by: Actor, at: datetime
) -> bool:
    """False where it is no draft any more."""
    changed = db.execute(
        """UPDATE outreach_mailing SET name = %s, segment_id = %s, purpose = %s, channel_id = %s, subject = %s, text = %s
           WHERE id = %s AND state = 'draft'""",
        [name, segment, purpose, channel, subject, text, key],
    )
    if changed:
        record(Happening("mailing.changed", "mailing", key), by=by, at=at)
    return bool(changed)


@transaction.atomic
def drop_mailing(key: int, *, by: Actor, at: datetime) -> bool:
    """False where it is no draft any more."""
    dropped = db.execute("DELETE FROM outreach_mailing WHERE id = %s AND state = 'draft'", [key])
    if dropped:
        record(Happening("mailing.removed", "mailing", key), by=by, at=at)
    return bool(dropped)


def start(key: int, *, by: Actor, at: datetime) -> bool:
    """From now on it is worked off in the name of whoever started it. False where it was started before."""
    started = db.execute(
        "UPDATE outreach_mailing SET state = 'running', agent_id = %s, due_at = %s WHERE id = %s AND state = 'draft'",
        [by.id, at, key],
    )
    if started:
        record(Happening("mailing.started", "mailing", key), by=by, at=at)
    return bool(started)


def mean(key: int, customers: Sequence[int]) -> None:
    """These customers are meant; who is already stays as they are."""
    db.execute(
        """INSERT INTO outreach_recipient (mailing_id, customer_id, state, reason)
           SELECT %s, customer, 'waiting', '' FROM unnest(%s::bigint[]) AS customer ON CONFLICT DO NOTHING""",
        [key, list(customers)],
    )


def take_up(*, at: datetime) -> Any | None:
    """A mailing that is to go on, held until the transaction ends."""
    return db.row(
        """SELECT * FROM outreach_mailing WHERE state = 'running' AND due_at <= %s
           ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED""",
        [at],
    )


def note_each(key: int, told: Sequence[dict[str, Any]], *, next_at: datetime) -> None:
    """How it went with some of them: [{customer, state, reason, number, message_id}]; when it goes on."""
    db.execute(
        """UPDATE outreach_recipient r SET state = t.state, reason = coalesce(t.reason, ''), number = t.number, message_id = t.message_id
           FROM jsonb_to_recordset(%s) AS t (customer bigint, state text, reason text, number bigint, message_id bigint)
           WHERE r.mailing_id = %s AND r.customer_id = t.customer""",
        [db.json(list(told)), key],
    )
    db.execute("UPDATE outreach_mailing SET due_at = %s WHERE id = %s", [next_at, key])


def end(key: int, state: str, *, by: Actor, at: datetime) -> bool:
    """`state`: done or stopped. False where it does not run."""
    ended = db.execute(
        "UPDATE outreach_mailing SET state = %s, ended_at = %s WHERE id = %s AND state = 'running'", [state, at, key]
    )
    if ended:
        record(Happening(f"mailing.{state}", "mailing", key), by=by, at=at)
    return bool(ended)


def note_taken_back(key: int, messages: Sequence[int]) -> None:
    db.execute(
        "UPDATE outreach_recipient SET state = 'taken_back' WHERE mailing_id = %s AND message_id = ANY(%s)",
        [key, list(messages)],
    )
