"""Single sign-on by OpenID Connect: to the provider, and back."""

from __future__ import annotations

import hmac
import logging
import secrets
import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.history.actor import SYSTEM
from careline.domain.staff.commands import note_failed_sign_in
from careline.domain.staff.errors import NotPossible
from careline.domain.staff.providers import person_vouched_for, relying_on
from careline.domain.staff.queries import is_locked_out
from careline.entrypoints.web.access.entering import keys_of, let_in
from careline.entrypoints.web.access.signing_in import sign_in_page, too_many
from careline.entrypoints.web.words import said
from careline.kit import clock
from careline.kit.oidc import Places, ProviderBroken, Relying, address_to_ask, claims_from, places_of

log = logging.getLogger(__name__)
_ASKED = "careline_sso"
_KEPT_SECONDS, _BROKEN_SECONDS = 300.0, 5.0
_said: dict[Relying, tuple[float, Places | str]] = {}
"""What each provider said of itself last, until when: whoever knocks here often does not make us knock there as often."""


def asked(request: HttpRequest, code: str) -> HttpResponse:
    """The browser goes to the provider. What it must bring back is kept in its session, for once."""
    kept = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    if is_locked_out(keys_of(request, ""), at=clock.now()):
        return sign_in_page(request, error=too_many(), status=429)
    try:
        relying = _relying(code)
        address = address_to_ask(relying, _places(relying), **kept)
    except (ProviderBroken, NotPossible) as error:
        return _not_in(request, code, said(error))
    request.session[_ASKED] = kept | {"code": code, "next": request.GET.get("next", "")}
    return HttpResponseRedirect(address)


def returned(request: HttpRequest, code: str) -> HttpResponse:
    """Back from the provider."""
    kept = request.session.pop(_ASKED, None)
    state, given = request.GET.get("state", ""), request.GET.get("code", "")[:4000]
    if kept is None or kept["code"] != code or not hmac.compare_digest(kept["state"].encode(), state.encode()):
        return _not_in(request, code, _("This sign-in was not begun here, or is over: begin again."))
    if not given:
        return _not_in(request, code, _("The provider did not let you in."))
    try:
        relying = _relying(code)
        claims = claims_from(relying, _places(relying), code=given, nonce=kept["nonce"], verifier=kept["verifier"])
        found = person_vouched_for(code, claims, at=clock.now())
    except (ProviderBroken, NotPossible) as error:
        return _not_in(request, code, said(error))
    return let_in(request, found, how="sso", wanted=kept["next"])


def _places(relying: Relying) -> Places:
    """Raises ProviderBroken."""
    until, known = _said.get(relying, (0.0, ""))
    if until <= time.monotonic():
        if len(_said) > 100:
            _said.clear()
        try:
            until, known = time.monotonic() + _KEPT_SECONDS, places_of(relying)
        except ProviderBroken as broken:
            until, known = time.monotonic() + _BROKEN_SECONDS, str(broken)
        _said[relying] = until, known
    if isinstance(known, str):
        raise ProviderBroken(known)
    return known


def _relying(code: str) -> Relying:
    return relying_on(code, redirect=f"{settings.PUBLIC_URL}/sso/{code}/return")


def _not_in(request: HttpRequest, code: str, words: str) -> HttpResponse:
    log.info("Single sign-on by %s: %s", code[:50], words)
    note_failed_sign_in(keys_of(request, ""), agent_id=None, by=SYSTEM, at=clock.now(), how="sso")
    return sign_in_page(request, error=words, status=422)
