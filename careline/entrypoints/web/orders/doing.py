"""Which flow does which act, and what it tells: one entry for each act on an order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.rules.plans import Plan
from careline.domain.orders.rules.refunding import Part
from careline.entrypoints.web.orders.words import money_words
from careline.entrypoints.web.visit import Visit
from careline.flows import cancel_order, change_order, give_credit, refund, reorder, replace_goods, return_goods
from careline.flows.foresee import Foreseen, foresee
from careline.kit.money import BadMoney, Money, money_of


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form said. `units` and `variants` by line."""

    case: int
    row: Any
    units: dict[int, int]
    variants: dict[int, int]
    method: str
    reason: str
    amount: str
    seen: int | None
    address: dict[str, str]

    @property
    def money(self) -> Money | None:
        if not self.amount:
            return None
        try:
            return money_of(self.amount.replace(",", "."), self.row.currency)
        except BadMoney as wrong:
            raise OrderRefused("bad_amount", str(wrong)) from None


@dataclass(frozen=True, slots=True)
class Told:
    """What it would do; or, done, where to go `then`. `more`: sentences {symbol, text} beside the plan's. `waits`: who has to agree."""

    plan: Plan | None = None
    more: list[dict[str, str]] = field(default_factory=list)
    then: str = ""
    waits: Foreseen | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """`wants`: which parts the form has."""

    act: Callable[..., Told]
    wants: tuple[str, ...]


def _cancel(visit: Visit, order: str, asked: Asked, *, is_trying: bool) -> Told:
    by: dict[str, Any] = {"by": visit.by, "at": visit.at}
    wanted = cancel_order.Cancelling(asked.case, asked.reason, asked.units or None, asked.method or None, asked.seen)
    act = partial(cancel_order.cancel_order, visit.person, order, wanted, **by)
    if is_trying:
        return Told(cancel_order.would_cancel(visit.person, order, wanted, **by), waits=foresee(act))
    return _done(order, asked, act().request)


def _change(visit: Visit, order: str, asked: Asked, *, is_trying: bool) -> Told:
    variants = asked.variants or None
    wanted = change_order.Changing(asked.case, variants, asked.method or None, asked.seen)
    act = partial(change_order.change_order, visit.person, order, wanted, by=visit.by, at=visit.at)
    if is_trying:
        plan = change_order.would_change(visit.person, order, wanted, by=visit.by, at=visit.at)
        return Told(plan, waits=foresee(act))
    return _done(order, asked, act().request)


def _items(visit: Visit, order: str, asked: Asked, *, is_trying: bool) -> Told:
    if not asked.variants:
        raise OrderRefused("nothing_named", _("Choose what is to come for at least one line."))
    return _change(visit, order, asked, is_trying=is_trying)


def _address(visit: Visit, order: str, asked: Asked, *, is_trying: bool) -> Told:
    change_order.change_address(
        visit.person, order, asked.address, case=asked.case, seen=asked.seen, by=visit.by, at=visit.at
    )
    return _done(order, asked)


def _refund(visit: Visit, order: str, asked: Asked, *, is_trying: bool) -> Told:
    parts = tuple(Part(line, units=units) for line, units in asked.units.items())
    wanted = refund.Refunding(asked.case, asked.reason, parts, asked.money, asked.method or None, asked.seen)
    act = partial(refund.refund, visit.person, order, wanted, by=visit.by, at=visit.at)
    if is_trying:
        plan = refund.would_refund(visit.person, order, wanted, by=visit.by, at=visit.at)
        return Told(plan, waits=foresee(act))
    return _done(order, asked, act().request)


def _return(visit: Visit, order: str, asked: Asked, *, is_trying: bool) -> Told:
    return _take_back(visit, order, asked, variants=None, is_trying=is_trying)


def _repair(visit: Visit, order: str, asked: Asked, *, is_trying: bool) -> Told:
    return _take_back(visit, order, asked, variants=None, is_repair=True, is_trying=is_trying)


def _exchange(visit: Visit, order: str, asked: Asked, *, is_trying: bool) -> Told:
    named = {line: asked.units.get(line, 1) for line in asked.variants}
    if not named:
        raise OrderRefused("nothing_named", _("Choose what is to come for at least one line."))
    return _take_back(visit, order, asked, variants=asked.variants, units=named, is_trying=is_trying)


