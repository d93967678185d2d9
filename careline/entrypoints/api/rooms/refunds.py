"""Money goes back without goods coming back; credit out of goodwill."""

from __future__ import annotations

from typing import Any

from careline.domain.desk.queries.orders import order_for
from careline.domain.orders.errors import NotFound
from careline.domain.orders.queries.returns import refund_by_id
from careline.domain.orders.rules.plans import Plan
from careline.domain.orders.rules.refunding import Part
from careline.entrypoints.api.order_words import flows_of, minor_of, money
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes import returns as shapes
from careline.entrypoints.api.shapes.money import money_said
from careline.entrypoints.api.shapes.orders import Flow
from careline.flows import give_credit, refund
from careline.flows.give_credit import Giving
from careline.flows.refund import Refunding


@route("POST", "/refunds", body=shapes.NewRefund, answer=shapes.Refund, status=201)
def new_refund(call: Call) -> Any:
    """At once within your authority; else it waits for approval, and `approval` names the request."""
    given = call.body
    currency = order_for(call.person, given.order).currency
    parts = tuple(_part(n, one, currency) for n, one in enumerate(given.lines))
    amount = None if given.amount is None else money_said(given.amount, "amount")
    asked = Refunding(given.conversation, given.reason, parts, amount, given.method, given.version)
    if given.preview:
        plan = refund.would_refund(call.person, given.order, asked, by=call.by, at=call.at)
        return Created(f"/orders/{given.order}", _planned(given, plan))
    done = refund.refund(call.person, given.order, asked, by=call.by, at=call.at)
    if done.id is None:
        return Created(f"/approvals/{done.request}", _planned(given, done.plan, request=done.request))
    return Created(f"/refunds/{done.id}", _one(call, done.id))


@route("GET", "/refunds/{id}", answer=shapes.Refund)
def one_refund(call: Call) -> Any:
    """One refund."""
    return _one(call, call.id)


@route("POST", "/credits", body=shapes.NewCredit, answer=shapes.Credit, status=201)
def new_credit(call: Call) -> Any:
    """Store credit for the customer of a case."""
    given = call.body
    asked = Giving(given.conversation, money_said(given.amount, "amount"), given.reason, given.order)
    done = give_credit.give_credit(call.person, asked, by=call.by, at=call.at)
    shown = shapes.Credit(str(done.id) if done.id else None, given.amount, str(done.request) if done.request else None)
    return Created(f"/conversations/{given.conversation}", shown)


def _part(n: int, one: shapes.RefundedLine, currency: str) -> Part:
    if (one.quantity is None) == (one.amount is None):
        raise Wrong((f"lines[{n}]", "Say either how many units or how much."))
    amount = None if one.amount is None else minor_of(one.amount, currency, f"lines[{n}].amount")
    return Part(int(one.line), one.quantity, amount)


def _one(call: Call, key: int) -> shapes.Refund:
    row = refund_by_id(key)
    if row is None:
        raise NotFound(f"There is no refund {key}.")
    try:
        order_for(call.person, row.number)
    except NotFound:
        raise NotFound(f"There is no refund {key}.") from None
    flows = [Flow(str(row.method_id), money(-row.amount, row.currency))]
    return shapes.Refund(
        str(row.id),
        row.number,
        row.kind,
        money(row.amount, row.currency),
        flows,
        row.reason,
        row.case_number,
        False,
        None,
        row.at,
    )


def _planned(given: shapes.NewRefund, plan: Plan, *, request: int | None = None) -> shapes.Refund:
    return shapes.Refund(
        None, given.order, "refund", money(plan.back, plan.currency), flows_of(plan), given.reason, given.conversation, request is None,
        str(request) if request else None, None,
    )  # fmt: skip
