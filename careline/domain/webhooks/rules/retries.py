"""When a delivery is tried again, when a target is given a rest, and when it is given up."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

WAITS = tuple(timedelta(seconds=seconds) for seconds in (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400))
"""After the first attempt, the second …: about three days in all, the steps that Standard Webhooks propose."""
RESTS = tuple(timedelta(seconds=seconds) for seconds in (5, 30, 120, 300, 900, 1800, 3600))
PAUSED_AFTER = timedelta(days=3)
FORGOTTEN_AFTER = timedelta(days=30)
OLD_SECRET_GOOD_FOR = timedelta(hours=24)
LONGEST_RETRY_AFTER = timedelta(days=1)
HOLDS_UP = 4
"""So many failed attempts hold up what comes later in the same case; then its order is given up rather than its news."""
AT_ONCE = 4
OUTAGE = 3
"""So many failures in a row are the target's, not one delivery's: until it answers again it is tried now and then with what
it has been tried with least, no delivery wears out, and when it answers, all that waited goes at once."""
GONE = 410


def wait_after(refusals: int) -> timedelta | None:
    """How long a delivery waits after it was refused so often; None once it has failed for good."""
    return WAITS[refusals - 1] if refusals <= len(WAITS) else None


def rest_after(failures: int, *, asked: timedelta = timedelta()) -> timedelta:
    """How long a target is left alone after so many failures in a row, or as long as it asked for."""
    return max(RESTS[min(failures, len(RESTS)) - 1], asked)


def asked_for(retry_after: str, *, at: datetime) -> timedelta:
    """What a Retry-After header asks for (RFC 9110, 10.2.3: seconds or a date), at most a day; nothing where it is unreadable."""
    words = retry_after.strip()
    try:
        wanted = (
            timedelta(seconds=int(words))
            if words.isascii() and words.isdecimal() and len(words) < 9
            else parsedate_to_datetime(words) - at
        )
    except (ValueError, TypeError):
        return timedelta()
    return min(max(wanted, timedelta()), LONGEST_RETRY_AFTER)


def is_given_up(failing_since: datetime, *, at: datetime) -> bool:
    """Whether a target has failed for so long without a break that its webhook is paused."""
    return at - failing_since >= PAUSED_AFTER
