"""Follow-ups are planned, moved, handed over and concluded. Guarded: flows only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.followups.rules.follow_ups import judged, judged_outcome
from careline.domain.history.actor import SYSTEM, Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db


@dataclass(frozen=True, slots=True)
class Plan:
    """What is owed: `owner` an agent, `answer` the low score it makes good, `rule` the rule that asked for it."""

    kind: str
    due_at: datetime
    owner: int | None = None
    reason: str = ""
    answer: int | None = None
    rule: int | None = None


_ADD = """
INSERT INTO followups_followup (conversation_id, customer_id, owner_id, team_id, kind, reason, state, due_at, outcome, outcome_note,
    answer_id, rule_id, made_by, made_at)
VALUES (%(case)s, %(customer)s, %(owner)s, %(team)s, %(kind)s, %(reason)s, 'open', %(due)s, '', '', %(answer)s, %(rule)s, %(by)s, %(at)s)
ON CONFLICT DO NOTHING RETURNING id
"""


@transaction.atomic
def add_follow_up(case: Any, plan: Plan, *, by: Actor, at: datetime) -> int | None:
    """None where one is open on the case already: pressed twice makes one. Raises BadFollowUp."""
    judged(kind=plan.kind, due_at=plan.due_at, reason=plan.reason, at=at)
    key: int | None = db.value(
        _ADD,
        {
            "case": case.id, "customer": case.customer_id, "owner": plan.owner, "team": case.team_id, "kind": plan.kind,
            "reason": plan.reason.strip(), "due": plan.due_at, "answer": plan.answer, "rule": plan.rule, "by": by.id, "at": at,
        },
    )  # fmt: skip
    if key is not None:
        data = {"follow_up": key, "owner": plan.owner, "kind": plan.kind, "due_at": plan.due_at.isoformat()}
        _tell("follow_up.planned", case, data, by=by, at=at)
    return key


@transaction.atomic
def change_follow_up(held: Any, plan: Plan, *, by: Actor, at: datetime) -> None:
    """Another date, kind, owner or reason; whoever has it is reminded again. Raises BadFollowUp."""
    if plan.due_at != held.due_at:
        judged(kind=plan.kind, due_at=plan.due_at, reason=plan.reason, at=at)
    db.execute(
        """UPDATE followups_followup SET kind = %s, due_at = %s, owner_id = %s, reason = %s,
               reminded_at = CASE WHEN due_at = %s AND owner_id IS NOT DISTINCT FROM %s THEN reminded_at END WHERE id = %s""",
        [plan.kind, plan.due_at, plan.owner, plan.reason.strip(), plan.due_at, plan.owner, held.id],
    )
    data = {"follow_up": held.id, "owner": plan.owner, "owner_before": held.owner_id, "due_at": plan.due_at.isoformat()}
    _tell("follow_up.changed", held.case, data, by=by, at=at)


@transaction.atomic
def conclude_follow_up(held: Any, *, outcome: str, note: str, by: Actor, at: datetime) -> None:
    """Raises BadFollowUp."""
    judged_outcome(outcome, note)
    db.execute(
        """UPDATE followups_followup SET state = 'done', outcome = %s, outcome_note = %s, done_at = %s, done_by = %s WHERE id = %s""",
        [outcome, note.strip(), at, by.id, held.id],
    )
    data = {"follow_up": held.id, "outcome": outcome, "kind": held.kind, "answer": held.answer_id}
    _tell("follow_up.done", held.case, data, by=by, at=at)


@transaction.atomic
def note_outcome(case: Any, *, outcome: str, note: str, by: Actor, at: datetime) -> int:
    """How a case ended, said without a follow-up before. Raises BadFollowUp."""
    judged_outcome(outcome, note)
    key: int = db.value(
        """INSERT INTO followups_followup (conversation_id, customer_id, owner_id, team_id, kind, reason, state, outcome, outcome_note,
               made_by, made_at, done_at, done_by)
           VALUES (%s, %s, %s, %s, 'mail', '', 'done', %s, %s, %s, %s, %s, %s) RETURNING id""",
        [case.id, case.customer_id, case.assignee_id, case.team_id, outcome, note.strip(), by.id, at, at, by.id],
    )
    _tell("follow_up.done", case, {"follow_up": key, "outcome": outcome}, by=by, at=at)
    return key


@transaction.atomic
def drop_follow_up(held: Any, *, by: Actor, at: datetime) -> None:
    """It is not owed any more; it stays on the record."""
    db.execute(
        "UPDATE followups_followup SET state = 'dropped', done_at = %s, done_by = %s WHERE id = %s",
        [at, by.id, held.id],
    )
    _tell("follow_up.dropped", held.case, {"follow_up": held.id}, by=by, at=at)


_TO_REMIND = """
SELECT f.id, f.owner_id, f.conversation_id AS conversation, c.number, c.customer_id
FROM followups_followup f JOIN conversations_conversation c ON c.id = f.conversation_id
WHERE f.state = 'open' AND f.reminded_at IS NULL AND f.due_at <= %s ORDER BY f.due_at, f.id LIMIT %s FOR UPDATE OF f SKIP LOCKED
"""


@transaction.atomic
def remind_due(*, at: datetime, limit: int) -> int:
    """Those who owe what is due now hear of it, once; how many."""
    due = db.rows(_TO_REMIND, [at, limit])
    if due:
        db.execute("UPDATE followups_followup SET reminded_at = %s WHERE id = ANY(%s)", [at, [row.id for row in due]])
        record(
            *(
                Happening("follow_up.due", "conversation", row.number, row.conversation, row.customer_id,
                          {"follow_up": row.id, "owner": row.owner_id})
                for row in due
            ),
            by=SYSTEM, at=at,
        )  # fmt: skip
    return len(due)


@transaction.atomic
def hand_over_follow_ups(leaver: int, *, by: Actor, at: datetime) -> int:
    """To whoever has the case by now, else to a lead of its team, else to nobody: then they stand in the list as nobody's. How many."""
    return db.execute(
        """UPDATE followups_followup f SET reminded_at = NULL, owner_id = coalesce(
               (SELECT a.id FROM conversations_conversation c JOIN staff_agent a ON a.id = c.assignee_id
                WHERE c.id = f.conversation_id AND a.is_active AND a.id <> %(leaver)s),
               (SELECT a.id FROM staff_membership m JOIN staff_agent a ON a.id = m.agent_id JOIN staff_role r ON r.id = a.role_id
                WHERE m.team_id = f.team_id AND a.is_active AND a.id <> %(leaver)s AND r.code = 'team_lead' ORDER BY a.id LIMIT 1))
           WHERE f.owner_id = %(leaver)s AND f.state = 'open'""",
        {"leaver": leaver},
    )


