"""When a case counts as forgotten: it is open, and nobody has touched it for as long as its team allows.

Usually that is three days on the wall, so that a weekend alone is none; a team may say so many hours, on the wall or of open time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

UNTOUCHED = timedelta(days=3)
LONGEST_HOURS = 24 * 366


class Silence(NamedTuple):
    """How long a case may lie. `calendar`: by whose opening hours it is counted; None is on the wall."""

    hours: int
    calendar: int | None = None


USUAL = Silence(int(UNTOUCHED / timedelta(hours=1)))


class Bounds(NamedTuple):
    """What was touched last before these moments is forgotten: by team, and `usual` for all others."""

    usual: datetime
    of_teams: Mapping[int, datetime]

    def of(self, team: int | None) -> datetime:
        return self.of_teams.get(team or 0, self.usual)


def silences_from(kept: Mapping[str, Any] | None) -> dict[int, Silence]:
    """By team, as it is kept: {team: [hours, calendar or null]}."""
    return {int(team): Silence(*said) for team, said in (kept or {}).items()}


def shown_silences(of_teams: Mapping[int, Silence], teams: Iterable[int]) -> tuple[Silence, ...]:
    """What holds for these teams, each once, the shortest first; for whoever has no team, what holds anywhere."""
    held = {of_teams.get(team, USUAL) for team in teams} or {*of_teams.values(), USUAL}
    return tuple(sorted(held, key=lambda one: (one.hours, one.calendar or 0)))


def is_forgotten(
    category: str, updated_at: datetime, snoozed_until: datetime | None, *, before: datetime, at: datetime
) -> bool:
    """What sleeps is not forgotten: somebody said when it comes back."""
    is_asleep = snoozed_until is not None and snoozed_until > at
    return category == "open" and not is_asleep and updated_at < before
