"""Every address passes here: nobody gets in without sign-in, unless the address is opened to all by name.

Refusals of the floors below become the status and the words that a page or a part of one can show.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import URLPattern, path

from careline.domain.company.queries import languages
from careline.domain.conversations.errors import AlreadyGone, NotFound, Refused
from careline.domain.conversations.queries.belongings import acted_for
from careline.domain.history.actor import Actor, agent
from careline.domain.history.queries import newest_cursor
from careline.domain.staff.errors import NotPossible
from careline.domain.staff.queries import Visitor, opened_session, visitor_of_session
from careline.domain.staff.rules import Forbidden, Person
from careline.domain.staff.sessions import NOTED_EVERY, NUMBER, note_seen
from careline.entrypoints.web import errors
from careline.entrypoints.web.visit import Visit
from careline.entrypoints.web.words import said
from careline.flows.note_refusal import note_refusal
from careline.kit import clock, db
from careline.kit.sessions import SessionStore
from careline.kit.spoken import speak, speak_to_browser
from careline.kit.storage import ContentMissing

_GETS = ("GET", "HEAD")
MOST_REMEMBERED = 5_000
SECURITY = "/security"
"""Where one looks after one's own ways in: the only pages for whom a role asks for a second factor that is not there yet."""


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
        speak_to_browser(request.headers.get("Accept-Language", ""), otherwise=lambda: languages()[0])
        if chosen is None:
            return HttpResponseNotAllowed([name for name in views if views[name]])
        response = chosen(request, **keys)
        response.headers.setdefault("Cache-Control", "no-store")  # a link that gets somebody in stands on some of them
        return response

    return path(address, view)


def _signed_in(screens: dict[str, Callable[..., HttpResponse]]) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, **keys: Any) -> HttpResponse:
        at = clock.now()
        is_page = request.method == "GET" and "HX-Request" not in request.headers
        visitor, newest = _visitor_of(request, at=at, with_newest=is_page)
        if visitor is None:
            return _to_sign_in(request)
        who = visitor.person
        if who.must_add_factor and not request.path.startswith(SECURITY):
            return _to(request, f"{SECURITY}?needed=1")
        screen = screens.get(request.method or "")
        if screen is None:
            return HttpResponseNotAllowed(sorted(screens))
        speak(who.language or who.house_language)
        visit = Visit(request, who, _acting(who, keys.get("number")), at, session=visitor.session)
        if is_page:
            visit.since = newest or _newest()
        response = _told(screen)(visit, **keys)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return view


def _visitor_of(request: HttpRequest, *, at: datetime, with_newest: bool) -> tuple[Visitor | None, str]:
    """Who asks, and where history stood before anything was read for them, as far as it was read in the same statement."""
    kept: SessionStore = request.session  # type: ignore[assignment]
    browser = kept.session_key or ""
    likely = _likely.get(browser)
    opened = None
    if likely is not None:
        opened = opened_session(browser, agent_id=likely[0], session=likely[1], at=at, with_newest=with_newest)
    if opened is not None:
        kept.opened_with(opened.session_data)
    key, session = str(kept.get(SESSION_KEY, "")), kept.get(NUMBER)
    if not key.isdigit():
        return None, ""
    found = visitor_of_session(
        int(key), session_hash=kept.get(HASH_SESSION_KEY, ""), session=session, at=at, opened=opened
    )
    if found is not None:
        _remember(browser, int(key), session)
        if session is not None and found.seen_at and at - found.seen_at > NOTED_EVERY:
            note_seen(session, place=request.META.get("REMOTE_ADDR", ""), at=at)
    return found, opened.newest if opened is not None else ""


_likely: dict[str, tuple[int, int | None]] = {}
"""Who was behind a browser's session last time: only so that both are read at once. What the session holds says who it is."""


def _remember(browser: str, agent_id: int, session: int | None) -> None:
    if len(_likely) >= MOST_REMEMBERED:
        _likely.clear()
    _likely[browser] = (agent_id, session)


def _newest() -> str:
    newest = newest_cursor()
    return f"{newest.tx}-{newest.happening}"


def _acting(who: Person, number: int | None) -> Actor:
    """On the case of somebody they stand in for, they act on that colleague's behalf."""
    by = agent(who.id, via="web")
    if not who.absent or number is None:
        return by
    absent = [one.id for one in who.absent]
    return replace(by, on_behalf_of=acted_for(number, person=who.id, absent=absent))


def _told(screen: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(screen)
    def view(visit: Visit, **keys: Any) -> HttpResponse:
        try:
            return screen(visit, **keys)
        except (NotFound, Http404, ContentMissing):
            return errors.refusal(visit, 404, "")
        except Forbidden as refusal:
            note_refusal(refusal, number=keys.get("number", 0), by=visit.by, at=visit.at)
            return errors.refusal(visit, 403, said(refusal))
        except AlreadyGone as refusal:
            return errors.refusal(visit, 410, said(refusal))
        except (Refused, NotPossible) as refusal:
            return errors.refusal(visit, 422, said(refusal))
        except IntegrityError as error:
            if not db.is_of_what_is_gone(error):
                raise
            return errors.refusal(visit, 404, "")

    return view


def _to(request: HttpRequest, address: str, *, status: int = 403) -> HttpResponse:
    """A part of a page cannot show another page: the whole of it goes there."""
    if "HX-Request" in request.headers:
        return HttpResponse(status=status, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if "HX-Request" in request.headers:
        return _to(request, "/login", status=401)
    if request.method not in _GETS:
        return HttpResponseRedirect("/login")
    door = "/demo" if settings.DEMO else "/login"
    return HttpResponseRedirect(f"{door}?{urlencode({'next': request.get_full_path()})}")
