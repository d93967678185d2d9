"""Whether a rule of repetition (RFC 5545) comes true on any day at all."""

from __future__ import annotations

from dateutil.rrule import rrule

_ALIKE = 400
"""Years after which the calendar is the same again: a whole number of weeks."""
_LAST, _RAREST = 9999, 41
"""A 29 February comes round on each day of the week within forty years, also across 2100."""


def ever_comes(rule: rrule) -> bool:
    """Looked for where the calendar is the same and little of it left: a rule that never comes true is followed to the year 9999."""
    start = rule._dtstart
    further = (_LAST - _RAREST - start.year) // _ALIKE * _ALIKE
    moved = start.replace(year=start.year + max(0, further))
    return next(iter(rule.replace(dtstart=moved, count=None, until=None)), None) is not None
