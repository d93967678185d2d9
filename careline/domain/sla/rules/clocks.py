"""One clock: a promise that runs, stands still, runs on with what was left, and ends. Each step gives a new value.

What a clock has run is kept as stretches of time, so that it can be counted anew by another calendar or another target
without forgetting a pause: docs/why/sla.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from careline.domain.sla.rules.measures import Measure

ACKNOWLEDGEMENT, FIRST_RESPONSE, NEXT_RESPONSE, RESOLUTION = (
    "acknowledgement", "first_response", "next_response", "resolution",
)  # fmt: skip
KINDS = (ACKNOWLEDGEMENT, FIRST_RESPONSE, NEXT_RESPONSE, RESOLUTION)

Stretch = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Terms:
    """What a policy promises for one kind. `policy` None is the default one; `calendar` None: counted on the wall."""

    policy: int | None
    seconds: int
    is_business: bool = False
    calendar: int | None = None
    warn_percent: int = 80


@dataclass(frozen=True, slots=True)
class Clock:
    """`ran` are the stretches it has run and stopped, `running_since` the one it runs now.

    `due_at` is empty while it stands still with time left; `left` is what was left when it stopped (below nothing: over).
    """

    kind: str
    terms: Terms
    started_at: datetime
    id: int | None = None
    ran: tuple[Stretch, ...] = ()
    running_since: datetime | None = None
    due_at: datetime | None = None
    warn_at: datetime | None = None
    warned_at: datetime | None = None
    broken_at: datetime | None = None
    met_at: datetime | None = None
    cancelled_at: datetime | None = None
    paused_at: datetime | None = None
    left: int | None = None
    is_fallback: bool = False

    @property
    def is_over(self) -> bool:
        return self.met_at is not None or self.cancelled_at is not None

    @property
    def is_running(self) -> bool:
        return not self.is_over and self.running_since is not None

    @property
    def alarm_at(self) -> datetime | None:
        """When the next thing becomes of it by itself: a warning, then the breach."""
        if not self.is_running or self.broken_at is not None:
            return None
        return self.warn_at if self.warn_at is not None and self.warned_at is None else self.due_at

    @property
    def stopped_at(self) -> datetime | None:
        return self.ran[-1][1] if self.ran and self.running_since is None else None


def started(kind: str, terms: Terms, *, since: datetime, measure: Measure) -> Clock:
    return reckoned(Clock(kind, terms, since, running_since=since), measure)


def stopped(clock: Clock, *, at: datetime, measure: Measure) -> Clock:
    """It stands still; what is left stays left."""
    if clock.running_since is None:
        return clock
    ran = (*clock.ran, (clock.running_since, max(at, clock.running_since)))
    return reckoned(replace(clock, ran=ran, running_since=None, paused_at=at), measure)


def resumed(clock: Clock, *, at: datetime, measure: Measure) -> Clock:
    """It runs on from `at` with what was left."""
    return reckoned(replace(clock, running_since=at, paused_at=None, met_at=None, cancelled_at=None), measure)


def unbroken(clock: Clock, measure: Measure) -> Clock:
    """It runs on as if it had never stopped the last time: what had stopped it was undone."""
    if not clock.ran:
        return clock
    ran, (since, _) = clock.ran[:-1], clock.ran[-1]
    back = replace(clock, ran=ran, running_since=since, paused_at=None, met_at=None, cancelled_at=None)
    return reckoned(back, measure)


def met(clock: Clock, *, at: datetime, measure: Measure) -> Clock:
    return replace(stopped(clock, at=at, measure=measure), met_at=at, paused_at=None, due_at=clock.due_at)


def cancelled(clock: Clock, *, at: datetime, measure: Measure) -> Clock:
    return replace(stopped(clock, at=at, measure=measure), cancelled_at=at, paused_at=None, due_at=clock.due_at)


def restated(clock: Clock, terms: Terms, *, at: datetime, measure: Measure) -> Clock:
    """The same stretches under other terms. A breach or warning that no longer holds is taken back."""
    fresh = reckoned(replace(clock, terms=terms, is_fallback=measure.is_fallback), measure)
    is_broken = fresh.due_at is not None and fresh.due_at <= at
    is_warned = fresh.warn_at is None or fresh.warn_at <= at
    return replace(
        fresh,
        broken_at=fresh.broken_at if is_broken else None,
        warned_at=fresh.warned_at if is_warned else None,
    )


def reckoned(clock: Clock, measure: Measure) -> Clock:
    """With due_at, warn_at and left as its stretches and terms say."""
    percent = clock.terms.warn_percent
    due, left = _reached(clock, clock.terms.seconds, measure)
    warn, _ = _reached(clock, clock.terms.seconds * percent // 100, measure) if 0 < percent < 100 else (None, 0)
    return replace(clock, due_at=due, warn_at=warn, left=left, is_fallback=measure.is_fallback)


def left_at(clock: Clock, *, at: datetime, measure: Measure) -> int:
    """Seconds of its own time that are left at `at`; negative once it is over."""
    if clock.running_since is None and clock.left is not None:
        return clock.left
    run = sum(measure.between(a, b) for a, b in clock.ran)
    if clock.running_since is not None:
        run += measure.between(clock.running_since, max(at, clock.running_since))
    return clock.terms.seconds - run


def alarms(clock: Clock, *, upto: datetime) -> Iterator[tuple[str, datetime, Clock]]:
    """What became of it by itself until then, in order: (warned or broken, when, the clock after it)."""
    while (moment := clock.alarm_at) is not None and moment <= upto:
        if clock.warned_at is None and moment == clock.warn_at:
            clock = replace(clock, warned_at=moment)
            yield "warned", moment, clock
        else:
            clock = replace(clock, broken_at=moment)
            yield "broken", moment, clock


def _reached(clock: Clock, seconds: int, measure: Measure) -> tuple[datetime | None, int | None]:
    """When it has run so long, and what is left where it stands still before that."""
    missing = seconds
    for a, b in clock.ran:
        much = measure.between(a, b)
        if much >= missing:
            total = sum(measure.between(c, d) for c, d in clock.ran)
            return measure.add(a, missing), seconds - total
        missing -= much
    if clock.running_since is None:
        return None, missing
    return measure.add(clock.running_since, missing), None
