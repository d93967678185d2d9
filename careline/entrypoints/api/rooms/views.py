"""Saved views: what they ask, whose they are, and the cases they hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec import UNSET, structs

from careline.domain.conversations.errors import NotFound
from careline.domain.desk.queries.counts import MOST_COUNTED, counts_of
from careline.domain.desk.queries.gone import gone_from_views
from careline.domain.desk.queries.lists import rows_of
from careline.domain.desk.queries.views import view_of, views_of
from careline.domain.desk.rules import BadFilter, filter_data
from careline.domain.desk.rules import View as Kept
from careline.domain.staff.rules import require
from careline.entrypoints.api.naming import team_key
from careline.entrypoints.api.paging import moment_and_key, page_of, short_page_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes.cases import Case
from careline.entrypoints.api.shapes.parts import Page, PageQuery
from careline.entrypoints.api.shapes.views import NewView, View, ViewCases, ViewChange, ViewCount, ViewOrder
from careline.entrypoints.api.written import case_of
from careline.flows.change_view import Wanted, add_view, arrange_views, change_view, remove_view

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PATH = "/views/{view}"


@route("GET", "/views", query=PageQuery, answer=Page[View])
def views(call: Call) -> Any:
    """The views you have, in your order: those everybody has, then saved ones of all, of your teams and your own."""
    require(call.person, "conversation:read")
    found = views_of(call.person, hidden=True)
    gone = _gone(found)
    return short_page_of([_shown(view, gone) for view in found], call.query)


@route("POST", "/views", body=NewView, answer=View, status=201)
def new_view(call: Call) -> Any:
    """Saves a view. For a team, or for all, it takes `view:manage`."""
    given = call.body
    team = team_key(given.team, "team") if given.team is not None else None
    wanted = Wanted(
        given.name, given.filter, given.sort, tuple(given.columns), given.audience, team, given.kind, given.split
    )
    try:
        key = add_view(call.person, wanted, by=call.by, at=call.at)
    except BadFilter as wrong:
        raise Wrong((_named(wrong), str(wrong))) from None
    return Created(f"/views/{key}", _shown(_view(call, str(key))))


@route("PUT", "/views", body=ViewOrder, status=204)
def ordered_views(call: Call) -> Any:
    """Puts your list of views in order, and hides some of them from yourself."""
    arrange_views(call.person, call.body.order, hidden=call.body.hidden)


@route("GET", _PATH, answer=View)
def view(call: Call) -> Any:
    """One view."""
    found = _view(call, call.path["view"])
    return _shown(next((one for one in views_of(call.person, hidden=True) if one.code == found.code), found))


@route("PATCH", _PATH, body=ViewChange, answer=View)
def changed_view(call: Call) -> Any:
    """Changes what is given of a saved view."""
    found = _view(call, call.path["view"])
    given = {name: value for name, value in structs.asdict(call.body).items() if value is not UNSET}
    if "team" in given:
        given["team_id"] = team_key(given["team"], "team") if given["team"] is not None else None
        del given["team"]
    if "columns" in given:
        given["columns"] = tuple(given["columns"])
    audience = "me" if found.audience == "house" else found.audience
    as_it_is = Wanted(
        found.name,
        filter_data(found.filter),
        found.sort,
        found.columns,
        audience,
        found.team_id,
        found.kind,
        found.split,
    )
    try:
        change_view(call.person, found.code, replace(as_it_is, **given), by=call.by, at=call.at)
    except BadFilter as wrong:
        raise Wrong((_named(wrong), str(wrong))) from None
    return _shown(_view(call, found.code))


@route("DELETE", _PATH, status=204)
def removed_view(call: Call) -> Any:
    """Throws a saved view away."""
    remove_view(call.person, call.path["view"], by=call.by, at=call.at)


@route("GET", _PATH + "/conversations", query=ViewCases, answer=Page[Case])
def cases_of_view(call: Call) -> Any:
    """The cases of a view as you see them, in the view's order."""
    found, asked = _view(call, call.path["view"]), call.query
    place: Any = moment_and_key(asked.cursor)
    if place is not None and found.sort == "priority":
        place = ((place[0] - _EPOCH) // timedelta(microseconds=1), place[1])
    page = rows_of(found.filter, call.person, at=call.at, sort=found.sort, after=place, limit=asked.limit)
    language = call.person.language or "en"
    rows = page.rows if page.next is None else [*page.rows, page.rows[-1]]
    return page_of(
        rows,
        limit=asked.limit,
        key=lambda row: page.next or (),
        item=lambda row: case_of(row, language=language),
    )


@route("GET", _PATH + "/count", answer=ViewCount)
def count_of_view(call: Call) -> Any:
    """How many cases the view holds as you see them, counted up to 1,000."""
    found = _view(call, call.path["view"])
    count = counts_of({found.code: found.filter}, call.person, at=call.at)[found.code]
    return ViewCount(count, count >= MOST_COUNTED)


def _view(call: Call, code: str) -> Kept:
    require(call.person, "conversation:read")
    found = view_of(call.person, code)
    if found is None:
        raise NotFound(f"There is no view {code}.")
    return found


def _named(wrong: BadFilter) -> str:
    return wrong.field if wrong.field in ("name", "sort", "columns", "audience", "team") else f"filter.{wrong.field}"


def _gone(views: Sequence[Kept]) -> dict[str, list[str]]:
    """By code, of saved ones alone: what they name that is not there any more."""
    found = gone_from_views({view.code: view.filter for view in views if view.id is not None})
    return {code: [f"{kind} {which}" for kind, which in gone] for code, gone in found.items()}


def _shown(view: Kept, gone: Mapping[str, list[str]] | None = None) -> View:
    is_kept = view.id is not None
    return View(
        view.code, str(view.id) if is_kept else None, None if view.code.isdecimal() else view.code, view.name, view.audience,
        str(view.team_id) if view.team_id else None, view.sort, list(view.columns), filter_data(view.filter), view.is_hidden,
        view.kind, view.split, _gone([view]).get(view.code, []) if gone is None else gone.get(view.code, []),
    )  # fmt: skip
