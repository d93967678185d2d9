"""Single sign-on, set up by an administrator."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound
from careline.domain.staff.errors import NotPossible
from careline.domain.staff.providers import ProviderSettings, providers, save_provider
from careline.domain.staff.roles import NoSuchRole, roles_with_figures
from careline.domain.staff.rules import require
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit
from careline.entrypoints.web.words import said

_BLANK = {"name": "", "issuer": "", "client_id": "", "domains": "", "role": "", "is_private": False, "is_active": True}


def listed(visit: Visit) -> HttpResponse:
    require(visit.person, "staff:grant")
    shown = [
        {"name": row.name, "issuer": row.issuer, "url": f"/sign-on/{row.code}", "is_active": row.is_active}
        for row in providers()
    ]
    return page(visit, "access/sso_list", "settings", _("Single sign-on"), providers=shown)


def blank(visit: Visit) -> HttpResponse:
    require(visit.person, "staff:grant")
    return _page(visit, "", dict(_BLANK))


def provider(visit: Visit, code: str) -> HttpResponse:
    require(visit.person, "staff:grant")
    row = _row(code)
    return _page(
        visit,
        code,
        {name: getattr(row, name) for name in _BLANK} | {"domains": ", ".join(row.domains), "role": row.role or ""},
    )


def saved(visit: Visit, code: str = "") -> HttpResponse:
    require(visit.person, "staff:grant")
    if code:
        _row(code)
    sent = visit.form
    form: dict[str, Any] = {
        name: sent.get(name, "").strip()[:500] for name in ("name", "issuer", "client_id", "domains", "role")
    }
    form |= {name: name in sent for name in ("is_private", "is_active")}
    domains = tuple(word for word in form["domains"].replace(",", " ").split() if word)
    wanted = ProviderSettings(
        form["name"], form["issuer"], form["client_id"], sent.get("secret", "")[:500] or None, domains, form["role"] or None,
        form["is_private"], form["is_active"],
    )  # fmt: skip
    try:
        save_provider(code or None, wanted, by=visit.by, at=visit.at)
    except (NotPossible, NoSuchRole) as wrong:
        return _page(visit, code, form, error=said(wrong), status=422)
    return HttpResponseRedirect("/sign-on")


def _page(visit: Visit, code: str, form: dict[str, Any], *, error: str = "", status: int = 200) -> HttpResponse:
    back = f"{settings.PUBLIC_URL}/sso/{code}/return" if code else f"{settings.PUBLIC_URL}/sso/…/return"
    return page(
        visit, "access/sso_provider", "settings", form["name"] or _("New provider"),
        status=status, form=form, error=error, roles=roles_with_figures(),
        url=f"/sign-on/{code}" if code else "/sign-on/new", back=back, is_new=not code,
    )  # fmt: skip


def _row(code: str) -> Any:
    found = next((row for row in providers() if row.code == code), None)
    if found is None:
        raise NotFound("There is no such provider.")
    return found
