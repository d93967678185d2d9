"""What a sum says as one number."""

from __future__ import annotations

from dataclasses import dataclass

from careline.domain.reports.rules.intervals import LEAST, wilson
from careline.domain.reports.rules.measures import COUNT, NPS, SHARE, Measure
from careline.domain.reports.rules.sums import Sum


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure over a period and over the one before. `value`: cases, seconds, times, a score, a share from 0 to 1, or points."""

    measure: Measure
    now: Sum
    was: Sum
    is_business: bool = False

    @property
    def value(self) -> float | None:
        return value_of(self.measure, self.now, is_business=self.is_business)

    @property
    def before(self) -> float | None:
        return value_of(self.measure, self.was, is_business=self.is_business)

    @property
    def interval(self) -> tuple[float, float] | None:
        """Of a share: between which shares it lies, with 95 % confidence."""
        return wilson(self.now.total, self.now.n) if self.measure.kind == SHARE else None

    @property
    def is_unsure(self) -> bool:
        """Too few to say one number, and to rank anybody by it."""
        return self.measure.kind != COUNT and self.now.n < LEAST

    @property
    def change(self) -> float | None:
        """By which part it rose or fell against the period before; of shares and points by how much. None where there was none."""
        value, before = self.value, self.before
        if value is None or before is None:
            return None
        if self.measure.is_share:
            return value - before
        return value / before - 1 if before else None


def value_of(measure: Measure, of: Sum, *, is_business: bool = False) -> float | None:
    """None where nothing was measured: null is not zero. A count of nothing is 0."""
    if measure.kind == COUNT:
        return of.n
    if not of.n:
        return None
    total = of.business if is_business and measure.business else of.total
    return total / of.n * (100 if measure.kind == NPS else 1)
