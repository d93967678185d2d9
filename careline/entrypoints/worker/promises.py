"""Promises by the clock: what is due is warned of or broken at its own moment; what a policy or calendar changed is counted anew."""

from __future__ import annotations

from datetime import datetime

from careline.domain.history.actor import SYSTEM
from careline.domain.sla.commands.policies import forget_recounts, recount
from careline.domain.sla.commands.promises import ring
from careline.domain.sla.commands.silence import note_silences
from careline.domain.sla.queries.clocks import earliest_alarm, earliest_recount

_CHUNKS = 20
"""At most so many before the timetable goes on with what else is due."""


def work_on_promises(at: datetime) -> None:
    """The next chunks of all that is due by then, each a transaction of its own."""
    for _ in range(_CHUNKS):
        if not recount(by=SYSTEM, at=at):
            break
    for _ in range(_CHUNKS):
        if not ring(at=at):
            break


def call_forgotten(at: datetime) -> None:
    """What nobody has touched for long comes up by itself."""
    for _ in range(_CHUNKS):
        if not note_silences(by=SYSTEM, at=at):
            break


def earliest_promise() -> datetime | None:
    """When there is something to do for promises, as the test clock asks."""
    return min((due for due in (earliest_alarm(), earliest_recount()) if due is not None), default=None)


def forget_promises(at: datetime) -> None:
    forget_recounts(at=at)
