"""Getting in and out: by password, by one-time link, by passkey; then the second factor."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from careline.domain.history.actor import SYSTEM, agent
from careline.domain.staff.commands import note_failed_sign_in, use_link
from careline.domain.staff.factors import factors_of, use_code
from careline.domain.staff.passkeys import PasskeyRefused, Proven, Site, begin_proving, use_passkey
from careline.domain.staff.providers import providers
from careline.domain.staff.queries import is_locked_out
from careline.domain.staff.signing_out import note_sign_out
from careline.entrypoints.web.access.entering import enter, keys_of, let_in, next_place, pending, site_of
from careline.entrypoints.web.visit import without_nul
from careline.kit import clock

_CEREMONY = "careline_passkey"


def form(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return HttpResponseRedirect(next_place(request.GET.get("next", "")))
    if settings.DEMO and "as" not in request.GET:  # nobody there has a password
        return HttpResponseRedirect("/demo")
    return sign_in_page(request, wanted=request.GET.get("next", ""))


def signed_in(request: HttpRequest) -> HttpResponse:
    """By address and password. An unknown account, a wrong password and one that is closed are answered alike."""
    sent = without_nul(request.POST)
    email, password = sent.get("email", "").strip().lower()[:320], sent.get("password", "")[:1000]
    wanted, keys, at = request.POST.get("next", ""), keys_of(request, email), clock.now()
    if is_locked_out(keys, at=at):
        return sign_in_page(request, email=email, error=too_many(), wanted=wanted, status=429)
    # Django hashes a password for an unknown account too, so that the time tells nothing
    found: Any = authenticate(request, username=email, password=password)
    if found is None:
        note_failed_sign_in(keys, agent_id=None, by=SYSTEM, at=at)
        words = _("The address or the password is wrong.")
        return sign_in_page(request, email=email, error=words, wanted=wanted, status=422)
    return let_in(request, found, how="password", wanted=wanted)


def link_shown(request: HttpRequest, token: str) -> HttpResponse:
    """A link in a mail is opened by machines too, so opening it spends nothing: the button does."""
    return render(request, "web/access/link.html", {"page_title": _("Sign in"), "token": token, "error": ""})


def link_used(request: HttpRequest, token: str) -> HttpResponse:
    at = clock.now()
    keys = keys_of(request, "")
    found = None if is_locked_out(keys, at=at) else use_link(token, by=SYSTEM, at=at)
    if found is None:
        note_failed_sign_in(keys, agent_id=None, by=SYSTEM, at=at, how="link")
        words = _("This link was used already, or it is too old. Ask for a new one.")
        context = {"page_title": _("Sign in"), "token": token, "error": words}
        response = render(request, "web/access/link.html", context, status=410)
        response._has_been_logged = True  # type: ignore[attr-defined]  # its address is the secret, and may still be good
        return response
    return let_in(request, found, how="link")


def code_asked(request: HttpRequest) -> HttpResponse:
    waiting = pending(request)
    return _code_page(request, waiting) if waiting else HttpResponseRedirect("/login")


def code_given(request: HttpRequest) -> HttpResponse:
    """The second factor, after the first: a code of the app or a recovery code, or a passkey's answer."""
    waiting = pending(request)
    if waiting is None:
        return HttpResponseRedirect("/login")
    found, at = waiting["agent"], clock.now()
    keys = keys_of(request, found.email)
    if is_locked_out(keys, at=at):
        return _code_page(request, waiting, error=too_many(), status=429)
    sent = without_nul(request.POST)
    if sent.get("answer"):
        proven = _proven(request, found.pk, sent.get("answer", ""))
        kind = "passkey" if proven else None
    else:
        kind = use_code(found.pk, sent.get("code", "")[:100], by=agent(found.pk), at=at)
    if kind is None:
        note_failed_sign_in(keys, agent_id=found.pk, by=SYSTEM, at=at, how="second factor")
        words = _("This was not right. Type the code that the app shows now, or one of your recovery codes.")
        return _code_page(request, waiting, error=words, status=422)
    return enter(request, found, how=f"{waiting['how']}+{kind}", wanted=waiting["next"])


def passkey_options(request: HttpRequest) -> HttpResponse:
    """What the browser asks the passkey: for the second step, or to get in without a password."""
    site, waiting = site_of(request), pending(request)
    if site is None:
        return JsonResponse({"error": without_name()}, status=422)
    who = waiting["agent"].pk if waiting and request.POST.get("step") == "second" else None
    options, state = begin_proving(who, site=site)
    request.session[_CEREMONY] = state
    return JsonResponse(json.loads(json.dumps(options)))


def passkey_given(request: HttpRequest) -> HttpResponse:
    """In without a password: the passkey knows who it is, and asked for a finger, a face or a PIN."""
    keys, at = keys_of(request, ""), clock.now()
    if is_locked_out(keys, at=at):
        return sign_in_page(request, error=too_many(), status=429)
    proven = _proven(request, None, request.POST.get("answer", ""))
    if proven is None or not proven.is_verified:
        note_failed_sign_in(keys, agent_id=None, by=SYSTEM, at=at, how="passkey")
        return sign_in_page(request, error=str(PasskeyRefused()), status=422)
    return let_in(request, proven.agent, how="passkey", wanted=request.POST.get("next", ""), is_whole=True)


def signed_out(request: HttpRequest) -> HttpResponse:
    from careline.domain.staff.sessions import NUMBER, end_session

    key, number = request.user.pk if request.user.is_authenticated else None, request.session.get(NUMBER)
    logout(request)
    if key is not None:
        at = clock.now()
        if number is not None:
            end_session(number, agent_id=key, by=agent(key), at=at)
        note_sign_out(key, by=agent(key), at=at)
    return HttpResponseRedirect("/login")


def sign_in_page(
    request: HttpRequest, *, email: str = "", error: str = "", wanted: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "page_title": _("Sign in"), "email": email, "error": error, "next": wanted, "has_passkeys": site_of(request) is not None,
        "providers": [{"name": row.name, "url": f"/sso/{row.code}"} for row in providers(active=True)],
    }  # fmt: skip
    response = render(request, "web/access/login.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def too_many() -> str:
    return _("Too many attempts. Wait a quarter of an hour, or ask your administrator for a one-time link.")


def without_name() -> str:
    return _("Passkeys need a site with a name: open Careline by its name instead of a number.")


def _code_page(request: HttpRequest, waiting: dict[str, Any], *, error: str = "", status: int = 200) -> HttpResponse:
    kinds = {row.kind for row in factors_of(waiting["agent"].pk)}
    context = {
        "page_title": _("Sign in"), "error": error, "has_app": "totp" in kinds,
        "has_passkeys": "passkey" in kinds and site_of(request) is not None,
    }  # fmt: skip
    response = render(request, "web/access/login_code.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _proven(request: HttpRequest, who: int | None, answer: str) -> Proven | None:
    state, site = request.session.pop(_CEREMONY, None), site_of(request)
    given = passkey_answer(answer)
    if state is None or site is None or given is None:
        return None
    return _asked(who, given, state, site)


def _asked(who: int | None, given: dict[str, Any], state: dict[str, Any], site: Site) -> Proven | None:
    try:
        return use_passkey(who, answer=given, state=state, site=site, at=clock.now())
    except PasskeyRefused:
        return None


def passkey_answer(text: str) -> dict[str, Any] | None:
    """What the browser's script sent; None for nonsense."""
    try:
        given = json.loads(text[:100_000])
    except (ValueError, RecursionError):
        return None
    return given if isinstance(given, dict) else None