@transaction.atomic
def keep_closing_rule(team: int, *, is_strict: bool, by: Actor, at: datetime) -> None:
    """Whether nothing is closed in this team without an outcome, or an owner and a date for what comes next."""
    changed = db.execute(
        """INSERT INTO followups_closingrule AS r (team_id, is_strict, kind, days) VALUES (%s, %s, 'mail', 3)
           ON CONFLICT (team_id) DO UPDATE SET is_strict = excluded.is_strict WHERE r.is_strict <> excluded.is_strict""",
        [team, is_strict],
    )
    if changed:
        record(Happening("team.closing_ruled", "team", team, data={"strict": is_strict}), by=by, at=at)


def forget_words(conversations: Sequence[int]) -> int:
    """Reasons, notes and the words of reviews go; when it was due and how it ended stay as figures."""
    counts = [db.execute(statement, [list(conversations)]) for statement in _EMPTY]
    return counts[0]


_EMPTY = (
    "UPDATE followups_followup SET reason = '', outcome_note = '' WHERE conversation_id = ANY(%s)",
    "UPDATE followups_review SET author = '', text = '', url = '' WHERE conversation_id = ANY(%s)",
)


def _tell(name: str, case: Any, data: dict[str, Any], *, by: Actor, at: datetime) -> None:
    record(Happening(name, "conversation", case.number, case.id, case.customer_id, data), by=by, at=at)
