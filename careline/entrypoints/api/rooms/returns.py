"""Returns and exchanges, step by step."""

from __future__ import annotations

from functools import partial
from typing import Any

from careline.domain.desk.queries.aftersales import returns_page
from careline.domain.orders.rules.returning import Inspected
from careline.entrypoints.api.order_words import awaited, done_of, money, seen_before
from careline.entrypoints.api.paging import key_alone, page_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.routes import Call, Created, Waits, route
from careline.entrypoints.api.shapes import returns as shapes
from careline.entrypoints.api.shapes.orders import Outcome
from careline.entrypoints.api.shapes.parts import Named, Page
from careline.flows import inspect_goods, return_goods
from careline.flows.hold_return import return_for
from careline.flows.return_goods import Requested, Returning

_ONE = "/returns/{id}"


@route("GET", "/returns", query=shapes.ReturnQuery, answer=Page[shapes.ReturnRow])
def all_returns(call: Call) -> Any:
    """Returns, exchanges and repairs of customers that you see, the newest first."""
    asked = call.query
    rows = returns_page(call.person, state=asked.state or "", before=key_alone(asked.cursor), limit=asked.limit + 1)
    return page_of(rows, limit=asked.limit, key=lambda row: (row.id,), item=_row)


@route("POST", "/returns", body=shapes.NewReturn, answer=shapes.Return, status=201, waits=True)
def new_return(call: Call) -> Any:
    """Agrees a return, an exchange or a repair. Money moves, and the other goods leave, once the goods are inspected."""
    given = call.body
    lines = {int(one.line): one.quantity for one in given.lines}
    variants = {int(one.line): int(one.variant) for one in given.lines if one.variant is not None}
    if given.repair and (variants or given.method):
        raise Wrong(("repair", "What is repaired comes back the same, and costs nothing."))
    if variants and len(variants) != len(lines):
        raise Wrong(("lines", "Exchange all of them, or none: ask for a return of the others."))
    asked = Returning(
        given.conversation, lines, given.reason, variants or None, given.method, given.version, given.repair
    )
    act = partial(return_goods.ask_return, call.person, given.order, asked, by=call.by, at=call.at)
    if given.preview:
        shown = _preview(given, return_goods.would_return(call.person, given.order, asked, by=call.by, at=call.at))
        shown.awaits = awaited(act)
        return Created(f"/orders/{given.order}", shown)
    done = act()
    return Waits(done.request) if done.id is None else Created(f"/returns/{done.id}", _one(call, done.id))


@route("GET", _ONE, answer=shapes.Return)
def one_return(call: Call) -> Any:
    """One return."""
    return _one(call, call.id)


@route("DELETE", _ONE, answer=shapes.Return)
def withdrawn(call: Call) -> Any:
    """The customer keeps the goods."""
    return_goods.withdraw_return(call.person, call.id, by=call.by, at=call.at)
    return _one(call, call.id)


@route("PUT", _ONE + "/label", body=shapes.ReturnLabel, answer=shapes.Return)
def label(call: Call) -> Any:
    """Which label the customer has."""
    return_goods.send_label(call.person, call.id, call.body.label, by=call.by, at=call.at)
    return _one(call, call.id)


@route("PUT", _ONE + "/receipt", answer=shapes.Return)
def received(call: Call) -> Any:
    """The parcel is here."""
    return_goods.receive_goods(call.person, call.id, by=call.by, at=call.at)
    return _one(call, call.id)


@route("POST", _ONE + "/inspection", body=shapes.Inspection, answer=Outcome, waits=True)
def inspected(call: Call) -> Any:
    """What came was looked at: money goes back, or the other goods leave."""
    given = call.body
    seen = [Inspected(int(one.line), one.accepted, one.condition) for one in given.lines]
    act = partial(inspect_goods.inspect_goods, call.person, call.id, seen, remark=given.remark, by=call.by, at=call.at)
    if given.preview:
        return seen_before(inspect_goods.would_inspect(call.person, call.id, seen, by=call.by, at=call.at), act)
    return done_of(act())


def _row(row: Any) -> shapes.ReturnRow:
    back = sum(one["amount"] for one in row.lines or () if not one["variant"])
    return shapes.ReturnRow(
        str(row.id), row.number, Named(str(row.owner_id), row.customer_name), row.case_number, row.kind, row.state,
        [f"{one['quantity']} × {one['name']}" for one in row.lines or ()], money(back, row.currency), row.requested_at, row.closed_at,
    )  # fmt: skip


def _one(call: Call, key: int) -> shapes.Return:
    row = return_for(call.person, key)
    lines = [
        shapes.ReturnLine(
            str(one["line"]), one["name"], one["quantity"], money(one["amount"], row.currency), str(one["variant"]) if one["variant"] else None,
            money(one["difference"], row.currency), one["condition"], one["accepted"], one["percent"],
        ) for one in row.lines
    ]  # fmt: skip
    back = sum(one["amount"] for one in row.lines if not one["variant"])
    return shapes.Return(
        str(row.id), row.number, row.case_number, row.kind, row.state, row.reason, row.label, row.remark, lines, money(back, row.currency),
        money(row.difference, row.currency), {}, row.requested_at, row.received_at, row.inspected_at, row.closed_at,
    )  # fmt: skip


def _preview(given: shapes.NewReturn, done: Requested) -> shapes.Return:
    currency = done.plan.currency
    lines = [
        shapes.ReturnLine(
            str(one.line), "", one.quantity, money(one.amount, currency), str(one.variant) if one.variant else None,
            money(one.difference, currency), "", None, None,
        ) for one in done.coming
    ]  # fmt: skip
    kind: Any = "repair" if given.repair else "exchange" if any(one.variant for one in done.coming) else "return"
    stock = {str(key): units for key, units in done.plan.stock.items()}
    return shapes.Return(
        None, given.order, given.conversation, kind, "preview", given.reason, "", "", lines, money(done.back, currency),
        money(done.difference, currency), stock, None, None, None, None,
    )  # fmt: skip
