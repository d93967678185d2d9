"""Outside shops: what they are, how they fare, and the form that adds one."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import Refused
from careline.domain.orders.shops import SHOPIFY, WOOCOMMERCE
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit
from careline.entrypoints.web.words import iso, moment_text, said
from careline.flows import keep_shops
from careline.flows.keep_shops import SECRETS, ShopChange, address_of_hook, remarks_of

NAMES = {SHOPIFY: "Shopify", WOOCOMMERCE: "WooCommerce"}


def shops(visit: Visit, *, error: str = "", status: int = 200) -> HttpResponse:
    form = visit.form if error else {}
    given = {name: form.get(name, "") for name in ("kind", "name", "code", "url")}
    return page(
        visit, "shops/shops", "settings", _("Shops"), status=status, error=error, given=given, kinds=list(NAMES.items()),
        shops=[_card(row, visit) for row in keep_shops.shops_for(visit.person)],
    )  # fmt: skip


def added(visit: Visit) -> HttpResponse:
    try:
        keep_shops.add_shop(visit.person, _said(visit), by=visit.by, at=visit.at)
    except Refused as refusal:
        return shops(visit, error=said(refusal), status=422)
    return HttpResponseRedirect("/settings/shops")


def changed(visit: Visit, key: int) -> HttpResponse:
    try:
        keep_shops.change_shop(visit.person, key, _said(visit), by=visit.by, at=visit.at)
    except Refused as refusal:
        return shops(visit, error=said(refusal), status=422)
    return HttpResponseRedirect("/settings/shops")


def _said(visit: Visit) -> ShopChange:
    form = visit.form
    return ShopChange(
        form.get("kind", ""), form.get("name", ""), form.get("code", ""), form.get("url", ""), "trusts_mail" in form, "is_active" in form,
        {name: form.get(name, "") for name in SECRETS},
    )  # fmt: skip


def _card(row: Any, visit: Visit) -> dict[str, Any]:
    """The light: off, bad (the last time it was asked it did not answer), warn (something could not be followed), good, or not yet heard of."""
    remarks = remarks_of(row.id) if row.failed or row.odd else []
    light = (
        "off"
        if not row.is_active
        else "bad"
        if row.sentence
        else "warn"
        if remarks
        else "good"
        if row.heard_at
        else "off"
    )
    words = {
        "off": _("Not heard of yet") if row.is_active else _("Off"),
        "bad": _("Does not answer"),
        "warn": _("Not all could be followed"),
        "good": _("Runs"),
    }
    same = (
        "id",
        "kind",
        "name",
        "code",
        "url",
        "has_secrets",
        "trusts_mail",
        "is_active",
        "sentence",
        "orders",
        "waiting",
    )
    return {name: getattr(row, name) for name in same} | {
        "kind_name": NAMES.get(row.kind, row.kind),
        "hook": address_of_hook(row.token),
        "light": light,
        "light_text": words[light],
        "heard_at": iso(row.heard_at),
        "heard_text": moment_text(row.heard_at, at=visit.at, zone=visit.zone),
        "failed_text": moment_text(row.failed_at, at=visit.at, zone=visit.zone),
        "remarks": [(one.what, one.sentence) for one in remarks],
    }
