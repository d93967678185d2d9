"""How one gets in, looked after by oneself: password, second factors, browsers in which one is signed in, API tokens."""

from __future__ import annotations

import base64
import json
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound
from careline.domain.staff.commands import note_failed_sign_in
from careline.domain.staff.entering import set_password
from careline.domain.staff.factors import (
    WrongCode,
    add_app,
    factors_of,
    new_recovery_codes,
    recovery_codes_left,
    remove_factor,
)
from careline.domain.staff.passkeys import PasskeyRefused, add_passkey, begin_adding
from careline.domain.staff.queries import agent_by_id, is_locked_out
from careline.domain.staff.sessions import end_session, end_sessions, sessions_of
from careline.domain.staff.tokens import tokens_of
from careline.entrypoints.web.access.entering import enter, keys_of, site_of
from careline.entrypoints.web.access.own_tokens import token_row
from careline.entrypoints.web.access.signing_in import passkey_answer, too_many, without_name
from careline.entrypoints.web.moments import moment_text
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit
from careline.entrypoints.web.words import said
from careline.kit import totp

_APP, _CEREMONY = "careline_new_app", "careline_new_passkey"


def security(visit: Visit) -> HttpResponse:
    return security_page(visit)


def password_changed(visit: Visit) -> HttpResponse:
    """The old one is asked for, where there is one: an open browser is not enough. Guesses count as those at the door do."""
    found, new = _me(visit), visit.form.get("new", "")[:1000]
    keys = keys_of(visit.request, found.email)
    if is_locked_out(keys, at=visit.at):
        return security_page(visit, errors={"old": too_many()}, status=429)
    if found.has_usable_password() and not found.check_password(visit.form.get("old", "")[:1000]):
        note_failed_sign_in(keys, agent_id=found.pk, by=visit.by, at=visit.at, how="old password")
        return security_page(visit, errors={"old": _("This is not your password.")}, status=422)
    try:
        validate_password(new, found)
    except ValidationError as weak:
        return security_page(visit, errors={"new": " ".join(weak.messages)}, status=422)
    set_password(found, password=new, by=visit.by, at=visit.at)
    return enter(visit.request, found, how="new password", wanted="/security")


def app_shown(visit: Visit) -> HttpResponse:
    """The picture that an authenticator app photographs. The secret counts once a code of it was typed."""
    secret = totp.new_secret()
    visit.request.session[_APP] = base64.b64encode(secret).decode()
    return _app_page(visit, secret)


def app_added(visit: Visit) -> HttpResponse:
    kept = visit.request.session.get(_APP, "")
    if not kept:
        return HttpResponseRedirect("/security/app")
    secret = base64.b64decode(kept)
    try:
        codes = add_app(_me(visit), secret=secret, code=visit.form.get("code", ""), by=visit.by, at=visit.at)
    except WrongCode as wrong:
        return _app_page(visit, secret, error=said(wrong), status=422)
    del visit.request.session[_APP]
    return security_page(visit, codes=codes)


def passkey_asked(visit: Visit) -> HttpResponse:
    site = site_of(visit.request)
    if site is None:
        return JsonResponse({"error": without_name()}, status=422)
    options, state = begin_adding(_me(visit), site=site)
    visit.request.session[_CEREMONY] = state
    return JsonResponse(json.loads(json.dumps(options)))


def passkey_added(visit: Visit) -> HttpResponse:
    """Not by an open browser alone: a passkey is a way in for ever, so whoever has a password types it."""
    if refused := _without_password(visit, "passkey"):
        return refused
    state, site = visit.request.session.pop(_CEREMONY, None), site_of(visit.request)
    answer = passkey_answer(visit.form.get("answer", ""))
    if state is None or site is None or answer is None:
        return security_page(visit, errors={"passkey": str(PasskeyRefused())}, status=422)
    name = visit.form.get("name", "").strip() or _("Passkey")
    try:
        codes = add_passkey(_me(visit), name=name, answer=answer, state=state, site=site, by=visit.by, at=visit.at)
    except PasskeyRefused as refusal:
        return security_page(visit, errors={"passkey": said(refusal)}, status=422)
    return security_page(visit, codes=codes)


