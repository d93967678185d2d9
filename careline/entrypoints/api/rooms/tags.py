"""Tags: those in use, and keeping them in order."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Struct

from careline.domain.conversations.commands.tags import add_tag_name, delete_tag
from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.cases import tags as all_tags
from careline.domain.staff.rules import require
from careline.entrypoints.api.paging import short_page_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes.house import Tag
from careline.entrypoints.api.shapes.parts import Page, PageQuery
from careline.flows.rename_tag import rename_tag

_VERB = "case_settings:manage"


class TagName(Struct):
    name: Annotated[str, Meta(min_length=1, max_length=100)]


@route("GET", "/tags", query=PageQuery, answer=Page[Tag])
def tags(call: Call) -> Any:
    """The tags in use, by name."""
    require(call.person, "conversation:read")
    return short_page_of([Tag(str(row.id), row.name) for row in all_tags()], call.query)


@route("GET", "/tags/{id}", answer=Tag)
def tag(call: Call) -> Any:
    """One tag."""
    require(call.person, "conversation:read")
    found = next((row for row in all_tags() if row.id == call.id), None)
    if found is None:
        raise NotFound(f"There is no tag {call.id}.")
    return Tag(str(found.id), found.name)


@route("POST", "/tags", body=TagName, answer=Tag, status=201)
def new_tag(call: Call) -> Any:
    """Adds a tag; a name that another one has, whatever its case, is refused with 409. Tagging a case makes new ones as well."""
    require(call.person, _VERB)
    name = _name(call)
    key = add_tag_name(name, by=call.by, at=call.at)
    return Created(f"/tags/{key}", Tag(str(key), name))


@route("PATCH", "/tags/{id}", body=TagName, answer=Tag)
def renamed_tag(call: Call) -> Any:
    """Renames it, on every case at once, and wherever a rule, a recurring case, a macro or a view names it."""
    name = _name(call)
    rename_tag(call.person, call.id, name, by=call.by, at=call.at)
    return Tag(str(call.id), name)


@route("DELETE", "/tags/{id}", status=204)
def removed_tag(call: Call) -> Any:
    """Takes it off every case; 409 where more than 500 have it: a bulk change takes it off those first."""
    require(call.person, _VERB)
    delete_tag(call.id, by=call.by, at=call.at)


def _name(call: Call) -> str:
    name = " ".join(call.body.name.split())
    if not name:
        raise Wrong(("name", "It is empty."))
    return name
