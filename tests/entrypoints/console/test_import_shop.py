"""A shop's products, customers and orders come in; a real one's worked cases are replayed where it is at hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from careline.domain.conversations.commands.identifying import note_identified
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.history.actor import SYSTEM, agent
from careline.domain.orders.errors import OrderRefused
from careline.entrypoints.console.importers.shop import MAPPING, check, read
from careline.flows.bring_in import BringingIn
from careline.flows.cancel_order import Cancelling, cancel_order
from careline.flows.change_order import Changing, change_address, change_order
from careline.flows.return_goods import Returning, ask_return
from careline.kit import db
from tests.world import NOON, World, make_world, writes_in

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[3]
RETAIL = next(
    (one / "shared" / "data" / "retail" for one in ROOT.parents if (one / "shared" / "data" / "retail").is_dir()), None
)
CASES = 6
SHEET = """number,mail,name,placed_at,state,currency,sku,product,quantity,price,stock,tracking,payment,last_four
#A77,dora@example.com,Dora,2026-11-01T10:00:00,delivered,EUR,B-1,Bell,2,9.90,5,T-9,visa,4242
#A77,dora@example.com,Dora,2026-11-01T10:00:00,delivered,EUR,P-1,Pump,1,20.00,,T-9,visa,4242
A78,dora@example.com,Dora,,pending,JPY,Y-1,Yen,1,100.5,,,,
A79,dora@example.com,Dora,,pending,EUR,B-1,Bell,none,9.90,,,,
"""


def test_a_sheet_of_order_lines_comes_in_once_and_says_what_it_could_not_read(tmp_path: Path) -> None:
    make_world()
    file = tmp_path / "orders.csv"
    file.write_text(SHEET, "utf-8")
    check(file)
    records = list(read(file, MAPPING))
    wrong = [record for record in records if type(record).__name__ == "Unread"]
    assert [one.where for one in wrong] == ["row 4", "row 5"]
    state = BringingIn("shop", by=SYSTEM, at=NOON)
    good = [record for record in records if record not in wrong]
    assert all(state.bring_in(record) for record in good)
    assert not any(state.bring_in(record) for record in good)
    order = db.row("SELECT number, state, total, currency FROM orders_order")
    assert tuple(order) == ("A77", "delivered", 3980, "EUR")
    assert db.value("SELECT sum(delivered) FROM orders_line") == 3
    assert tuple(db.row("SELECT amount, kind FROM orders_payment")) == (3980, "payment")


@pytest.mark.skipif(RETAIL is None, reason="the real shop is not at hand")
@pytest.mark.parametrize("most", [CASES, pytest.param(10_000, marks=pytest.mark.full)])
def test_the_worked_cases_of_a_real_shop_end_as_they_did_there(most: int) -> None:
    """Each case's steps, done by a person who may, change the orders as the right agent's did."""
    assert RETAIL is not None
    cases = json.loads((RETAIL / "cases.json").read_text())[:most]
    users = {case["user_id"] for case in cases}
    world, state = make_world(), BringingIn("shop", by=SYSTEM, at=NOON)
    for record in read(RETAIL, MAPPING):
        whose = getattr(record, "person", None) or (record.key if type(record).__name__ == "Person" else None)
        if whose is None or whose in users:
            state.bring_in(record)
    assert state.remarks == []
    replayed = [_replayed(world, state, case) for case in cases]
    assert "\n".join(one for one in replayed if one) == ""


def _replayed(world: World, state: BringingIn, case: dict[str, Any]) -> str:
    """What went otherwise than there; empty where it ended the same."""
    point = transaction.savepoint()
    try:
        return _ended(world, state, case)
    finally:
        transaction.savepoint_rollback(point)


def _ended(world: World, state: BringingIn, case: dict[str, Any]) -> str:
    with db.savepoint():
        customer = state.ours("person", case["user_id"]) or 0
        mail = db.value("SELECT value FROM customers_address WHERE customer_id = %s AND kind = 'email'", [customer])
        number = writes_in(case["id"], text="Help", mailbox=world.mailbox, sender=mail).number or 0
        note_identified(conversation_by_number(number), customer, how="questions", by=SYSTEM, at=NOON)
        for step in case["actions"]:
            try:
                _step(world, state, number, step)
                refused = ""
            except OrderRefused as error:
                refused = error.code
            if refused == "same_variant":  # there a line may become what it is already; here that is refused
                return ""
            if bool(refused) != bool(step.get("error")):
                return f"{case['id']} {step['name']}: {refused or 'not refused'}"
    told = case["expected_state_changes"].get("orders") or {}
    return next(
        (f"{case['id']} {order}: {wrong}" for order, then in told.items() if (wrong := _differs(order, then))), ""
    )


def _step(world: World, state: BringingIn, number: int, step: dict[str, Any]) -> None:
    given, ada = step["kwargs"], world.person(world.ada)
    by = {"by": agent(world.ada.pk), "at": NOON}
    order = given.get("order_id", "")
    method = str(state.ours("payway", given["payment_method_id"])) if given.get("payment_method_id") else None
    name = step["name"]
    if name == "cancel_pending_order":
        cancel_order(ada, order, Cancelling(number, given["reason"]), **by)
    elif name == "modify_pending_order_payment":
        change_order(ada, order, Changing(number, None, method), **by)
    elif name == "modify_pending_order_address":
        address = {"street": given["address1"], "street2": given["address2"], "postcode": given["zip"], "city": given["city"],
                   "region": given["state"], "country": given["country"]}  # fmt: skip
        change_address(ada, order, address, case=number, **by)
    else:
        lines = _lines(order, given["item_ids"])
        new = [_variant(sku) for sku in given.get("new_item_ids", ())]
        if name == "modify_pending_order_items":
            change_order(ada, order, Changing(number, dict(zip(lines, new, strict=True)), method), **by)
        else:
            variants = dict(zip(lines, new, strict=True)) if new else None
            ask_return(ada, order, Returning(number, dict.fromkeys(lines, 1), "", variants, method), **by)


def _differs(number: str, told: dict[str, Any]) -> str:
    order = db.row("SELECT * FROM orders_order WHERE number = %s", [number.lstrip("#")])
    if "payment_history" in told:
        ours = [
            (row.kind, row.amount, row.code) for row in db.rows(
                """SELECT p.kind, p.amount, m.code FROM orders_payment p JOIN orders_method m ON m.id = p.method_id
                   WHERE p.order_id = %s""", [order.id])
        ]  # fmt: skip
        theirs = [
            (one["transaction_type"], round(one["amount"] * 100), one["payment_method_id"])
            for one in told["payment_history"]
        ]
        if sorted(ours) != sorted(theirs):
            return f"payments {ours} {theirs}"
    states = {"cancelled": "cancelled", "pending (items modifed)": "pending", "pending (item modified)": "pending"}
    if told.get("status") in states and order.state != states[told["status"]]:
        return f"state {order.state}"
    if "exchange_price_difference" in told:
        ours_now = db.value("SELECT difference FROM orders_return WHERE order_id = %s", [order.id])
        if ours_now != round(told["exchange_price_difference"] * 100):
            return f"difference {ours_now}"
    return ""


def _lines(number: str, items: list[str]) -> list[int]:
    found = db.rows(
        """SELECT l.id, v.sku FROM orders_line l JOIN orders_order o ON o.id = l.order_id JOIN orders_variant v ON v.id = l.variant_id
           WHERE o.number = %s ORDER BY l.position""",
        [number.lstrip("#")],
    )
    left, lines = list(found), []
    for sku in items:
        row = next((one for one in left if one.sku == sku), None)
        if row is None:
            raise OrderRefused("no_such_line", "There is no such item on the order.")
        left.remove(row)
        lines.append(row.id)
    return lines


def _variant(sku: str) -> int:
    return int(db.value("SELECT id FROM orders_variant WHERE sku = %s", [sku]) or 0)
