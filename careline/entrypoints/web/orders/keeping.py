"""Products and their variants on forms, for whoever may set them up."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.orders.commands.catalogue import NewProduct, NewVariant
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.queries.products import product_by_id, variant_by_id
from careline.domain.staff.rules import require
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import said
from careline.flows.keep_products import VERB, add_product, add_variant, change_product, change_variant
from careline.kit.money import BadMoney, decimal_of, money_of

BILLING = {
    "one_off": gettext_noop("Paid once"), "subscription": gettext_noop("Subscription"), "tiers": gettext_noop("Price by quantity"),
}  # fmt: skip


def blank(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    return _page(visit, None)


def added(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    try:
        key = add_product(visit.person, _product(visit, {}), by=visit.by, at=visit.at)
    except Refused as refusal:
        return _page(visit, None, error=said(refusal))
    return HttpResponseRedirect(f"/products/{key}/edit")


def edited(visit: Visit, key: int) -> HttpResponse:
    require(visit.person, VERB)
    return _page(visit, _there(key))


def changed(visit: Visit, key: int) -> HttpResponse:
    require(visit.person, VERB)
    row = _there(key)
    try:
        change_product(visit.person, key, _product(visit, row.terms, code=row.code), by=visit.by, at=visit.at)
    except Refused as refusal:
        return _page(visit, row, error=said(refusal))
    return HttpResponseRedirect(f"/products/{key}")


def offered(visit: Visit, key: int) -> HttpResponse:
    """A new variant."""
    require(visit.person, VERB)
    row = _there(key)
    try:
        add_variant(visit.person, key, _variant(visit, visit.form.get("currency") or "EUR"), by=visit.by, at=visit.at)
    except Refused as refusal:
        return _page(visit, row, error=said(refusal))
    return HttpResponseRedirect(f"/products/{key}/edit")


def priced(visit: Visit, key: int) -> HttpResponse:
    """Price, stock, options of a variant, and whether it is sold; its sku and currency stay."""
    require(visit.person, VERB)
    found = variant_by_id(key)
    if found is None:
        raise NotFound(f"There is no variant {key}.")
    try:
        change_variant(visit.person, key, _variant(visit, found.currency, sku=found.sku), by=visit.by, at=visit.at)
    except Refused as refusal:
        return _page(visit, _there(found.product_id), error=said(refusal))
    return HttpResponseRedirect(f"/products/{found.product_id}/edit")


def _there(key: int) -> Any:
    row = product_by_id(key)
    if row is None:
        raise NotFound(f"There is no product {key}.")
    return row


def _page(visit: Visit, row: Any, *, error: str = "") -> HttpResponse:
    form = visit.form if error else {}
    held = {
        "code": row.code if row else "", "name": row.name if row else "", "description": row.description if row else "",
        "billing": row.billing if row else "one_off", "warranty": row.warranty_months if row and row.warranty_months is not None else "",
        "features": "\n".join(f"{one['name']}: {one['value']}" for one in row.features) if row else "",
        "period": row.terms.get("period", "") if row else "",
        "tiers": "\n".join(f"{one['from']}: {one['percent']}" for one in row.terms.get("tiers", ())) if row else "",
    }  # fmt: skip
    shown = {name: form.get(name, value) for name, value in held.items()}
    variants = [
        {
            "id": one["id"], "sku": one["sku"], "options": _lines_of(one["options"], "; "), "price": decimal_of(one["price"], one["currency"]),
            "currency": one["currency"], "stock": one["stock"] if one["stock"] is not None else "", "is_available": one["is_available"],
        } for one in (row.variants if row else ())
    ]  # fmt: skip
    return page(
        visit, "orders/product_form", "orders", row.name if row else _("New product"), status=422 if error else 200, error=error, product=shown,
        key=row.id if row else None, is_active=row.is_active if row else True, variants=variants,
        billings=[(code, _(words)) for code, words in BILLING.items()],
    )  # fmt: skip


def _product(visit: Visit, terms: dict[str, Any], *, code: str = "") -> NewProduct:
    form = visit.form
    name, code = form.get("name", "").strip()[:200], code or form.get("code", "").strip()[:100]
    if not name or not code:
        raise OrderRefused("nothing_named", _("A product has a name and a code."))
    billing = wished if (wished := form.get("billing", "")) in BILLING else "one_off"
    if billing == "subscription" and form.get("period", "").strip():
        terms = {**terms, "period": form.get("period", "").strip()[:40]}
    if billing == "tiers":
        terms = {**terms, "tiers": _tiers(form.get("tiers", ""))}
    features = [{"name": one, "value": value} for one, value in _pairs(form.get("features", ""), "\n").items()]
    months = whole_number(form.get("warranty"))
    return NewProduct(
        code, name, form.get("description", "").strip()[:5000], features, billing, terms, min(months, 1200) if months is not None else None,
        "is_active" in form,
    )  # fmt: skip


def _variant(visit: Visit, currency: str, *, sku: str = "") -> NewVariant:
    form = visit.form
    sku = sku or form.get("sku", "").strip()[:100]
    if not sku:
        raise OrderRefused("nothing_named", _("A variant has a number of its own: its sku."))
    try:
        money = money_of(form.get("price", "").strip().replace(",", "."), currency)
    except BadMoney as wrong:
        raise OrderRefused("bad_amount", str(wrong)) from None
    return NewVariant(
        sku,
        money.minor,
        money.currency,
        _pairs(form.get("options", ""), ";"),
        whole_number(form.get("stock")),
        "is_available" in form,
    )


def _tiers(words: str) -> list[dict[str, int]]:
    found = []
    for start, percent in _pairs(words, "\n").items():
        first, off = whole_number(start), whole_number(percent)
        if first is None or off is None or off > 100:
            raise OrderRefused("bad_amount", _("Write each step as in 10: 5, so many pieces and so many percent less."))
        found.append({"from": first, "percent": off})
    return found


def _pairs(words: str, sign: str) -> dict[str, str]:
    """`size: L; colour: red` by name."""
    parted = (one.partition(":") for one in words.split(sign))
    return {name.strip()[:100]: value.strip()[:500] for name, _sep, value in parted if name.strip() and value.strip()}


def _lines_of(pairs: dict[str, Any], sign: str) -> str:
    return sign.join(f"{name}: {value}" for name, value in pairs.items())
