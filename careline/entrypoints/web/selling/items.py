"""What customers have: found by serial number, registered; and what is known about a product, beside its page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.customers.queries.people import customer_id_of
from careline.domain.desk.queries.selling import READ, items_page, known_about
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.queries.products import product_by_id, products
from careline.domain.staff.rules import may, require
from careline.entrypoints.web.orders.words import options_words
from careline.entrypoints.web.pages import next_page, page, part
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import day_text, said
from careline.flows.keep_items import OF_PRODUCTS, VERB, Registering, register_item, tie_to_product, untie_from_product

SHOWN = 50


def items(visit: Visit, *, error: str = "", status: int = 200) -> HttpResponse:
    words, form = visit.asked.get("q", "").strip()[:80], visit.form if error else {}
    found = items_page(visit.person, words=words, before=whole_number(visit.asked.get("after")), limit=SHOWN + 1)
    return page(
        visit, "selling/items", "orders", _("Items of customers"), status=status, error=error, words=words, may_register=may(visit.person, VERB),
        items=[item_shown(row, visit) for row in found[:SHOWN]], next_url=next_page("/items", found, SHOWN, q=words),
        products=[(str(row.id), row.name) for row in products(limit=200)], given={name: form.get(name, "") for name in _FIELDS},
    )  # fmt: skip


_FIELDS = ("customer", "product", "serial", "order", "version", "warranty_until")


def registered(visit: Visit) -> HttpResponse:
    form = visit.form
    try:
        owner = customer_id_of("email", form.get("customer", "").strip().lower()) or whole_number(form.get("customer"))
        if owner is None:
            raise OrderRefused("no_customer", "There is no customer with this mail address.")
        said_of = Registering(
            owner, whole_number(form.get("product")) or 0, form.get("serial", ""), form.get("order", ""), form.get("version", ""),
            warranty_until=_day(form.get("warranty_until", "")),
        )  # fmt: skip
        register_item(visit.person, said_of, by=visit.by, at=visit.at)
    except NotFound:
        raise
    except Refused as refusal:
        return items(visit, error=said(refusal), status=422)
    return HttpResponseRedirect("/items")


def known(visit: Visit, key: int) -> HttpResponse:
    """Beside a product: articles, known issues, tags with counts, and pieces that customers have."""
    require(visit.person, READ)
    if product_by_id(key) is None:
        raise NotFound(f"There is no product {key}.")
    rows = known_about([key], visit.person)
    urls = {"article": "/articles/%s", "problem": "/problems/%s", "tag": "/search?q=tag:%s"}
    return part(
        visit, "selling/_known", url=f"/products/{key}/known", may_tie=may(visit.person, OF_PRODUCTS),
        known=[
            {
                "kind": row.kind, "key": row.key, "name": row.name or "?", "url": urls[row.kind] % (row.name if row.kind == "tag" else row.key),
                "cases": row.cases, "is_open": row.is_open,
            } for row in rows
        ],
        items=[item_shown(row, visit) for row in items_page(visit.person, product=key, limit=5)],
    )  # fmt: skip


def tied(visit: Visit, key: int) -> HttpResponse:
    """`kind` and `key` of what is about it."""
    kind, of = visit.form.get("kind", ""), whole_number(visit.form.get("of")) or 0
    tie_to_product(visit.person, key, kind, of, by=visit.by, at=visit.at)
    return HttpResponseRedirect(f"/products/{key}")


def untied(visit: Visit, key: int) -> HttpResponse:
    kind, of = visit.form.get("kind", ""), whole_number(visit.form.get("of")) or 0
    untie_from_product(visit.person, key, kind, of, by=visit.by, at=visit.at)
    return HttpResponse(headers={"HX-Refresh": "true"})


def item_shown(row: Any, visit: Visit) -> dict[str, Any]:
    return {
        "serial": row.serial, "product": row.product, "product_url": f"/products/{row.product_id}", "options": options_words(row.options or {}),
        "version": row.version, "customer": row.customer_name or _("Nobody"), "customer_url": f"/customers/{row.owner_id}",
        "until": row.warranty_until.isoformat() if row.warranty_until else "",
        "until_text": day_text(row.warranty_until) if row.warranty_until else "",
        "bought": row.bought_on.isoformat() if row.bought_on else "",
        "is_over": row.warranty_until is not None and row.warranty_until < visit.at.date(), "order": row.order_number or "",
    }  # fmt: skip


def _day(words: str) -> date | None:
    """Raises OrderRefused."""
    try:
        return date.fromisoformat(words.strip()) if words.strip() else None
    except ValueError:
        raise OrderRefused("bad_day", "Write a day as in 2026-12-31.") from None
