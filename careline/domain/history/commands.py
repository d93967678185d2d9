"""Writing history: one row for each change, in the transaction of the change."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.history import wake
from careline.domain.history.actor import Actor
from careline.kit import db

_INSERT = """
INSERT INTO history (at, actor_kind, actor_id, via, name, subject_kind, subject_key, conversation_id, customer_id, data)
SELECT %s, %s, %s, %s, h.name, h.subject_kind, h.subject_key, h.conversation, h.customer, h.data
FROM jsonb_to_recordset(%s) AS h
    (name text, subject_kind text, subject_key bigint, conversation bigint, customer bigint, data jsonb)
"""


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened. `data` holds ids, codes and numbers only: words of people live in their owner's table."""

    name: str
    subject_kind: str
    subject_key: int
    conversation: int | None = None
    customer: int | None = None
    data: dict[str, Any] = field(default_factory=dict)


def record(*happenings: Happening, by: Actor, at: datetime) -> None:
    """Writes happenings in the running transaction; readers are woken once it has committed."""
    rows = [
        {"name": h.name, "subject_kind": h.subject_kind, "subject_key": h.subject_key, "conversation": h.conversation,
         "customer": h.customer, "data": _with_principal(h.data, by)}
        for h in happenings
    ]  # fmt: skip
    db.send(_INSERT, [at, by.kind.value, by.id, by.via, db.json(rows)])
    transaction.on_commit(wake.readers)


def make_months(at: datetime) -> int:
    """Makes the partitions of the month of `at` and the three after it; how many were new."""
    return int(
        db.value(
            "SELECT count(*) FILTER (WHERE history_make_month(%s + n * interval '1 month')) FROM generate_series(0, 3) n",
            [at],
        )
    )


def move_cursor(reader: str, *, tx: int, happening: int, at: datetime) -> None:
    """Moves a durable reader's cursor; call it in the transaction of the reader's effect."""
    db.execute(
        """INSERT INTO history_reader (name, tx, happening, moved_at) VALUES (%(reader)s, %(tx)s, %(id)s, %(at)s)
           ON CONFLICT (name) DO UPDATE SET tx = %(tx)s, happening = %(id)s, moved_at = %(at)s""",
        {"reader": reader, "tx": tx, "id": happening, "at": at},
    )


def set_aside(reader: str, *, happening: int, name: str, error: str, at: datetime) -> None:
    """Puts a happening that a reader fails on aside, so that those behind it go on."""
    db.execute(
        """INSERT INTO history_set_aside (reader, happening, name, error, at) VALUES (%s, %s, %s, %s, %s)
           ON CONFLICT (reader, happening) DO UPDATE SET error = excluded.error, at = excluded.at""",
        [reader, happening, name, error, at],
    )


def _with_principal(data: dict[str, Any], by: Actor) -> dict[str, Any]:
    return data if by.on_behalf_of is None else {**data, "on_behalf_of": by.on_behalf_of}


def empty_set_asides(conversations: list[int]) -> int:
    """What readers said when they failed on happenings of these cases may quote them: the words go."""
    return db.execute(
        """UPDATE history_set_aside s SET error = '' WHERE error <> '' AND happening IN (
               SELECT h.id FROM history h WHERE h.conversation_id = ANY(%s))""",
        [conversations],
    )
