"""Who is signed in on the customers' pages; whoever is not is asked to.

The session's token is in a cookie of its own: it has nothing to do with the staff's, and each sign-in makes a new one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import EmptyMessage, NotFound, Refused
from careline.domain.customers.commands import entering
from careline.domain.customers.queries.portal import SignedIn, portal_rules, signed_in
from careline.domain.customers.rules.portal import LONGEST, PortalRules
from careline.entrypoints.portal.guest import Guest, absent, customers
from careline.kit.storage import ContentMissing

COOKIE, BROWSER = "careline_my", "careline_my_browser"
FRONT = "/my/requests"
_PLACES = re.compile(r"/my/(requests(/[0-9]{1,15})?|account)")
_LARGEST_KEY = 2**62
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
_BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))


def entrance(
    address: str, get: Callable[..., HttpResponse] | None = None, post: Callable[..., HttpResponse] | None = None
) -> URLPattern:
    """A page before the door; views get (guest, **keys)."""
    return customers(address, _kept_private(get), _kept_private(post))


def mine(
    address: str, get: Callable[..., HttpResponse] | None = None, post: Callable[..., HttpResponse] | None = None
) -> URLPattern:
    """A page behind the door; views get (guest, who, **keys)."""
    return customers(address, _kept_private(_signed(get)), _kept_private(_signed(post)))


def who_is(guest: Guest) -> SignedIn | None:
    words = guest.request.COOKIES.get(COOKIE, "")
    return signed_in(words[:200], rules=rules_of(guest), at=guest.at) if words else None


def rules_of(guest: Guest) -> PortalRules:
    return portal_rules(guest.site.brand)


def brand_of(guest: Guest) -> int | None:
    """Under a brand's own name its requests are shown; at the install's address those of all brands."""
    return guest.site.brand if guest.site.domain else None


def begin(guest: Guest, entered: entering.Entered, *, how: str) -> HttpResponse:
    """They are in, under a new token; where they wanted to go, if that is a page of theirs."""
    old = who_is(guest)
    if old is not None:
        entering.end_session(old.session, customer_id=old.viewer.customer, at=guest.at)
    words = entering.begin_session(entered, how=how, device=_device_of(guest.request), at=guest.at)
    response = HttpResponseRedirect(next_place(entered.wanted))
    lay_cookie(response, guest, COOKIE, words, age=int(LONGEST.total_seconds()))
    return response


def lay_cookie(response: HttpResponse, guest: Guest, name: str, words: str, *, age: int) -> None:
    response.set_cookie(
        name, words, max_age=age, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, path="/my"
    )


def next_place(wanted: str) -> str:
    """Only pages behind this door: nothing that a link from elsewhere could name leads out of the house."""
    return wanted if _PLACES.fullmatch(wanted) else FRONT


def sign_in_at(wanted: str = "") -> HttpResponse:
    asked = f"?{urlencode({'next': wanted})}" if wanted and next_place(wanted) == wanted and wanted != FRONT else ""
    return HttpResponseRedirect(f"/my/sign-in{asked}")


def caller_of(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def said(refusal: Exception) -> str:
    return _(str(refusal)) if str(refusal) else ""


def _signed(view: Callable[..., HttpResponse] | None) -> Callable[..., HttpResponse] | None:
    if view is None:
        return None
    chosen = view

    def behind(guest: Guest, **keys: Any) -> HttpResponse:
        who = who_is(guest)
        if who is None:
            return sign_in_at(guest.request.path if guest.request.method in ("GET", "HEAD") else "")
        entering.note_seen(who.session, last_seen_at=who.last_seen_at, at=guest.at)
        if any(isinstance(key, int) and key > _LARGEST_KEY for key in keys.values()):
            return absent(guest)
        try:
            return chosen(guest, who, **keys)
        except (NotFound, Http404, ContentMissing):
            return absent(guest)

    return behind


def _kept_private(view: Callable[..., HttpResponse] | None) -> Callable[..., HttpResponse] | None:
    if view is None:
        return None
    chosen = view

    def private(guest: Guest, **keys: Any) -> HttpResponse:
        response = chosen(guest, **keys)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return private


def _device_of(request: HttpRequest) -> str:
    """As one knows it in a list: Firefox · Windows."""
    told = request.headers.get("User-Agent", "")[:1000]
    named = [next((name for mark, name in marks if mark in told), "") for marks in (_BROWSERS, _SYSTEMS)]
    return " · ".join(name for name in named if name)


REFUSALS = (Refused, EmptyMessage)
