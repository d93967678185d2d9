"""Letting somebody in: after the first proof the second, where they have one; then the session begins."""

from __future__ import annotations

import ipaddress
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from careline.domain.history.actor import agent
from careline.domain.staff.factors import factors_of
from careline.domain.staff.passkeys import Site
from careline.domain.staff.queries import agent_by_id
from careline.domain.staff.sessions import NUMBER, begin_session
from careline.kit import clock

BACKEND = "django.contrib.auth.backends.ModelBackend"
_PENDING = "careline_entering"
_PATIENCE = timedelta(minutes=10)
_UNKNOWN_DEVICE = ""
_SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)  # fmt: skip
_BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)


def let_in(request: HttpRequest, found: Any, *, how: str, wanted: str = "", is_whole: bool = False) -> HttpResponse:
    """After the first proof (`is_whole`: it stands for both). Whoever has a second factor is asked for it next."""
    if not is_whole and factors_of(found.pk):
        request.session.cycle_key()
        request.session[_PENDING] = {
            "agent": found.pk, "how": how, "at": clock.now().isoformat(), "next": wanted, "password": found.password,
        }  # fmt: skip
        return HttpResponseRedirect("/login/code")
    return enter(request, found, how=how, wanted=wanted)


def enter(request: HttpRequest, found: Any, *, how: str, wanted: str = "") -> HttpResponse:
    """They are in."""
    request.session.pop(_PENDING, None)
    login(request, found, backend=BACKEND)
    request.session[NUMBER] = begin_session(
        found, how=how, device=device_of(request), place=caller_of(request), by=agent(found.pk), at=clock.now()
    )
    return HttpResponseRedirect(next_place(wanted))


def pending(request: HttpRequest) -> dict[str, Any] | None:
    """Who has given the first proof in this browser and owes the second: agent, how, next; None after ten minutes."""
    kept = request.session.get(_PENDING)
    if not kept or clock.now() - datetime.fromisoformat(kept["at"]) > _PATIENCE:
        return None
    found = agent_by_id(kept["agent"])
    if found is None or found.password != kept["password"]:
        return None
    return {"agent": found, "how": kept["how"], "next": kept["next"]}


def keys_of(request: HttpRequest, email: str) -> list[str]:
    """What failed attempts are counted by: the account, and where the caller is."""
    return [key for key in (email and f"account:{email}", f"address:{caller_of(request)}") if key]


def next_place(wanted: str) -> str:
    """Where they wanted to go, if that is on this site."""
    return wanted if wanted and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else "/inbox"


def site_of(request: HttpRequest) -> Site | None:
    """What passkeys belong to; None where the site is reached by a bare number, which browsers give no passkeys to."""
    host, public = request.get_host(), urlsplit(settings.PUBLIC_URL)
    scheme = public.scheme if public.netloc == host else request.scheme
    name = urlsplit(f"//{host}").hostname or ""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return Site(name, f"{scheme}://{host}")
    return None


def caller_of(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def device_of(request: HttpRequest) -> str:
    """As one recognises it in a list: Firefox · Windows."""
    told = request.headers.get("User-Agent", "")[:1000]
    named = [next((name for mark, name in marks if mark in told), "") for marks in (_BROWSERS, _SYSTEMS)]
    return " · ".join(name for name in named if name) or _UNKNOWN_DEVICE
