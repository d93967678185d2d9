"""What is measured of complaints: counts of the register, and shares of them. Each is defined here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from careline.domain.reports.rules.measures import COUNT, DOWN, SHARE, UP, Measure, gettext_noop
from careline.domain.reports.rules.sums import Sum
from careline.domain.reports.rules.values import Figure


@dataclass(frozen=True, slots=True)
class OfComplaints:
    """`part` of `whole`, both names of counts in the register; no whole: a count by itself."""

    measure: Measure
    part: str
    whole: str = ""


def _of(key: str, name: str, definition: str, part: str, whole: str = "", good: str = "") -> OfComplaints:
    kind, unit = (SHARE, "share") if whole else (COUNT, "complaints")
    return OfComplaints(Measure(key, name, definition, kind, "received_on", unit=unit, good=good), part, whole)


GRIEVANCES = (
    _of("complaints", gettext_noop("Complaints"),
        gettext_noop("Complaints that reached us in the period, by when they were received. Those recorded by mistake are not counted."),
        "count", good=DOWN),
    _of("complaints_answered", gettext_noop("Answered"),
        gettext_noop("Of the complaints received in the period, those that have their final answer by now."), "answered", "count", UP),
    _of("complaints_in_time", gettext_noop("Answered in time"),
        gettext_noop("Of the answered ones, those of which no deadline was missed: neither of the acknowledgement nor of the answer."),
        "in_time", "answered", UP),
    _of("complaints_upheld", gettext_noop("Upheld"),
        gettext_noop("Of the answered ones, those where the customer was right in everything. Partly right is not in it."),
        "upheld", "answered", DOWN),
    _of("complaints_satisfied", gettext_noop("Content with the answer"),
        gettext_noop("Of the complaints whose customer said what they think of the answer, those who are content with it."),
        "satisfied", "asked", UP),
)  # fmt: skip


def figure_of(one: OfComplaints, now: Any, was: Any) -> Figure:
    """From the counts of two periods; None counts nothing."""
    return Figure(one.measure, _sum(one, now), _sum(one, was))


def _sum(one: OfComplaints, counts: Any) -> Sum:
    part = int(getattr(counts, one.part)) if counts else 0
    return Sum(int(getattr(counts, one.whole)), part) if counts and one.whole else Sum(part, part)
