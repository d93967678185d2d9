"""Forgotten the password, or none wanted: a link by mail. Who is known here is never told."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from careline.domain.history.actor import SYSTEM, agent
from careline.domain.staff.commands import note_asking, note_failed_sign_in, use_link
from careline.domain.staff.entering import mail_link, set_password
from careline.domain.staff.queries import is_locked_out
from careline.entrypoints.web.access.entering import caller_of, keys_of, let_in
from careline.entrypoints.web.access.signing_in import sign_in_page, too_many
from careline.entrypoints.web.visit import without_nul
from careline.kit import clock


def link_asked(request: HttpRequest) -> HttpResponse:
    return _ask(request, "entry")


def link_mailed(request: HttpRequest) -> HttpResponse:
    return _mailed(request, "entry")


def password_asked(request: HttpRequest) -> HttpResponse:
    return _ask(request, "password")


def password_mailed(request: HttpRequest) -> HttpResponse:
    return _mailed(request, "password")


def new_password(request: HttpRequest, token: str) -> HttpResponse:
    return _password_page(request, token)


def password_set(request: HttpRequest, token: str) -> HttpResponse:
    """The new password is judged first, so that a weak one does not spend the link. Then it signs in as a link does."""
    at, keys = clock.now(), keys_of(request, "")
    password = without_nul(request.POST).get("password", "")[:1000]
    try:
        validate_password(password)
    except ValidationError as weak:
        return _password_page(request, token, error=" ".join(weak.messages), status=422)
    found = None if is_locked_out(keys, at=at) else use_link(token, by=SYSTEM, at=at, purpose="password")
    if found is None:
        note_failed_sign_in(keys, agent_id=None, by=SYSTEM, at=at, how="link")
        words = _("This link was used already, or it is too old. Ask for a new one.")
        response = _password_page(request, token, error=words, is_over=True, status=410)
        response._has_been_logged = True  # type: ignore[attr-defined]  # its address is the secret
        return response
    set_password(found, password=password, by=agent(found.pk), at=at)
    return let_in(request, found, how="new password")


def _ask(request: HttpRequest, purpose: str, *, sent: bool = False, email: str = "") -> HttpResponse:
    context = {"page_title": _("Sign in"), "purpose": purpose, "sent": sent, "email": email}
    response = render(request, "web/access/mailed_link.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


def _mailed(request: HttpRequest, purpose: str) -> HttpResponse:
    """Each asking counts for the caller as a failed try does, so that nobody goes through a list of addresses."""
    email = without_nul(request.POST).get("email", "").strip().lower()[:320]
    at, keys = clock.now(), [f"letters:{caller_of(request)}"]
    if is_locked_out(keys, at=at):
        return sign_in_page(request, email=email, error=too_many(), status=429)
    note_asking(keys, at=at)
    mail_link(email, purpose=purpose, at=at)
    return _ask(request, purpose, sent=True, email=email)


def _password_page(
    request: HttpRequest, token: str, *, error: str = "", is_over: bool = False, status: int = 200
) -> HttpResponse:
    context = {"page_title": _("A new password"), "token": token, "error": error, "is_over": is_over}
    response = render(request, "web/access/new_password.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
