"""Tags, priority, subject, statuses: what is written on a case's cover."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db

DEFAULT_STATUSES = (
    ("open", {"en": "Open", "de": "Offen", "fr": "Ouvert", "es": "Abierto", "ar": "مفتوح"}, "open"),
    ("waiting", {"en": "Waiting for customer", "de": "Wartet auf Kunden", "fr": "En attente du client", "es": "Esperando al cliente",
                 "ar": "بانتظار العميل"}, "waiting"),
    ("resolved", {"en": "Resolved", "de": "Gelöst", "fr": "Résolu", "es": "Resuelto", "ar": "تم الحل"}, "resolved"),
)  # fmt: skip
PRIORITIES = {"low": 1, "normal": 2, "high": 3, "urgent": 4}


def ensure_statuses() -> None:
    """Makes the three statuses a new install has."""
    for position, (code, name, category) in enumerate(DEFAULT_STATUSES):
        db.execute(
            """INSERT INTO conversations_status (code, name, category, position) VALUES (%s, %s, %s, %s)
               ON CONFLICT (code) DO NOTHING""",
            [code, db.json(name), category, position],
        )


def tag_ids(names: Sequence[str]) -> list[int]:
    """The ids of tags by name, made where they are new; upper and lower case are one tag."""
    wanted = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    if not wanted:
        return []
    db.execute(
        "INSERT INTO conversations_tag (name) SELECT name FROM unnest(%s::text[]) AS name ON CONFLICT (lower(name)) DO NOTHING",
        [wanted],
    )
    found = db.rows(
        "SELECT id FROM conversations_tag WHERE lower(name) = ANY(%s) ORDER BY id", [[n.lower() for n in wanted]]
    )
    return [row.id for row in found]


def tag_ids_known(names: Sequence[str]) -> list[int]:
    """The ids of tags by name; those that there are not are left out."""
    wanted = [name.strip().lower() for name in names]
    found = db.rows("SELECT id FROM conversations_tag WHERE lower(name) = ANY(%s) ORDER BY id", [wanted])
    return [row.id for row in found]


@transaction.atomic
def tag(case: Any, *, names: Sequence[str], by: Actor, at: datetime) -> None:
    """Exactly these tags stand on the case."""
    _set_tags(case, tag_ids(names), by=by, at=at)


@transaction.atomic
def add_tag(case: Any, *, name: str, by: Actor, at: datetime) -> None:
    """One more tag; those on the case stay."""
    _set_tags(case, [*case.tag_ids, *tag_ids([name])], by=by, at=at)


@transaction.atomic
def remove_tag(case: Any, *, name: str, by: Actor, at: datetime) -> None:
    """One tag less, whatever its case; one that is not on the case changes nothing."""
    gone = db.value("SELECT id FROM conversations_tag WHERE lower(name) = lower(%s)", [name.strip()])
    _set_tags(case, [key for key in case.tag_ids if key != gone], by=by, at=at)


@transaction.atomic
def prioritise(case: Any, *, priority: int, by: Actor, at: datetime) -> None:
    if case.priority == priority:
        return
    _write(case, "priority", priority, at)
    data = {"priority": priority, "before": case.priority}
    record(
        Happening("conversation.prioritised", "conversation", case.number, case.id, case.customer_id, data),
        by=by,
        at=at,
    )


@transaction.atomic
def rename(case: Any, *, subject: str, by: Actor, at: datetime) -> None:
    if case.subject == subject:
        return
    _write(case, "subject", subject, at)
    record(Happening("conversation.renamed", "conversation", case.number, case.id, case.customer_id), by=by, at=at)


@transaction.atomic
def mark_spam(case: Any, *, is_spam: bool, by: Actor, at: datetime) -> None:
    if case.is_spam == is_spam:
        return
    _write(case, "is_spam", is_spam, at)
    name = "conversation.marked_spam" if is_spam else "conversation.unmarked_spam"
    record(Happening(name, "conversation", case.number, case.id, case.customer_id), by=by, at=at)


@transaction.atomic
def drop_hint(case: Any, *, by: Actor, at: datetime) -> None:
    """An agent says that the case does not belong to the one it was said to."""
    if case.hint is None:
        return
    db.execute("UPDATE conversations_conversation SET hint = NULL, version = version + 1 WHERE id = %s", [case.id])
    record(Happening("conversation.hint_dropped", "conversation", case.number, case.id, case.customer_id), by=by, at=at)


def note_read(*, agent: int, conversation: int, message: int) -> None:
    """How far the agent has read; never backwards. Not history: nobody else's business."""
    db.execute(
        """INSERT INTO conversations_reading (agent_id, conversation_id, message_id) VALUES (%s, %s, %s)
           ON CONFLICT (agent_id, conversation_id) DO UPDATE SET message_id = excluded.message_id
               WHERE conversations_reading.message_id < excluded.message_id""",
        [agent, conversation, message],
    )


def note_unread(*, agent: int, conversation: int) -> None:
    """The agent wants to see the case as unread again."""
    db.execute("DELETE FROM conversations_reading WHERE agent_id = %s AND conversation_id = %s", [agent, conversation])


def _set_tags(case: Any, ids: Sequence[int], *, by: Actor, at: datetime) -> None:
    wanted = sorted(set(ids))
    if sorted(case.tag_ids) == wanted:
        return
    _write(case, "tag_ids", wanted, at)
    data = {"tags": wanted, "before": list(case.tag_ids)}
    record(Happening("conversation.tagged", "conversation", case.number, case.id, case.customer_id, data), by=by, at=at)


def _write(case: Any, column: str, value: Any, at: datetime) -> None:
    statement = {
        "tag_ids": "UPDATE conversations_conversation SET tag_ids = %s, updated_at = %s, version = version + 1 WHERE id = %s",
        "priority": "UPDATE conversations_conversation SET priority = %s, updated_at = %s, version = version + 1 WHERE id = %s",
        "subject": "UPDATE conversations_conversation SET subject = %s, updated_at = %s, version = version + 1 WHERE id = %s",
        "is_spam": "UPDATE conversations_conversation SET is_spam = %s, updated_at = %s, version = version + 1 WHERE id = %s",
    }[column]
    db.execute(statement, [value, at, case.id])
