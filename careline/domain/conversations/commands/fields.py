"""Topics, and the company's own fields on cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.conversations.commands.statuses import names_of
from careline.domain.conversations.errors import Refused
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db
from careline.kit.typed_fields import BadDefinition, code_of, defined


class BadField(Refused):
    code = "bad_field"


class BadTopic(Refused):
    code = "bad_topic"


@dataclass(frozen=True, slots=True)
class NewField:
    """`choices` are (code, {language: name}); an empty code is made of the name. No topics: on every case."""

    name: dict[str, str]
    kind: str
    code: str = ""
    choices: Sequence[tuple[str, dict[str, str]]] = ()
    topics: Sequence[int] = ()
    is_needed_to_resolve: bool = False


@transaction.atomic
def add_topic(name: dict[str, str], *, parent: int | None = None, by: Actor, at: datetime) -> int:
    """A new topic, the last below its parent; its key. Raises BadTopic."""
    names = names_of(name, error=BadTopic)
    if parent is not None and db.value("SELECT id FROM conversations_topic WHERE id = %s", [parent]) is None:
        raise BadTopic("There is no such topic to put it under.")
    key = db.value(
        """INSERT INTO conversations_topic (parent_id, name, position) VALUES (%s, %s,
               (SELECT coalesce(max(position), 0) + 1 FROM conversations_topic)) RETURNING id""",
        [parent, db.json(names)],
    )
    record(Happening("topic.added", "topic", key), by=by, at=at)
    return int(key)


@transaction.atomic
def change_topic(
    key: int, *, name: dict[str, str] | None = None, retired: bool | None = None, by: Actor, at: datetime
) -> None:
    """Another name; out of use (cases that bear it keep it), or in use again. Raises BadTopic."""
    if db.value("SELECT id FROM conversations_topic WHERE id = %s FOR UPDATE", [key]) is None:
        raise BadTopic("There is no such topic.")
    if name is not None:
        db.execute(
            "UPDATE conversations_topic SET name = %s WHERE id = %s", [db.json(names_of(name, error=BadTopic)), key]
        )
    if retired is not None:
        db.execute("UPDATE conversations_topic SET retired_at = %s WHERE id = %s", [at if retired else None, key])
    record(Happening("topic.changed", "topic", key), by=by, at=at)


@transaction.atomic
def add_field(new: NewField, *, by: Actor, at: datetime) -> str:
    """A new field; its code. Raises BadField."""
    names = names_of(new.name, error=BadField)
    choices = [(code, names_of(name, error=BadField)) for code, name in new.choices]
    try:
        made = defined(
            new.code, name=_plain(names), kind=new.kind, choices=[(code, _plain(name)) for code, name in choices]
        )
    except BadDefinition as wrong:
        raise BadField(str(wrong)) from wrong
    if db.value("SELECT id FROM conversations_casefield WHERE code = %s", [made.code]) is not None:
        raise BadField(f"There is a field {made.code} already.")
    key = db.value(
        """INSERT INTO conversations_casefield (code, name, kind, choices, topic_ids, is_needed_to_resolve, position)
           VALUES (%s, %s, %s, %s, %s, %s, (SELECT coalesce(max(position), 0) + 1 FROM conversations_casefield)) RETURNING id""",
        [
            made.code, db.json(names), made.kind, db.json([{"code": code or code_of(_plain(name)), "name": name} for code, name in choices]),
            _known_topics(new.topics), new.is_needed_to_resolve,
        ],
    )  # fmt: skip
    record(Happening("case_field.added", "case_field", key), by=by, at=at)
    return made.code


@transaction.atomic
def change_field(code: str, *, name: dict[str, str] | None = None, topics: Sequence[int] | None = None,
                 is_needed_to_resolve: bool | None = None, retired: bool | None = None, by: Actor, at: datetime) -> None:  # fmt: skip
    """What is given changes; the kind never does, because of the values that are there. Raises BadField."""
    field = db.row("SELECT * FROM conversations_casefield WHERE code = %s FOR UPDATE", [code])
    if field is None:
        raise BadField(f"There is no field {code}.")
    db.execute(
        "UPDATE conversations_casefield SET name = %s, topic_ids = %s, is_needed_to_resolve = %s, retired_at = %s WHERE id = %s",
        [
            db.json(field.name if name is None else names_of(name, error=BadField)),
            field.topic_ids if topics is None else _known_topics(topics),
            field.is_needed_to_resolve if is_needed_to_resolve is None else is_needed_to_resolve,
            field.retired_at if retired is None else at if retired else None,
            field.id,
        ],
    )
    record(Happening("case_field.changed", "case_field", field.id), by=by, at=at)


@transaction.atomic
def put_topic(case: Any, *, topic: int | None, by: Actor, at: datetime) -> None:
    """What the case is about (None: nothing in particular). Raises BadTopic for one that is not in use."""
    if case.topic_id == topic:
        return
    known = topic is None or db.value(
        "SELECT id FROM conversations_topic WHERE id = %s AND retired_at IS NULL", [topic]
    )
    if not known:
        raise BadTopic("There is no such topic in use.")
    db.execute(
        "UPDATE conversations_conversation SET topic_id = %s, updated_at = %s, version = version + 1 WHERE id = %s",
        [topic, at, case.id],
    )
    data = {"topic": topic, "before": case.topic_id}
    record(
        Happening("conversation.topic_changed", "conversation", case.number, case.id, case.customer_id, data),
        by=by,
        at=at,
    )


@transaction.atomic
def put_fields(case: Any, *, values: dict[str, Any], by: Actor, at: datetime) -> None:
    """Fills fields in, by code; None empties one. The values are fit already."""
    now = {**case.fields, **values}
    kept = {code: value for code, value in now.items() if value is not None}
    if kept == case.fields:
        return
    db.execute(
        "UPDATE conversations_conversation SET fields = %s, updated_at = %s, version = version + 1 WHERE id = %s",
        [db.json(kept), at, case.id],
    )
    data = {"fields": sorted(values)}
    record(
        Happening("conversation.fields_changed", "conversation", case.number, case.id, case.customer_id, data),
        by=by,
        at=at,
    )


def _known_topics(wanted: Sequence[int]) -> list[int]:
    found = [
        row.id for row in db.rows("SELECT id FROM conversations_topic WHERE id = ANY(%s) ORDER BY id", [list(wanted)])
    ]
    if set(found) != set(wanted):
        raise BadField("One of the topics is not there.")
    return found


def _plain(names: dict[str, str]) -> str:
    return names.get("en") or next(iter(names.values()))
