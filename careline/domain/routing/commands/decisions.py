"""What was decided is written down: why, whose turn it was, who was given something."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from careline.domain.routing.rules.matching import Given
from careline.kit import db

_KEEP = """
INSERT INTO routing_decision (conversation_id, team_id, agent_id, at, why, waited_seconds, stage, candidates, excluded, needs)
SELECT n.conversation_id, n.team_id, n.agent_id, %s, n.why, n.waited_seconds, n.stage, n.candidates, n.excluded, n.needs
FROM jsonb_to_recordset(%s) AS n (conversation_id bigint, team_id bigint, agent_id bigint, why text, waited_seconds integer,
    stage smallint, candidates integer, excluded jsonb, needs jsonb)
"""
_TURNS = """
INSERT INTO routing_turn AS t (team_id, agent_id, number)
SELECT team, agent, max(number) FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS n (team, agent, number) GROUP BY 1, 2
ON CONFLICT (team_id, agent_id) DO UPDATE SET number = greatest(t.number, excluded.number)
"""
_QUEUE_TURNS = """
UPDATE routing_queue q SET turns = greatest(q.turns, n.number)
FROM (SELECT team, max(number) AS number FROM unnest(%s::bigint[], %s::bigint[]) AS n (team, number) GROUP BY 1) n WHERE q.team_id = n.team
"""


def keep_decisions(given: Sequence[Given], *, at: datetime) -> None:
    """Each with what was asked for and what was against the others, and the turns that were had."""
    if not given:
        return
    rows = [
        {"conversation_id": one.case.id, "team_id": one.case.team, "agent_id": one.agent, "why": one.why, "stage": one.stage,
         "waited_seconds": max(0, int((at - one.case.since).total_seconds())), "candidates": one.candidates,
         "excluded": one.excluded, "needs": [list(ask) for ask in one.asks]}
        for one in given
    ]  # fmt: skip
    db.execute(_KEEP, [at, db.json(rows)])
    teams, numbers = [one.case.team for one in given], [one.turn for one in given]
    db.execute(_TURNS, [teams, [one.agent for one in given], numbers])
    db.execute(_QUEUE_TURNS, [teams, numbers])
