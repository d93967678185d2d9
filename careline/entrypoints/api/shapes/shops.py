"""Shops of the company elsewhere."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from careline.entrypoints.api.shapes.parts import Line

ShopUrl = Annotated[str, Meta(min_length=8, max_length=300, description="As in https://shop.example.com.")]
ShopCode = Annotated[
    str, Meta(pattern="^[A-Z0-9]{1,8}$", description="Stands before its order numbers.", examples=["WEB"])
]
Secret = Annotated[str, Meta(max_length=500, description="Never shown again.")]


class OutsideShop(Struct):
    """`webhook_url`: where the shop sends its webhooks. `waiting`: events and refunds that wait; `failed`: those that could not be done;
    `error`: why the shop did not answer last."""

    id: str
    kind: str
    name: str
    code: str
    url: str
    webhook_url: str
    is_active: bool
    trusts_mail: bool
    orders: int
    waiting: int
    failed: int
    heard_at: datetime | None
    error: str


class NewOutsideShop(Struct):
    """Shopify: `key` is an access token, `webhook_secret` the app's secret. WooCommerce: `key` and `secret` are the consumer's.

    `trusts_mail`: the mail address of an order says whose it is, though the shop has not verified it."""

    kind: Literal["shopify", "woocommerce"]
    name: Line
    code: ShopCode
    url: ShopUrl
    key: Secret
    webhook_secret: Secret
    secret: Secret = ""
    trusts_mail: bool = False


class OutsideShopChange(Struct):
    name: Line | UnsetType = UNSET
    url: ShopUrl | UnsetType = UNSET
    key: Secret | UnsetType = UNSET
    secret: Secret | UnsetType = UNSET
    webhook_secret: Secret | UnsetType = UNSET
    trusts_mail: bool | UnsetType = UNSET
    is_active: bool | UnsetType = UNSET
