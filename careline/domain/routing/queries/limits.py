"""Who has more than they can have."""

from __future__ import annotations

from datetime import datetime

from careline.domain.routing.queries.hands import hands_of
from careline.domain.routing.queries.terms import weights


def over_limit(agent: int, *, at: datetime) -> tuple[int, int] | None:
    """What somebody has and can have, where it is too much; None otherwise. People may be given more by hand, and are told so."""
    hand = next((one for one in hands_of({}, weights(), at=at, also=[agent]) if one.id == agent), None)
    return (hand.load, hand.units) if hand is not None and hand.load > hand.units else None
