"""Money goes back without goods coming back; credit out of goodwill."""

from __future__ import annotations

from functools import partial
from typing import Any

from careline.domain.desk.queries.aftersales import refunds_page
from careline.domain.desk.queries.orders import order_for
from careline.domain.orders.errors import NotFound
from careline.domain.orders.queries.returns import refund_by_id
from careline.domain.orders.rules.plans import Plan
from careline.domain.orders.rules.refunding import Part
from careline.entrypoints.api.order_words import awaited, flows_of, minor_of, money, order_of
from careline.entrypoints.api.paging import key_alone, page_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes import returns as shapes
from careline.entrypoints.api.shapes.money import money_said
from careline.entrypoints.api.shapes.orders import Flow, Order
from careline.entrypoints.api.shapes.parts import Named, Page
from careline.flows import give_credit, refund, settle_payment
from careline.flows.give_credit import Giving
from careline.flows.refund import Refunding


@route("GET", "/refunds", query=shapes.RefundQuery, answer=Page[shapes.RefundRow])
def all_refunds(call: Call) -> Any:
    """What went back to customers that you see, the newest first."""
    asked = call.query
    rows = refunds_page(call.person, state=asked.state or "", before=key_alone(asked.cursor), limit=asked.limit + 1)
    return page_of(rows, limit=asked.limit, key=lambda row: (row.id,), item=_row)


@route("POST", "/refunds", body=shapes.NewRefund, answer=shapes.Refund, status=201)
def new_refund(call: Call) -> Any:
    """At once within your authority; else it waits for approval, and `approval` names the request."""
    given = call.body
    currency = order_for(call.person, given.order).currency
    parts = tuple(_part(n, one, currency) for n, one in enumerate(given.lines))
    amount = None if given.amount is None else money_said(given.amount, "amount")
    asked = Refunding(given.conversation, given.reason, parts, amount, given.method, given.version)
    act = partial(refund.refund, call.person, given.order, asked, by=call.by, at=call.at)
    if given.preview:
        shown = _planned(given, refund.would_refund(call.person, given.order, asked, by=call.by, at=call.at))
        shown.awaits = awaited(act)
        return Created(f"/orders/{given.order}", shown)
    done = act()
    if done.id is None:
        return Created(f"/approvals/{done.request}", _planned(given, done.plan, request=done.request))
    return Created(f"/refunds/{done.id}", _one(call, done.id))


@route("GET", "/refunds/{id}", answer=shapes.Refund)
def one_refund(call: Call) -> Any:
    """One refund."""
    return _one(call, call.id)


@route("PUT", "/orders/{order}/payments/{id}/settlement", body=shapes.Settlement, answer=Order)
def settled(call: Call) -> Any:
    """Money has come, or gone, or not: however often and late it is said, it counts once. 409 where it was said otherwise before."""
    result = settle_payment.Result(call.body.outcome, call.body.reference)
    settle_payment.settle_payment(call.person, call.path["order"], call.id, result, by=call.by, at=call.at)
    return order_of(call.person, call.path["order"])


@route("POST", "/orders/{order}/payments/{id}/retries", body=shapes.RefundAgain, answer=Order, status=201)
def refunded_again(call: Call) -> Any:
    """A refund that failed goes another way, once."""
    given, number = call.body, call.path["order"]
    settle_payment.refund_again(
        call.person, number, call.id, given.method, case=given.conversation, by=call.by, at=call.at
    )
    return Created(f"/orders/{number}", order_of(call.person, number))


@route("POST", "/credits", body=shapes.NewCredit, answer=shapes.Credit, status=201)
def new_credit(call: Call) -> Any:
    """Store credit for the customer of a case."""
    given = call.body
    asked = Giving(given.conversation, money_said(given.amount, "amount"), given.reason, given.order)
    done = give_credit.give_credit(call.person, asked, by=call.by, at=call.at)
    shown = shapes.Credit(str(done.id) if done.id else None, given.amount, str(done.request) if done.request else None)
    return Created(f"/conversations/{given.conversation}", shown)


def _row(row: Any) -> shapes.RefundRow:
    return shapes.RefundRow(
        str(row.id), row.number, Named(str(row.owner_id), row.customer_name), row.case_number, row.kind, row.state,
        money(row.amount, row.currency), str(row.method_id), row.reason, row.agent_name, row.at,
    )  # fmt: skip


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
