"""Roles: what people may do, and on whose cases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from msgspec import UNSET

from careline.domain.channels.queries import channels
from careline.domain.conversations.errors import NotFound
from careline.domain.staff.errors import WrongGrant
from careline.domain.staff.granting import add_role, change_role_grants, remove_role
from careline.domain.staff.granting_rules import Given
from careline.domain.staff.queries import teams
from careline.domain.staff.roles import brand_names, lines_of_roles, require_places, roles_with_figures
from careline.domain.staff.rules import DEFAULT_ROLES, require
from careline.entrypoints.api.paging import short_page_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes import access as shapes
from careline.entrypoints.api.shapes.parts import Page, PageQuery


@route("GET", "/roles", query=PageQuery, answer=Page[shapes.Role])
def roles(call: Call) -> Any:
    """The roles, in the order they were made."""
    require(call.person, "staff:read")
    lines = lines_of_roles()
    return short_page_of([_role(row, lines.get(row.id, [])) for row in roles_with_figures()], call.query)


@route("POST", "/roles", body=shapes.NewRole, answer=shapes.Role, status=201)
def new_role(call: Call) -> Any:
    """Adds a role. Nobody gives what they do not hold themselves."""
    require(call.person, "staff:grant")
    given = call.body
    made = _told(
        lambda: add_role(
            given.name.strip(), lines=_lines(given.grants), needs_second_factor=given.needs_second_factor, by=call.by, at=call.at
        )
    )  # fmt: skip
    return Created(f"/roles/{made.pk}", _one(made.pk))


@route("GET", "/roles/{id}", answer=shapes.Role)
def role(call: Call) -> Any:
    """One role."""
    require(call.person, "staff:read")
    return _one(call.id)


@route("PATCH", "/roles/{id}", body=shapes.RoleChange, answer=shapes.Role)
def changed_role(call: Call) -> Any:
    """Changes what is given; `grants` are replaced whole. Those who hold it hold what it says from then on."""
    require(call.person, "staff:grant")
    code, given = _one(call.id).code, call.body
    _told(
        lambda: change_role_grants(
            code, name="" if given.name is UNSET else given.name.strip(), lines=None if given.grants is UNSET else _lines(given.grants),
            needs_second_factor=None if given.needs_second_factor is UNSET else given.needs_second_factor, by=call.by, at=call.at,
        )
    )  # fmt: skip
    return _one(call.id)


@route("DELETE", "/roles/{id}", status=204)
def removed_role(call: Call) -> None:
    """Removes a role of your own making that nobody holds."""
    require(call.person, "staff:grant")
    remove_role(_one(call.id).code, by=call.by, at=call.at)


def _one(key: int) -> shapes.Role:
    row = next((row for row in roles_with_figures() if row.id == key), None)
    if row is None:
        raise NotFound(f"There is no role {key}.")
    return _role(row, lines_of_roles().get(key, []))


def _role(row: Any, lines: list[Given]) -> shapes.Role:
    grants = [
        shapes.Grant(
            one.verb, cast(Any, one.scope), key_words(one.channel_id), key_words(one.brand_id), key_words(one.team_id)
        )
        for one in lines
    ]
    is_own = row.code not in DEFAULT_ROLES
    return shapes.Role(str(row.id), row.code, row.name, is_own, row.needs_second_factor, row.holders, grants)


def _lines(grants: list[shapes.Grant]) -> list[Given]:
    lines = [
        Given(one.verb, one.scope, *(int(key) if key else None for key in (one.channel, one.brand, one.team)))
        for one in grants
    ]
    known = {row.id for row in channels(active=False)}, set(brand_names()), {row.id for row in teams()}
    try:
        require_places(lines, channels=known[0], brands=known[1], teams=known[2])
    except WrongGrant as wrong:
        raise Wrong(("grants", str(wrong))) from wrong
    return lines


def _told(change: Callable[[], Any]) -> Any:
    try:
        return change()
    except WrongGrant as wrong:
        raise Wrong(("grants", str(wrong))) from wrong


def key_words(key: int | None) -> str | None:
    return str(key) if key is not None else None
