"""Whole pages and parts of them: what every page needs besides its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse

from careline.domain.staff.rules import DEFAULT_ROLES, may
from careline.entrypoints.web.drawing import Hole, Token, drawn, framed, rail
from careline.entrypoints.web.icons import icon_sprite
from careline.entrypoints.web.keymap import chosen_keys
from careline.entrypoints.web.tints import tint
from careline.entrypoints.web.visit import Visit
from careline.entrypoints.web.words import initials_of

_UNCOUNTED = {"inbox": 0, "outbox_failed": 0, "unrouted": 0, "followups": 0}
_PLACES = {
    "customers": "customer:read", "outbox": "outbox:read", "unrouted": "inbound:read", "mailboxes": "channel:read", "people": "staff:read",
    "wall": "wall:read", "orders": "order:read", "articles": "knowledge:read", "reports": "report:read", "followups": "followup:read",
}  # fmt: skip


def page(visit: Visit, template: str, section: str, title: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """A page with the rail beside it. Its numbers come after it (live.js asks /counts): nobody waits for them."""
    shell = {
        "section": section,
        "page_title": title,
        "me": me(visit),
        "counts": _UNCOUNTED,
        "since": visit.since,
    }
    return HttpResponse(drawn(visit.request, f"web/{template}.html", shell | context), status=status)


def framed_page(
    visit: Visit,
    template: str,
    section: str,
    key: tuple[Any, ...],
    context: Callable[[Hole], Mapping[str, Any]],
    **holes: Any,
) -> HttpResponse:
    """`page` where all but the holes is alike for all: its frame is kept, see `framed`; who looks at it fills holes of their own."""

    def of_all(hole: Hole) -> dict[str, Any]:
        shell = {
            "section": section,
            "me": {name: hole(name) for name in who},
            "counts": _UNCOUNTED,
            "since": hole("since"),
        }
        drawn_apart = {
            "rail": lambda *_: hole("rail"),
            "icon_sprite": lambda: hole("sprite"),
            "tint": lambda _: hole("tint"),
        }
        return shell | drawn_apart | {"csrf_token": hole("csrf_token")} | dict(context(hole))

    mine, token = me(visit), Token(visit.request)
    who = {name: mine[name] for name in ("name", "initials", "own_keys")}
    filled = {"csrf_token": token, "since": visit.since, "tint": tint(mine["name"]), "sprite": icon_sprite()}
    filled["rail"] = rail(section, mine, _UNCOUNTED, token)
    return HttpResponse(framed(f"web/{template}.html", key, of_all, {**filled, **who, **holes}))


def part(
    visit: Visit, template: str, *, status: int = 200, headers: dict[str, str] | None = None, **context: Any
) -> HttpResponse:
    response = HttpResponse(drawn(visit.request, f"web/{template}.html", context), status=status)
    for name, value in (headers or {}).items():
        response.headers[name] = value
    return response


def next_page(url: str, found: list[Any], shown: int, **asked: str) -> str:
    """Where a list goes on that was asked for one row more than it shows; empty at its end."""
    if len(found) <= shown:
        return ""
    return f"{url}?{urlencode({**{name: word for name, word in asked.items() if word}, 'after': found[shown - 1].id})}"


def me(visit: Visit) -> dict[str, Any]:
    person = visit.person
    role = DEFAULT_ROLES[person.role][0] if person.role in DEFAULT_ROLES else person.role
    places = {place for place, verb in _PLACES.items() if may(person, verb)}
    return {
        "name": person.name,
        "initials": initials_of(person.name),
        "email": person.email,
        "role": role,
        "places": places,
        "own_keys": chosen_keys(person.preferences, agent=person.id),
    }
