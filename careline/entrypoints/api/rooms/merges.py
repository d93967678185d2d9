"""Merging cases, parting them again, splitting one."""

from __future__ import annotations

from typing import Any

from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.conversations.queries.merges import merge_by_id, merges_in
from careline.entrypoints.api.paging import short_page_of
from careline.entrypoints.api.rooms.conversations import shown_case
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes.parts import Page, PageQuery
from careline.entrypoints.api.shapes.structure import Merge, NewMerge, NewSplit, Split
from careline.flows.merge import merge
from careline.flows.split import split
from careline.flows.unmerge import unmerge

_PATH = "/conversations/{number}"


@route("GET", _PATH + "/merges", query=PageQuery, answer=Page[Merge])
def merges(call: Call) -> Any:
    """What was merged into this case and stands in it, oldest first."""
    return short_page_of([_shown(row) for row in merges_in(shown_case(call).id)], call.query)


@route("POST", _PATH + "/merges", body=NewMerge, answer=Merge, status=201)
def new_merge(call: Call) -> Any:
    """Merges this case into another one.

    Messages, people, followers, tags and files go along, nobody gets a mail, and this number answers 308 from now on.
    You need the right on both.
    """
    shown_case(call)
    made = merge(call.person, call.number, call.body.into, by=call.by, at=call.at)
    return Created(f"/conversations/{made.into}/merges/{made.key}", _shown(merge_by_id(made.key)))


@route("DELETE", _PATH + "/merges/{id}", answer=Merge)
def undone_merge(call: Call) -> Any:
    """Takes the absorbed case out again, with what came by its thread since; both stand as before."""
    conversation_for(call.person, call.number)
    unmerge(call.person, call.number, call.id, by=call.by, at=call.at)
    return _shown(merge_by_id(call.id))


@route("POST", _PATH + "/splits", body=NewSplit, answer=Split, status=201)
def new_split(call: Call) -> Any:
    """Makes a case of its own of some messages; answers to them come there from now on. Merging it back undoes it."""
    shown_case(call)
    ids = [int(key) for key in call.body.message_ids]
    made = split(call.person, call.number, ids, by=call.by, at=call.at)
    return Created(f"/conversations/{made}", Split(made, call.number, [str(key) for key in dict.fromkeys(ids)]))


def _shown(row: Any) -> Merge:
    if row is None:
        raise NotFound("There is no such merge.")
    return Merge(str(row.id), row.absorbed_number, row.into_number, row.merged_at, row.agent_name, row.undone_at)
