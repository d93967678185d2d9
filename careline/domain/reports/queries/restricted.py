"""Facts of restricted cases that somebody is named on: they stand in no sum, and are added to it for them alone."""

from __future__ import annotations

from typing import Any

from careline.domain.reports.queries.reach import filters_of, seen_by
from careline.domain.reports.rules.asking import Asked
from careline.domain.staff.rules import Person
from careline.kit import db

_RESTRICTED = """
SELECT f.* FROM case_fact f WHERE f.is_restricted AND f.opened_on <= %(until)s AND {filters} AND {seen}
    AND (f.resolved_on IS NULL OR greatest(f.resolved_on, f.first_resolved_on, f.rated_on, f.asked_on) >= %(since)s)
"""


def restricted_facts(person: Person, asked: Asked) -> list[dict[str, Any]]:
    """Those that something can be counted of in the period: few, for few are restricted, and fewer to this person."""
    seen, params = seen_by(person)
    filters, more = filters_of(asked)
    said = _RESTRICTED.format(filters=filters, seen=seen)
    found = db.rows(said, params | more | {"since": asked.since, "until": asked.until})
    return [row._asdict() for row in found]
