"""Types of service requests are made and changed on a screen; the usual ones come ready."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careline.domain.customers.commands import fields
from careline.domain.customers.queries.fields import definitions
from careline.domain.history.actor import Actor
from careline.domain.requests.commands import types
from careline.domain.requests.errors import BadType, NotFound
from careline.domain.requests.queries.types import TypeRow, type_by_code
from careline.domain.requests.rules.content import CODE, Content, judged
from careline.domain.requests.rules.usual import CARD_FIELDS, usual_types
from careline.domain.staff.rules import Person, require
from careline.flows.approved_actions import ACTIONS
from careline.kit.typed_fields import defined

VERB = "service_request:manage"
TAKEN = frozenset({*ACTIONS, "retention_offer"})
"""Actions that authority is asked for already: a type can't be called so."""


def add_type(agent: Person, code: str, content: Content, *, by: Actor, at: datetime) -> TypeRow:
    """Raises Forbidden, BadType."""
    require(agent, VERB)
    if not CODE.fullmatch(code):
        raise BadType("A key is made of small letters, digits and _, and begins with a letter.")
    if code in TAKEN:
        raise BadType(f"{code} is the name of something else that is approved: choose another key.")
    types.add_type(code, _fit(content), by=by, at=at)
    return type_for(agent, code)


def change_type(agent: Person, code: str, content: Content, *, by: Actor, at: datetime) -> TypeRow:
    """A new version; what runs keeps its own. Where nothing differs there is none. Raises Forbidden, NotFound, BadType."""
    require(agent, VERB)
    found = type_for(agent, code)
    fit = _fit(content)
    if fit != found.content:
        types.change_type(found.id, fit, by=by, at=at)
    return type_for(agent, code)


def open_type(agent: Person, code: str, *, is_open: bool, by: Actor, at: datetime) -> TypeRow:
    """Whether new ones are taken. Raises Forbidden, NotFound."""
    require(agent, VERB)
    types.open_type(type_for(agent, code).id, is_open=is_open, by=by, at=at)
    return type_for(agent, code)


def add_usual_types(agent: Person, *, by: Actor, at: datetime) -> int:
    """Those of the usual types that are not there yet, with the fields of the card they write to; how many. Raises Forbidden."""
    require(agent, VERB)
    added = 0
    with transaction.atomic():
        for code, name, kind in CARD_FIELDS:
            if code not in {one.code for one in definitions("customer")}:
                fields.define_field(
                    "customer", definition=defined(code, name=name, kind=kind), is_listed=False, by=by, at=at
                )
        for code, content in usual_types().items():
            if type_by_code(code) is None:
                types.add_type(code, _fit(content), by=by, at=at)
                added += 1
    return added


def type_for(agent: Person, code: str) -> TypeRow:
    """Raises Forbidden, NotFound."""
    require(agent, "service_request:read")
    found = type_by_code(code)
    if found is None:
        raise NotFound(f"There is no type of service request called {code[:60]}.")
    return found


def _fit(content: Content) -> Content:
    return judged(content, customer_fields={one.code: one for one in definitions("customer")})
