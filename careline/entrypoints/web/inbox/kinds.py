"""How a view is shown: as a list, a board or one case after the other; its order, its parts, the columns of a board.

What somebody chose for a view is remembered on their device, as the order is; else the view says it.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.conversations.queries.cases import statuses
from careline.domain.desk.queries.boards import Column, board_of
from careline.domain.desk.queries.row_marks import row_marks
from careline.domain.desk.rules import KINDS, SPLITS, Filter, View
from careline.domain.staff.queries import agents
from careline.entrypoints.web.inbox.shown import rows_shown
from careline.entrypoints.web.presenting import words_in
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import initials_of

COOKIE = "careline_kinds"
"""code.kind.split, newest first, parted by |."""
MOST_REMEMBERED = 40
MOST_COLUMNS = 12
_SYMBOLS = {"list": "list", "board": "columns", "play": "macro"}
_SPLIT_SYMBOLS = {"status": "inbox", "priority": "priority", "assignee": "customer"}


def kind_of(visit: Visit, view: View) -> tuple[str, str]:
    """As asked for now, or the last time, or as the view says: list, board or play, and what columns stand for."""
    kept = _remembered(visit).get(view.code, (view.kind, view.split))
    kind, split = visit.asked.get("kind", kept[0]), visit.asked.get("split", kept[1])
    return kind if kind in KINDS else "list", split if split in SPLITS else "status"


def remember_kind(visit: Visit, response: HttpResponse, view: View) -> None:
    if "kind" not in visit.asked and "split" not in visit.asked:
        return
    kept = {view.code: kind_of(visit, view)} | {k: v for k, v in _remembered(visit).items() if k != view.code}
    words = "|".join(f"{code}.{kind}.{split}" for code, (kind, split) in list(kept.items())[:MOST_REMEMBERED])
    response.set_cookie(COOKIE, words, max_age=365 * 86400, samesite="Lax", httponly=True)


def _remembered(visit: Visit) -> dict[str, tuple[str, str]]:
    parts = [word.split(".") for word in visit.request.COOKIES.get(COOKIE, "").split("|")]
    return {part[0]: (part[1], part[2]) for part in parts[:MOST_REMEMBERED] if len(part) == 3}


def kinds_shown(url: str, kind: str) -> list[dict[str, Any]]:
    names = {"list": _("List"), "board": _("Board"), "play": _("One after the other")}
    return [_choice(f"{url}?kind={key}", names[key], _SYMBOLS[key], key == kind) for key in KINDS]


def splits_shown(url: str, split: str) -> list[dict[str, Any]]:
    names = {"status": _("Status"), "priority": _("Priority"), "assignee": _("Assignee")}
    return [_choice(f"{url}?kind=board&split={key}", names[key], _SPLIT_SYMBOLS[key], key == split) for key in SPLITS]


def sorts_shown(view: View, url: str, sort: str) -> list[dict[str, Any]]:
    """A saved view and what is due soon have an order of their own."""
    if view.id is not None or view.symbol == "due":
        return []
    return [
        _choice(f"{url}?sort=updated", _("Newest first"), "newest", sort == "updated"),
        _choice(f"{url}?sort=due", _("Soonest due first"), "clock", sort == "due"),
    ]


def parts_shown(view: View, url: str, part: str) -> list[dict[str, Any]]:
    names = {
        "": _("All"),
        "unread": _("Unread"),
        "ours": _("Waiting on us"),
        "mine": _("Mine"),
        "nobody": _("Nobody's"),
    }
    return [
        {"key": key, "name": names[key], "url": f"{url}?tab={key}" if key else url, "is_current": key == part} for key in view.part_names
    ]  # fmt: skip


def columns_shown(
    view: View, wanted: Filter, visit: Visit, *, url: str, split: str, sort: str, after: Any
) -> list[dict[str, Any]]:
    """The columns of a board; a single one where the page of one column is asked for."""
    heads = _heads(view, visit, split)
    one = whole_number(visit.asked.get("column"))
    heads = [head for head in heads if one is None or head["key"] == one]
    keys, after = [head["key"] for head in heads], after if one is not None else None
    found = board_of(wanted, visit.person, at=visit.at, split=split, keys=keys, sort=sort, after=after)
    marks = row_marks([row for column in found for row in column.rows], at=visit.at)
    return [
        head | {
            "count": column.count, "cards": rows_shown(column.rows, visit, sort=sort, macro="card", marks=marks),
            "next_url": _next_url(url, split, sort, column),
        }
        for head, column in zip(heads, found, strict=True)
    ]  # fmt: skip


def _heads(view: View, visit: Visit, split: str) -> list[dict[str, Any]]:
    """What each column stands for: {key, name, symbol or initials, what, value}: `what` is changed to `value` by moving a card there."""
    if split == "priority":
        names = {4: _("Urgent"), 3: _("High"), 2: _("Normal"), 1: _("Low")}
        values = {4: "urgent", 3: "high", 2: "normal", 1: "low"}
        return [
            _head(key, name, "priority", values[key], symbol="priority", tone=values[key])
            for key, name in names.items()
        ]
    if split == "assignee":
        me = visit.person
        people = [row for row in agents() if row.is_active and row.id != me.id]
        named = [(me.id, me.name), *((row.id, row.name) for row in people)][:MOST_COLUMNS]
        return [_head(0, _("Unassigned"), "agent", "")] + [
            _head(key, name, "agent", str(key), initials=initials_of(name)) for key, name in named
        ]
    allowed = view.filter.categories
    return [
        _head(row.id, words_in(row.name, visit), "status", row.code, tone=row.category)
        for row in statuses() if not allowed or row.category in allowed or row.category == "resolved"
    ][:MOST_COLUMNS]  # fmt: skip


def _head(
    key: int, name: str, what: str, value: str, *, symbol: str = "", initials: str = "", tone: str = ""
) -> dict[str, Any]:
    return {
        "key": key,
        "name": name,
        "what": what,
        "value": value,
        "symbol": symbol,
        "initials": initials,
        "tone": tone,
    }


def _next_url(url: str, split: str, sort: str, column: Column) -> str:
    if column.next is None:
        return ""
    moment, number = column.next
    place = moment if isinstance(moment, int) else moment.isoformat()
    asked = {"kind": "board", "split": split, "sort": sort, "column": column.key, "after": f"{place}_{number}"}
    return f"{url}?{urlencode(asked)}"


def _choice(url: str, name: str, symbol: str, is_current: bool) -> dict[str, Any]:
    return {"url": url, "name": name, "symbol": symbol, "is_current": is_current}
