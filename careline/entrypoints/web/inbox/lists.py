"""The inbox: a view's cases, a page of them at a time, and the rows that changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.dateparse import parse_datetime

from careline.domain.conversations.errors import NotFound
from careline.domain.desk.queries.lists import rows_among, rows_of
from careline.domain.desk.rules import View
from careline.entrypoints.web.inbox.counts import INBOX, shown_view, views_of
from careline.entrypoints.web.inbox.shown import rows_shown, views_shown
from careline.entrypoints.web.pages import page, part
from careline.entrypoints.web.visit import Visit, whole_number

SHOWN = 50
SORTS = ("updated", "due")
SORT_COOKIE = "careline_sort"
MOST_FRESH = 100


def inbox(visit: Visit, code: str = INBOX) -> HttpResponse:
    response = page(visit, "inbox/inbox", "inbox", "", **desk_of(visit, code))
    asked = visit.asked.get("sort", "")
    if asked in SORTS:
        response.set_cookie(SORT_COOKIE, asked, max_age=365 * 86400, samesite="Lax", httponly=True)
    return response


def desk_of(visit: Visit, code: str = INBOX) -> dict[str, Any]:
    """Everything of the inbox but an open case. Raises NotFound for a view that is not theirs."""
    views = views_of(visit)
    view = _chosen(views, code)
    text = visit.asked.get("q", "").strip()[:200]
    sort = _sort(visit, view)
    wanted = replace(view.filter, text=text)
    found = rows_of(wanted, visit.person, at=visit.at, sort=sort, after=_fit(_place(visit), sort), limit=SHOWN)
    shown = {one.code: shown_view(one) for one in views}
    return {
        "page_title": shown[code]["name"],
        "view": shown[code],
        "views": list(shown.values()),
        "rows": rows_shown(found.rows, visit, sort=sort),
        "views_nav": views_shown(list(shown.values()), code),
        "sort": sort,
        "next_url": _next_url(shown[code]["url"], text, sort, found.next),
        "query": text,
    }


def fresh_rows(visit: Visit) -> HttpResponse:
    """The rows of some cases as far as they belong to a view: what an open list fetches after an event."""
    view = _chosen(views_of(visit), visit.asked.get("view", INBOX))
    numbers = [number for word in visit.asked.get("numbers", "").split(",") if (number := whole_number(word))]
    text = visit.asked.get("q", "").strip()[:200]
    found = (
        rows_among(numbers[:MOST_FRESH], replace(view.filter, text=text), visit.person, at=visit.at) if numbers else []
    )
    return part(visit, "inbox/_rows", rows=rows_shown(found, visit, sort=_sort(visit, view)))


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


def _next_url(url: str, text: str, sort: str, after: tuple[Any, int] | None) -> str:
    if after is None:
        return ""
    asked = {"q": text, "sort": sort} if text else {"sort": sort}
    place = after[0].isoformat() if isinstance(after[0], datetime) else after[0]
    return f"{url}?{urlencode({**asked, 'after': f'{place}_{after[1]}'})}"
