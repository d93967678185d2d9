"""What a case's clocks must do now: started, stopped, run on, counted anew, met or cancelled, each as a step of the ledger.

It compares how the case stands with the clocks it has, so that asking twice changes nothing and no door can forget a clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from careline.domain.sla.rules import clocks
from careline.domain.sla.rules.clocks import (
    ACKNOWLEDGEMENT,
    KINDS,
    NEXT_RESPONSE,
    RESOLUTION,
    Clock,
    Terms,
)
from careline.domain.sla.rules.measures import Measure
from careline.domain.sla.rules.policies import Policy

UNDONE_WITHIN = timedelta(seconds=13)
"""What is opened again so soon after it was resolved was undone: its clock never stopped (covers.UNDO_HOLD)."""
FRESH = timedelta(minutes=5)
"""A solution promised later than that after the case came counts from when it was promised: nobody had said so before."""

MeasureOf = Callable[[Terms, datetime], Measure]


@dataclass(frozen=True, slots=True)
class Standing:
    """As much of a case as its clocks go by. `is_counted`: neither spam, nor merged, nor a side conversation."""

    category: str
    waiting_since: datetime | None
    has_response: bool
    created_at: datetime
    is_counted: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the ledger: what became of a clock, when, and why (a code)."""

    name: str
    at: datetime
    clock: Clock
    reason: str = ""


@dataclass(slots=True)
class Kept:
    """The clocks as they stand after it, and the steps that led there."""

    clocks: dict[str, Clock] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)


def kept(
    case: Standing,
    latest: Mapping[str, Clock],
    policy: Policy,
    *,
    calendar: int | None,
    measure_of: MeasureOf,
    at: datetime,
) -> Kept:
    """`latest` is the newest clock of each kind. Only clocks that something became of are in the answer's steps."""
    told = Kept(dict(latest))
    keeper = _Keeper(case, policy, calendar, measure_of, at, told)
    for kind in KINDS:
        keeper.keep(kind)
    return told


def next_due(running: Iterable[Clock]) -> tuple[datetime | None, str]:
    """The earliest moment that a running clock is due, and of which kind; what is over time stays due until it is met."""
    due = min(((c.due_at, c.kind) for c in running if c.is_running and c.due_at is not None), default=None)
    return due if due is not None else (None, "")


def shown_due(clock: Clock | None) -> datetime | None:
    """When a promise was or is due; nothing while it stands still, nor once nobody is waiting for it any more."""
    return None if clock is None or clock.cancelled_at is not None else clock.due_at


