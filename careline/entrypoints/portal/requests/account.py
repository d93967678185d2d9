"""Oneself: the addresses one is known by, a password, and where one is signed in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.customers.commands import entering
from careline.domain.customers.queries.portal import SignedIn, has_password, sessions_of
from careline.domain.customers.rules.portal import may_set_password
from careline.entrypoints.portal.guest import Guest, shown
from careline.entrypoints.portal.requests.benefits import benefits_of, told_words
from careline.entrypoints.portal.requests.door import rules_of
from careline.entrypoints.portal.requests.words import moment_of, zone_of

HERE = "/my/account"


def account(guest: Guest, who: SignedIn, *, error: str = "", status: int = 200) -> HttpResponse:
    zone = zone_of(who.viewer.time_zone, guest.site.time_zone)
    found = sessions_of(who.viewer.customer, at=guest.at)
    told = {"password": _("Your password is set."), "without": _("There is no password any more."), **told_words()}
    return shown(
        guest, "requests/account", _("Account"), status=status, is_indexed=False, error=error, addresses=who.viewer.addresses,
        benefits=benefits_of(guest, who),
        has_passwords=rules_of(guest).has_logins, has_password=has_password(who.viewer.customer), may_set=_may_set(guest, who),
        sessions=[_session(row, who, zone) for row in found], told=told.get(guest.request.GET.get("told", ""), ""),
    )  # fmt: skip


def password_set(guest: Guest, who: SignedIn) -> HttpResponse:
    password = guest.request.POST.get("password", "")[:1000]
    if not _may_set(guest, who):
        words = _("To set a password, sign in by a new link first: so nobody else can who finds this browser open.")
        return account(guest, who, error=words, status=422)
    try:
        validate_password(password)
    except ValidationError as weak:
        return account(guest, who, error=" ".join(weak.messages), status=422)
    entering.set_password(who.viewer.customer, password=password, session=who.session, at=guest.at)
    return HttpResponseRedirect(f"{HERE}?told=password")


def password_dropped(guest: Guest, who: SignedIn) -> HttpResponse:
    entering.drop_password(who.viewer.customer, at=guest.at)
    return HttpResponseRedirect(f"{HERE}?told=without")


def _may_set(guest: Guest, who: SignedIn) -> bool:
    return rules_of(guest).has_logins and may_set_password(how=who.how, started_at=who.started_at, at=guest.at)


def _session(row: Any, who: SignedIn, zone: Any) -> dict[str, Any]:
    return {
        "device": row.device or _("A browser"), "when": moment_of(row.last_seen_at, zone), "is_this": row.id == who.session,
        "how": _("by password") if row.how == "password" else _("by a link"),
    }  # fmt: skip
