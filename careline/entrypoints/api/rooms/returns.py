"""Returns and exchanges, step by step."""

from __future__ import annotations

from typing import Any

from careline.domain.orders.rules.returning import Inspected
from careline.entrypoints.api.order_words import money, outcome_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes import returns as shapes
from careline.entrypoints.api.shapes.orders import Outcome
from careline.flows import return_goods
from careline.flows.return_goods import Requested, Returning, return_for

_ONE = "/returns/{id}"


@route("POST", "/returns", body=shapes.NewReturn, answer=shapes.Return, status=201)
def new_return(call: Call) -> Any:
    """Agrees a return, or an exchange. Money moves, and the other goods leave, once the goods are inspected."""
    given = call.body
    lines = {int(one.line): one.quantity for one in given.lines}
    variants = {int(one.line): int(one.variant) for one in given.lines if one.variant is not None}
    if variants and len(variants) != len(lines):
        raise Wrong(("lines", "Exchange all of them, or none: ask for a return of the others."))
    asked = Returning(given.conversation, lines, given.reason, variants or None, given.method, given.version)
    if given.preview:
        done = return_goods.would_return(call.person, given.order, asked, by=call.by, at=call.at)
        return Created(f"/orders/{given.order}", _preview(given, done))
    done = return_goods.ask_return(call.person, given.order, asked, by=call.by, at=call.at)
    return Created(f"/returns/{done.id}", _one(call, done.id or 0))


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


@route("POST", _ONE + "/inspection", body=shapes.Inspection, answer=Outcome)
def inspected(call: Call) -> Any:
    """What came was looked at: money goes back, or the other goods leave."""
    given = call.body
    seen = [Inspected(int(one.line), one.accepted, one.condition) for one in given.lines]
    if given.preview:
        return outcome_of(return_goods.would_inspect(call.person, call.id, seen, by=call.by, at=call.at), preview=True)
    plan = return_goods.inspect_goods(call.person, call.id, seen, remark=given.remark, by=call.by, at=call.at)
    return outcome_of(plan, preview=False)


def _one(call: Call, key: int) -> shapes.Return:
    row = return_for(call.person, key)
    lines = [
        shapes.ReturnLine(
            str(one["line"]), one["name"], one["quantity"], money(one["amount"], row.currency), str(one["variant"]) if one["variant"] else None,
            money(one["difference"], row.currency), one["condition"], one["accepted"],
        ) for one in row.lines
    ]  # fmt: skip
    back = sum(one["amount"] for one in row.lines if not one["variant"])
    return shapes.Return(
        str(row.id), row.number, row.case_number, row.kind, row.state, row.reason, row.label, row.remark, lines, money(back, row.currency),
        money(row.difference, row.currency), {}, row.requested_at, row.received_at, row.closed_at,
    )  # fmt: skip


def _preview(given: shapes.NewReturn, done: Requested) -> shapes.Return:
    currency = done.plan.currency
    lines = [
        shapes.ReturnLine(
            str(one.line), "", one.quantity, money(one.amount, currency), str(one.variant) if one.variant else None,
            money(one.difference, currency), "", None,
        ) for one in done.coming
    ]  # fmt: skip
    kind: Any = "exchange" if any(one.variant for one in done.coming) else "return"
    stock = {str(key): units for key, units in done.plan.stock.items()}
    return shapes.Return(
        None, given.order, given.conversation, kind, "preview", given.reason, "", "", lines, money(done.back, currency),
        money(done.difference, currency), stock, None, None, None,
    )  # fmt: skip
