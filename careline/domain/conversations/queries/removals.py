"""Which cases go with somebody who is erased, and which are under legal hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from careline.domain.conversations.rules.retention import LEGAL_HOLD
from careline.kit import db

_WITH_PARTS = """
WITH RECURSIVE whole (id) AS (
    SELECT id FROM conversations_conversation WHERE id = ANY(%s)
    UNION
    SELECT c.id FROM conversations_conversation c JOIN whole w ON c.merged_into_id = w.id OR c.side_of_id = w.id
)
SELECT id FROM whole ORDER BY id
"""
_SHARED = """
SELECT conversation_id AS id FROM conversations_participant WHERE customer_id = ANY(%(people)s) OR lower(value) = ANY(%(addresses)s)
UNION
SELECT conversation_id FROM conversations_message WHERE author_kind = 'customer' AND author_id = ANY(%(people)s)
ORDER BY 1
"""
_OF_OTHERS = """
SELECT DISTINCT m.conversation_id AS id FROM conversations_message m
WHERE m.conversation_id = ANY(%s) AND m.author_kind = 'customer' AND m.author_id <> ALL(%s) AND EXISTS (
    SELECT FROM conversations_conversation c WHERE c.id = m.conversation_id AND c.side_of_id IS NULL)
"""


class CasesOfPerson(NamedTuple):
    """`own`: theirs alone, with what was merged into them and their side conversations; `shared`: others wrote there too."""

    own: list[int]
    shared: list[int]


def cases_of_person(people: Sequence[int], addresses: Sequence[str]) -> CasesOfPerson:
    begun = _ids("SELECT id FROM conversations_conversation WHERE customer_id = ANY(%s)", [list(people)])
    whole = _ids(_WITH_PARTS, [begun])
    of_others = set(_ids(_OF_OTHERS, [whole, list(people)]))
    # A case that went into another's stays as its shell: with the unmerge its messages would come back to it.
    away = set(
        _ids(
            "SELECT id FROM conversations_conversation WHERE id = ANY(%s) AND merged_into_id <> ALL(%s)",
            [whole, [key for key in whole if key not in of_others]],
        )
    )
    own = [key for key in whole if key not in of_others and key not in away]
    met = _ids(_SHARED, {"people": list(people), "addresses": [address.lower() for address in addresses]})
    shared = sorted({*of_others, *away, *(key for key in met if key not in set(own))})
    return CasesOfPerson(own, shared)


def with_parts(cases: Sequence[int]) -> list[int]:
    """The cases with those that were merged into them and their side conversations."""
    return _ids(_WITH_PARTS, [list(cases)])


def numbers_on_hold(cases: Sequence[int]) -> list[int]:
    """The numbers of those that bear the tag of a legal hold."""
    found = db.rows(
        """SELECT c.number FROM conversations_conversation c JOIN conversations_tag t ON t.id = ANY(c.tag_ids)
           WHERE c.id = ANY(%s) AND lower(t.name) = %s ORDER BY 1""",
        [list(cases), LEGAL_HOLD],
    )
    return [row.number for row in found]


def words_in(messages: Sequence[int], *, limit: int = 20_000) -> list[str]:
    """What these messages are found by: plain words only, without their stems."""
    found = db.rows(
        """SELECT DISTINCT w.lexeme FROM conversations_message m, unnest(m.vector) AS w
           WHERE m.id = ANY(%s) AND w.lexeme NOT LIKE '%%:%%' ORDER BY 1 LIMIT %s""",
        [list(messages), limit],
    )
    return [row.lexeme for row in found]


def _ids(statement: str, args: Any) -> list[int]:
    return [row.id for row in db.rows(statement, args)]
