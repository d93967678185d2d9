"""What is owed to customers: what is due, to whom, on which case."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from careline.domain.conversations.queries.visibility import visible
from careline.domain.staff.rules import Reach
from careline.kit import db

MINE_DUE, MINE, DUE, ALL, DONE = "now", "mine", "due", "all", "done"
WHICH = (MINE_DUE, MINE, DUE, ALL, DONE)
_FOLLOW_UP = """
SELECT f.*, c.number, c.subject, c.category, cu.name AS customer_name, o.name AS owner_name, t.name AS team_name
FROM followups_followup f JOIN conversations_conversation c ON c.id = f.conversation_id
LEFT JOIN customers_customer cu ON cu.id = f.customer_id LEFT JOIN staff_agent o ON o.id = f.owner_id
LEFT JOIN staff_team t ON t.id = f.team_id
"""
_WHICH = {
    MINE_DUE: "f.state = 'open' AND f.owner_id = %(me)s AND f.due_at <= %(at)s",
    MINE: "f.state = 'open' AND f.owner_id = %(me)s",
    DUE: "f.state = 'open' AND f.due_at <= %(at)s",
    ALL: "f.state = 'open'",
    DONE: "f.state = 'done'",
}
_SOONEST = "(%(after_at)s::timestamptz IS NULL OR (f.due_at, f.id) > (%(after_at)s, %(after_id)s))"
_LATEST = "(%(after_at)s::timestamptz IS NULL OR (f.done_at, f.id) < (%(after_at)s, %(after_id)s))"


def follow_ups(
    reach: Reach, which: str, *, me: int, at: datetime, after: tuple[datetime, int] | None = None, limit: int = 50
) -> list[Any]:
    """What is due soonest first, what was done last first; on cases that this reach sees. `after`: (moment, id) of the last shown."""
    seen, params = visible(reach)
    where = f"{_WHICH[which]} AND {_LATEST if which == DONE else _SOONEST}"
    order = "f.done_at DESC, f.id DESC" if which == DONE else "f.due_at, f.id"
    return db.rows(
        f"{_FOLLOW_UP} WHERE {where} AND {seen} ORDER BY {order} LIMIT %(limit)s",
        {**params, "me": me, "at": at, "limit": limit, "after_at": after[0] if after else None, "after_id": after[1] if after else None},
    )  # fmt: skip


def count_due(agent: int, *, at: datetime) -> int:
    """What this person owes by now: as many as `MINE_DUE` lists."""
    return int(
        db.value(
            "SELECT count(*) FROM followups_followup WHERE state = 'open' AND owner_id = %s AND due_at <= %s",
            [agent, at],
        )
    )


def follow_ups_of_case(conversation: int) -> list[Any]:
    """The open one first, then the newest."""
    return db.rows(
        f"{_FOLLOW_UP} WHERE f.conversation_id = %s ORDER BY f.state <> 'open', f.id DESC LIMIT 20", [conversation]
    )


def follow_up_by_id(key: int) -> Any | None:
    return db.row(f"{_FOLLOW_UP} WHERE f.id = %s", [key])


def held_follow_up(key: int) -> Any | None:
    """An open one, held until the transaction ends, with its `case` (id, number, customer_id)."""
    found = db.row("SELECT * FROM followups_followup WHERE id = %s AND state = 'open' FOR UPDATE", [key])
    if found is None:
        return None
    case = db.row(
        "SELECT id, number, customer_id FROM conversations_conversation WHERE id = %s", [found.conversation_id]
    )
    return SimpleNamespace(**found._asdict(), case=case)


def open_follow_up(conversation: int) -> Any | None:
    return db.row(
        "SELECT id, owner_id, due_at, kind, answer_id FROM followups_followup WHERE conversation_id = %s AND state = 'open'",
        [conversation],
    )


def strict_teams() -> set[int]:
    """Teams in which nothing is closed without an outcome, or an owner and a date for what comes next."""
    return {row.team_id for row in db.rows("SELECT team_id FROM followups_closingrule WHERE is_strict")}


def loose_ends(conversations: list[int]) -> set[int]:
    """Those of these cases that a strict team may not close: no outcome since they were opened last, nor an owner and a date."""
    found = db.rows(
        """SELECT c.id FROM conversations_conversation c JOIN followups_closingrule r ON r.team_id = c.team_id AND r.is_strict
           WHERE c.id = ANY(%s)
             AND NOT EXISTS (SELECT FROM followups_followup f WHERE f.conversation_id = c.id AND f.state = 'open'
                             AND f.owner_id IS NOT NULL AND f.due_at IS NOT NULL)
             AND NOT EXISTS (SELECT FROM followups_followup f WHERE f.conversation_id = c.id AND f.state = 'done' AND f.outcome <> ''
                             AND f.done_at >= coalesce((SELECT max(h.at) FROM history h WHERE h.conversation_id = c.id
                                                        AND h.name = 'conversation.reopened'), f.done_at))""",
        [conversations],
    )
    return {row.id for row in found}


def earliest_follow_up() -> datetime | None:
    return db.value("SELECT min(due_at) FROM followups_followup WHERE state = 'open' AND reminded_at IS NULL")


def lead_of(team: int | None, *, agent: int | None) -> int | None:
    """Who leads a team: its team lead, else whom this agent reports to; None where nobody does."""
    return db.value(
        """SELECT coalesce(
               (SELECT a.id FROM staff_membership m JOIN staff_agent a ON a.id = m.agent_id
                WHERE m.team_id = %(team)s AND a.is_active AND a.id IS DISTINCT FROM %(agent)s::bigint AND EXISTS (
                    SELECT FROM staff_role r WHERE r.code = 'team_lead' AND (r.id = a.role_id OR EXISTS (
                        SELECT FROM staff_extrarole e WHERE e.agent_id = a.id AND e.role_id = r.id)))
                ORDER BY a.id LIMIT 1),
               (SELECT b.id FROM staff_agent a JOIN staff_agent b ON b.id = a.reports_to_id WHERE a.id = %(agent)s AND b.is_active))""",
        {"team": team, "agent": agent},
    )


def outcomes_between(reach: Reach, *, since: datetime, until: datetime) -> list[Any]:
    """How follow-ups ended: kind, outcome, n; of cases that this reach sees."""
    seen, params = visible(reach)
    return db.rows(
        f"""SELECT f.kind, f.outcome, count(*) AS n FROM followups_followup f JOIN conversations_conversation c ON c.id = f.conversation_id
            WHERE {seen} AND f.state = 'done' AND f.done_at >= %(since)s AND f.done_at < %(until)s GROUP BY 1, 2 ORDER BY 1, 2""",
        {**params, "since": since, "until": until},
    )
