"""An order as Shopify writes it, in values of our own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from careline.domain.orders.shops import contract
from careline.domain.orders.shops.asking import key_in, minor, moment, needed, text
from careline.domain.orders.shops.contract import Line, Parcel, Refund, ShopOrder, ShopRefused

_PAID = ("paid", "partially_refunded", "refunded")


def order_of(said: Mapping[str, Any]) -> ShopOrder:
    """Raises ShopRefused where it can't be read."""
    try:
        return _order(said)
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise ShopRefused("unreadable", f"This order can't be read: {type(wrong).__name__}.") from None


def _order(said: Mapping[str, Any]) -> ShopOrder:
    currency, customer = str(said["currency"]), said.get("customer") or {}
    mail = text(said.get("email") or said.get("contact_email")).lower()
    is_own = mail and mail == text(customer.get("email")).lower()
    cancelled = moment(said.get("cancelled_at"))
    parcels = tuple(_parcel(one) for one in said.get("fulfillments") or () if one.get("status") != "cancelled")
    return ShopOrder(
        str(said["id"]), text(said.get("name") or said["order_number"], 30), currency, minor(said["total_price"], currency),
        contract.CANCELLED if cancelled else _state(said, parcels), needed(said["created_at"]), needed(said["updated_at"]),
        tuple(_line(one, currency, is_on_top=not said.get("taxes_included")) for one in said["line_items"]), _paid(said, currency),
        tuple(_extra(said, currency)), parcels, tuple(_refund(one, currency) for one in said.get("refunds") or ()), cancelled,
        text(f"{customer.get('first_name') or ''} {customer.get('last_name') or ''}", 200), mail,
        text(said.get("phone") or customer.get("phone"), 40), bool(is_own and customer.get("verified_email")), str(customer.get("id") or ""),
        text(", ".join(said.get("payment_gateway_names") or ()), 100), _address(said.get("shipping_address") or {}),
    )  # fmt: skip


def _state(said: Mapping[str, Any], parcels: tuple[Parcel, ...]) -> str:
    if said.get("fulfillment_status") == "fulfilled":
        return contract.DELIVERED if parcels and all(one.is_delivered for one in parcels) else contract.SHIPPED
    return contract.PROCESSED if said.get("financial_status") in _PAID or parcels else contract.OPEN


def _line(said: Mapping[str, Any], currency: str, *, is_on_top: bool) -> Line:
    off = sum(minor(one["amount"], currency) for one in said.get("discount_allocations") or ())
    name = " – ".join(filter(None, (text(said.get("title")), text(said.get("variant_title")))))
    quantity, price = int(said["quantity"]), minor(said["price"], currency)
    return Line(
        str(said["id"]), name[:300] or "?", quantity, price, quantity * price, text(said.get("sku"), 100), off,
        _taxes(said, currency) if is_on_top else 0,
    )  # fmt: skip


def _extra(said: Mapping[str, Any], currency: str) -> list[tuple[str, int]]:
    found = []
    for one in said.get("shipping_lines") or ():
        price = minor(one.get("discounted_price", one.get("price")), currency)
        found.append(
            (text(one.get("title"), 100), price + (0 if said.get("taxes_included") else _taxes(one, currency)))
        )
    return found


def _taxes(said: Mapping[str, Any], currency: str) -> int:
    return sum(minor(one["price"], currency) for one in said.get("tax_lines") or ())


def _paid(said: Mapping[str, Any], currency: str) -> int:
    status, total = said.get("financial_status"), minor(said["total_price"], currency)
    if status in _PAID:
        return total
    if status == "partially_paid":
        return max(0, total - minor(said.get("total_outstanding"), currency))
    return 0


def _parcel(said: Mapping[str, Any]) -> Parcel:
    units = {str(one["id"]): int(one["quantity"]) for one in said.get("line_items") or ()}
    return Parcel(
        str(said["id"]), units, text(said.get("tracking_company"), 100), text(said.get("tracking_number"), 100),
        moment(said.get("created_at")), said.get("shipment_status") == "delivered",
    )  # fmt: skip


def _refund(said: Mapping[str, Any], currency: str) -> Refund:
    amount = sum(
        minor(one["amount"], currency)
        for one in said.get("transactions") or ()
        if one.get("kind") == "refund" and one.get("status") == "success"
    )
    lines = {
        str(one["line_item_id"]): (
            int(one["quantity"]),
            minor(one.get("subtotal"), currency) + minor(one.get("total_tax"), currency),
        )
        for one in said.get("refund_line_items") or ()
    }
    return Refund(str(said["id"]), amount, lines, key_in(said.get("note")), moment(said.get("created_at")))


def _address(said: Mapping[str, Any]) -> dict[str, str]:
    given = {
        "name": said.get("name"), "street": said.get("address1"), "street2": said.get("address2"), "postcode": said.get("zip"),
        "city": said.get("city"), "region": said.get("province_code"), "country": said.get("country_code"),
    }  # fmt: skip
    return {name: text(value, 200) for name, value in given.items() if value}
