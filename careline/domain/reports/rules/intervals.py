"""How sure a share is. A few cases say little: then the interval is shown, and nobody is ranked by it."""

from __future__ import annotations

from math import sqrt

LEAST = 10
"""Fewer than this: a share is shown as its interval only."""
_Z = 1.959963984540054
"""The 97.5th percentile of the normal distribution."""


def wilson(part: int, n: int) -> tuple[float, float] | None:
    """The 95 % interval of a share by Wilson (1927), https://doi.org/10.1080/01621459.1927.10502953; None of nothing."""
    if n <= 0:
        return None
    share, square = part / n, _Z * _Z
    middle = (share + square / (2 * n)) / (1 + square / n)
    reach = _Z * sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def differ(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two shares (part, n) are further apart than chance explains: their intervals do not meet."""
    first, second = wilson(*one), wilson(*other)
    return first is not None and second is not None and (first[0] > second[1] or second[0] > first[1])
