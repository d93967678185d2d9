"""Links between cases."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.history.actor import Actor, ActorKind
from careline.domain.history.commands import Happening, record
from careline.kit import db


def put_link(one: int, other: int, *, kind: str, by: Actor, at: datetime) -> int | None:
    """The new link's key; None where the two are linked already. `parent`: `other` is the parent; `duplicate`: of `other`."""
    return db.value(
        """INSERT INTO conversations_link (conversation_id, other_id, kind, created_at, created_by_id) VALUES (%s, %s, %s, %s, %s)
           ON CONFLICT DO NOTHING RETURNING id""",
        [one, other, kind, at, by.id if by.kind is ActorKind.AGENT else None],
    )


@transaction.atomic
def link(case: Any, *, other: Any, kind: str, by: Actor, at: datetime) -> int | None:
    """Links two cases, recorded on both; None where they are linked already."""
    key = put_link(case.id, other.id, kind=kind, by=by, at=at)
    if key is not None:
        _tell("conversation.linked", case, other, kind, by=by, at=at)
    return key


@transaction.atomic
def unlink(key: int, *, case: Any, other: Any, kind: str, by: Actor, at: datetime) -> None:
    if db.execute("DELETE FROM conversations_link WHERE id = %s", [key]):
        _tell("conversation.unlinked", case, other, kind, by=by, at=at)


def _tell(name: str, case: Any, other: Any, kind: str, *, by: Actor, at: datetime) -> None:
    for one, two in ((case, other), (other, case)):
        db.execute("UPDATE conversations_conversation SET version = version + 1 WHERE id = %s", [one.id])
        data = {"number": two.number, "kind": kind}
        record(Happening(name, "conversation", one.number, one.id, one.customer_id, data), by=by, at=at)
