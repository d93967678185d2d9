"""How each row of docs/permissions.csv about orders and products is tried."""

from __future__ import annotations

from typing import Any

from careline.flows.place_order import Wanted
from careline.flows.return_goods import Returning, ask_return, receive_goods
from careline.kit import db
from tests.shop import make_shop, order
from tests.world import NOON, World

CASE, CUSTOMER, HOUSE = "case", "customer", "house"
_ON = {"conversation": "{case}"}
_LINES = {"lines": [{"line": "id {helmet}"}]}
_WHY = {"reason": "asked for"}
_FORM = {"case": "{case}", "reason": "asked for"}
_MORE = {"lines": [{"line": "id {waiting_helmet}", "variant": "id {large}"}], "method": "id {card}"}
_SEEN = {"lines": [{"line": "id {helmet}", "accepted": 1}]}
_RETURN = {"order": "id {delivered}", **_ON, **_LINES}
_REFUND = {"order": "id {delivered}", **_ON, **_WHY}
Trial = tuple[str, Any, Any]


def _act(act: str, *, do: bool, state: str = "pending", **more: str) -> tuple[str, str, dict[str, str]]:
    return "POST", f"/orders/{{{state}}}/acts/{act}", {**_FORM, **more, **({"do": "1"} if do else {})}


def _post(path: str, body: dict[str, Any], *, preview: bool = False) -> tuple[str, str, dict[str, Any]]:
    return "POST", path, {**body, **({"preview": True} if preview else {})}


_READ = "order:read"
_WRITE = "order:write"
_GIVE = "order:refund"
_MANAGE = "product:manage"
_PRODUCT = {"code": "B-1", "name": "Bell"}
_PRICE = {"price": {"amount": "9.90", "currency": "EUR"}}
_ANSWERS = {"postcode": "10115"}

