"""Goods of Northwind Bikes on their way back: some asked for, one here, one paid back, one in repair."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
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
from careline.flows.return_goods import Returning, ask_return, receive_goods, send_label

_ENDS = ("", "label", "received", "good", "damaged", "repair")
_WHY = ("too small", "wrong size", "does not fit", "another colour", "scratched", "loose")


def send_back(house: Northwind, cases: Sequence[Case], *, now: datetime) -> None:
    """On the newest case of each buyer whose order was delivered lately."""
    ada = house.people["ada"]
    ends = iter(zip(_ENDS, _WHY, strict=True))
    wanted = next(ends, None)
    newest = {case.writer.name: case.number for case in sorted(cases, key=lambda one: one.number) if case.number}
    for row in orders_page(ada, state="delivered", limit=40):
        number = newest.get(row.customer_name)
        if wanted is None:
            return
        if number is None:
            continue
        with suppress(Refused, NotFound, Forbidden):
            _goes(house, row, number, *wanted, now=now)
            wanted = next(ends, None)


def _goes(house: Northwind, row: Any, number: int, end: str, why: str, *, now: datetime) -> None:
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
