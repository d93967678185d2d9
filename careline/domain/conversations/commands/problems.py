"""Problems: one is found, described, tied to the cases it caused, and at last resolved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db

_CHANGED = """
UPDATE conversations_problem SET title = %(title)s, detail = %(detail)s, words = %(words)s
WHERE id = %(id)s AND (title, detail, words) IS DISTINCT FROM (%(title)s, %(detail)s, %(words)s::text[])
"""
# Cases are locked by id, as everybody does who holds several.
_TIED = """
WITH held AS (
    SELECT id, number, customer_id, problem_id FROM conversations_conversation
    WHERE id = ANY(%(cases)s) AND problem_id IS DISTINCT FROM %(problem)s ORDER BY id FOR UPDATE
)
UPDATE conversations_conversation c SET problem_id = %(problem)s, updated_at = %(at)s, version = version + 1
FROM held WHERE c.id = held.id RETURNING c.id, c.number, c.customer_id, held.problem_id AS was
"""


@transaction.atomic
def add_problem(*, title: str, detail: str, words: Sequence[str], by: Actor, at: datetime) -> int:
    """A known issue with the words that new cases are compared with; its id."""
    key: int = db.value(
        """INSERT INTO conversations_problem (title, detail, words, created_at, created_by_id)
           VALUES (%s, %s, %s, %s, %s) RETURNING id""",
        [title, detail, list(words), at, by.id if by.kind.value == "agent" else None],
    )
    record(Happening("problem.added", "problem", key), by=by, at=at)
    return key


@transaction.atomic
def change_problem(key: int, *, title: str, detail: str, words: Sequence[str], by: Actor, at: datetime) -> None:
    if db.execute(_CHANGED, {"id": key, "title": title, "detail": detail, "words": list(words)}):
        record(Happening("problem.changed", "problem", key), by=by, at=at)


@transaction.atomic
def resolve_problem(key: int, *, by: Actor, at: datetime) -> None:
    """The cause is gone; its cases stay as they are."""
    if db.execute("UPDATE conversations_problem SET resolved_at = %s WHERE id = %s AND resolved_at IS NULL", [at, key]):
        record(Happening("problem.resolved", "problem", key), by=by, at=at)


@transaction.atomic
def reopen_problem(key: int, *, by: Actor, at: datetime) -> None:
    if db.execute(
        "UPDATE conversations_problem SET resolved_at = NULL WHERE id = %s AND resolved_at IS NOT NULL", [key]
    ):
        record(Happening("problem.reopened", "problem", key), by=by, at=at)


@transaction.atomic
def tie(cases: Sequence[int], *, problem: int | None, by: Actor, at: datetime) -> list[Any]:
    """These cases come from this problem, or from none; rows of id, number and what they came from before, of those that changed."""
    moved = db.rows(_TIED, {"cases": list(cases), "problem": problem, "at": at})
    if moved:
        record(
            *(
                Happening(
                    "conversation.problem_changed", "conversation", row.number, row.id, row.customer_id,
                    {"problem": problem, "was": row.was},
                )
                for row in moved
            ),
            by=by, at=at,
        )  # fmt: skip
    return moved
