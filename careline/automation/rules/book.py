"""The rules as they are read once for many judgements: conditions taken apart, what is broken known, opening hours at hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Any

from careline.domain.calendars.queries import NoSuchCalendar, schedule
from careline.domain.calendars.rules.schedule import Schedule
from careline.domain.triggers.queries.facts import own_facts
from careline.domain.triggers.queries.known import named
from careline.domain.triggers.rules.broken import Missing, all_named, missing_among
from careline.domain.triggers.rules.conditions import BadRule, Group, conditions_from, leaves_of
from careline.domain.triggers.rules.facts import TIME, Fact
from careline.domain.triggers.rules.judging import Moment
from careline.domain.triggers.rules.whens import TIME as BY_TIME

_MOST_KEPT = 2000


@dataclass(frozen=True, slots=True)
class Read:
    """Conditions taken apart, all that the rule names, and whether it asks for the time of its opening hours."""

    tree: Group
    words: tuple[Missing, ...]
    asks_hours: bool


_read: dict[tuple[Any, ...], Read | None] = {}


@dataclass(frozen=True, slots=True)
class Ready:
    """A rule that can be judged, or why it can't: `missing` names what is gone."""

    row: Any
    tree: Group | None
    missing: tuple[Missing, ...] = ()
    asks_hours: bool = False

    @property
    def is_broken(self) -> bool:
        return self.tree is None or bool(self.missing)

    @property
    def against(self) -> list[dict[str, Any]]:
        """What the log says of a broken one."""
        gone = [{"missing": kind, "which": which} for kind, which in self.missing]
        return gone or [{"missing": "field", "which": ""}]


@dataclass(slots=True)
class Book:
    """What judging needs beside the rules themselves, each read when it is first asked for."""

    at: datetime
    _hours: dict[int | None, tuple[tzinfo, Schedule | None]] = field(default_factory=dict)
    _found: dict[str, Any] = field(default_factory=dict)

    @property
    def own(self) -> Mapping[str, Fact]:
        if "own" not in self._found:
            self._found["own"] = own_facts()
        return self._found["own"]  # type: ignore[no-any-return]

    @property
    def named(self) -> Mapping[str, frozenset[str]]:
        if "named" not in self._found:
            self._found["named"] = named()
        return self._found["named"]  # type: ignore[no-any-return]

    def ready(self, row: Any) -> Ready:
        read = self._read(row)
        if read is None:
            return Ready(row, None)
        return Ready(row, read.tree, tuple(missing_among(read.words, self.named)), read.asks_hours)

    def moment(self, calendar: int | None, *, asks_hours: bool) -> Moment:
        """When it is judged, with the opening hours only where something asks for them."""
        if not asks_hours:
            return Moment(self.at, UTC)
        if calendar not in self._hours:
            self._hours[calendar] = _hours_of(calendar)
        zone, hours = self._hours[calendar]
        return Moment(self.at, zone, hours)

    def _read(self, row: Any) -> Read | None:
        key = (row.id, row.version, row.changed_at, row.kind, self._own_key)
        if key not in _read:
            if len(_read) >= _MOST_KEPT:
                _read.clear()
            try:
                tree = conditions_from(row.conditions, self.own, has_happening=row.kind != BY_TIME)
                _read[key] = Read(tree, all_named(tree, row.actions), asks_hours(tree))
            except BadRule:
                _read[key] = None
        return _read[key]

    @property
    def _own_key(self) -> int:
        if "own_key" not in self._found:
            self._found["own_key"] = hash(tuple(sorted((code, fact.kind) for code, fact in self.own.items())))
        return int(self._found["own_key"])


def asks_hours(tree: Group) -> bool:
    return any(leaf.is_business or leaf.fact.of == TIME for leaf in leaves_of(tree))


def _hours_of(calendar: int | None) -> tuple[tzinfo, Schedule | None]:
    try:
        found = schedule(calendar)
    except NoSuchCalendar:
        return UTC, None
    return found.zone, found
