"""Pieces that customers have, what is known about products, and how we sell."""

from __future__ import annotations

from typing import Any, cast

from msgspec import UNSET

from careline.domain.desk.queries.selling import READ, item_for, items_page, known_about
from careline.domain.orders.errors import NotFound
from careline.domain.orders.queries.products import product_by_id
from careline.domain.orders.queries.selling import Terms, terms
from careline.domain.orders.rules.selling import Tax
from careline.domain.staff.rules import require
from careline.entrypoints.api.order_words import money
from careline.entrypoints.api.paging import key_alone, page_of
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes import selling as shapes
from careline.entrypoints.api.shapes.money import money_said
from careline.entrypoints.api.shapes.parts import Named, Page
from careline.flows import keep_items, keep_terms

_LINK = "/products/{id}/links/{about}/{key}"


@route("GET", "/items", query=shapes.ItemQuery, answer=Page[shapes.Item])
def items(call: Call) -> Any:
    """Pieces by serial number, of customers that you see."""
    asked = call.query
    rows = items_page(
        call.person, words=asked.q, customer=int(asked.customer) if asked.customer else None,
        product=int(asked.product) if asked.product else None, before=key_alone(asked.cursor), limit=asked.limit + 1,
    )  # fmt: skip
    return page_of(rows, limit=asked.limit, key=lambda row: (row.id,), item=_shown)


@route("POST", "/items", body=shapes.NewItem, answer=shapes.Item, status=201)
def new_item(call: Call) -> Any:
    """Registers a piece by its serial number."""
    given = call.body
    said = keep_items.Registering(
        int(given.customer), int(given.product), given.serial, given.order, given.version, given.bought_on, given.warranty_until
    )  # fmt: skip
    key = keep_items.register_item(call.person, said, by=call.by, at=call.at)
    return Created(f"/items/{key}", _shown(item_for(call.person, key)))


@route("GET", "/items/{id}", answer=shapes.Item)
def item(call: Call) -> Any:
    """One piece."""
    return _shown(item_for(call.person, call.id))


@route("PATCH", "/items/{id}", body=shapes.ItemChange, answer=shapes.Item)
def item_changed(call: Call) -> Any:
    """Its version, its warranty, who has it now."""
    given, was = call.body, item_for(call.person, call.id)
    keep_items.change_item(
        call.person, call.id, customer=None if given.customer is UNSET else int(given.customer),
        version=was.version if given.version is UNSET else given.version,
        warranty_until=was.warranty_until if given.warranty_until is UNSET else given.warranty_until, by=call.by, at=call.at,
    )  # fmt: skip
    return _shown(item_for(call.person, call.id))


@route("GET", "/products/{id}/links", answer=shapes.KnownThings)
def known(call: Call) -> Any:
    """Articles, known issues and tags that are about a product."""
    return _known(call)


@route("PUT", _LINK, answer=shapes.KnownThings)
def tied(call: Call) -> Any:
    """Says that an article, a known issue (problem) or a tag is about this product."""
    keep_items.tie_to_product(call.person, call.id, call.path["about"], _key(call), by=call.by, at=call.at)
    return _known(call)


@route("DELETE", _LINK, answer=shapes.KnownThings)
def untied(call: Call) -> Any:
    """Says that it is not."""
    keep_items.untie_from_product(call.person, call.id, call.path["about"], _key(call), by=call.by, at=call.at)
    return _known(call)


@route("GET", "/terms-of-sale", answer=shapes.Terms)
def terms_of_sale(call: Call) -> Any:
    """Taxes, shipping, how long goods are reserved and quotes good."""
    require(call.person, READ)
    return _terms()


@route("PUT", "/terms-of-sale", body=shapes.Terms, answer=shapes.Terms)
def terms_set(call: Call) -> Any:
    """Sets them all."""
    given = call.body
    prices = [money_said(one.price, f"shipping[{n}].price") for n, one in enumerate(given.shipping)]
    shipping = tuple(
        {"name": one.name, "amount": price.minor, "currency": price.currency}
        for one, price in zip(given.shipping, prices, strict=True)
    )
    said = Terms(
        Tax(given.tax_name, round(given.tax_percent * 10_000)), shipping, given.hold_minutes, given.quote_days, given.quote_hold_hours,
        given.link_days, given.unpaid,
    )  # fmt: skip
    keep_terms.set_terms(call.person, said, by=call.by, at=call.at)
    return _terms()


def _terms() -> shapes.Terms:
    now = terms()
    shipping = [shapes.Shipping(one["name"], money(one["amount"], one["currency"])) for one in now.shipping]
    return shapes.Terms(
        now.tax.name, now.tax.rate / 10_000, shipping, now.hold_minutes, now.quote_days, now.quote_hold_hours, now.link_days,
        cast("shapes.Unpaid", now.unpaid),
    )  # fmt: skip


def _known(call: Call) -> shapes.KnownThings:
    require(call.person, READ)
    if product_by_id(call.id) is None:
        raise NotFound(f"There is no product {call.id}.")
    found = known_about([call.id], call.person)
    return shapes.KnownThings(
        [shapes.KnownThing(row.kind, str(row.key), row.name or "", row.cases, row.is_open) for row in found]
    )


def _key(call: Call) -> int:
    return int(call.path["key"])


def _shown(row: Any) -> shapes.Item:
    return shapes.Item(
        str(row.id), row.serial, row.version, Named(str(row.product_id), row.product), row.sku, Named(str(row.owner_id), row.customer_name),
        row.order_number, row.bought_on, row.warranty_until,
    )  # fmt: skip
