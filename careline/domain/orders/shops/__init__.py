"""Shops of the company elsewhere: one folder for each kind. None of them touches a table; flows/follow_shop.py asks them.

What a shop's webhook says is only which order to look at; the shop is asked for the order. What it has to give back bears a key of ours,
and the shop is asked first whether it has done so.
"""

from careline.domain.orders.shops.contract import (
    BadEvent,
    Event,
    Given,
    Page,
    Shop,
    ShopDown,
    ShopOrder,
    ShopRefused,
    ShopSettings,
)
from careline.domain.orders.shops.shopify.adapter import Shopify
from careline.domain.orders.shops.woocommerce.adapter import WooCommerce

__all__ = [
    "KINDS",
    "SHOPIFY",
    "WOOCOMMERCE",
    "BadEvent",
    "Event",
    "Given",
    "Page",
    "Shop",
    "ShopDown",
    "ShopOrder",
    "ShopRefused",
    "ShopSettings",
    "shop_of",
]

SHOPIFY, WOOCOMMERCE = "shopify", "woocommerce"
KINDS = (SHOPIFY, WOOCOMMERCE)


def shop_of(settings: ShopSettings) -> Shop:
    return Shopify(settings) if settings.kind == SHOPIFY else WooCommerce(settings)
