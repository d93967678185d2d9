"""The log: what rules did on cases, and why not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from careline.domain.triggers.queries.rules import ACTED
from careline.domain.triggers.rules.chains import WITHIN
from careline.kit import db

_RUN = """
SELECT n.id, n.rule_id, r.name AS rule_name, n.conversation_id, c.number, n.happening, n.at, n.outcome, n.against, n.steps, n.chain, n.due_at
FROM triggers_run n JOIN triggers_rule r ON r.id = n.rule_id JOIN conversations_conversation c ON c.id = n.conversation_id
"""


def runs_of_case(conversation: int, *, before: int | None = None, limit: int = 50) -> list[Any]:
    """The newest first."""
    return db.rows(
        _RUN
        + """WHERE n.conversation_id = %(case)s AND (%(before)s::bigint IS NULL OR n.id < %(before)s)
                  ORDER BY n.id DESC LIMIT %(limit)s""",
        {"case": conversation, "before": before, "limit": limit},
    )


def runs_of_rule(rule: int, *, acted: bool = False, before: int | None = None, limit: int = 50) -> list[Any]:
    """The newest first; `acted`: without those on which it did not fit."""
    return db.rows(
        _RUN
        + """WHERE n.rule_id = %(rule)s AND (NOT %(acted)s OR n.outcome <> 'unmatched')
                  AND (%(before)s::bigint IS NULL OR n.id < %(before)s) ORDER BY n.id DESC LIMIT %(limit)s""",
        {"rule": rule, "acted": acted, "before": before, "limit": limit},
    )


def chain_of(happened: Any) -> tuple[int, ...]:
    """The rules that led to a happening, the first one first; none where no rule did it."""
    if happened.actor_kind != "rule":
        return ()
    found = db.row(
        """SELECT chain FROM triggers_run WHERE conversation_id = %s AND tx = %s AND rule_id = %s AND outcome IN ('done', 'partly')
           ORDER BY id DESC LIMIT 1""",
        [happened.conversation_id, happened.tx, happened.actor_id],
    )
    return (*(found.chain if found else ()), happened.actor_id)


def judged_already(happening: int, rules: Sequence[int]) -> set[int]:
    """Which of the rules have been judged on it before: what is read twice is done once."""
    found = db.rows(
        "SELECT rule_id FROM triggers_run WHERE happening = %s AND rule_id = ANY(%s)", [happening, list(rules)]
    )
    return {row.rule_id for row in found}


def often_of(conversation: int, *, at: datetime) -> dict[int, int]:
    """Rule → how often it acted on the case within the last hour."""
    found = db.rows(
        """SELECT rule_id, count(*) AS n FROM triggers_run WHERE conversation_id = %s AND at > %s AND outcome = ANY(%s)
           GROUP BY rule_id""",
        [conversation, at - WITHIN, list(ACTED)],
    )
    return {row.rule_id: row.n for row in found}


def waiting_run(at: datetime) -> Any | None:
    """A run whose hold is over, held until the transaction ends."""
    return db.row(
        """SELECT id, rule_id, conversation_id, happening, chain FROM triggers_run WHERE outcome = 'waiting' AND due_at <= %s
           ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED""",
        [at],
    )


def earliest_waiting() -> datetime | None:
    return db.value("SELECT min(due_at) FROM triggers_run WHERE outcome = 'waiting'")


def happening_of(conversation: int, key: int) -> Any | None:
    """The happening as history has it, of a case."""
    return db.row(
        """SELECT id, tx::text::bigint AS tx, at, actor_kind, actor_id, via, name, subject_kind, subject_key, conversation_id, customer_id,
               data FROM history WHERE conversation_id = %s AND id = %s""",
        [conversation, key],
    )


def is_undone(happened: Any) -> bool:
    """Whether somebody took back what happened: the answer itself, or the change of the cover."""
    return bool(
        db.value(
            """SELECT EXISTS (SELECT FROM history h WHERE h.conversation_id = %(case)s AND h.id > %(id)s AND (
                   (h.name = 'message.taken_back' AND h.subject_key = %(subject)s AND %(is_message)s)
                   OR (h.actor_kind = %(kind)s AND h.actor_id = %(actor)s AND (h.data->>'of')::timestamptz = %(at)s)))""",
            {
                "case": happened.conversation_id, "id": happened.id, "subject": happened.subject_key, "kind": happened.actor_kind,
                "is_message": happened.subject_kind == "message", "actor": happened.actor_id, "at": happened.at,
            },
        )
    )  # fmt: skip
