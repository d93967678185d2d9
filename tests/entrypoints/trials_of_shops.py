"""How each row of docs/permissions.csv about outside shops is tried."""

from __future__ import annotations

from typing import Any

from careline.domain.history.actor import agent
from careline.flows.keep_shops import ShopChange, add_shop
from tests.world import NOON, World

HOUSE, _MANAGE = "house", "channel:manage"
_SHOP = {"kind": "shopify", "name": "Web", "code": "WEB", "url": "https://shop.example.com"}

TRIALS_OF_SHOPS: dict[tuple[str, str], tuple[str, Any, Any]] = {
    ("flows.keep_shops.shops_for", _MANAGE): (HOUSE, ("GET", "/shops", None), ("GET", "/settings/shops", None)),
    ("flows.keep_shops.add_shop", _MANAGE): (
        HOUSE,
        ("POST", "/shops", _SHOP | {"key": "k", "webhook_secret": "w"}),
        ("POST", "/settings/shops", _SHOP | {"is_active": "1"}),
    ),
    ("flows.keep_shops.change_shop", _MANAGE): (
        HOUSE,
        ("PATCH", "/shops/{outside_shop}", {"is_active": False}),
        ("POST", "/settings/shops/{outside_shop}", {"name": "Other", "url": "https://shop.example.com"}),
    ),
}


def keys_of_shops(world: World) -> dict[str, int]:
    """One shop, which is off: nobody asks it."""
    said = ShopChange("woocommerce", "Old shop", "OLD", "https://old.example.com", is_active=False)
    return {"outside_shop": add_shop(world.person(world.ada), said, by=agent(world.ada.pk), at=NOON)}
