"""Goods of Northwind Bikes on their way back: some asked for, one here, one paid back, one in repair; and money back without goods."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from careline.domain.conversations.commands.identifying import note_identified
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.desk.queries.orders import orders_page
from careline.domain.history.actor import agent
from careline.domain.orders.queries.orders import lines_of
from careline.domain.orders.rules.returning import Inspected
from careline.domain.staff.rules import Forbidden
from careline.entrypoints.console.demo.house import Northwind
from careline.entrypoints.console.demo.plan import Case
from careline.flows.inspect_goods import inspect_goods
from careline.flows.refund import Refunding, refund
from careline.flows.return_goods import Returning, ask_return, receive_goods, send_label
from careline.kit.money import Money

_ENDS = ("", "label", "received", "good", "damaged", "repair")
_WHY = ("too small", "wrong size", "does not fit", "another colour", "scratched", "loose")
_MONEY = (
    ("arrived late", 900),
    ("scratched", 1500),
    ("arrived late", 450),
    ("part missing", 1250),
    ("charged twice", 2900),
    ("arrived late", 600),
)
"""Why, and how many cents: a part of the order, back to where it came from."""


def send_back(house: Northwind, cases: Sequence[Case], *, now: datetime) -> None:
    """On the newest case of each buyer whose order was delivered lately."""
    ada = house.people["ada"]
    comes = [partial(_goes, end=end, why=why) for end, why in zip(_ENDS, _WHY, strict=True)]
    pays = [partial(_pays, why=why, cents=cents, days=3 * n) for n, (why, cents) in enumerate(_MONEY, 1)]
    newest = {case.writer.name: case.number for case in sorted(cases, key=lambda one: one.number) if case.number}
    rows = [row for row in orders_page(ada, state="delivered", limit=40) if row.customer_name in newest]
    for left in (comes, pays):
        for row in rows:
            if not left:
                break
            with suppress(Refused, NotFound, Forbidden):
                left[0](house, row, newest[row.customer_name], now=now)
                left.pop(0)


def _pays(house: Northwind, row: Any, number: int, *, why: str, cents: int, days: int, now: datetime) -> None:
    ada, by = house.people["ada"], agent(house.people["ada"].id)
    at = max(row.delivered_at + timedelta(hours=20), now - timedelta(days=days))
    note_identified(
        conversation_by_number(number),
        row.owner_id,
        how="questions",
        questions=["order_number", "postcode"],
        by=by,
        at=at,
    )
    refund(ada, row.number, Refunding(number, why, amount=Money(cents, row.currency)), by=by, at=at)


def _goes(house: Northwind, row: Any, number: int, *, end: str, why: str, now: datetime) -> None:
    ada, by = house.people["ada"], agent(house.people["ada"].id)
    at = max(row.delivered_at + timedelta(hours=20), now - timedelta(days=3))
    case = conversation_by_number(number)
    note_identified(case, row.owner_id, how="questions", questions=["order_number", "postcode"], by=by, at=at)
    line = next(one for one in lines_of([row.id]) if one.kind == "item")
    asked = Returning(number, {line.id: 1}, why, is_repair=end == "repair")
    key = ask_return(ada, row.number, asked, by=by, at=at).id or 0
    if end:
        send_label(ada, key, f"DHL RT{key:06d}", by=by, at=at + timedelta(hours=1))
    if end in ("received", "good", "damaged"):
        receive_goods(ada, key, by=by, at=at + timedelta(hours=30))
    if end in ("good", "damaged"):
        inspect_goods(ada, key, [Inspected(line.id, 1, end)], by=by, at=at + timedelta(hours=31))