TRIALS_OF_ORDERS: dict[tuple[str, str], Trial] = {
    ("desk.orders.orders_page", _READ): (HOUSE, ("GET", "/orders", None), ("GET", "/orders", None)),
    ("desk.orders.order_for", _READ): (CUSTOMER, ("GET", "/orders/{delivered}", None), ("GET", "/orders/{delivered}", None)),
    ("queries.products.products", _READ): (HOUSE, ("GET", "/products", None), ("GET", "/products", None)),
    ("flows.keep_products.add_product", _MANAGE): (HOUSE, _post("/products", _PRODUCT), ("POST", "/products/new", _PRODUCT)),
    ("flows.keep_products.change_product", _MANAGE): (
        HOUSE, ("PATCH", "/products/{product}", {"name": "Horn"}), ("POST", "/products/{product}/edit", {"name": "Horn"})
    ),
    ("flows.keep_products.add_variant", _MANAGE): (
        HOUSE, _post("/products/{product}/variants", {"sku": "B-1-R", **_PRICE}),
        ("POST", "/products/{product}/variants", {"sku": "B-1-W", "price": "9.90"}),
    ),
    ("flows.keep_products.change_variant", _MANAGE): (
        HOUSE, ("PATCH", "/variants/{large}", {"stock": 9}), ("POST", "/variants/{large}", {"price": "9.90"})
    ),
    ("flows.identify.identified_on", "conversation:read"): (
        CASE,
        ("GET", "/conversations/{case}/identification", None),
        ("GET", "/conversations/{case}/identification", None),
    ),
    ("flows.identify.identify", "conversation:note"): (
        CASE,
        _post("/conversations/{case}/identification", {"order_number": "id {delivered}", **_ANSWERS}),
        ("POST", "/conversations/{case}/identification", {"order_number": "{delivered}", **_ANSWERS}),
    ),
    ("flows.identify.set_checks", "case_settings:manage"): (
        HOUSE, ("PUT", "/identity-checks", {"checks": [["mail"]]}), ("POST", "/settings/identity-checks", {"row-1": "mail"})
    ),
    ("flows.place_order.place_order", _WRITE): (
        CUSTOMER,
        _post("/orders", {"customer": "id {carol}", "currency": "EUR", "lines": [{"variant": "id {large}"}]}),
        None,
    ),
    ("flows.reorder.would_reorder", _WRITE): (
        CUSTOMER,
        _post("/orders/{delivered}/reorders", {**_ON, "method": "id {card}"}, preview=True),
        _act("reorder", do=False, state="delivered", method="{card}"),
    ),
    ("flows.reorder.reorder", _WRITE): (
        CUSTOMER,
        _post("/orders/{delivered}/reorders", {**_ON, "method": "id {card}"}),
        _act("reorder", do=True, state="delivered", method="{card}"),
    ),
    ("flows.move_order.take_up_order", _WRITE): (
        CUSTOMER,
        ("PUT", "/orders/{pending}/processing", None),
        ("POST", "/orders/{pending}/steps", {"step": "process"}),
    ),
    ("flows.move_order.ship_order", _WRITE): (
        CUSTOMER,
        _post("/orders/{pending}/shipments", {"carrier": "DHL"}),
        ("POST", "/orders/{pending}/steps", {"step": "ship"}),
    ),
    ("flows.move_order.note_delivered", _WRITE): (
        CUSTOMER,
        ("PUT", "/orders/{shipped}/shipments/{parcel}/delivery", None),
        ("POST", "/orders/{shipped}/steps", {"step": "deliver", "parcel": "{parcel}"}),
    ),
    ("flows.cancel_order.would_cancel", _WRITE): (
        CUSTOMER,
        _post("/orders/{pending}/cancellation", {**_ON, **_WHY}, preview=True),
        _act("cancellation", do=False),
    ),
    ("flows.cancel_order.cancel_order", _WRITE): (
        CUSTOMER,
        _post("/orders/{pending}/cancellation", {**_ON, **_WHY}),
        _act("cancellation", do=True),
    ),
    ("flows.change_order.would_change", _WRITE): (
        CUSTOMER,
        _post("/orders/{pending}/items", {**_ON, **_MORE}, preview=True),
        None,
    ),
    ("flows.change_order.change_order", _WRITE): (CUSTOMER, _post("/orders/{pending}/items", {**_ON, **_MORE}), None),
    ("flows.change_order.change_address", _WRITE): (
        CUSTOMER,
        ("PUT", "/orders/{pending}/address", {**_ON, "address": {"street": "New Road 1", "city": "Bonn", "country": "DE"}}),
        _act("address", do=True, street="New Road 1", city="Bonn", country="DE"),
    ),
    ("flows.replace_goods.would_replace", _WRITE): (
        CUSTOMER,
        _post("/orders/{delivered}/replacements", {**_ON, **_LINES, **_WHY}, preview=True),
        None,
    ),
    ("flows.replace_goods.replace_goods", _WRITE): (
        CUSTOMER,
        _post("/orders/{delivered}/replacements", {**_ON, **_LINES, **_WHY}),
        None,
    ),
    ("flows.return_goods.would_return", _WRITE): (CUSTOMER, _post("/returns", _RETURN, preview=True), None),
    ("flows.return_goods.ask_return", _WRITE): (CUSTOMER, _post("/returns", _RETURN), None),
    ("desk.aftersales.returns_page", _READ): (HOUSE, ("GET", "/returns", None), ("GET", "/returns", None)),
    ("desk.aftersales.refunds_page", _READ): (HOUSE, ("GET", "/refunds", None), ("GET", "/refunds", None)),
    ("flows.settle_payment.settle_payment", "payment:settle"): (
        CUSTOMER,
        ("PUT", "/orders/{delivered}/payments/{payment}/settlement", {"outcome": "settled"}),
        ("POST", "/orders/{delivered}/payments/{payment}", {"outcome": "settled"}),
    ),
    ("flows.settle_payment.refund_again", _GIVE): (
        CUSTOMER,
        _post("/orders/{delivered}/payments/{failed_refund}/retries", {**_ON, "method": "store_credit"}),
        ("POST", "/orders/{delivered}/payments/{failed_refund}", {**_FORM, "outcome": "again", "method": "store_credit"}),
    ),
    ("flows.hold_return.return_for", _READ): (CUSTOMER, ("GET", "/returns/{asked}", None), ("GET", "/returns/{asked}", None)),
    ("flows.return_goods.send_label", _WRITE): (
        CUSTOMER,
        ("PUT", "/returns/{asked}/label", {"label": "DHL 1"}),
        ("POST", "/returns/{asked}", {"step": "label", "label": "DHL 1"}),
    ),
    ("flows.return_goods.receive_goods", _WRITE): (
        CUSTOMER,
        ("PUT", "/returns/{asked}/receipt", None),
        ("POST", "/returns/{asked}", {"step": "receive"}),
    ),
    ("flows.return_goods.withdraw_return", _WRITE): (
        CUSTOMER,
        ("DELETE", "/returns/{asked}", None),
        ("POST", "/returns/{asked}", {"step": "withdraw"}),
    ),
    ("flows.inspect_goods.would_inspect", _WRITE): (CUSTOMER, _post("/returns/{received}/inspection", _SEEN, preview=True), None),
    ("flows.inspect_goods.inspect_goods", _WRITE): (CUSTOMER, _post("/returns/{received}/inspection", _SEEN), None),
    ("flows.refund.would_refund", _GIVE): (
        CUSTOMER,
        _post("/refunds", _REFUND, preview=True),
        _act("refund", do=False, state="delivered"),
    ),
    ("flows.refund.refund", _GIVE): (CUSTOMER, _post("/refunds", _REFUND), _act("refund", do=True, state="delivered")),
    ("flows.give_credit.give_credit", _GIVE): (
        CASE,
        _post("/credits", {**_ON, **_WHY, "amount": {"amount": "5.00", "currency": "EUR"}}),
        None,
    ),
}  # fmt: skip


def keys_of_orders(world: World) -> dict[str, int]:
    """An order of Carol's in three states, a return that was asked for and one that is here."""
    shop = make_shop(world)
    found = {"delivered": int(shop.order), "helmet": shop.lines["Helmet"], "card": shop.card, "large": shop.large}
    for name in ("asked", "received"):
        wanted = Returning(world.case, {shop.lines["Helmet" if name == "received" else "Lock"]: 1})
        found[name] = ask_return(shop.ben, shop.order, wanted, by=shop.by, at=NOON).id or 0
    receive_goods(shop.ben, found["received"], by=shop.by, at=NOON)
    found["payment"] = int(db.value("SELECT max(id) FROM orders_payment"))
    paid = db.row("SELECT order_id, method_id FROM orders_payment WHERE id = %s", [found["payment"]])
    found["failed_refund"] = int(
        db.value(
            """INSERT INTO orders_payment (order_id, method_id, kind, state, amount, currency, at)
               VALUES (%s, %s, 'refund', 'failed', 100, 'EUR', %s) RETURNING id""",
            [*paid, NOON],
        )
    )
    order(shop, [Wanted(shop.small, 1)], state="shipped")
    found |= {"shipped": int(shop.order), "parcel": int(db.value("SELECT max(id) FROM orders_shipment"))}
    order(shop, [Wanted(shop.small, 1)])
    found |= {"pending": int(shop.order), "waiting_helmet": shop.lines["Helmet"], "order": int(shop.order)}
    product = db.value("SELECT product_id FROM orders_variant WHERE id = %s", [shop.large])
    return found | {"product": int(product)}
