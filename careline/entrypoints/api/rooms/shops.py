"""Shops of the company elsewhere: which there are, and how they fare."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET

from careline.entrypoints.api.paging import short_page_of
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes.parts import Page, PageQuery
from careline.entrypoints.api.shapes.shops import NewOutsideShop, OutsideShop, OutsideShopChange
from careline.flows import keep_shops
from careline.flows.keep_shops import ShopChange, add_shop, address_of_hook, change_shop

_SECRETS = {"key": "key", "secret": "secret", "webhook_secret": "webhook"}


@route("GET", "/shops", query=PageQuery, answer=Page[OutsideShop])
def shops(call: Call) -> Any:
    """The outside shops. Their keys are never shown."""
    return short_page_of([_shown(row) for row in keep_shops.shops_for(call.person)], call.query)


@route("POST", "/shops", body=NewOutsideShop, answer=OutsideShop, status=201)
def new_shop(call: Call) -> Any:
    """Adds a shop; its orders of the last 60 days come in, and it is followed from then on."""
    given = call.body
    said = ShopChange(given.kind, given.name, given.code, given.url, given.trusts_mail, True, _secrets(given))
    key = add_shop(call.person, said, by=call.by, at=call.at)
    return Created("/shops", _one(call, key))


@route("PATCH", "/shops/{id}", body=OutsideShopChange, answer=OutsideShop)
def changed_shop(call: Call) -> Any:
    """Changes what is given, or switches it off; keys that are not given stay."""
    given = {
        name: value
        for name in ("name", "url", "trusts_mail", "is_active")
        if (value := getattr(call.body, name)) is not UNSET
    }
    change_shop(call.person, call.id, ShopChange(**given, secrets=_secrets(call.body)), by=call.by, at=call.at)
    return _one(call, call.id)


def _one(call: Call, key: int) -> OutsideShop:
    return next(_shown(row) for row in keep_shops.shops_for(call.person) if row.id == key)


def _secrets(given: Any) -> dict[str, str]:
    return {ours: value for name, ours in _SECRETS.items() if (value := getattr(given, name)) is not UNSET}


def _shown(row: Any) -> OutsideShop:
    return OutsideShop(
        str(row.id), row.kind, row.name, row.code, row.url, address_of_hook(row.token), row.is_active, row.trusts_mail, row.orders, row.waiting,
        row.failed, row.heard_at, row.sentence,
    )  # fmt: skip