def factor_removed(visit: Visit, key: int) -> HttpResponse:
    """Not by an open browser alone: whoever has a password types it."""
    if refused := _without_password(visit, "factor"):
        return refused
    remove_factor(key, agent_id=visit.person.id, by=visit.by, at=visit.at)
    return HttpResponseRedirect("/security")


def _without_password(visit: Visit, place: str) -> HttpResponse | None:
    """The page with its refusal where the password that was typed is not theirs. Guesses count as those at the door do."""
    found = _me(visit)
    keys = keys_of(visit.request, found.email)
    if is_locked_out(keys, at=visit.at):
        return security_page(visit, errors={place: too_many()}, status=429)
    if found.has_usable_password() and not found.check_password(visit.form.get("password", "")[:1000]):
        note_failed_sign_in(keys, agent_id=found.pk, by=visit.by, at=visit.at, how="old password")
        return security_page(visit, errors={place: _("This is not your password.")}, status=422)
    return None


def codes_made(visit: Visit) -> HttpResponse:
    if not factors_of(visit.person.id):
        return HttpResponseRedirect("/security")
    return security_page(visit, codes=new_recovery_codes(_me(visit), by=visit.by, at=visit.at))


def session_ended(visit: Visit, key: int) -> HttpResponse:
    if not end_session(key, agent_id=visit.person.id, by=visit.by, at=visit.at):
        raise NotFound("There is no such session.")
    return HttpResponseRedirect("/security#sessions")


def others_ended(visit: Visit) -> HttpResponse:
    end_sessions(visit.person.id, by=visit.by, at=visit.at, but=visit.session)
    return HttpResponseRedirect("/security#sessions")


def security_page(
    visit: Visit, *, errors: dict[str, str] | None = None, codes: list[str] | None = None, token: str = "", status: int = 200
) -> HttpResponse:  # fmt: skip
    found = _me(visit)
    factors = [
        {"id": row.id, "kind": row.kind, "name": row.name or _("Authenticator app"), "made": moment_text(row.made_at, visit),
         "used": moment_text(row.last_used_at, visit)}
        for row in factors_of(visit.person.id)
    ]  # fmt: skip
    context: dict[str, Any] = {
        "has_password": found.has_usable_password(), "factors": factors, "has_app": any(one["kind"] == "totp" for one in factors),
        "codes": codes or [], "codes_left": recovery_codes_left(found.pk), "token": token, "has_passkeys": site_of(visit.request) is not None,
        "sessions": [session_row(row, visit) for row in sessions_of(found.pk, at=visit.at)],
        "tokens": [token_row(row, visit) for row in tokens_of(found.pk)],
        "is_needed": visit.person.must_add_factor and not factors,
        "may_tokens": "token:own" in visit.person.grants,
    }  # fmt: skip
    wrong = {"old": "", "new": "", "passkey": "", "factor": ""} | (errors or {})
    return page(visit, "access/security", "settings", _("Sign-in and tokens"), status=status, errors=wrong, **context)


def session_row(row: Any, visit: Visit) -> dict[str, Any]:
    return {
        "id": row.id, "device": row.device or _("Unknown browser"), "place": row.place, "how": row.how, "is_this": row.id == visit.session,
        "began": moment_text(row.started_at, visit), "seen": moment_text(row.last_seen_at, visit),
    }  # fmt: skip


def _app_page(visit: Visit, secret: bytes, *, error: str = "", status: int = 200) -> HttpResponse:
    address = totp.app_address(secret, account=visit.person.email, issuer="Careline")
    size, path = _picture(address)
    spelled = totp.spelled(secret)
    groups = " ".join(spelled[n : n + 4] for n in range(0, len(spelled), 4))
    return page(
        visit,
        "access/new_app",
        "settings",
        _("Add an app"),
        status=status,
        path=path,
        size=size,
        secret=groups,
        error=error,
    )


def _picture(words: str) -> tuple[int, str]:
    """A QR code as the path of an SVG: how many squares wide, and the dark ones."""
    from qrcode.main import QRCode

    code: Any = QRCode(border=3)
    code.add_data(words)
    rows = code.get_matrix()
    dark = [f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark]
    return len(rows), "".join(dark)


def _me(visit: Visit) -> Any:
    found = agent_by_id(visit.person.id)
    if found is None:
        raise NotFound("You are gone.")
    return found
