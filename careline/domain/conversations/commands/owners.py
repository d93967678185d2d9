"""Cases that belong to another customer from now on: two people turned out to be one, or two, or it was never theirs. Guarded: flows only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db

_OF_ITS_OWN = """
SELECT c.id FROM conversations_conversation c
WHERE c.customer_id = ANY(%s) AND c.created_at >= %s AND EXISTS (
    SELECT FROM conversations_participant p
    JOIN unnest(%s::text[], %s::text[]) AS own (kind, value) ON own.kind = p.kind AND own.value = p.value
    WHERE p.conversation_id = c.id AND p.role = 'requester')
"""


@transaction.atomic
def hand_over(owner: int, *, to: int, by: Actor, at: datetime) -> tuple[list[int], list[int]]:
    """All cases of one customer and their places on others' cases go to another; the ids of both."""
    cases = [row.id for row in db.rows("SELECT id FROM conversations_conversation WHERE customer_id = %s", [owner])]
    _move(cases, [owner], to, by=by, at=at)
    places = db.rows(
        "UPDATE conversations_participant SET customer_id = %s WHERE customer_id = %s RETURNING id", [to, owner]
    )
    return cases, [row.id for row in places]


@transaction.atomic
def hand_back(
    *,
    cases: Sequence[int],
    participants: Sequence[int],
    addresses: Sequence[tuple[str, str]],
    since: datetime,
    owners: Sequence[int],
    to: int,
    by: Actor,
    at: datetime,
) -> tuple[list[int], list[int]]:
    """Of these, what one of `owners` still has goes to `to`; so do cases that were opened `since` from one of the addresses."""
    kinds, values = [kind for kind, _ in addresses], [value for _, value in addresses]
    later = [row.id for row in db.rows(_OF_ITS_OWN, [list(owners), since, kinds, values])]
    moved = _move([*cases, *later], owners, to, by=by, at=at)
    places = db.rows(
        """UPDATE conversations_participant p SET customer_id = %(to)s
           WHERE customer_id = ANY(%(owners)s) AND (id = ANY(%(ids)s) OR EXISTS (
               SELECT FROM unnest(%(kinds)s::text[], %(values)s::text[]) AS own (kind, value)
               WHERE own.kind = p.kind AND own.value = p.value)) RETURNING id""",
        {"to": to, "owners": list(owners), "ids": list(participants), "kinds": kinds, "values": values},
    )
    return moved, [row.id for row in places]


@transaction.atomic
def give(case: Any, *, to: int, person: dict[str, Any] | None, by: Actor, at: datetime) -> None:
    """One case is another customer's; `person` ({kind, value, name}) is how they are answered. Whose it was gets no more answers of it;
    what they wrote stays, and given back it stands as before."""
    db.execute(
        "UPDATE conversations_participant SET role = 'cc', state = 'removed' WHERE conversation_id = %s AND role = 'requester'",
        [case.id],
    )
    if person is not None:
        db.send(
            """INSERT INTO conversations_participant (conversation_id, customer_id, kind, value, name, role, state)
               VALUES (%s, %s, %s, %s, %s, 'requester', 'active')
               ON CONFLICT (conversation_id, kind, value)
               DO UPDATE SET role = 'requester', state = 'active', customer_id = excluded.customer_id""",
            [case.id, to, person["kind"], person["value"], person["name"]],
        )
    db.execute(
        """UPDATE conversations_conversation SET customer_id = %s, updated_at = greatest(updated_at, %s), version = version + 1,
               hint = CASE WHEN hint ->> 'why' = 'passed_on' THEN NULL ELSE hint END
           WHERE id = %s""",
        [to, at, case.id],
    )
    told = Happening(
        "conversation.customer_changed", "conversation", case.number, case.id, to, {"was": case.customer_id}
    )
    record(told, by=by, at=at)


def _move(cases: Sequence[int], owners: Sequence[int], to: int, *, by: Actor, at: datetime) -> list[int]:
    """In the order of their keys, so that two who move cases can't wait for each other."""
    held = db.rows(
        """SELECT id, number, customer_id FROM conversations_conversation
           WHERE id = ANY(%s) AND customer_id = ANY(%s) ORDER BY id FOR UPDATE""",
        [list(cases), list(owners)],
    )
    keys = [row.id for row in held]
    db.execute(
        "UPDATE conversations_conversation SET customer_id = %s, version = version + 1 WHERE id = ANY(%s)", [to, keys]
    )
    record(
        *(Happening("conversation.customer_changed", "conversation", row.number, row.id, to, {"was": row.customer_id}) for row in held),
        by=by, at=at,
    )  # fmt: skip
    return keys