def _take_back(
    visit: Visit,
    order: str,
    asked: Asked,
    *,
    variants: dict[int, int] | None,
    units: dict[int, int] | None = None,
    is_repair: bool = False,
    is_trying: bool,
) -> Told:
    wanted = return_goods.Returning(
        asked.case, units or asked.units, asked.reason, variants, asked.method or None, asked.seen, is_repair
    )
    act = partial(return_goods.ask_return, visit.person, order, wanted, by=visit.by, at=visit.at)
    if not is_trying:
        done = act()
        return Told(then=f"/returns/{done.id}" if done.id is not None else f"/approvals/{done.request}")
    said = return_goods.would_return(visit.person, order, wanted, by=visit.by, at=visit.at)
    more = []
    for amount, sentence in (
        (said.back, _("%(amount)s goes back once the goods are inspected")),
        (max(0, said.difference), _("%(amount)s is paid once the goods are inspected")),
    ):
        if amount:
            more.append(
                {"symbol": "clock", "text": sentence % {"amount": money_words(amount, said.plan.currency, visit)}}
            )
    return Told(said.plan, more, waits=foresee(act))


def _replace(visit: Visit, order: str, asked: Asked, *, is_trying: bool) -> Told:
    wanted = replace_goods.Replacing(asked.case, asked.units, asked.reason, asked.seen)
    act = partial(replace_goods.replace_goods, visit.person, order, wanted, by=visit.by, at=visit.at)
    if is_trying:
        plan = replace_goods.would_replace(visit.person, order, wanted, by=visit.by, at=visit.at)
        return Told(plan, waits=foresee(act))
    return _done(order, asked, act().request)


def _reorder(visit: Visit, order: str, asked: Asked, *, is_trying: bool) -> Told:
    said = reorder.would_reorder(visit.person, order, case=asked.case, by=visit.by, at=visit.at)
    words = {"total": money_words(said.total, asked.row.currency, visit)}
    if not is_trying:
        total = asked.money.minor if asked.money else None
        reorder.reorder(visit.person, order, case=asked.case, pays=asked.method, total=total, by=visit.by, at=visit.at)
        return Told(then=f"/customers/{asked.row.owner_id}")
    more = [{"symbol": "money", "text": _("A new order of %(total)s at today's prices") % words}]
    more += [{"symbol": "warning", "text": _("%(name)s is not there any more") % {"name": name}} for name in said.gone]
    return Told(None, more)


def _credit(visit: Visit, order: str, asked: Asked, *, is_trying: bool) -> Told:
    if asked.money is None:
        raise OrderRefused("bad_amount", _("Say how much."))
    wanted = give_credit.Giving(asked.case, asked.money, asked.reason, order)
    act = partial(give_credit.give_credit, visit.person, wanted, by=visit.by, at=visit.at)
    if is_trying:
        words = {"amount": money_words(asked.money.minor, asked.money.currency, visit)}
        more = [{"symbol": "star", "text": _("%(amount)s of store credit for the customer") % words}]
        return Told(None, more, waits=foresee(act))
    return _done(order, asked, act().request)


def _done(order: str, asked: Asked, request: int | None = None) -> Told:
    """Back to the order; or to what waits for somebody's approval."""
    return Told(then=f"/orders/{order}?case={asked.case}" if request is None else f"/approvals/{request}")


ACTS: dict[str, Act] = {
    "cancellation": Act(_cancel, ("units", "reason", "method")),
    "items": Act(_items, ("variants", "method")),
    "payment": Act(_change, ("method",)),
    "address": Act(_address, ("address",)),
    "refund": Act(_refund, ("units", "shipping", "amount", "reason", "method")),
    "return": Act(_return, ("units", "reason", "method")),
    "exchange": Act(_exchange, ("units", "variants", "reason", "method")),
    "repair": Act(_repair, ("units", "reason")),
    "replacement": Act(_replace, ("units", "reason")),
    "reorder": Act(_reorder, ("method",)),
    "credit": Act(_credit, ("amount", "reason")),
}
