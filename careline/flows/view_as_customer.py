"""Somebody among us looks at a case as its customer does: read-only, and on the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from careline.domain.conversations.errors import Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.customers.queries.portal import portal_rules, viewer_of
from careline.domain.desk.queries.portal import asked_address, messages_of_request, request_of
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.staff.rules import Person, require

VERB = "portal:view"


@dataclass(frozen=True, slots=True)
class CustomersView:
    """What the customer sees; `request` is None where they see nothing of it. `brand`: whose pages they would see it on."""

    name: str
    request: Any | None
    messages: list[Any]
    brand: int


def view_as_customer(agent: Person, number: int, *, by: Actor, at: datetime) -> CustomersView:
    """As they would see it once signed in by the address that they wrote from. Raises NotFound, Forbidden, Refused."""
    case = conversation_for(agent, number)
    require(agent, VERB)
    if case.customer_id is None:
        raise Refused("This case has no customer.")
    asked = asked_address(case.id)
    viewer = viewer_of(case.customer_id, rules=portal_rules(case.brand_id), also=(asked,) if asked else ())
    if viewer is None:
        raise Refused("This customer may not sign in on the customers' pages.")
    request = request_of(viewer, case.number, brand=None)
    record(Happening("request.viewed", "conversation", case.number, case.id, case.customer_id), by=by, at=at)
    return CustomersView(
        viewer.name, request, messages_of_request(viewer, request.id) if request else [], case.brand_id
    )
