"""Which skills a case asks for, and how much less of them the longer it waits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

WHOLE, LOWERED, DROPPED = 0, 1, 2


class Ask(NamedTuple):
    """One skill, at least so well. What is mandatory stays as asked however long the case waits."""

    skill: int
    level: int = 1
    is_mandatory: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """Cases that it fits ask for the skill; what is None or empty fits every case. `topics`: one with those below it."""

    ask: Ask
    topics: frozenset[int] = frozenset()
    language: str = ""
    channel: int | None = None
    brand: int | None = None
    team: int | None = None

    def fits(self, case: Any) -> bool:
        """`case` has topic_id, language, channel_id, brand_id, team_id. A language fits with or without its region."""
        return (
            (not self.topics or case.topic_id in self.topics)
            and self.channel in (None, case.channel_id)
            and self.brand in (None, case.brand_id)
            and self.team in (None, case.team_id)
            and (not self.language or _tongue(self.language) == _tongue(case.language))
        )


def topics_reached(topic: int, others: Iterable[int], below: Mapping[int, frozenset[int]]) -> frozenset[int]:
    """What is asked for about a topic is asked for below it too, except where a topic there says its own.

    `others`: the topics that say the same skill in their own way; `below`: each topic with all that stand below it.
    """
    own = [below[other] for other in others if other != topic and other in below[topic]]
    return below[topic].difference(*own)


@dataclass(frozen=True, slots=True)
class Terms:
    """How a team's queue works. Minutes and seconds as in the settings; None: never."""

    team: int
    mode: str = "pull"
    strategy: str = "least_loaded"
    accept_seconds: int = 0
    when_missed: str = "next"
    sticky_days: int = 0
    sticky_minutes: int = 0
    lower_after_minutes: int | None = None
    drop_after_minutes: int | None = None
    most_each: int | None = None
    calendar: int | None = None

    @property
    def is_push(self) -> bool:
        return self.mode == "push"


def asked_of(case: Any, conditions: Iterable[Condition], by_hand: Iterable[Ask] = ()) -> tuple[Ask, ...]:
    """Each skill once, by the highest level that anybody asks for."""
    found: dict[int, Ask] = {}
    for skill, level, is_mandatory in (*(one.ask for one in conditions if one.fits(case)), *by_hand):
        had = found.get(skill, Ask(skill, level, is_mandatory))
        found[skill] = Ask(skill, max(level, had.level), is_mandatory or had.is_mandatory)
    return tuple(sorted(found.values()))


def stage_of(terms: Terms, since: datetime, *, at: datetime) -> int:
    """How far a case that waits since then has come down: WHOLE, LOWERED or DROPPED."""
    for stage, minutes in ((DROPPED, terms.drop_after_minutes), (LOWERED, terms.lower_after_minutes)):
        if minutes is not None and at >= since + timedelta(minutes=minutes):
            return stage
    return WHOLE


def asked_at(asks: tuple[Ask, ...], stage: int) -> tuple[Ask, ...]:
    """What is still asked for. A level never falls below 1 by waiting; the skill is let go of later, or never."""
    if stage == WHOLE:
        return asks
    kept = (ask for ask in asks if ask.is_mandatory or stage < DROPPED)
    return tuple(ask if ask.is_mandatory else ask._replace(level=max(1, ask.level - 1)) for ask in kept)


def _tongue(language: str) -> str:
    return language.replace("_", "-").split("-")[0].lower()
