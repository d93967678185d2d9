"""Random histories of cases, written as they stand in the tables: what reports are read from."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from careline.domain.history.actor import Actor, ActorKind
from careline.domain.history.commands import Happening, record
from careline.domain.reports.commands.facts import count_marked, follow, go_on_recounting
from careline.kit import db

RECONCILE = Path(__file__).with_name("reconcile.sql")
BEGIN = datetime(2026, 10, 24, 20, 0, tzinfo=UTC)
"""The evening before the clock goes back."""
NAMES = (
    ("message.received", {}), ("message.queued", {}), ("message.queued", {}), ("conversation.resolved", {}), ("conversation.resolved", {}),
    ("conversation.reopened", {"was": "resolved"}), ("conversation.reopened", {"was": "resolved", "undo": True}),
    ("conversation.assigned", {"assignee": 2, "assignee_before": 1, "team": None, "team_before": None}),
    ("sla.met", {"kind": "first_response"}), ("sla.broken", {"kind": "resolution"}), ("survey.sent", {}),
    ("survey.answered", {"kind": "csat", "score": 5}), ("survey.answered", {"kind": "nps", "score": 3}),
    ("survey.answered", {"kind": "ces", "score": 6}), ("conversation.worked", {"seconds": 40}),
)  # fmt: skip


def make_cases(number: int) -> list[int]:
    """Empty cases, besides those that there are."""
    return [row.id for row in db.rows(
        """INSERT INTO conversations_conversation (number, subject, status_id, category, is_spam, priority, channel_ids, brand_id,
               follower_ids, tag_ids, fields, language, created_at, updated_at, due_kind, last_snippet, message_count, has_attachment,
               pending_approvals, version)
           SELECT nextval('case_number'), '', s.id, s.category, false, 2, '{}', b.id, '{}', '{}', '{}', '', %s + n * interval '5 hours', %s,
               '', '', 0, false, 0, 1
           FROM generate_series(1, %s) n, company_brand b, conversations_status s WHERE s.code = 'open' AND b.is_default RETURNING id""",
        [BEGIN, BEGIN, number],
    )]  # fmt: skip


def forget_cases() -> None:
    """Those of earlier histories, which would be counted anew each time; nobody has written in them."""
    db.execute("DELETE FROM conversations_conversation WHERE subject = ''")
    count_all_anew()


def happen(cases: list[int], dice: random.Random, *, steps: int) -> None:
    """Things happen, and covers change with and without being told of."""
    at = BEGIN + timedelta(days=4)
    for _ in range(steps):
        at += timedelta(minutes=dice.randint(1, 900))
        case = dice.choice(cases)
        name, data = dice.choice(NAMES)
        if dice.random() < 0.3:
            _change_cover(case, dice, at)
        kind = dice.choice([ActorKind.AGENT, ActorKind.AGENT, ActorKind.RULE])
        key = dice.randint(1, 5) if name.startswith("message.") else case
        subject = "message" if name.startswith("message.") else "conversation"
        record(Happening(name, subject, key, case, None, dict(data)), by=Actor(kind, dice.randint(1, 2)), at=at)


def _change_cover(case: int, dice: random.Random, at: datetime) -> None:
    change: tuple[str, Any] = dice.choice([
        ("category = 'resolved', resolved_at = %s", at), ("category = 'open', resolved_at = NULL, updated_at = %s", at),
        ("is_spam = %s", dice.random() < 0.5), ("priority = %s", dice.randint(1, 4)),
        ("language = %s", dice.choice(["", "de", "ar"])), ("restricted_to = %s::bigint[]", dice.choice([None, [1]])),
        ("merged_into_id = %s::bigint", dice.choice([None, case])),
    ])  # fmt: skip
    db.execute("UPDATE conversations_conversation SET " + change[0] + " WHERE id = %s", [change[1], case])


def catch_up(dice: random.Random | None = None) -> None:
    """Reads on until nothing is left, in pieces."""
    while follow(at=BEGIN) or count_marked(limit=dice.randint(1, 9) if dice else 100) or go_on_recounting(at=BEGIN):
        pass


def catch_up_in_one_transaction() -> None:
    """What happened in a transaction that is not over yet is read by nobody: all cases are counted anew."""
    db.execute("DELETE FROM fact_state")
    catch_up()


def standing() -> dict[str, list[tuple[Any, ...]]]:
    """Everything that was counted."""
    return {
        "facts": [tuple(row) for row in db.rows("SELECT * FROM case_fact ORDER BY conversation_id")],
        "sums": [tuple(row) for row in db.rows("SELECT dim, day, key, measure, n, total, business FROM fact_day ORDER BY 1, 2, 3, 4")],
        "efforts": [tuple(row) for row in db.rows("SELECT conversation_id, agent_id, day, seconds FROM case_effort ORDER BY 1, 2, 3")],
    }  # fmt: skip


def count_all_anew() -> None:
    """From nothing; what was marked is not waited for."""
    for statement in (
        "DELETE FROM case_fact",
        "DELETE FROM fact_day",
        "DELETE FROM case_effort",
        "DELETE FROM fact_due",
        "DELETE FROM fact_state",
    ):
        db.execute(statement)
    catch_up()


def reconciled() -> set[str]:
    """Which measures were reckoned a second time, by SQL over the raw history alone; each agrees on every day."""
    told = db.rows("SELECT day, measure, n, total FROM fact_day WHERE dim = '' ORDER BY 1, 2")
    assert [tuple(row) for row in db.rows(RECONCILE.read_text().replace("%", "%%"))] == [tuple(row) for row in told]
    return {row.measure for row in told}
