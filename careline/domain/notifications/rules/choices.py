"""What each person may choose, and what holds until they do."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import time
from typing import Any

from careline.domain.notifications.rules.kinds import ASSIGNED, KINDS, MENTIONED, NEAR, OFFERED

PAGE, PUSH, MAIL = "page", "push", "mail"
WAYS = (PAGE, PUSH, MAIL)
AT_ONCE, HOURLY, DAILY, AWAY = "at_once", "hourly", "daily", "away"
PACES = (AWAY, DAILY, HOURLY, AT_ONCE)
NUMBER, SUBJECT = "number", "subject"
SAYS = (NUMBER, SUBJECT)
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_PUSHED = frozenset({ASSIGNED, MENTIONED, NEAR, OFFERED})


class UnfitChoice(ValueError):
    """This can't be chosen; `name` says which field."""

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(sentence)
        self.name = name


@dataclass(frozen=True, slots=True)
class Choices:
    """What one person chose. `quiet`: weekday (0 is Monday) → from and to, over midnight where to is not later."""

    ways: dict[str, tuple[str, ...]]
    pace: str = AWAY
    daily_at: str = "08:00"
    quiet: dict[int, tuple[str, str]] = field(default_factory=dict)
    urgent_through: bool = False
    says: str = NUMBER
    sound: bool = False

    def has(self, kind: str, way: str) -> bool:
        return way in self.ways.get(kind, ())

    def kept(self) -> dict[str, Any]:
        """As it is stored and as the API shows it."""
        return {
            "ways": {kind: list(self.ways[kind]) for kind in KINDS},
            "pace": self.pace,
            "daily_at": self.daily_at,
            "quiet": {str(day): list(span) for day, span in sorted(self.quiet.items())},
            "urgent_through": self.urgent_through,
            "says": self.says,
            "sound": self.sound,
        }


def default_ways(kind: str) -> tuple[str, ...]:
    return (PAGE, PUSH, MAIL) if kind in _PUSHED else (PAGE, MAIL)


def choices_from(kept: dict[str, Any]) -> Choices:
    """What is stored, the rest by default. Raises UnfitChoice for what cannot be."""
    return Choices(
        ways=_ways(kept.get("ways", {})),
        pace=_one_of("pace", kept.get("pace", AWAY), PACES),
        daily_at=_clock("daily_at", kept.get("daily_at", "08:00")),
        quiet=_quiet(kept.get("quiet", {})),
        urgent_through=bool(kept.get("urgent_through", False)),
        says=_one_of("says", kept.get("says", NUMBER), SAYS),
        sound=bool(kept.get("sound", False)),
    )


def hour_of(clock: str) -> time:
    return time.fromisoformat(clock)


def _ways(given: Any) -> dict[str, tuple[str, ...]]:
    if not isinstance(given, dict):
        raise UnfitChoice("ways", "It holds the ways by kind.")
    for kind, ways in given.items():
        if kind not in KINDS:
            raise UnfitChoice("ways", f"There is no kind {str(kind)[:40]}.")
        if not isinstance(ways, list | tuple) or not set(ways) <= set(WAYS):
            raise UnfitChoice("ways", f"The ways are {', '.join(WAYS)}.")
    return {kind: tuple(way for way in WAYS if way in given.get(kind, default_ways(kind))) for kind in KINDS}


def _one_of(name: str, value: Any, known: tuple[str, ...]) -> str:
    if value not in known:
        raise UnfitChoice(name, f"It is one of {', '.join(known)}.")
    return str(value)


def _clock(name: str, value: Any) -> str:
    if not isinstance(value, str) or not _CLOCK.fullmatch(value):
        raise UnfitChoice(name, "A time of day is written as in 08:00.")
    return value


def _quiet(given: Any) -> dict[int, tuple[str, str]]:
    if not isinstance(given, dict):
        raise UnfitChoice("quiet", "It holds from and to by weekday, 0 for Monday.")
    found = {}
    for day, span in given.items():
        if str(day) not in "0123456" or len(str(day)) != 1:
            raise UnfitChoice("quiet", "A weekday is a number from 0 for Monday to 6 for Sunday.")
        if not isinstance(span, list | tuple) or len(span) != 2:
            raise UnfitChoice("quiet", "Quiet hours have a beginning and an end.")
        found[int(day)] = (_clock("quiet", span[0]), _clock("quiet", span[1]))
    return found
