"""How we sell, and where cards are charged: two pages of the settings."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.gateways import FAKE, STRIPE
from careline.domain.orders.queries.selling import ASK, CANCEL, KEEP, Terms
from careline.domain.orders.queries.selling import terms as terms_now
from careline.domain.orders.queries.selling_pay import gateways
from careline.domain.orders.rules.selling import Tax
from careline.domain.staff.rules import require
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.selling.percents import rate_of
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import said
from careline.flows.keep_terms import OF_GATEWAYS, VERB, set_gateway, set_terms
from careline.kit.money import BadMoney, decimal_of, money_of


def terms(visit: Visit, *, error: str = "", status: int = 200) -> HttpResponse:
    require(visit.person, VERB)
    now, form = terms_now(), visit.form if error else None
    shown = {
        "tax_name": now.tax.name, "tax_rate": f"{(Decimal(now.tax.rate) / 10_000).normalize():f}" if now.tax.rate else "",
        "shipping": "\n".join(f"{one['name']}: {decimal_of(one['amount'], one['currency'])} {one['currency']}" for one in now.shipping),
        "hold_minutes": now.hold_minutes, "quote_days": now.quote_days, "quote_hold_hours": now.quote_hold_hours, "link_days": now.link_days,
        "unpaid": now.unpaid,
    }  # fmt: skip
    given = {name: form.get(name, "") for name in shown} if form is not None else shown
    choices = [
        (ASK, _("Ask the customer once more, then cancel it")), (CANCEL, _("Cancel it")), (KEEP, _("Leave it as it is")),
    ]  # fmt: skip
    return page(
        visit, "selling/terms", "settings", _("Selling"), status=status, error=error, given=given, choices=choices
    )


def terms_set(visit: Visit) -> HttpResponse:
    try:
        set_terms(visit.person, _terms(visit.form), by=visit.by, at=visit.at)
    except OrderRefused as refusal:
        return terms(visit, error=said(refusal), status=422)
    return HttpResponseRedirect("/settings/selling")


def payments(visit: Visit, *, error: str = "", status: int = 200) -> HttpResponse:
    require(visit.person, OF_GATEWAYS)
    known = {row.kind: row for row in gateways()}
    kinds = [(STRIPE, _("Stripe"))] + ([(FAKE, _("The demo's gateway"))] if settings.DEMO or FAKE in known else [])
    return page(
        visit, "selling/payments", "settings", _("Payments"), status=status, error=error,
        gateways=[
            {
                "kind": kind, "name": name, "is_active": kind in known and known[kind].is_active,
                "has_secrets": kind in known and known[kind].has_secrets,
                "hook": f"{settings.PUBLIC_URL}/hooks/payments/{kind}",
            } for kind, name in kinds
        ],
    )  # fmt: skip


def payments_set(visit: Visit) -> HttpResponse:
    form = visit.form
    try:
        set_gateway(
            visit.person, form.get("kind", ""), key=form.get("key", ""), webhook=form.get("webhook", ""), is_active="is_active" in form,
            by=visit.by, at=visit.at,
        )  # fmt: skip
    except OrderRefused as refusal:
        return payments(visit, error=said(refusal), status=422)
    return HttpResponseRedirect("/settings/payments")


def _terms(form: Any) -> Terms:
    """Raises OrderRefused."""
    words = form.get("tax_rate", "").strip().removesuffix("%").replace(",", ".") or "0"
    try:
        rate = rate_of(words)
    except (ArithmeticError, ValueError):
        raise OrderRefused("bad_rate", "Write a tax as a number of percent.") from None
    numbers = {
        name: whole_number(form.get(name)) or 0
        for name in ("hold_minutes", "quote_days", "quote_hold_hours", "link_days")
    }
    return Terms(
        Tax(form.get("tax_name", "").strip()[:100], rate),
        tuple(_shipping(form.get("shipping", ""))),
        unpaid=form.get("unpaid", ASK),
        **numbers,
    )


def _shipping(words: str) -> list[dict[str, Any]]:
    """Lines as in `Parcel: 5.90 EUR`. Raises OrderRefused."""
    found = []
    for line in words.splitlines():
        name, _colon, price = line.rpartition(":")
        if not line.strip():
            continue
        amount, _blank, currency = price.strip().replace(",", ".").partition(" ")
        try:
            money = money_of(amount, currency)
        except BadMoney:
            raise OrderRefused("bad_shipping", "Write a way to ship as in Parcel: 5.90 EUR, one on a line.") from None
        found.append({"name": name.strip()[:100], "amount": money.minor, "currency": money.currency})
    return found
