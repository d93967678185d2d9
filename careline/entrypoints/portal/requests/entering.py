"""Getting in, by a link in a mail or by a password, and out. Who is known here is told to nobody."""

from __future__ import annotations

import hashlib
import secrets
from hmac import compare_digest
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.customers.commands import entering
from careline.domain.customers.queries.portal import SignedIn, digest_of, link_shown
from careline.domain.customers.rules.addresses import Unreachable
from careline.domain.customers.rules.portal import LINK_VALID, NOBODY
from careline.domain.staff.commands import note_asking
from careline.domain.staff.queries import is_locked_out
from careline.entrypoints.portal.guest import Guest, shown
from careline.entrypoints.portal.requests.door import (
    BROWSER,
    COOKIE,
    FRONT,
    begin,
    caller_of,
    lay_cookie,
    next_place,
    rules_of,
    who_is,
)
from careline.flows.written_address import kept_form


def form(guest: Guest) -> HttpResponse:
    if who_is(guest) is not None:
        return HttpResponseRedirect(next_place(guest.request.GET.get("next", "")))
    return _page(guest, wanted=guest.request.GET.get("next", ""))


def asked(guest: Guest) -> HttpResponse:
    """Writes the asking down, for whatever address; the worker sends the link where there is one to send."""
    sent = guest.request.POST
    written, wanted = _clean(sent.get("email", "")), sent.get("next", "")
    if rules_of(guest).who == NOBODY:
        return _page(guest, status=403)
    keys = [f"portal-link:{caller_of(guest.request)}"]
    if is_locked_out(keys, at=guest.at):
        return _page(guest, email=written, error=_too_many(), wanted=wanted, status=429)
    try:
        value = kept_form("email", written)
    except Unreachable as wrong:
        return _page(guest, email=written, error=_(str(wrong)), wanted=wanted, status=422)
    note_asking(keys, at=guest.at)
    browser = guest.request.COOKIES.get(BROWSER, "")[:100] or secrets.token_urlsafe(24)
    made = entering.ask_link(
        value, brand=guest.site.brand, language=guest.language, wanted=next_place(wanted), browser=digest_of(browser), at=guest.at
    )  # fmt: skip
    response = shown(
        guest, "requests/asked", _("Look into your mail"), is_indexed=False, email=written, demo_link=_in_demo(made)
    )
    lay_cookie(response, guest, BROWSER, browser, age=2 * int(LINK_VALID.total_seconds()))
    return response


def link(guest: Guest, token: str) -> HttpResponse:
    """A link in a mail is opened by machines too, so opening it spends nothing: the button does."""
    return _link_page(guest, token)


def link_used(guest: Guest, token: str) -> HttpResponse:
    keys = [f"portal-link-used:{caller_of(guest.request)}"]
    if is_locked_out(keys, at=guest.at):
        return _link_page(guest, token, error=_too_many(), status=429)
    found = link_shown(token, at=guest.at)
    if found is None:
        note_asking(keys, at=guest.at)
    if found is None or not (_is_here(guest, found) or guest.request.POST.get("anyway") == "yes"):
        return _link_page(guest, token)
    entered = entering.use_link(token, rules=rules_of(guest), at=guest.at)
    return begin(guest, entered, how="link") if entered else _link_page(guest, token)


def password_given(guest: Guest) -> HttpResponse:
    """A wrong password, none at all and an unknown address are answered alike, in the same time."""
    sent = guest.request.POST
    written, password, wanted = _clean(sent.get("email", "")), sent.get("password", "")[:1000], sent.get("next", "")
    try:
        value = kept_form("email", written)
    except Unreachable:
        value = ""
    # one account, however its address is spelt: full-width letters come to the same
    named = hashlib.sha256((value or written).lower().encode()).hexdigest()[:32]
    keys = [f"portal:{named}", f"portal-from:{caller_of(guest.request)}"]
    if is_locked_out(keys, at=guest.at):
        return _page(guest, email=written, error=_too_many(), wanted=wanted, is_password=True, status=429)
    rules = rules_of(guest)
    entered = entering.prove_password(value, password=password, rules=rules) if rules.has_logins else None
    if entered is None:
        note_asking(keys, at=guest.at)
        words = _("The address or the password is wrong. A link by mail gets you in without one.")
        return _page(guest, email=written, error=words, wanted=wanted, is_password=True, status=422)
    return begin(guest, entering.Entered(entered.customer, entered.value, wanted), how="password")


def signed_out(guest: Guest, who: SignedIn) -> HttpResponse:
    entering.end_session(who.session, customer_id=who.viewer.customer, at=guest.at)
    return _out()


def signed_out_everywhere(guest: Guest, who: SignedIn) -> HttpResponse:
    entering.end_sessions(who.viewer.customer, at=guest.at)
    return _out()


def front(guest: Guest) -> HttpResponse:
    return HttpResponseRedirect(FRONT)


def _in_demo(made: Any) -> str:
    """A demo sends nothing, so there the page itself gives the link."""
    return f"/my/link/{entering.make_words(made)}" if settings.DEMO else ""


def _out() -> HttpResponse:
    response = HttpResponseRedirect("/my/sign-in")
    response.delete_cookie(COOKIE, path="/my", samesite="Lax")
    return response


def _page(guest: Guest, *, email: str = "", error: str = "", wanted: str = "", is_password: bool = False,
          status: int = 200) -> HttpResponse:  # fmt: skip
    rules = rules_of(guest)
    return shown(
        guest, "requests/sign_in", _("Your requests"), status=status, is_indexed=False, email=email, error=error,
        next=next_place(wanted), is_open=rules.who != NOBODY, has_passwords=rules.has_logins, is_password=is_password,
    )  # fmt: skip


def _link_page(guest: Guest, token: str, *, error: str = "", status: int = 0) -> HttpResponse:
    found = link_shown(token, at=guest.at)
    response = shown(
        guest, "requests/link", _("Your requests"), status=status or (200 if found else 410), is_indexed=False, token=token,
        error=error, is_good=found is not None, masked=found["for"] if found else "", is_here=found is not None and _is_here(guest, found),
    )  # fmt: skip
    response._has_been_logged = True  # type: ignore[attr-defined]  # its address is the secret, and may still be good
    return response


def _is_here(guest: Guest, found: dict[str, Any]) -> bool:
    """Whether it was asked for in this browser."""
    browser = guest.request.COOKIES.get(BROWSER, "")[:100]
    return bool(browser) and compare_digest(digest_of(browser), found["browser"])


def _clean(words: str) -> str:
    return words.replace("\0", "").strip()[:320]


def _too_many() -> str:
    return _("Too many attempts. Wait a quarter of an hour, and try again.")
