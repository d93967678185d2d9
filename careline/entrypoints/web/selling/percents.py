"""Percents as people type them."""

from __future__ import annotations

from decimal import Decimal

_MOST = 1000


def rate_of(words: str) -> int:
    """Millionths of one: 12.5 is 125,000. Raises ArithmeticError, ValueError for what is no figure, or far too large a one."""
    figure = Decimal(words)
    if abs(figure) > _MOST:  # written out, 1e999990 has a million digits
        raise ValueError(words[:20])
    return int(figure * 10_000)
