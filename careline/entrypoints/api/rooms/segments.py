"""Segments: saved filters over customers. Who is in one: GET /customers?segment=ID."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET

from careline.domain.conversations.errors import NotFound
from careline.domain.customers.queries.segments import segment_by_id
from careline.domain.customers.queries.segments import segments as all_segments
from careline.domain.desk.queries.segments import size_of
from careline.domain.staff.rules import require
from careline.entrypoints.api.customer_words import told
from careline.entrypoints.api.paging import short_page_of
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes.customers import NewSegment, Segment, SegmentChange
from careline.entrypoints.api.shapes.parts import Named, Page, PageQuery
from careline.flows.customer_segment import drop_segment, save_segment


@route("GET", "/segments", query=PageQuery, answer=Page[Segment])
def segments(call: Call) -> Any:
    """All segments, by name."""
    require(call.person, "customer:read")
    return short_page_of([_shown(row) for row in all_segments()], call.query)


@route("POST", "/segments", body=NewSegment, answer=Segment, status=201)
def new_segment(call: Call) -> Any:
    """Saves a filter under a name."""
    given = call.body
    with told("filter"):
        key = save_segment(call.person, None, name=given.name, wanted=given.filter, by=call.by, at=call.at)
    return Created(f"/segments/{key}", _one(call, key))


@route("GET", "/segments/{id}", answer=Segment)
def segment(call: Call) -> Any:
    """One segment, and how many of it you see."""
    require(call.person, "customer:read")
    return _one(call, call.id)


@route("PATCH", "/segments/{id}", body=SegmentChange, answer=Segment)
def changed_segment(call: Call) -> Any:
    """Another name or another filter."""
    require(call.person, "customer:segment")
    held = segment_by_id(call.id)
    if held is None:
        raise NotFound("There is no such segment.")
    given = call.body
    name = held.name if given.name is UNSET else given.name
    wanted = held.filter if given.filter is UNSET else given.filter
    with told("filter"):
        save_segment(call.person, call.id, name=name, wanted=wanted, by=call.by, at=call.at)
    return _one(call, call.id)


@route("DELETE", "/segments/{id}", status=204)
def dropped_segment(call: Call) -> Any:
    """The customers in it stay as they are."""
    drop_segment(call.person, call.id, by=call.by, at=call.at)


def _one(call: Call, key: int) -> Segment:
    row = segment_by_id(key)
    if row is None:
        raise NotFound("There is no such segment.")
    return _shown(row, size=size_of(key, call.person, at=call.at))


def _shown(row: Any, *, size: int | None = None) -> Segment:
    owner = Named(str(row.owner_id), row.owner_name) if row.owner_id else None
    return Segment(str(row.id), row.name, row.filter, owner, size, row.changed_at)
