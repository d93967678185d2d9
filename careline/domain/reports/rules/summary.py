"""What changed between two periods, and whether that is more than chance: pure arithmetic over counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb, erfc, exp, lgamma, log, sqrt
from typing import Literal

MISTAKEN = 0.05
"""Of the changes that are called real, the share that may be chance (Benjamini and Hochberg 1995)."""
FEWEST = 10
"""Cases of both periods together below which nothing is said about a change."""
_EXACT = 1_000
Judgement = Literal["more", "fewer", "noise", "too_few"]


@dataclass(frozen=True, slots=True)
class Change:
    """`now` cases in `days`, `before` in `days_before`. `judgement` is `more` or `fewer` only where it is more than noise."""

    now: int
    before: int
    chance: float
    judgement: Judgement

    @property
    def difference(self) -> int:
        return self.now - self.before


def changes_of(counts: Sequence[tuple[int, int]], *, days: int, days_before: int) -> list[Change]:
    """Each pair is (now, before), of periods that may differ in length. Many are judged together: the more are looked at, the more
    would stand out by chance."""
    share = days / (days + days_before)
    chances = [chance_of(now, now + before, share) for now, before in counts]
    told = [chance for (now, before), chance in zip(counts, chances, strict=True) if now + before >= FEWEST]
    limit = _limit(told)
    return [
        Change(now, before, chance, _judged(now, before, chance, limit, share))
        for (now, before), chance in zip(counts, chances, strict=True)
    ]


def chance_of(now: int, both: int, share: float) -> float:
    """How likely a split at least as uneven is where nothing changed: the exact two-sided binomial test; above a thousand cases the
    normal approximation with Yates's correction."""
    if both == 0:
        return 1.0
    if both > _EXACT:
        off = max(0.0, abs(now - both * share) - 0.5)
        return erfc(off / sqrt(2 * both * share * (1 - share)))
    at_now = _binomial(now, both, share) * (1 + 1e-7)
    return min(1.0, sum(p for n in range(both + 1) if (p := _binomial(n, both, share)) <= at_now))


def _limit(chances: Sequence[float]) -> float:
    """The largest chance that is still called real among these."""
    ordered = sorted(chances)
    kept = [chance for n, chance in enumerate(ordered, start=1) if chance <= MISTAKEN * n / len(ordered)]
    return kept[-1] if kept else -1.0


def _judged(now: int, before: int, chance: float, limit: float, share: float) -> Judgement:
    if now + before < FEWEST:
        return "too_few"
    if chance > limit:
        return "noise"
    return "more" if now > (now + before) * share else "fewer"


def _binomial(n: int, of: int, share: float) -> float:
    if of < 60:
        return float(comb(of, n)) * share**n * (1 - share) ** (of - n)
    ways = lgamma(of + 1) - lgamma(n + 1) - lgamma(of - n + 1)
    return exp(ways + n * log(share) + (of - n) * log(1 - share))
