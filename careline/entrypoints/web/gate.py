"""Every address passes here: nobody gets in without sign-in, unless the address is opened to all by name.

Refusals of the floors below become the status and the words that a page or a part of one can show.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import URLPattern, path

from careline.domain.conversations.errors import AlreadyGone, NotFound, Refused
from careline.domain.history.actor import agent
from careline.domain.history.queries import newest_cursor
from careline.domain.staff.queries import person_of_session
from careline.domain.staff.rules import Forbidden, Person
from careline.entrypoints.web import errors
from careline.entrypoints.web.visit import Visit
from careline.flows.note_refusal import note_refusal
from careline.kit import clock
from careline.kit.storage import ContentMissing

_GETS = ("GET", "HEAD")


class Screen(Protocol):
    """A view of the staff: its keys come from the address."""

    def __call__(self, visit: Visit, **keys: Any) -> HttpResponse: ...


OPEN: set[str] = set()
"""Addresses that ask for no sign-in; a test knows them by heart."""


def staff(
    address: str, get: Callable[..., HttpResponse] | None = None, **others: Callable[..., HttpResponse]
) -> URLPattern:
    """An address for those who work here; `others` by method, as in put=, delete=."""
    screens = {"get": get, "head": get, **others}
    return path(address, _signed_in({name.upper(): screen for name, screen in screens.items() if screen}))


def everybody(
    address: str, get: Callable[..., HttpResponse] | None = None, post: Callable[..., HttpResponse] | None = None
) -> URLPattern:
    """An address for whoever comes: sign-in itself, and the demo's front door."""
    OPEN.add(address)
    views = {"GET": get, "HEAD": get, "POST": post}

    def view(request: HttpRequest, **keys: Any) -> HttpResponse:
        chosen = views.get(request.method or "")
        return chosen(request, **keys) if chosen else HttpResponseNotAllowed([name for name in views if views[name]])

    return path(address, view)


def _signed_in(screens: dict[str, Callable[..., HttpResponse]]) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, **keys: Any) -> HttpResponse:
        who = _person_of(request)
        if who is None:
            return _to_sign_in(request)
        screen = screens.get(request.method or "")
        if screen is None:
            return HttpResponseNotAllowed(sorted(screens))
        visit = Visit(request, who, agent(who.id, via="web"), clock.now())
        if request.method == "GET" and not visit.is_fragment:
            newest = newest_cursor()
            visit.since = f"{newest.tx}-{newest.happening}"
        response = _told(screen)(visit, **keys)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return view


def _person_of(request: HttpRequest) -> Person | None:
    key = str(request.session.get(SESSION_KEY, ""))
    if not key.isdigit():
        return None
    return person_of_session(int(key), session_hash=request.session.get(HASH_SESSION_KEY, ""))


def _told(screen: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(screen)
    def view(visit: Visit, **keys: Any) -> HttpResponse:
        try:
            return screen(visit, **keys)
        except (NotFound, Http404, ContentMissing):
            return errors.refusal(visit, 404, "")
        except Forbidden as refusal:
            note_refusal(refusal, number=keys.get("number", 0), by=visit.by, at=visit.at)
            return errors.refusal(visit, 403, str(refusal))
        except AlreadyGone as refusal:
            return errors.refusal(visit, 410, str(refusal))
        except Refused as refusal:
            return errors.refusal(visit, 422, str(refusal))

    return view


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if "HX-Request" in request.headers:
        # a part of a page cannot show a sign-in form: the whole page goes there
        return HttpResponse(status=401, headers={"HX-Redirect": "/login"})
    if request.method not in _GETS:
        return HttpResponseRedirect("/login")
    door = "/demo" if settings.DEMO else "/login"
    return HttpResponseRedirect(f"{door}?{urlencode({'next': request.get_full_path()})}")
