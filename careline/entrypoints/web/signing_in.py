"""Getting in and out: password, one-time link, the demo's role picker."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from careline.domain.history.actor import SYSTEM, agent
from careline.domain.staff.commands import note_failed_sign_in, note_sign_in, use_link
from careline.domain.staff.queries import is_locked_out
from careline.domain.staff.signing_out import note_sign_out
from careline.entrypoints.web.visit import without_nul
from careline.kit import clock

BACKEND = "django.contrib.auth.backends.ModelBackend"


def form(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return HttpResponseRedirect(next_place(request.GET.get("next", "")))
    if settings.DEMO:  # nobody there has a password
        return HttpResponseRedirect("/demo")
    return _form(request, wanted=request.GET.get("next", ""))


def signed_in(request: HttpRequest) -> HttpResponse:
    """By address and password. An unknown account, a wrong password and one that is closed are answered alike."""
    sent = without_nul(request.POST)
    email, password = sent.get("email", "").strip().lower()[:320], sent.get("password", "")[:1000]
    keys, at = _keys(request, email), clock.now()
    if is_locked_out(keys, at=at):
        words = _("Too many attempts. Wait a quarter of an hour, or ask your administrator for a one-time link.")
        return _form(request, email=email, error=words, wanted=request.POST.get("next", ""), status=429)
    # Django hashes a password for an unknown account too, so that the time tells nothing
    found = authenticate(request, username=email, password=password)
    if found is None:
        note_failed_sign_in(keys, agent_id=None, by=SYSTEM, at=at)
        words = _("The address or the password is wrong.")
        return _form(request, email=email, error=words, wanted=request.POST.get("next", ""), status=422)
    login(request, found)
    note_sign_in(found, by=agent(found.pk), at=at)
    return HttpResponseRedirect(next_place(request.POST.get("next", "")))


def link_shown(request: HttpRequest, token: str) -> HttpResponse:
    """A link in a mail is opened by machines too, so opening it spends nothing: the button does."""
    return render(request, "web/link.html", {"page_title": _("Sign in"), "token": token, "error": ""})


def link_used(request: HttpRequest, token: str) -> HttpResponse:
    at = clock.now()
    keys = _keys(request, "")
    found = None if is_locked_out(keys, at=at) else use_link(token, by=SYSTEM, at=at)
    if found is None:
        note_failed_sign_in(keys, agent_id=None, by=SYSTEM, at=at)
        words = _("This link was used already, or it is too old. Ask your administrator for a new one.")
        context = {"page_title": _("Sign in"), "token": token, "error": words}
        response = render(request, "web/link.html", context, status=410)
        response._has_been_logged = True  # type: ignore[attr-defined]  # its address is the secret, and may still be good
        return response
    login(request, found, backend=BACKEND)
    return HttpResponseRedirect("/inbox")


def signed_out(request: HttpRequest) -> HttpResponse:
    key = request.user.pk if request.user.is_authenticated else None
    logout(request)
    if key is not None:
        note_sign_out(key, by=agent(key), at=clock.now())
    return HttpResponseRedirect("/login")


def _form(
    request: HttpRequest, *, email: str = "", error: str = "", wanted: str = "", status: int = 200
) -> HttpResponse:
    context = {"page_title": _("Sign in"), "email": email, "error": error, "next": wanted}
    response = render(request, "web/login.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _keys(request: HttpRequest, email: str) -> list[str]:
    """What failed attempts are counted by: the account, and where the caller is."""
    return [key for key in (email and f"account:{email}", f"address:{request.META.get('REMOTE_ADDR', '')}") if key]


def next_place(wanted: str) -> str:
    """Where they wanted to go, if that is on this site."""
    return wanted if wanted and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else "/inbox"
