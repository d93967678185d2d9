"""The people on the wall: whether they are there, and how much they have on hand of what they can."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from careline.domain.desk.queries.wall import held_by
from careline.domain.routing.queries.hands import hands_of
from careline.domain.routing.queries.terms import terms_of, weights
from careline.domain.routing.rules.hands import OUTSIDE_HOURS, Hand
from careline.domain.staff.rules import Person
from careline.kit import db

LONG_FULL = timedelta(minutes=30)
_NAMES = """
SELECT a.id, a.name, coalesce(t.reason, '') AS reason, t.since FROM staff_agent a LEFT JOIN staff_attendance t ON t.agent_id = a.id
WHERE a.id = ANY(%s) ORDER BY lower(a.name), a.id
"""


@dataclass(frozen=True, slots=True)
class OnWall:
    """`state`: available, busy, away or outside_hours, `since` when. `load` of `units` as cases weigh; `cases` as they are counted.

    `full_since`: they have all they can have, and were given nothing since then.
    """

    id: int
    name: str
    state: str
    reason: str
    since: datetime | None
    load: int
    units: int
    cases: int
    teams: tuple[int, ...]
    full_since: datetime | None = None

    def is_full_for_long(self, at: datetime) -> bool:
        return self.full_since is not None and at - self.full_since >= LONG_FULL


def people_on(person: Person, teams: list[int], *, at: datetime) -> list[OnWall]:
    """Everybody of these teams, by name; as many statements for ten people as for two hundred."""
    hands = {hand.id: hand for hand in hands_of(terms_of(teams), weights(), at=at)}
    cases = held_by(person, list(hands))
    found = []
    for row in db.rows(_NAMES, [list(hands)]):
        hand = hands[row.id]
        found.append(
            OnWall(
                row.id,
                row.name,
                _state_of(hand),
                row.reason,
                row.since,
                hand.load,
                hand.units,
                cases.get(row.id, 0),
                tuple(sorted(hand.teams)),
                _full_since(hand),
            )
        )
    return found


def _state_of(hand: Hand) -> str:
    return hand.absence or (OUTSIDE_HOURS if hand.teams and hand.teams <= hand.shut else "available")


def _full_since(hand: Hand) -> datetime | None:
    if hand.absence or not hand.units or hand.load < hand.units or not hand.latest[0]:
        return None
    return datetime.fromtimestamp(hand.latest[0], UTC)
