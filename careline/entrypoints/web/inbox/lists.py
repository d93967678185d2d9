"""The inbox: a view's cases, a page of them at a time, and the rows that changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.dateparse import parse_datetime
from markupsafe import Markup

from careline.domain.conversations.errors import NotFound
from careline.domain.desk.queries.gone import gone_from_views
from careline.domain.desk.queries.lists import rows_of
from careline.domain.desk.queries.views import view_of
from careline.domain.desk.rules import Filter, View
from careline.domain.staff.rules import may
from careline.entrypoints.web.drawing import Hole, framed
from careline.entrypoints.web.gone import gone_words
from careline.entrypoints.web.inbox.counts import INBOX, look_of, shown_view, views_of
from careline.entrypoints.web.inbox.kinds import (
    columns_shown,
    kind_of,
    kinds_shown,
    parts_shown,
    remember_kind,
    sorts_shown,
    splits_shown,
)
from careline.entrypoints.web.inbox.shown import fresh_rows_shown, rows_shown, views_shown
from careline.entrypoints.web.pages import framed_page, page, part
from careline.entrypoints.web.visit import Visit, whole_number

SHOWN = 50
SORTS = ("updated", "due")
SORT_COOKIE = "careline_sort"
MOST_FRESH = 100


def inbox(visit: Visit, code: str = INBOX) -> HttpResponse:
    views = views_of(visit)
    asked = _asked_of(visit, code, views)
    cases = _cases_of(asked, visit)
    if cases["rows"]:
        response = _framed(asked, cases, views, visit)
    else:
        desk = _desk(asked, cases, views, visit)
        response = (
            part(visit, "inbox/_list", **desk)
            if visit.target == "list"
            else page(visit, "inbox/inbox", "inbox", "", **desk)
        )
    order = visit.asked.get("sort", "")
    if order in SORTS:
        response.set_cookie(SORT_COOKIE, order, max_age=365 * 86400, samesite="Lax", httponly=True)
    remember_kind(visit, response, asked.view)
    return response


@dataclass(frozen=True, slots=True)
class Asked:
    """Which list somebody looks at, and how."""

    view: View
    url: str
    text: str
    sort: str
    kind: str
    split: str
    tab: str

    @property
    def wanted(self) -> Filter:
        return replace(self.view.part(self.tab), text=self.text)


def desk_of(visit: Visit, code: str = INBOX) -> dict[str, Any]:
    """Everything of the inbox but an open case. Raises NotFound for a view that is not theirs."""
    views = views_of(visit)
    asked = _asked_of(visit, code, views)
    return _desk(asked, _cases_of(asked, visit), views, visit)


def _asked_of(visit: Visit, code: str, views: list[View]) -> Asked:
    view = _chosen(views, code)
    kind, split = kind_of(visit, view)
    text = visit.asked.get("q", "").strip()[:200]
    return Asked(view, shown_view(view)["url"], text, _sort(visit, view), kind, split, _tab(visit, view))


def _cases_of(asked: Asked, visit: Visit) -> dict[str, Any]:
    """{rows, next_url} of a list, {columns} of a board."""
    after = _fit(_place(visit), asked.sort)
    if asked.kind == "board":
        columns = columns_shown(
            asked.view, asked.wanted, visit, url=asked.url, split=asked.split, sort=asked.sort, after=after
        )
        return {"rows": [], "next_url": "", "columns": columns}
    found = rows_of(asked.wanted, visit.person, at=visit.at, sort=asked.sort, after=after, limit=SHOWN, as_shown=True)
    next_url = _next_url(asked.url, asked.text, asked.sort, asked.tab, found.next)
    return {"rows": rows_shown(found.rows, visit, sort=asked.sort), "next_url": next_url, "columns": []}


def _desk(asked: Asked, cases: dict[str, Any], views: list[View], visit: Visit) -> dict[str, Any]:
    return cases | _looks(asked) | {
        "views_nav": _nav(views, asked, visit),
        "here": _here(visit, asked.url),
        "query": asked.text,
        "gone": _gone(asked.view) if not cases["rows"] and asked.view.id is not None else "",
    }  # fmt: skip


def _framed(asked: Asked, cases: dict[str, Any], views: list[View], visit: Visit) -> HttpResponse:
    """A list with cases in it, which is what people look at all day: around the rows it is the same for all who see this view so."""
    more, rows = bool(cases["next_url"]), Markup("".join(cases["rows"]))  # noqa: S704  drawn already
    holes = {"rows": rows, "next_url": cases["next_url"], "views_nav": _nav(views, asked, visit), "here": _here(visit, asked.url),
             "query": asked.text}  # fmt: skip

    def around(hole: Hole) -> dict[str, Any]:
        varying = {name: hole(name) for name in holes}
        return (
            _looks(asked)
            | varying
            | {"rows": [hole("rows")], "next_url": varying["next_url"] if more else "", "gone": ""}
        )

    key = (look_of(asked.view), asked.view.part_names, asked.sort, asked.kind, asked.split, asked.tab, more)
    if visit.target == "list":
        return HttpResponse(framed("web/inbox/_list.html", key, around, holes))
    return framed_page(visit, "inbox/inbox", "inbox", key, around, **holes)


def _looks(asked: Asked) -> dict[str, Any]:
    """What says how the list is shown: the same for all who see this view so."""
    view, url = asked.view, asked.url
    shown = shown_view(view)
    return {
        "page_title": shown["name"],
        "view": shown,
        "sort": asked.sort,
        "sorts": sorts_shown(view, url, asked.sort),
        "kind": asked.kind,
        "kinds": kinds_shown(url, asked.kind),
        "split": asked.split,
        "splits": splits_shown(url, asked.split),
        "tab": asked.tab,
        "tabs": parts_shown(view, url, asked.tab),
    }


def _nav(views: list[View], asked: Asked, visit: Visit) -> Markup:
    return views_shown(tuple(map(look_of, views)), asked.view.code, with_followups=may(visit.person, "followup:read"))


def _gone(view: View) -> str:
    """An empty view says so where it asks for what is not there any more."""
    return gone_words(gone_from_views({view.code: view.filter}).get(view.code, ()))


def _here(visit: Visit, url: str) -> str:
    """The address of this list, without what was searched for in it and without the place of a page."""
    if visit.request.path != url:
        return url
    asked = {name: visit.asked[name] for name in ("sort", "kind", "split", "tab") if visit.asked.get(name)}
    return f"{url}?{urlencode(asked)}" if asked else url


def _tab(visit: Visit, view: View) -> str:
    tab = visit.asked.get("tab", "")
    return tab if tab in view.part_names else ""


def fresh_rows(visit: Visit) -> HttpResponse:
    """The rows of some cases as far as they belong to a view: what an open list fetches after an event."""
    view = _asked_view(visit, visit.asked.get("view", INBOX))
    numbers = [number for word in visit.asked.get("numbers", "").split(",") if (number := whole_number(word))]
    wanted = replace(view.part(_tab(visit, view)), text=visit.asked.get("q", "").strip()[:200])
    sort = _sort(visit, view)
    rows = fresh_rows_shown(numbers[:MOST_FRESH], wanted, visit, sort=sort) if numbers else []
    return part(visit, "inbox/_rows", rows=rows)


def _asked_view(visit: Visit, code: str) -> View:
    """A view by its name alone, hidden or not: to list all of theirs would take a statement more for each happening."""
    view = view_of(visit.person, code)
    if view is None or (view.filter.complaints and not may(visit.person, "complaint:read")):
        raise NotFound(f"There is no view {code}.")
    return view


def _chosen(views: list[View], code: str) -> View:
    for view in views:
        if view.code == code:
            return view
    raise NotFound(f"There is no view {code}.")


def _sort(visit: Visit, view: View) -> str:
    """A saved view's own order, and what is due soon by that; else as asked for now, or the last time on this device."""
    asked = visit.asked.get("sort") or visit.request.COOKIES.get(SORT_COOKIE, "")
    if view.id is not None or view.symbol == "due":
        return view.sort
    return asked if asked in SORTS else "updated"


def _place(visit: Visit) -> tuple[Any, int] | None:
    """Where the page before this one ended: a moment or a number, and a case."""
    word, _, number = visit.asked.get("after", "").partition("_")
    try:
        then = whole_number(word) if word.isdecimal() else parse_datetime(word)
    except ValueError:
        return None
    key = whole_number(number)
    is_place = isinstance(then, int) or (then is not None and then.tzinfo is not None)
    return (then, key) if is_place and key is not None else None


def _fit(place: tuple[Any, int] | None, sort: str) -> tuple[Any, int] | None:
    """A place of another order is no place in this one."""
    return place if place is not None and isinstance(place[0], int) == (sort == "priority") else None


def _next_url(url: str, text: str, sort: str, tab: str, after: tuple[Any, int] | None) -> str:
    if after is None:
        return ""
    asked = {name: word for name, word in (("q", text), ("sort", sort), ("tab", tab)) if word}
    place = after[0].isoformat() if isinstance(after[0], datetime) else after[0]
    return f"{url}?{urlencode({**asked, 'after': f'{place}_{after[1]}'})}"