@dataclass(slots=True)
class _Keeper:
    case: Standing
    policy: Policy
    calendar: int | None
    measure_of: MeasureOf
    at: datetime
    told: Kept

    def keep(self, kind: str) -> None:
        clock = self.told.clocks.get(kind)
        if clock is not None and not clock.is_over:
            clock = self._rung(clock)
        terms = self.policy.terms(kind, calendar=self.calendar)
        basis = self._basis(kind, clock)
        if basis is None or terms is None:
            if clock is not None and not clock.is_over:
                self._ended(clock, self._end(kind))
            return
        if clock is None or (clock.is_over and not self._comes_back(clock, basis)):
            if kind == ACKNOWLEDGEMENT and clock is not None:
                return
            is_late = kind == RESOLUTION and self.at - basis > FRESH
            clock = self._started(kind, terms, self.at if is_late else basis)
        elif clock.is_over:
            clock = self._revived(clock)
        clock = self._restated(clock, terms, basis)
        self._paused_or_not(clock)

    def _basis(self, kind: str, clock: Clock | None) -> datetime | None:
        """Since when this clock has to run; nothing where it has not to."""
        case = self.case
        if not case.is_counted or case.category == "resolved":
            return None
        if kind == RESOLUTION:
            return clock.started_at if clock else case.created_at
        return case.waiting_since if case.has_response is (kind == NEXT_RESPONSE) else None

    def _end(self, kind: str) -> str:
        """How a clock ends that has not to run any more: met, or the reason why it is cancelled."""
        case = self.case
        if not case.is_counted:
            return "not_counted"
        if kind == RESOLUTION:
            return "met" if case.category == "resolved" else "policy"
        if kind == NEXT_RESPONSE and not case.has_response:
            return "taken_back"
        if kind != NEXT_RESPONSE and case.has_response:
            return "met"
        return self._end_of_waiting(kind)

    def _end_of_waiting(self, kind: str) -> str:
        if self.case.category == "resolved":
            return "resolved"
        if self.case.waiting_since is not None:
            return "policy"
        return "met" if kind == NEXT_RESPONSE else "nobody_waits"

    def _comes_back(self, clock: Clock, basis: datetime) -> bool:
        if clock.kind == ACKNOWLEDGEMENT:
            return False
        return clock.kind == RESOLUTION or clock.started_at == basis

    def _started(self, kind: str, terms: Terms, since: datetime) -> Clock:
        clock = clocks.started(kind, terms, since=since, measure=self.measure_of(terms, since))
        self._tell("started", clock, self.at)
        return self._rung(clock, upto_now=True)

    def _revived(self, clock: Clock) -> Clock:
        measure = self.measure_of(clock.terms, self.at)
        stopped = clock.stopped_at or self.at
        is_undone = clock.kind != RESOLUTION or self.at - stopped <= UNDONE_WITHIN
        clock = clocks.unbroken(clock, measure) if is_undone else clocks.resumed(clock, at=self.at, measure=measure)
        self._tell("resumed", clock, self.at, "undone" if is_undone else "reopened")
        return self._rung(clock, upto_now=True)

    def _restated(self, clock: Clock, terms: Terms, basis: datetime) -> Clock:
        before, reason = clock, ""
        if clock.kind != RESOLUTION and clock.started_at != basis:
            since = basis if clock.running_since is not None else None
            clock = replace(clock, started_at=basis, ran=(), running_since=since)
            reason = "waits_since"
        if clock.terms != terms:
            reason = reason or ("policy" if clock.terms.policy != terms.policy else "target")
        measure = self.measure_of(terms, clock.running_since or self.at)
        fresh = clocks.restated(clock, terms, at=self.at, measure=measure)
        if (fresh.due_at, fresh.left, fresh.terms) == (before.due_at, before.left, before.terms):
            return before
        self._tell("recomputed", fresh, self.at, reason or "calendar")
        return self._rung(fresh, upto_now=True)

    def _paused_or_not(self, clock: Clock) -> None:
        measure = self.measure_of(clock.terms, clock.running_since or self.at)
        if self.case.category == "waiting" and clock.running_since is not None:
            self._tell("paused", clocks.stopped(clock, at=self.at, measure=measure), self.at, "waits_for_customer")
        elif self.case.category != "waiting" and clock.running_since is None:
            back = clocks.resumed(clock, at=self.at, measure=self.measure_of(clock.terms, self.at))
            self._tell("resumed", back, self.at)

    def _ended(self, clock: Clock, how: str) -> None:
        measure = self.measure_of(clock.terms, clock.running_since or self.at)
        if how == "met":
            self._tell("met", clocks.met(clock, at=self.at, measure=measure), self.at)
        else:
            self._tell("cancelled", clocks.cancelled(clock, at=self.at, measure=measure), self.at, how)

    def _rung(self, clock: Clock, *, upto_now: bool = False) -> Clock:
        """Warnings and breaches up to now, each at its moment; those that only a change has just made true, now."""
        for name, moment, rung in clocks.alarms(clock, upto=self.at):
            if not upto_now:
                clock = rung
            elif name == "warned":
                clock = replace(clock, warned_at=self.at)
            else:
                clock = replace(clock, broken_at=self.at)
            self._tell(name, clock, self.at if upto_now else moment)
        return clock

    def _tell(self, name: str, clock: Clock, at: datetime, reason: str = "") -> None:
        self.told.clocks[clock.kind] = clock
        self.told.steps.append(Step(name, at, clock, reason))
