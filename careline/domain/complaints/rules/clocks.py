"""A complaint's clocks: what rings when, what a letter stops, what is due next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from careline.domain.complaints.rules.terms import ACKNOWLEDGEMENT, FINAL, HOLDING, Deadline

STOPPED_BY = {
    ACKNOWLEDGEMENT: (ACKNOWLEDGEMENT,),
    HOLDING: (ACKNOWLEDGEMENT, HOLDING),
    FINAL: (ACKNOWLEDGEMENT, HOLDING, FINAL),
}
"""Whoever sends a later letter has acknowledged the complaint too."""


@dataclass(frozen=True, slots=True)
class Clock:
    """`rings_at` is None once nothing is left to ring: met, or broken."""

    kind: str
    due_at: datetime
    warn_at: datetime | None = None
    rings_at: datetime | None = None
    warned_at: datetime | None = None
    met_at: datetime | None = None
    broken_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.met_at is None


def begun(deadline: Deadline) -> Clock:
    """Rings at its warning, else at its end: also where both are over already, as for a letter that was found late."""
    return Clock(deadline.kind, deadline.due_at, deadline.warn_at, deadline.warn_at or deadline.due_at)


def rung(clock: Clock) -> tuple[Clock, str]:
    """What its next ring makes of it, at its own moment, and the word for it: warned or broken."""
    if clock.rings_at is None or clock.met_at is not None:
        return replace(clock, rings_at=None), ""
    if clock.warn_at is not None and clock.warned_at is None and clock.rings_at < clock.due_at:
        return replace(clock, warned_at=clock.rings_at, rings_at=clock.due_at), "warned"
    return replace(clock, broken_at=clock.due_at, rings_at=None), "broken"


def met(clock: Clock, *, at: datetime) -> Clock:
    """What was done late stays broken."""
    broken = clock.broken_at or (clock.due_at if at > clock.due_at else None)
    return replace(clock, met_at=at, rings_at=None, broken_at=broken)


def unmet(clock: Clock) -> Clock:
    """The letter was taken back, or the complaint opened again: it goes on where it was."""
    if clock.broken_at is not None:
        return replace(clock, met_at=None, rings_at=None)
    rings = clock.warn_at if clock.warn_at is not None and clock.warned_at is None else clock.due_at
    return replace(clock, met_at=None, rings_at=rings)


def extended(clock: Clock, *, due_at: datetime, warn_at: datetime | None) -> Clock:
    """A later end. One that was missed stays on the record by its happening, and runs anew."""
    return replace(
        clock, due_at=due_at, warn_at=warn_at, warned_at=None, broken_at=None, rings_at=warn_at or due_at, met_at=None
    )


def next_due(clocks: Iterable[Clock]) -> tuple[datetime | None, str]:
    """The nearest end of those that run, missed ones too: they are still owed."""
    nearest = min((one for one in clocks if one.is_open), key=lambda one: one.due_at, default=None)
    return (nearest.due_at, nearest.kind) if nearest is not None else (None, "")
