"""Ladders, how high a case stands, and each step it took."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from careline.domain.routing.rules.ladders import BUILT_IN, ROLE, SUPERIOR, Ladder, Rung
from careline.domain.staff.standing_in import superiors_of
from careline.kit import db

_LADDERS = """
SELECT l.id, l.name, l.topic_id, l.late_minutes, l.reopenings,
    (SELECT json_agg(json_build_array(r.name, r.kind, r.role, r.team_id, r.minutes) ORDER BY r.position)
     FROM routing_rung r WHERE r.ladder_id = l.id) AS rungs
FROM routing_ladder l
"""


def ladders() -> list[Ladder]:
    """Those that somebody wrote, the one for everything last."""
    return [_ladder(row) for row in db.rows(_LADDERS + " ORDER BY l.topic_id IS NULL, lower(l.name), l.id")]


def ladder_by_id(key: int) -> Ladder | None:
    row = db.row(_LADDERS + " WHERE l.id = %s", [key])
    return _ladder(row) if row is not None else None


def ladder_for(topic: int | None) -> Ladder:
    """That of the topic, else of the nearest topic above it, else the one for everything, else the built-in one."""
    row = db.row(
        f"""WITH RECURSIVE above AS (
                SELECT t.id, t.parent_id, 0 AS step FROM conversations_topic t WHERE t.id = %s
                UNION ALL SELECT t.id, t.parent_id, a.step + 1 FROM conversations_topic t JOIN above a ON t.id = a.parent_id
                WHERE a.step < 20)
            {_LADDERS} LEFT JOIN above a ON a.id = l.topic_id WHERE l.topic_id IS NULL OR a.id IS NOT NULL
            ORDER BY l.topic_id IS NULL, a.step LIMIT 1""",
        [topic],
    )
    return _ladder(row) if row is not None else BUILT_IN


def standing_of(case: int) -> Any | None:
    """level, name, owner_id, owner_name (None where they left), raised_at, due_at, why_due."""
    return db.row(
        """SELECT s.level, s.name, s.owner_id, CASE WHEN a.is_active THEN a.name END AS owner_name, s.raised_at, s.due_at, s.why_due
           FROM routing_standing s LEFT JOIN staff_agent a ON a.id = s.owner_id WHERE s.conversation_id = %s""",
        [case],
    )


def escalations_of(case: int) -> list[Any]:
    """Each step, the newest first.

    id, at, reason, by_id, by_name, from_level, level, name, agent_id, agent_name, team_name, note_id, passed, undone_at.
    """
    return db.rows(
        """SELECT e.id, e.at, e.reason, e.by_agent_id AS by_id, b.name AS by_name, e.from_level, e.level, e.name, e.agent_id,
               a.name AS agent_name, t.name AS team_name, e.note_id, e.passed, e.undone_at
           FROM routing_escalation e LEFT JOIN staff_agent b ON b.id = e.by_agent_id LEFT JOIN staff_agent a ON a.id = e.agent_id
           LEFT JOIN staff_team t ON t.id = e.team_id WHERE e.conversation_id = %s ORDER BY e.id DESC LIMIT 100""",
        [case],
    )


def last_escalation(case: int) -> Any | None:
    """id, at, by_agent_id, reason, level, before, version, undone_at."""
    return db.row(
        """SELECT id, at, by_agent_id, reason, level, before, version, undone_at FROM routing_escalation WHERE conversation_id = %s
           ORDER BY id DESC LIMIT 1""",
        [case],
    )


def stepped_by(agent: int, number: int) -> int | None:
    """The id of the case where this agent took a step on it, whether or not they still see it."""
    found: int | None = db.value(
        """SELECT c.id FROM conversations_conversation c WHERE c.number = %s AND EXISTS (
               SELECT FROM routing_escalation e WHERE e.conversation_id = c.id AND e.by_agent_id = %s)""",
        [number, agent],
    )
    return found


def people_on(ladder: Ladder, *, assignee: int | None, at: datetime) -> dict[int, list[int]]:
    """Who stands on each level of a ladder, seen from somebody's case. A superior's deputies stand beside them."""
    roles = [rung.role for rung in ladder.rungs if rung.kind == ROLE]
    teams = [rung.team for rung in ladder.rungs if rung.team]
    of_roles = db.rows(
        """SELECT r.code, a.id FROM staff_role r JOIN staff_agent a ON a.is_active AND (a.role_id = r.id OR EXISTS (
               SELECT FROM staff_extrarole x WHERE x.agent_id = a.id AND x.role_id = r.id))
           WHERE r.code = ANY(%s) ORDER BY a.id""",
        [roles],
    )
    of_teams = db.rows(
        """SELECT m.team_id, m.agent_id AS id FROM staff_membership m JOIN staff_agent a ON a.id = m.agent_id AND a.is_active
           WHERE m.team_id = ANY(%s) ORDER BY m.agent_id""",
        [teams],
    )
    above = superiors_of(assignee) if assignee else []
    found: dict[int, list[int]] = {}
    climbed = 0
    for level, rung in enumerate(ladder.rungs, 1):
        if rung.kind == ROLE:
            found[level] = [row.id for row in of_roles if row.code == rung.role]
        elif rung.kind == SUPERIOR:
            found[level] = _with_deputies(above[climbed : climbed + 1], at=at)
            climbed += 1
        else:
            found[level] = [row.id for row in of_teams if row.team_id == rung.team]
    return found


def reopened_times(case: int) -> int:
    return int(
        db.value(
            "SELECT count(*) FROM history WHERE conversation_id = %s AND name = 'conversation.reopened' AND data->>'was' = 'resolved'",
            [case],
        )
    )


def needs_by_hand(case: int) -> list[Any]:
    """Skills that somebody asked for on this case: skill_id, level, is_mandatory."""
    return db.rows("SELECT skill_id, level, is_mandatory FROM routing_need WHERE conversation_id = %s", [case])


def earliest_escalation() -> datetime | None:
    found: datetime | None = db.value("SELECT min(due_at) FROM routing_standing WHERE due_at IS NOT NULL")
    return found


def _with_deputies(people: list[int], *, at: datetime) -> list[int]:
    deputies = db.rows(
        "SELECT deputy_id FROM staff_deputy WHERE absent_id = ANY(%s) AND starts_at <= %s AND ends_at > %s ORDER BY deputy_id",
        [people, at, at],
    )
    return list(dict.fromkeys([*people, *(row.deputy_id for row in deputies)]))


def _ladder(row: Any) -> Ladder:
    rungs = tuple(Rung(name, kind, role, team, minutes) for name, kind, role, team, minutes in row.rungs or ())
    return Ladder(row.name, rungs, row.id, row.topic_id, row.late_minutes, row.reopenings)
