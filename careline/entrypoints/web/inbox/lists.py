"""The inbox: a view's cases, a page of them at a time, and the rows that changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound
from careline.domain.desk.queries.gone import gone_from_views
from careline.domain.desk.queries.lists import rows_of
from careline.domain.desk.queries.views import view_of
from careline.domain.desk.rules import View
from careline.domain.staff.rules import may
from careline.entrypoints.web.gone import gone_words
from careline.entrypoints.web.inbox.counts import INBOX, shown_view, views_of
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
from careline.entrypoints.web.pages import page, part
from careline.entrypoints.web.visit import Visit, whole_number

SHOWN = 50
SORTS = ("updated", "due")
SORT_COOKIE = "careline_sort"
MOST_FRESH = 100


def inbox(visit: Visit, code: str = INBOX) -> HttpResponse:
    desk = desk_of(visit, code)
    view = desk.pop("chosen")
    response = (
        part(visit, "inbox/_list", **desk)
        if visit.target == "list"
        else page(visit, "inbox/inbox", "inbox", "", **desk)
    )
    asked = visit.asked.get("sort", "")
    if asked in SORTS:
        response.set_cookie(SORT_COOKIE, asked, max_age=365 * 86400, samesite="Lax", httponly=True)
    remember_kind(visit, response, view)
    return response


def desk_of(visit: Visit, code: str = INBOX) -> dict[str, Any]:
    """Everything of the inbox but an open case. Raises NotFound for a view that is not theirs."""
    views = views_of(visit)
    view = _chosen(views, code)
    shown = {one.code: shown_view(one) for one in views}
    url = shown[code]["url"]
    text = visit.asked.get("q", "").strip()[:200]
    sort = _sort(visit, view)
    (kind, split), tab = kind_of(visit, view), _tab(visit, view)
    wanted = replace(view.parts[tab], text=text)
    after = _fit(_place(visit), sort)
    cases: dict[str, Any] = {"rows": [], "next_url": "", "columns": []}
    if kind == "board":
        cases["columns"] = columns_shown(view, wanted, visit, url=url, split=split, sort=sort, after=after)
    else:
        found = rows_of(wanted, visit.person, at=visit.at, sort=sort, after=after, limit=SHOWN)
        cases |= {
            "rows": rows_shown(found.rows, visit, sort=sort),
            "next_url": _next_url(url, text, sort, tab, found.next),
        }
    return cases | {
        "page_title": shown[code]["name"],
        "chosen": view,
        "view": shown[code],
        "views": list(shown.values()),
        "views_nav": views_shown([*shown.values(), *_rooms(visit)], code),
        "here": _here(visit, url),
        "sort": sort,
        "sorts": sorts_shown(view, url, sort),
        "kind": kind,
        "kinds": kinds_shown(url, kind),
        "split": split,
        "splits": splits_shown(url, split),
        "tab": tab,
        "tabs": parts_shown(view, url, tab),
        "query": text,
        "gone": _gone(view) if not cases["rows"] and view.id is not None else "",
    }


def _gone(view: View) -> str:
    """An empty view says so where it asks for what is not there any more."""
    return gone_words(gone_from_views({view.code: view.filter}).get(view.code, ()))


def _rooms(visit: Visit) -> list[dict[str, Any]]:
    """What stands among the views, though it holds no cases: what one owes to customers by now."""
    due = {
        "key": "followups",
        "name": _("Follow-ups due"),
        "url": "/follow-ups?which=now",
        "symbol": "clock",
        "group": "",
    }
    return [due] if may(visit.person, "followup:read") else []


def _here(visit: Visit, url: str) -> str:
    """The address of this list, without what was searched for in it and without the place of a page."""
    if visit.request.path != url:
        return url
    asked = {name: visit.asked[name] for name in ("sort", "kind", "split", "tab") if visit.asked.get(name)}
    return f"{url}?{urlencode(asked)}" if asked else url


def _tab(visit: Visit, view: View) -> str:
    tab = visit.asked.get("tab", "")
    return tab if tab in view.parts else ""


def fresh_rows(visit: Visit) -> HttpResponse:
    """The rows of some cases as far as they belong to a view: what an open list fetches after an event."""
    view = _asked_view(visit, visit.asked.get("view", INBOX))
    numbers = [number for word in visit.asked.get("numbers", "").split(",") if (number := whole_number(word))]
    wanted = replace(view.parts[_tab(visit, view)], text=visit.asked.get("q", "").strip()[:200])
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
