"""A return is taken in hand with its order: by whoever may, on the case that it was agreed on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from careline.domain.conversations.commands import cases
from careline.domain.customers.queries.merges import root_of
from careline.domain.desk.queries.orders import order_for
from careline.domain.orders.commands import carrying_out
from careline.domain.orders.errors import NotFound
from careline.domain.orders.queries.held import facts_of
from careline.domain.orders.queries.returns import return_by_id
from careline.domain.staff.rules import Person
from careline.flows.hold_order import Held


@dataclass(frozen=True, slots=True)
class HeldReturn:
    """`held.case` is None where the case was removed since."""

    goods: Any
    held: Held


def return_for(agent: Person, key: int, *, verb: str = "order:read") -> Any:
    """Raises NotFound for absent and not theirs alike, Forbidden."""
    goods = return_by_id(key)
    if goods is None:
        raise NotFound(f"There is no return {key}.")
    try:
        order_for(agent, goods.number, verb=verb)
    except NotFound:
        raise NotFound(f"There is no return {key}.") from None
    return goods


def hold_return(person: Person, key: int) -> HeldReturn:
    """The return and its order, as they stand now; on its case the customer was identified. Locks go customer → case → order."""
    return hold_return_again(return_for(person, key, verb="order:write"))


def hold_return_again(goods: Any, *, case: Any = None) -> HeldReturn:
    """`case`: the caller holds it already."""
    owner = root_of(goods.customer_id) or goods.customer_id
    if case is None:
        carrying_out.hold_customer(owner)
        case = cases.locked_where_it_stands(goods.conversation_id) if goods.conversation_id else None
    row = carrying_out.held(goods.order_id)
    return HeldReturn(return_by_id(goods.id), Held(facts_of(row), case, owner, row))
