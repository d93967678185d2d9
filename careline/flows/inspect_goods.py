"""What came back is looked at: money goes back, the other goods go out, or what was repaired does. Once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.approvals.queries.policies import book_at
from careline.domain.approvals.rules.rates import Rates
from careline.domain.history.actor import Actor
from careline.domain.orders.commands import carrying_out, returns
from careline.domain.orders.commands.carrying_out import Occasion, carry_out
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.queries.held import coming_of, method_by_id
from careline.domain.orders.queries.returns import return_by_id
from careline.domain.orders.queries.standing import products_of_lines
from careline.domain.orders.rules.plans import Plan
from careline.domain.orders.rules.returning import CONDITIONS, Inspected, outcome, repaired
from careline.domain.staff.rules import Person
from careline.flows.cancel_order import Done
from careline.flows.hold_return import HeldReturn, hold_return, hold_return_again
from careline.flows.order_authority import authorise_on_order, facts_of_order

REFUND, REPAIR = "refund", "repair"


def would_inspect(agent: Person, key: int, seen: Sequence[Inspected], *, by: Actor, at: datetime) -> Plan:
    """What the outcome would do to money and stock; nothing is changed. Raises as it does, but for what the policy says."""
    with transaction.atomic():
        there = hold_return(agent, key)
        plan = _outcome(there, _with_shares(there, seen, at=at))
        transaction.set_rollback(True)
    return plan


def inspect_goods(
    agent: Person, key: int, seen: Sequence[Inspected], *, remark: str = "", by: Actor, at: datetime
) -> Done:
    """Within their authority for refunds the outcome is carried out at once, else it waits for it.

    Raises NotFound, Forbidden, OrderRefused, Denied, AlreadyAsked; then nothing has changed.
    """
    with transaction.atomic():
        there = hold_return(agent, key)
        told = _with_shares(there, seen, at=at)
        plan, words = _outcome(there, told), remark[:2000]
        given, answer = max(0, plan.back - plan.charged), None
        if given:
            answer = authorise_on_order(
                agent, _on_its_case(there), REFUND, amount=given, lines=[one.line for one in told], reason=there.goods.reason,
                params={"return": key, "seen": [[one.line, one.accepted, one.condition, one.percent] for one in told]},
                by=by, at=at, agreed_at=there.goods.requested_at, condition=_worst(told),
            )  # fmt: skip
        if answer is None or (answer.is_allowed and answer.refusal is None):
            _carry(there, plan, told, words, by=by, at=at)
        elif answer.request is not None:
            returns.note_inspected(there.goods, told, remark=words, by=by, at=at)
    if answer is not None and answer.refusal is not None:
        raise answer.refusal
    return Done(plan, answer.request if answer is not None else None)


def outcome_approved(one: Any, by: Actor, at: datetime) -> Mapping[str, Any]:
    """`one`: an Approved, perhaps of less than was asked for. Raises OrderRefused where it can't be done any more."""
    goods = return_by_id(one.params["return"])
    if goods is None:
        raise OrderRefused("no_such_return", "The return is gone.")
    there = hold_return_again(goods, case=one.case)
    told = [Inspected(*seen) for seen in one.params["seen"]]
    agreed = one.money.minor if one.money is not None else 0
    plan = _outcome(there, told)
    if plan.back - plan.charged > agreed and goods.kind == "return":
        plan = _outcome(there, told, at_most=agreed)
    if plan.back - plan.charged > agreed:
        raise OrderRefused("order_changed", "It comes to more than was agreed to: look again, then decide.")
    refund = _carry(there, plan, told, there.goods.remark, request=one.request, by=by, at=at)
    return {"return": goods.id, "refund": refund, "given": max(0, plan.back - plan.charged)}


def _carry(
    there: HeldReturn, plan: Plan, told: Sequence[Inspected], remark: str, *, request: int | None = None, by: Actor, at: datetime
) -> int | None:  # fmt: skip
    goods, order = there.goods, there.held.order
    data = {"return": goods.id, **({"request": request} if request is not None else {})}
    case = there.held.case.id if there.held.case is not None else None
    if goods.kind == REPAIR:
        units = {one.line: one.quantity for one in coming_of(goods.id)}
        data["shipment"] = carrying_out.send_out(order.id, REPAIR, units, at=at)
    refund = carry_out(order, plan, Occasion(case, goods.kind, goods.reason, goods=goods.id, data=data), by=by, at=at)
    state = "done" if any(one.accepted for one in told) else "refused"
    returns.close(goods, state, told, remark=remark, by=by, at=at)
    return refund


def _outcome(there: HeldReturn, seen: Sequence[Inspected], *, at_most: int | None = None) -> Plan:
    goods, order = there.goods, there.held.order
    returns.require_open(goods)
    if goods.state not in ("received", "inspected"):
        raise OrderRefused("not_received", "The goods are not here yet: note first that they came.")
    coming = coming_of(goods.id)
    if goods.kind == REPAIR:
        return repaired(order, coming, seen)
    method = method_by_id(goods.method_id)
    named = method if goods.kind == "exchange" or method is None or method.balance is not None else None
    if method is not None and named is None and order.net.get(method.id, 0) >= sum(one.amount for one in coming):
        named = method
    return outcome(order, coming, seen, named, at_most=at_most)


def _with_shares(there: HeldReturn, seen: Sequence[Inspected], *, at: datetime) -> list[Inspected]:
    """Each with what the policy gives back for goods in this condition; windows are those of the day it was agreed on."""
    if there.goods.kind == REPAIR or there.held.case is None:
        return list(seen)
    facts = facts_of_order(there.held, amount=0, reason=there.goods.reason, at=at, agreed_at=there.goods.requested_at)
    book, rates, codes = book_at(at), Rates(at.date()), products_of_lines([one.line for one in seen])
    return [
        replace(one, percent=book.share_of(replace(facts, condition=one.condition, products=codes.get(one.line, ())), rates=rates))
        for one in seen
    ]  # fmt: skip


def _worst(seen: Sequence[Inspected]) -> str:
    known = [one.condition for one in seen if one.condition in CONDITIONS]
    return max(known, key=CONDITIONS.index, default="")


def _on_its_case(there: HeldReturn) -> Any:
    if there.held.case is None:
        raise OrderRefused(
            "case_gone", "The case that it was agreed on is gone: take it back, and agree it on another."
        )
    return there.held
