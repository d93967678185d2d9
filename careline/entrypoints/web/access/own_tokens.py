"""One's own API tokens: made, shown once, revoked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound
from careline.domain.staff.queries import agent_by_id
from careline.domain.staff.rules import require
from careline.domain.staff.tokens import make_token, revoke_token
from careline.entrypoints.web.access.verb_words import verb_groups
from careline.entrypoints.web.moments import moment_text
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number

DAYS = (30, 90, 365)


def blank(visit: Visit) -> HttpResponse:
    require(visit.person, "token:own")
    return _page(visit)


def made(visit: Visit) -> HttpResponse:
    require(visit.person, "token:own")
    name = visit.form.get("name", "").strip()[:200]
    if not name:
        return _page(visit, error=_("Say what it is for, so that you know later which one to revoke."), status=422)
    wanted = tuple(verb for verb in visit.form.getlist("scope") if verb in visit.person.grants)
    if visit.form.get("reach") == "some" and not wanted:
        return _page(visit, error=_("Choose what it may do."), status=422)
    days = whole_number(visit.form.get("days"))
    expires = visit.at + timedelta(days=days) if days in DAYS else None
    scopes = wanted if visit.form.get("reach") == "some" else ()
    found = agent_by_id(visit.person.id)
    assert found is not None
    _id, words = make_token(found, name=name, scopes=scopes, expires_at=expires, by=visit.by, at=visit.at)
    return _page(visit, token=words)


def revoked(visit: Visit, key: int) -> HttpResponse:
    require(visit.person, "token:own")
    if not revoke_token(key, agent_id=visit.person.id, by=visit.by, at=visit.at):
        raise NotFound("There is no such token.")
    return HttpResponseRedirect("/security#tokens")


def token_row(row: Any, visit: Visit) -> dict[str, Any]:
    return {
        "id": row.id, "name": row.name or _("Without a name"), "scopes": list(row.scopes), "made": moment_text(row.created_at, visit),
        "expires": moment_text(row.expires_at, visit), "is_over": row.expires_at is not None and row.expires_at <= visit.at,
        "used": moment_text(row.last_used_at, visit),
    }  # fmt: skip


def _page(visit: Visit, *, error: str = "", token: str = "", status: int = 200) -> HttpResponse:
    held = set(visit.person.grants)
    groups = [group | {"verbs": [verb for verb in group["verbs"] if verb["verb"] in held]} for group in verb_groups()]
    return page(
        visit, "access/new_token", "settings", _("New token"), status=status, error=error, token=token, days=DAYS,
        groups=[group for group in groups if group["verbs"]], name=visit.form.get("name", "") if visit.request.method == "POST" else "",
    )  # fmt: skip
