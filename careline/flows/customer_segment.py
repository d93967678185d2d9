"""Segments of customers: saving a filter under a name, and throwing it away."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.customers.commands import segments
from careline.domain.customers.queries.segments import segment_by_id
from careline.domain.desk.queries.customer_filter import filter_of
from careline.domain.history.actor import Actor
from careline.domain.staff.rules import Person, require
from careline.flows.change_customer import Wrong


def save_segment(
    agent: Person, segment: int | None, *, name: str, wanted: dict[str, Any], by: Actor, at: datetime
) -> int:
    """Its key; None makes a new one. Raises NotFound, Forbidden, Wrong, BadFilter, Refused."""
    require(agent, "customer:segment")
    if segment is not None and segment_by_id(segment) is None:
        raise NotFound("There is no such segment.")
    plain = " ".join(name.split())[:200]
    if not plain:
        raise Wrong("name", "A segment needs a name.")
    try:
        return segments.save_segment(segment, name=plain, wanted=filter_of(wanted).as_kept(), by=by, at=at)
    except segments.NameTaken as taken:
        raise Refused(str(taken)) from taken


def drop_segment(agent: Person, segment: int, *, by: Actor, at: datetime) -> None:
    """Raises NotFound, Forbidden."""
    require(agent, "customer:segment")
    if segment_by_id(segment) is None:
        raise NotFound("There is no such segment.")
    segments.drop_segment(segment, by=by, at=at)
