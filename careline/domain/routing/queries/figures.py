"""How each queue stands: what waits and how long, who is there and with how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from careline.domain.routing.queries.hands import hands_of
from careline.domain.routing.queries.terms import all_terms, weights
from careline.domain.routing.rules.asking import Terms
from careline.domain.routing.rules.hands import Hand
from careline.kit import db

_WAITING = """
SELECT c.team_id, count(*) AS waiting, min(coalesce(p.since, c.waiting_since, c.created_at)) AS oldest
FROM conversations_conversation c LEFT JOIN routing_place p ON p.conversation_id = c.id AND p.team_id = c.team_id
WHERE c.team_id = ANY(%s) AND c.assignee_id IS NULL AND c.category = 'open' AND NOT c.is_spam AND c.merged_into_id IS NULL
    AND c.snoozed_until IS NULL
GROUP BY c.team_id
"""


@dataclass(frozen=True, slots=True)
class QueueFigures:
    """`oldest`: since when the longest has waited. `load` of `units` on those who are there."""

    team: int
    name: str
    terms: Terms
    waiting: int = 0
    oldest: datetime | None = None
    people: int = 0
    available: int = 0
    load: int = 0
    units: int = 0


def queue_figures(teams: Sequence[int] | None, *, at: datetime) -> list[QueueFigures]:
    """These teams, or all, by name."""
    names = db.rows("SELECT id, name FROM staff_team ORDER BY lower(name), id")
    wanted = [row for row in names if teams is None or row.id in set(teams)]
    terms = {key: one for key, one in all_terms().items() if key in {row.id for row in wanted}}
    hands = hands_of(terms, weights(), at=at)
    waiting: dict[int, Any] = {row.team_id: row for row in db.rows(_WAITING, [list(terms)])}
    found = []
    for row in wanted:
        figures = _of_hands(QueueFigures(row.id, row.name, terms[row.id]), hands)
        if (one := waiting.get(row.id)) is not None:
            figures = replace(figures, waiting=one.waiting, oldest=one.oldest)
        found.append(figures)
    return found


def _of_hands(queue: QueueFigures, hands: Sequence[Hand]) -> QueueFigures:
    members = [hand for hand in hands if queue.team in hand.teams]
    there = [hand for hand in members if not hand.absence and queue.team not in hand.shut]
    return replace(
        queue,
        people=len(members),
        available=len(there),
        load=sum(hand.load for hand in there),
        units=sum(hand.units for hand in there),
    )
