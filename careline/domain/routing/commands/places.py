"""Where a case stands in its queue: since when, who let it pass, and when less is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from careline.domain.routing.models import Place
from careline.kit import db

AT_ONCE = 500
# The next moment after `at` at which a level falls, a skill is let go of, or nobody is waited for any more.
_STEP = """(SELECT min(s.step) FROM routing_queue q, LATERAL unnest(ARRAY[
        CASE WHEN q.lower_after_minutes > 0 THEN p.since + q.lower_after_minutes * interval '1 minute' END,
        CASE WHEN q.drop_after_minutes > 0 THEN p.since + q.drop_after_minutes * interval '1 minute' END,
        CASE WHEN q.sticky_days > 0 THEN p.since + q.sticky_minutes * interval '1 minute' END]) AS s (step)
    WHERE q.team_id = p.team_id AND q.mode = 'push' AND s.step > %(at)s)"""
_SET_STEPS = f"UPDATE routing_place p SET due_at = {_STEP} WHERE p.conversation_id = ANY(%(cases)s)"
_SET_STEPS_OF_TEAM = f"UPDATE routing_place p SET due_at = {_STEP} WHERE p.team_id = %(team)s"
_ENTER = """
INSERT INTO routing_place AS p (conversation_id, team_id, since, missed_by, returned_by, is_held)
SELECT c.id, c.team_id, %(since)s, '{}', '{}', false FROM conversations_conversation c WHERE c.id = %(case)s AND c.team_id IS NOT NULL
ON CONFLICT (conversation_id) DO UPDATE SET team_id = excluded.team_id, since = excluded.since, missed_by = '{}', returned_by = '{}',
    is_held = false
    WHERE p.team_id <> excluded.team_id OR (%(anew)s AND p.since < excluded.since)
"""
_ENTER_ALL = """
INSERT INTO routing_place (conversation_id, team_id, since, missed_by, returned_by, is_held)
SELECT c.id, c.team_id, coalesce(c.waiting_since, c.created_at), '{}', '{}', false FROM conversations_conversation c
WHERE c.team_id = %s AND c.assignee_id IS NULL AND c.category = 'open' AND NOT c.is_spam AND c.merged_into_id IS NULL
    AND c.snoozed_until IS NULL
ON CONFLICT (conversation_id) DO NOTHING
"""


def enter(case: int, *, since: datetime, anew: bool, at: datetime) -> None:
    """The case waits in its team's queue. `anew`: it came just now, and whatever was before counts no more."""
    db.execute(_ENTER, {"case": case, "since": since, "anew": anew})
    db.execute(_SET_STEPS, {"cases": [case], "at": at})


def enter_all(team: int, *, at: datetime) -> None:
    """All that waits in a team has its place, and the steps that the queue's settings say."""
    db.execute(_ENTER_ALL, [team])
    db.execute(_SET_STEPS_OF_TEAM, {"team": team, "at": at})


def leave(case: int) -> None:
    Place.objects.filter(pk=case).delete()


def rest(cases: Sequence[int]) -> None:
    """Somebody has them: nothing falls due for them meanwhile."""
    db.execute(
        "UPDATE routing_place SET due_at = NULL WHERE conversation_id = ANY(%s) AND due_at IS NOT NULL", [list(cases)]
    )


def note_return(case: int, agent: int) -> None:
    """It is not given again to whom it was taken from by hand."""
    db.execute(
        "UPDATE routing_place SET returned_by = array_append(returned_by, %(agent)s::bigint) WHERE conversation_id = %(case)s AND "
        "NOT %(agent)s = ANY(returned_by)",
        {"agent": agent, "case": case},
    )


def note_missed(cases: Sequence[int], agents: Sequence[int], *, held: Sequence[bool], at: datetime) -> None:
    """They did not answer these; `held` ones wait for somebody to take them."""
    db.execute(
        """INSERT INTO routing_place AS p (conversation_id, team_id, since, missed_by, returned_by, is_held)
           SELECT c.id, c.team_id, coalesce(c.waiting_since, c.created_at), ARRAY[n.agent], '{}', n.held
           FROM unnest(%s::bigint[], %s::bigint[], %s::boolean[]) AS n (id, agent, held) JOIN conversations_conversation c ON c.id = n.id
           ON CONFLICT (conversation_id) DO UPDATE SET missed_by = array_remove(p.missed_by, excluded.missed_by[1]) || excluded.missed_by,
               is_held = excluded.is_held""",
        [list(cases), list(agents), list(held)],
    )
    db.execute(_SET_STEPS, {"cases": list(cases), "at": at})


def due_steps(*, at: datetime, limit: int = AT_ONCE) -> list[int]:
    """Cases of which less is asked for from now on; each has its next step already."""
    return [
        row.conversation_id
        for row in db.rows(
            f"""UPDATE routing_place p SET due_at = {_STEP} WHERE p.conversation_id IN (
                    SELECT conversation_id FROM routing_place WHERE due_at <= %(at)s ORDER BY due_at LIMIT %(limit)s
                    FOR UPDATE SKIP LOCKED)
                RETURNING p.conversation_id""",
            {"at": at, "limit": limit},
        )
    ]
