"""What we sell: found by a word, one with its variants, price, warranty."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound
from careline.domain.orders.queries.products import product_by_id
from careline.domain.orders.queries.products import products as found_products
from careline.domain.staff.rules import may, require
from careline.entrypoints.web.orders.words import money_words, options_words
from careline.entrypoints.web.pages import next_page, page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.flows.keep_products import VERB

SHOWN = 50


def products(visit: Visit) -> HttpResponse:
    require(visit.person, "order:read")
    words = visit.asked.get("q", "").strip()[:200]
    found = found_products(words=words, after=whole_number(visit.asked.get("after")) or 0, limit=SHOWN + 1)
    return page(
        visit, "orders/products", "orders", _("Products"), products=[_shown(row, visit) for row in found[:SHOWN]], words=words,
        may_keep=may(visit.person, VERB), next_url=next_page("/products", found, SHOWN, q=words),
    )  # fmt: skip


def product(visit: Visit, key: int) -> HttpResponse:
    require(visit.person, "order:read")
    row = product_by_id(key)
    if row is None:
        raise NotFound(f"There is no product {key}.")
    return page(
        visit, "orders/product", "orders", row.name, product=_shown(row, visit), may_keep=may(visit.person, VERB)
    )


def _shown(row: Any, visit: Visit) -> dict[str, Any]:
    billing = {"one_off": _("Paid once"), "subscription": _("Subscription"), "tiers": _("Price by quantity")}
    prices = sorted((one["price"], one["currency"]) for one in row.variants)
    span = [money_words(*price, visit) for price in dict.fromkeys((prices[0], prices[-1]))] if prices else []
    return {
        "url": f"/products/{row.id}", "name": row.name, "code": row.code, "description": row.description, "features": row.features,
        "billing": billing[row.billing], "warranty": row.warranty_months, "is_active": row.is_active, "prices": " – ".join(span),
        "variants": [
            {
                "sku": one["sku"], "options": options_words(one["options"]), "price": money_words(one["price"], one["currency"], visit),
                "stock": one["stock"], "is_there": one["is_available"] and (one["stock"] is None or one["stock"] > 0),
            } for one in row.variants
        ],
    }  # fmt: skip
