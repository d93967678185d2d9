"""WooCommerce's dialect: /wp-json/wc/v3/orders and an order's refunds."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from careline.domain.orders.shops.asking import signature_of
from careline.domain.orders.shops.fake.kept import Answered, FakeShop, Sold, Told
from careline.domain.orders.shops.fake.secrets import KEY, SECRET, WEBHOOK_SECRET

_KEYS = "Basic " + base64.b64encode(f"{KEY}:{SECRET}".encode()).decode()


class WooDialect:
    def answer(
        self, shop: FakeShop, method: str, path: str, headers: Mapping[str, str], query: Mapping[str, str], body: Any
    ) -> Answered:
        if headers.get("authorization") != _KEYS:
            return _error(401, "woocommerce_rest_cannot_view", "Sorry, you cannot list resources.")
        match method, path.strip("/").split("/")[3:]:
            case "GET", ["orders"]:
                return self._page(shop, query)
            case "GET", ["orders", key] if key in shop.orders:
                return Answered(200, order(shop.orders[key]))
            case "GET", ["orders", key, "refunds"] if key in shop.orders:
                return Answered(200, [_refund(one, shop.orders[key]) for one in shop.orders[key].refunds])
            case "POST", ["orders", key, "refunds"] if key in shop.orders:
                return self._give_back(shop, shop.orders[key], body)
        return _error(404, "woocommerce_rest_shop_order_invalid_id", "Invalid ID.")

    def told(self, shop: FakeShop, sold: Sold, topic: str, key: str) -> Told:
        body = json.dumps(order(sold)).encode()
        signature = signature_of(body, secret=WEBHOOK_SECRET)
        return Told(
            body, {"X-WC-Webhook-Topic": topic, "X-WC-Webhook-Delivery-ID": key, "X-WC-Webhook-Signature": signature}
        )

    def _page(self, shop: FakeShop, query: Mapping[str, str]) -> Answered:
        size, page = min(int(query.get("per_page", "10")), shop.page), int(query.get("page", "1"))
        since = datetime.fromisoformat(query["modified_after"]).replace(tzinfo=UTC)
        found = shop.changed_since(since, is_included=False)
        pages = -(-len(found) // size)
        shown = [order(one) for one in found[(page - 1) * size : page * size]]
        return Answered(200, shown, {"X-WP-Total": str(len(found)), "X-WP-TotalPages": str(pages)})

    def _give_back(self, shop: FakeShop, sold: Sold, said: Mapping[str, Any]) -> Answered:
        amount = Decimal(said["amount"])
        back = sum((Decimal(one["amount"]) for one in sold.refunds), Decimal(0))
        if amount <= 0 or back + amount > Decimal(sold.total):
            return _error(
                400, "woocommerce_rest_invalid_order_refund_amount", "Refund amount must be within what is left."
            )
        if not sold.is_paid:
            return _error(
                500, "woocommerce_rest_cannot_create_order_refund", "The payment gateway for this order does not exist."
            )
        return Answered(201, _refund(shop.give_back(sold, str(amount), said.get("reason", ""), []), sold))


def order(sold: Sold) -> dict[str, Any]:
    status = sold.status or (
        "cancelled"
        if sold.cancelled_at
        else "completed"
        if sold.parcels
        else "processing"
        if sold.is_paid
        else "pending"
    )
    tracking = [
        {
            "tracking_id": str(one["key"]),
            "tracking_number": one.get("tracking", ""),
            "tracking_provider": one.get("carrier", ""),
        }
        for one in sold.parcels
    ]
    first, last = sold.name
    return {
        "id": sold.key, "number": str(sold.key), "status": status, "currency": sold.currency, "total": sold.total, "customer_id": 77,
        "date_created_gmt": _gmt(sold.placed_at), "date_modified_gmt": _gmt(sold.updated_at),
        "date_paid_gmt": _gmt(sold.placed_at) if sold.is_paid else None, "payment_method_title": "Card",
        "billing": {"first_name": first, "last_name": last, "email": sold.mail, "phone": ""},
        "shipping": {"first_name": first, "last_name": last, "address_1": "1 Main Street", "city": "Bonn", "postcode": "53111", "country": "DE"},
        "line_items": [_line(line) for line in sold.lines],
        "shipping_lines": [{"method_title": "Parcel", "total": sold.shipping, "total_tax": "0.00"}], "fee_lines": [],
        "refunds": [{"id": one["id"], "reason": one["note"], "total": f"-{one['amount']}"} for one in sold.refunds],
        "meta_data": [{"key": "_wc_shipment_tracking_items", "value": tracking}] if tracking else [],
    }  # fmt: skip


def _line(line: Mapping[str, Any]) -> dict[str, Any]:
    subtotal = Decimal(line["price"]) * line["quantity"]
    return {
        "id": line["key"], "name": line["name"], "sku": line.get("sku", ""), "quantity": line["quantity"], "subtotal": str(subtotal),
        "total": str(subtotal - Decimal(line.get("off", "0"))), "total_tax": line.get("tax", "0.00"), "price": float(line["price"]),
    }  # fmt: skip


def _refund(made: Mapping[str, Any], sold: Sold) -> dict[str, Any]:
    return {
        "id": made["id"],
        "amount": made["amount"],
        "reason": made["note"],
        "date_created_gmt": _gmt(sold.updated_at),
        "line_items": [],
    }


def _gmt(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds")


def _error(status: int, code: str, message: str) -> Answered:
    return Answered(status, {"code": code, "message": message, "data": {"status": status}})
