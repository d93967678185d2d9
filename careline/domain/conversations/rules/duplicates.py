"""Whether two cases of one customer look like the same matter."""

from __future__ import annotations

import re
from datetime import timedelta

LIKELY = 0.5
_SOON = timedelta(hours=24)
_PREFIX = re.compile(r"^\s*((re|fwd?|aw|wg|tr|rv|antw|sv|vs|odp)\s*(\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_WORD = re.compile(r"\w+")


def likeness(one: str, other: str, *, apart: timedelta) -> float:
    """0 to 1: the share of words that two subjects have in common, a little more where both came within a day."""
    first, second = (set(_WORD.findall(_PREFIX.sub("", subject).casefold())) for subject in (one, other))
    if not first and not second:
        return 0.6 if apart <= _SOON else 0.0
    if not first or not second:
        return 0.0
    shared = len(first & second) / len(first | second)
    return min(1.0, shared + (0.1 if shared and apart <= _SOON else 0.0))
