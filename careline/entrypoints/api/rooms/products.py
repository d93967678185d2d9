"""Products and their variants."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET, structs

from careline.domain.orders.commands.catalogue import NewProduct, NewVariant
from careline.domain.orders.errors import NotFound
from careline.domain.orders.queries.products import product_by_id, variant_by_id
from careline.domain.orders.queries.products import products as found_products
from careline.domain.staff.rules import require
from careline.entrypoints.api.order_words import money
from careline.entrypoints.api.paging import key_alone, page_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes import products as shapes
from careline.entrypoints.api.shapes.money import money_said
from careline.entrypoints.api.shapes.parts import Page
from careline.flows import keep_products

_ONE = "/products/{id}"


@route("GET", "/products", query=shapes.ProductQuery, answer=Page[shapes.Product])
def products(call: Call) -> Any:
    """What we sell."""
    require(call.person, "order:read")
    asked = call.query
    rows = found_products(words=asked.q, after=key_alone(asked.cursor) or 0, limit=asked.limit + 1)
    return page_of(rows, limit=asked.limit, key=lambda row: (row.id,), item=_shown)


@route("POST", "/products", body=shapes.NewProduct, answer=shapes.Product, status=201)
def new_product(call: Call) -> Any:
    """Adds a product; it is sold by its variants."""
    key = keep_products.add_product(call.person, _said(structs.asdict(call.body)), by=call.by, at=call.at)
    return Created(f"/products/{key}", _one(call, key))


@route("GET", _ONE, answer=shapes.Product)
def product(call: Call) -> Any:
    """One product with its variants."""
    return _one(call, call.id)


@route("PATCH", _ONE, body=shapes.ProductChange, answer=shapes.Product)
def changed_product(call: Call) -> Any:
    """Changes a product; without `is_active` none of its variants is sold."""
    row = _row(call, call.id)
    was = {name: getattr(row, name) for name in NewProduct.__dataclass_fields__}
    given = {name: value for name, value in structs.asdict(call.body).items() if value is not UNSET}
    keep_products.change_product(call.person, call.id, _said(was | given), by=call.by, at=call.at)
    return _one(call, call.id)


@route("POST", _ONE + "/variants", body=shapes.NewVariant, answer=shapes.Product, status=201)
def new_variant(call: Call) -> Any:
    """Adds a variant."""
    given = call.body
    price = money_said(given.price, "price")
    said = NewVariant(given.sku, price.minor, price.currency, given.options, given.stock, given.is_available)
    keep_products.add_variant(call.person, call.id, said, by=call.by, at=call.at)
    return Created(f"/products/{call.id}", _one(call, call.id))


@route("PATCH", "/variants/{id}", body=shapes.VariantChange, answer=shapes.Product)
def changed_variant(call: Call) -> Any:
    """Price, stock, options, whether it is sold."""
    require(call.person, "order:read")
    row, given = variant_by_id(call.id), call.body
    if row is None:
        raise NotFound(f"There is no variant {call.id}.")
    price = row.price if given.price is UNSET else money_said(given.price, "price").minor
    if given.price is not UNSET and given.price.currency != row.currency:
        raise Wrong(("price.currency", f"This variant is priced in {row.currency}."))
    said = NewVariant(
        row.sku, price, row.currency, row.options if given.options is UNSET else given.options,
        row.stock if given.stock is UNSET else given.stock, row.is_available if given.is_available is UNSET else given.is_available,
    )  # fmt: skip
    keep_products.change_variant(call.person, call.id, said, by=call.by, at=call.at)
    return _one(call, row.product_id)


def _said(values: dict[str, Any]) -> NewProduct:
    features = [one if isinstance(one, dict) else structs.asdict(one) for one in values["features"]]
    return NewProduct(**values | {"features": features})


def _row(call: Call, key: int) -> Any:
    require(call.person, "order:read")
    found = product_by_id(key)
    if found is None:
        raise NotFound(f"There is no product {key}.")
    return found


def _one(call: Call, key: int) -> shapes.Product:
    return _shown(_row(call, key))


def _shown(row: Any) -> shapes.Product:
    variants = [
        shapes.Variant(
            str(one["id"]), one["sku"], one["options"], money(one["price"], one["currency"]), one["stock"], one["is_available"]
        ) for one in row.variants
    ]  # fmt: skip
    features = [shapes.Feature(one["name"], one["value"]) for one in row.features]
    return shapes.Product(
        str(row.id),
        row.code,
        row.name,
        row.description,
        features,
        row.billing,
        row.terms,
        row.warranty_months,
        row.is_active,
        variants,
    )
