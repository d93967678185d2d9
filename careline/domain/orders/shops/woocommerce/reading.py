"""An order as WooCommerce writes it, in values of our own. Its lines stand without taxes, whatever the shop shows its customers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from careline.domain.orders.shops import contract
from careline.domain.orders.shops.asking import key_in, minor, moment, needed, rounded, text
from careline.domain.orders.shops.contract import Line, Parcel, Refund, ShopOrder, ShopRefused

_STATES = {
    "processing": contract.PROCESSED, "completed": contract.SHIPPED, "cancelled": contract.CANCELLED, "failed": contract.CANCELLED,
    "trash": contract.CANCELLED, "refunded": contract.PROCESSED,
}  # fmt: skip
_TRACKING = "_wc_shipment_tracking_items"
"""Where the shop's own extension for tracking numbers keeps them."""


def order_of(said: Mapping[str, Any], refunds: Sequence[Mapping[str, Any]]) -> ShopOrder:
    """Raises ShopRefused where it can't be read."""
    try:
        return _order(said, refunds)
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise ShopRefused("unreadable", f"This order can't be read: {type(wrong).__name__}.") from None


def _order(said: Mapping[str, Any], refunds: Sequence[Mapping[str, Any]]) -> ShopOrder:
    currency, billing = str(said["currency"]), said.get("billing") or {}
    state, updated = _STATES.get(str(said["status"]), contract.OPEN), needed(said["date_modified_gmt"])
    total = minor(said["total"], currency)
    shipping = said.get("shipping") or {}
    return ShopOrder(
        str(said["id"]), text(said.get("number") or said["id"], 30), currency, total, state, needed(said["date_created_gmt"]), updated,
        tuple(_line(one, currency) for one in said["line_items"]), total if moment(said.get("date_paid_gmt")) else 0,
        tuple(_extra(said, currency)), tuple(_parcels(said, state)), tuple(_refund(one, currency) for one in refunds),
        updated if state == contract.CANCELLED else None, text(f"{billing.get('first_name') or ''} {billing.get('last_name') or ''}", 200),
        text(billing.get("email")).lower(), text(billing.get("phone"), 40), False,
        str(said["customer_id"]) if said.get("customer_id") else "", text(said.get("payment_method_title"), 100),
        _address(shipping if shipping.get("address_1") else billing),
    )  # fmt: skip


def _line(said: Mapping[str, Any], currency: str) -> Line:
    quantity, amount = max(1, int(said["quantity"])), rounded(said["subtotal"], currency)
    off = amount - rounded(said["total"], currency)
    return Line(
        str(said["id"]), text(said.get("name")) or "?", quantity, amount // quantity, amount, text(said.get("sku"), 100), max(0, off),
        rounded(said.get("total_tax"), currency),
    )  # fmt: skip


def _extra(said: Mapping[str, Any], currency: str) -> list[tuple[str, int]]:
    lines = [*(said.get("shipping_lines") or ()), *(said.get("fee_lines") or ())]
    return [
        (text(one.get("method_title") or one.get("name"), 100), rounded(one.get("total"), currency) + rounded(one.get("total_tax"), currency))
        for one in lines
    ]  # fmt: skip


def _parcels(said: Mapping[str, Any], state: str) -> list[Parcel]:
    """The shop does not say what was in which; a first one takes all that is left."""
    kept = next((one.get("value") for one in said.get("meta_data") or () if one.get("key") == _TRACKING), None)
    found = []
    for one in kept if isinstance(kept, list) and state == contract.SHIPPED else ():
        carrier = text(one.get("tracking_provider") or one.get("custom_tracking_provider"), 100)
        key = text(one.get("tracking_id") or one.get("tracking_number"), 100)
        found.append(
            Parcel(key, {}, carrier, text(one.get("tracking_number"), 100), moment(said.get("date_completed_gmt")))
        )
    return found


def _refund(said: Mapping[str, Any], currency: str) -> Refund:
    lines = {}
    for one in said.get("line_items") or ():
        line = next((m.get("value") for m in one.get("meta_data") or () if m.get("key") == "_refunded_item_id"), None)
        if line:
            sum_of = abs(rounded(one.get("total"), currency) + rounded(one.get("total_tax"), currency))
            lines[str(line)] = (abs(int(one.get("quantity") or 0)), sum_of)
    amount, key = abs(minor(said["amount"], currency)), key_in(said.get("reason"))
    return Refund(str(said["id"]), amount, lines, key, moment(said.get("date_created_gmt")))


def _address(said: Mapping[str, Any]) -> dict[str, str]:
    given = {
        "name": f"{said.get('first_name') or ''} {said.get('last_name') or ''}".strip(), "street": said.get("address_1"),
        "street2": said.get("address_2"), "postcode": said.get("postcode"), "city": said.get("city"), "region": said.get("state"),
        "country": said.get("country"),
    }  # fmt: skip
    return {name: text(value, 200) for name, value in given.items() if value}
