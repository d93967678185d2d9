"""Products and their variants are written down and changed."""

from __future__ import annotations

from datetime import datetime

from careline.domain.history.actor import Actor
from careline.domain.orders.commands import catalogue
from careline.domain.orders.commands.catalogue import NewProduct, NewVariant
from careline.domain.orders.errors import NotFound, OrderRefused
from careline.domain.orders.queries.products import product_by_id, variant_by_id
from careline.domain.staff.rules import Person, require

VERB = "product:manage"


def add_product(agent: Person, said: NewProduct, *, by: Actor, at: datetime) -> int:
    """Raises Forbidden, OrderRefused."""
    require(agent, VERB)
    key = catalogue.add_product(said, by=by, at=at)
    if key is None:
        raise OrderRefused("code_taken", "There is a product with this code already.")
    return key


def change_product(agent: Person, key: int, said: NewProduct, *, by: Actor, at: datetime) -> None:
    """Raises Forbidden, NotFound."""
    require(agent, VERB)
    _there(key)
    catalogue.change_product(key, said, by=by, at=at)


def add_variant(agent: Person, product: int, said: NewVariant, *, by: Actor, at: datetime) -> int:
    """Raises Forbidden, NotFound, OrderRefused."""
    require(agent, VERB)
    _there(product)
    _good(said)
    key = catalogue.add_variant(product, said, by=by, at=at)
    if key is None:
        raise OrderRefused("sku_taken", "There is a variant with this sku already.")
    return key


def change_variant(agent: Person, key: int, said: NewVariant, *, by: Actor, at: datetime) -> None:
    """Price, stock, options, whether it is sold. Raises Forbidden, NotFound, OrderRefused."""
    require(agent, VERB)
    found = variant_by_id(key)
    if found is None:
        raise NotFound(f"There is no variant {key}.")
    _good(said)
    catalogue.change_variant(found.product_id, key, said, by=by, at=at)


def _there(key: int) -> None:
    if product_by_id(key) is None:
        raise NotFound(f"There is no product {key}.")


def _good(said: NewVariant) -> None:
    if said.price < 0:
        raise OrderRefused("bad_amount", "A price is not below nothing.")
    if said.stock is not None and said.stock < 0:
        raise OrderRefused("bad_quantity", "Stock is not below nothing.")
