"""Customers: finding, adding, changing."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET, structs

from careline.domain.conversations.errors import NotFound
from careline.domain.customers.commands import change
from careline.domain.desk.queries.api_customers import customer_row, customers_page
from careline.domain.staff.rules import Forbidden, require
from careline.entrypoints.api.naming import address_of
from careline.entrypoints.api.paging import key_alone, page_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes.house import Customer, CustomerChange, CustomerQuery, NewCustomer
from careline.entrypoints.api.shapes.parts import Named, Page
from careline.flows.add_customer import add_customer


@route("GET", "/customers", query=CustomerQuery, answer=Page[Customer])
def customers(call: Call) -> Any:
    """Customers you may see, the newest first."""
    require(call.person, "customer:read")
    asked = call.query
    rows = customers_page(call.person, words=asked.q or "", after=key_alone(asked.cursor), limit=asked.limit + 1)
    return page_of(rows, limit=asked.limit, key=lambda row: (row.id,), item=_shown)


@route("POST", "/customers", body=NewCustomer, answer=Customer, status=201)
def new_customer(call: Call) -> Any:
    """Adds a customer; an address that another one has is refused with 409."""
    given = call.body
    addresses = [] if given.email is None else [address_of(given.email, "email")]
    addresses += [address_of(words, f"addresses[{n}]") for n, words in enumerate(given.addresses)]
    if not given.name.strip() and not addresses:
        raise Wrong(("name", "Give a name or an address."))
    key = add_customer(
        call.person, name=given.name, addresses=list(dict.fromkeys(addresses)), language=given.language, notes=given.notes,
        by=call.by, at=call.at,
    )  # fmt: skip
    return Created(f"/customers/{key}", _one(call, key))


@route("GET", "/customers/{id}", answer=Customer)
def customer(call: Call) -> Any:
    """One customer."""
    return _one(call, call.id)


@route("PATCH", "/customers/{id}", body=CustomerChange, answer=Customer)
def changed_customer(call: Call) -> Any:
    """Changes name, language or notes."""
    _one(call, call.id)
    if customer_row(call.person, call.id, verb="customer:write") is None:
        raise Forbidden("customer:write")
    words = {name: value for name, value in structs.asdict(call.body).items() if value is not UNSET}
    if words:
        change(call.id, by=call.by, at=call.at, **words)
    return _one(call, call.id)


def _one(call: Call, key: int) -> Customer:
    row = customer_row(call.person, key)
    if row is None:
        raise NotFound(f"There is no customer {key}.")
    return _shown(row)


def _shown(row: Any) -> Customer:
    return Customer(
        id=str(row.id), name=row.name, language=row.language, notes=row.notes, addresses=row.addresses or [], created_at=row.created_at,
        company=Named(str(row.company_id), row.company_name) if row.company_id else None,
    )  # fmt: skip
