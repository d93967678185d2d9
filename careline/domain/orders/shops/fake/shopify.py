"""Shopify's dialect: /admin/api/VERSION/orders.json and what belongs to an order."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from careline.domain.orders.shops.asking import signature_of
from careline.domain.orders.shops.fake.kept import Answered, FakeShop, Sold, Told
from careline.domain.orders.shops.fake.secrets import KEY, WEBHOOK_SECRET


class ShopifyDialect:
    def answer(
        self, shop: FakeShop, method: str, path: str, headers: Mapping[str, str], query: Mapping[str, str], body: Any
    ) -> Answered:
        if headers.get("x-shopify-access-token") != KEY:
            return Answered(
                401, {"errors": "[API] Invalid API key or access token (unrecognized login or wrong password)"}
            )
        return self._answered(shop, method, path, query, body) or Answered(404, {"errors": "Not Found"})

    def _answered(self, shop: FakeShop, method: str, path: str, query: Mapping[str, str], body: Any) -> Answered | None:
        match method, path.removesuffix(".json").strip("/").split("/")[3:]:
            case "GET", ["orders"]:
                return self._page(shop, query)
            case "GET", ["orders", key] if key in shop.orders:
                return Answered(200, {"order": order(shop.orders[key])})
            case "GET", ["orders", key, "transactions"] if key in shop.orders:
                return Answered(200, {"transactions": transactions(shop.orders[key])})
            case "GET", ["orders", key, "refunds"] if key in shop.orders:
                return Answered(200, {"refunds": order(shop.orders[key])["refunds"]})
            case "POST", ["orders", key, "refunds"] if key in shop.orders:
                return self._refund(shop, shop.orders[key], body["refund"])
        return None

    def told(self, shop: FakeShop, sold: Sold, topic: str, key: str) -> Told:
        said = {"id": 9, "order_id": sold.key} if not topic.startswith("orders/") else order(sold)
        body = json.dumps(said).encode()
        signature = signature_of(body, secret=WEBHOOK_SECRET)
        return Told(body, {"X-Shopify-Topic": topic, "X-Shopify-Webhook-Id": key, "X-Shopify-Hmac-Sha256": signature})

    def _page(self, shop: FakeShop, query: Mapping[str, str]) -> Answered:
        """With `page_info` nothing but `limit` may be said besides."""
        limit = min(int(query.get("limit", "50")), shop.page)
        if "page_info" in query:
            if set(query) - {"page_info", "limit"}:
                return Answered(400, {"errors": "page_info can't be passed with other filters."})
            moment, _sign, key = query["page_info"].partition("~")
            after = (datetime.fromisoformat(moment), int(key))
            found = [one for one in shop.changed_since(after[0], is_included=True) if (one.updated_at, one.key) > after]
        else:
            found = shop.changed_since(datetime.fromisoformat(query["updated_at_min"]), is_included=True)
        shown, headers = found[:limit], {}
        if len(found) > limit:
            mark = f"{shown[-1].updated_at.isoformat()}~{shown[-1].key}".replace("+", "%2B")
            headers["Link"] = f'<{shop.url}/admin/api/2025-01/orders.json?limit={limit}&page_info={mark}>; rel="next"'
        return Answered(200, {"orders": [order(one) for one in shown]}, headers)

    def _refund(self, shop: FakeShop, sold: Sold, said: Mapping[str, Any]) -> Answered:
        amount = sum((Decimal(one["amount"]) for one in said["transactions"]), Decimal(0))
        back = sum((Decimal(one["amount"]) for one in sold.refunds), Decimal(0))
        if amount <= 0 or not sold.is_paid or back + amount > Decimal(sold.total):
            return Answered(422, {"errors": {"base": ["Refund amount is more than what is left"]}})
        made = shop.give_back(sold, str(amount), said.get("note", ""), list(said.get("refund_line_items", ())))
        return Answered(201, {"refund": refund(made, sold)})


def order(sold: Sold) -> dict[str, Any]:
    units: dict[str, int] = {}
    for parcel in sold.parcels:
        for key, n in parcel["units"].items():
            units[str(key)] = units.get(str(key), 0) + n
    is_all = bool(units) and all(units.get(str(line["key"]), 0) >= line["quantity"] for line in sold.lines)
    back = sum(Decimal(one["amount"]) for one in sold.refunds)
    paid = (
        "pending"
        if not sold.is_paid
        else "paid"
        if not back
        else "refunded"
        if back >= Decimal(sold.total)
        else "partially_refunded"
    )
    person = {
        "id": 77,
        "email": sold.mail,
        "verified_email": sold.is_mail_verified,
        "first_name": sold.name[0],
        "last_name": sold.name[1],
    }
    return {
        "id": sold.key, "name": f"#{sold.key}", "order_number": sold.key, "email": sold.mail, "phone": None, "currency": sold.currency,
        "created_at": sold.placed_at.isoformat(), "updated_at": sold.updated_at.isoformat(), "total_price": sold.total, "taxes_included": True,
        "cancelled_at": sold.cancelled_at.isoformat() if sold.cancelled_at else None, "financial_status": paid, "customer": person,
        "fulfillment_status": "fulfilled" if is_all else "partial" if units else None, "payment_gateway_names": ["shopify_payments"],
        "line_items": [
            {
                "id": line["key"], "title": line["name"], "variant_title": None, "sku": line.get("sku", ""), "quantity": line["quantity"],
                "price": line["price"], "discount_allocations": [{"amount": line["off"]}] if line.get("off") else [], "tax_lines": [],
            } for line in sold.lines
        ],
        "shipping_lines": [{"title": "Parcel", "price": sold.shipping, "discounted_price": sold.shipping, "tax_lines": []}],
        "fulfillments": [
            {
                "id": one["key"], "status": "success", "shipment_status": "delivered" if one.get("delivered") else "in_transit",
                "tracking_company": one.get("carrier"), "tracking_number": one.get("tracking"), "created_at": sold.updated_at.isoformat(),
                "line_items": [{"id": key, "quantity": n} for key, n in one["units"].items()],
            } for one in sold.parcels
        ],
        "refunds": [refund(one, sold) for one in sold.refunds],
        "shipping_address": {"name": " ".join(sold.name), "address1": "1 Main Street", "city": "Bonn", "zip": "53111", "country_code": "DE"},
    }  # fmt: skip


def transactions(sold: Sold) -> list[dict[str, Any]]:
    if not sold.is_paid:
        return []
    sale = {
        "id": 31,
        "kind": "sale",
        "status": "success",
        "amount": sold.total,
        "gateway": "shopify_payments",
        "parent_id": None,
    }
    return [sale, *(_back(one) for one in sold.refunds)]


def refund(made: Mapping[str, Any], sold: Sold) -> dict[str, Any]:
    prices = {str(line["key"]): Decimal(line["price"]) for line in sold.lines}
    lines = [
        {
            "line_item_id": one["line_item_id"], "quantity": one["quantity"], "total_tax": "0.00",
            "subtotal": str(prices[str(one["line_item_id"])] * one["quantity"]),
        } for one in made["lines"]
    ]  # fmt: skip
    return {
        "id": made["id"], "note": made["note"], "created_at": sold.updated_at.isoformat(), "transactions": [_back(made)],
        "refund_line_items": lines,
    }  # fmt: skip


def _back(made: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": made["id"], "kind": "refund", "status": "success", "amount": made["amount"], "parent_id": 31}
