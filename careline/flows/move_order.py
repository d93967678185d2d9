"""An order goes its way to the customer: processed, shipped, delivered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from careline.domain.desk.queries.orders import order_for
from careline.domain.history.actor import Actor
from careline.domain.orders.commands import carrying_out, moving
from careline.domain.orders.queries.held import facts_of
from careline.domain.orders.rules.facts import Order
from careline.domain.staff.rules import Person
from careline.flows.hold_order import require_kept_here

VERB = "order:write"


def take_up_order(agent: Person, order: str, *, by: Actor, at: datetime) -> None:
    """The warehouse has it: nothing changes on it from now on. Raises NotFound, Forbidden, OrderRefused."""
    with transaction.atomic():
        moving.mark_processed(_held(agent, order), by=by, at=at)


def ship_order(
    agent: Person,
    order: str,
    lines: Mapping[int, int],
    *,
    carrier: str = "",
    tracking: str = "",
    by: Actor,
    at: datetime,
) -> int:
    """A parcel leaves, with all that is left where no line is named; its key. Raises NotFound, Forbidden, OrderRefused."""
    with transaction.atomic():
        return moving.ship(
            _held(agent, order), lines, carrier=carrier.strip()[:100], tracking=tracking.strip()[:100], by=by, at=at
        )


def note_delivered(agent: Person, order: str, shipment: int, *, by: Actor, at: datetime) -> None:
    """A parcel is there. Raises NotFound, Forbidden, OrderRefused."""
    with transaction.atomic():
        moving.deliver(_held(agent, order), shipment, by=by, at=at)


def _held(agent: Person, words: str) -> Order:
    found = order_for(agent, words, verb=VERB)
    carrying_out.hold_customer(found.owner_id)
    require_kept_here(found.id)
    return facts_of(carrying_out.held(found.id))
