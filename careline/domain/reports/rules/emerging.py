"""Topics that come up more than they used to, by EARS C2 of the CDC: a day against the seven days that ended two days before it.

Hutwagner et al. (2003), "The bioterrorism preparedness and response Early Aberration Reporting System", J Urban Health 80.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

BASELINE, LAG = 7, 2
NEEDED = BASELINE + LAG + 1
"""Days that have to be known, the one that is judged included."""
ALARM = 3.0
LEAST_SPREAD = 0.5
"""In place of no spread at all, as of a topic nobody ever wrote about."""
LEAST_CASES = 3


@dataclass(frozen=True, slots=True)
class Judged:
    """`score`: by how many standard deviations the day is above its baseline."""

    count: int
    baseline: tuple[int, ...]
    mean: float
    score: float

    @property
    def is_alarm(self) -> bool:
        return self.count >= LEAST_CASES and self.score > ALARM


def judged(counts: Sequence[int]) -> Judged | None:
    """The last of these daily counts; None where too few days are known."""
    if len(counts) < NEEDED:
        return None
    baseline = tuple(counts[-NEEDED : -LAG - 1])
    mean = sum(baseline) / BASELINE
    spread = sqrt(sum((count - mean) ** 2 for count in baseline) / (BASELINE - 1))
    return Judged(counts[-1], baseline, mean, (counts[-1] - mean) / max(spread, LEAST_SPREAD))
