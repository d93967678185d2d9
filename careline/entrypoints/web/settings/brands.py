"""Brands: how customers meet each of them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.company.queries import Site, languages, site_of, sites
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.staff.rules import require
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit
from careline.entrypoints.web.words import language_name, said
from careline.flows.keep_brands import VERB, Look, add_brand, dress_brand

HOME = "/settings/brands"


def brands(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    rows = [{"url": f"{HOME}/{one.brand}", "name": one.name, "address": _address(one), "languages": one.languages, "is_default": one.is_default}
            for one in sites()]  # fmt: skip
    return page(visit, "settings/brands", "settings", _("Brands"), rows=rows)


def added(visit: Visit) -> HttpResponse:
    key = add_brand(visit.person, visit.form.get("name", ""), by=visit.by, at=visit.at)
    return HttpResponseRedirect(f"{HOME}/{key}")


def brand(visit: Visit, key: int) -> HttpResponse:
    require(visit.person, VERB)
    site = _found(key)
    typed = {
        "public_name": site.name,
        "domain": site.domain,
        "accent": site.accent,
        "languages": ", ".join(site.languages),
    }
    return _form(visit, site, typed)


def changed(visit: Visit, key: int) -> HttpResponse:
    require(visit.person, VERB)
    site, form = _found(key), visit.form
    given = visit.request.FILES.get("logo")
    logo = given.read() if given is not None else b"" if form.get("without_logo") else None
    typed = {name: form.get(name, "") for name in ("public_name", "domain", "accent", "languages")}
    codes = tuple(code.strip() for code in typed["languages"].replace(";", ",").split(",") if code.strip())
    accent = typed["accent"] if form.get("own_colour") else ""
    try:
        dress_brand(
            visit.person, key, Look(typed["public_name"], typed["domain"], accent, codes, logo), by=visit.by, at=visit.at
        )  # fmt: skip
    except Refused as wrong:
        return _form(visit, site, {**typed, "accent": accent}, wrong=said(wrong), status=422)
    return HttpResponseRedirect(HOME)


def _form(visit: Visit, site: Site, typed: dict[str, Any], *, wrong: str = "", status: int = 200) -> HttpResponse:
    return page(
        visit, "settings/brand", "settings", site.name, status=status, site=site, typed=typed, wrong=wrong, url=f"{HOME}/{site.brand}",
        known=", ".join(f"{code} ({language_name(code)})" for code in languages()),
    )  # fmt: skip


def _address(site: Site) -> str:
    return site.domain or f"{settings.PUBLIC_URL}/help"


def _found(key: int) -> Site:
    site = site_of(key)
    if site is None:
        raise NotFound(f"There is no brand {key}.")
    return site
