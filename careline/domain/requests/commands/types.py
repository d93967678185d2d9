"""Types of requests are made and changed: each change is a new version, and what runs keeps its own. Guarded: flows only."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careline.domain.history.actor import Actor, ActorKind
from careline.domain.history.commands import Happening, record
from careline.domain.requests.errors import BadType
from careline.domain.requests.rules.content import Content, as_json
from careline.kit import db


@transaction.atomic
def add_type(code: str, content: Content, *, by: Actor, at: datetime) -> int:
    """Raises BadType where the code is taken."""
    key = db.value(
        """INSERT INTO requests_type (code, version, is_open, created_at) VALUES (%s, 1, true, %s)
           ON CONFLICT (code) DO NOTHING RETURNING id""",
        [code, at],
    )
    if key is None:
        raise BadType("There is a type with this key already.")
    _write(int(key), 1, content, by=by, at=at)
    record(Happening("service_request_type.added", "service_request_type", int(key)), by=by, at=at)
    return int(key)


@transaction.atomic
def change_type(key: int, content: Content, *, by: Actor, at: datetime) -> int:
    """The new version's number."""
    number = int(db.value("UPDATE requests_type SET version = version + 1 WHERE id = %s RETURNING version", [key]))
    _write(key, number, content, by=by, at=at)
    data = {"version": number}
    record(Happening("service_request_type.changed", "service_request_type", key, data=data), by=by, at=at)
    return number


@transaction.atomic
def open_type(key: int, *, is_open: bool, by: Actor, at: datetime) -> None:
    """Whether new requests of it are taken."""
    if db.execute("UPDATE requests_type SET is_open = %s WHERE id = %s AND is_open <> %s", [is_open, key, is_open]):
        name = "service_request_type.opened" if is_open else "service_request_type.closed"
        record(Happening(name, "service_request_type", key), by=by, at=at)


def _write(key: int, number: int, content: Content, *, by: Actor, at: datetime) -> None:
    author = by.id if by.kind is ActorKind.AGENT else None
    db.execute(
        "INSERT INTO requests_version (type_id, number, content, author_id, written_at) VALUES (%s, %s, %s, %s, %s)",
        [key, number, db.json(as_json(content)), author, at],
    )
