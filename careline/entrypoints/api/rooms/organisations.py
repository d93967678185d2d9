"""Companies our customers work for, and the fields that are asked for about both."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET, structs

from careline.domain.conversations.errors import NotFound
from careline.domain.customers.queries.fields import field_by_id, fields_of
from careline.domain.desk.queries.companies import companies_page, company_row
from careline.domain.staff.rules import require
from careline.entrypoints.api.customer_words import told
from careline.entrypoints.api.paging import key_alone, page_of, short_page_of
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes.customers import (
    CustomerField,
    CustomerFieldChange,
    CustomerFieldQuery,
    FieldChoice,
    NewCustomerField,
    NewOrganisation,
    Organisation,
    OrganisationChange,
    OrganisationQuery,
)
from careline.entrypoints.api.shapes.parts import Page
from careline.flows.change_company import add_company, change_company
from careline.flows.change_customer_field import add_customer_field, archive_customer_field, change_customer_field


@route("GET", "/organisations", query=OrganisationQuery, answer=Page[Organisation])
def organisations(call: Call) -> Any:
    """Companies, by name. Their people: GET /customers?company=ID."""
    require(call.person, "customer:read")
    asked = call.query
    rows = companies_page(words=asked.q or "", after=key_alone(asked.cursor), limit=asked.limit + 1)
    return page_of(rows, limit=asked.limit, key=lambda row: (row.id,), item=_company)


@route("POST", "/organisations", body=NewOrganisation, answer=Organisation, status=201)
def new_organisation(call: Call) -> Any:
    """Adds a company; customers whose mail comes from one of its domains are suggested as its people."""
    given = call.body
    with told():
        key = add_company(
            call.person, name=given.name, domains=given.domains, notes=given.notes, fields=given.fields, by=call.by, at=call.at
        )  # fmt: skip
    return Created(f"/organisations/{key}", _one(key))


@route("GET", "/organisations/{id}", answer=Organisation)
def organisation(call: Call) -> Any:
    """One company."""
    require(call.person, "customer:read")
    return _one(call.id)


@route("PATCH", "/organisations/{id}", body=OrganisationChange, answer=Organisation)
def changed_organisation(call: Call) -> Any:
    """Changes a company's name, domains, notes, fields."""
    require(call.person, "customer:read")
    words = {name: value for name, value in structs.asdict(call.body).items() if value is not UNSET}
    with told():
        change_company(call.person, call.id, by=call.by, at=call.at, **words)
    return _one(call.id)


@route("GET", "/customer-fields", query=CustomerFieldQuery, answer=Page[CustomerField])
def customer_fields(call: Call) -> Any:
    """The fields that are asked for about customers, or `of=organisation` about companies."""
    require(call.person, "customer:read")
    return short_page_of([_field(row) for row in fields_of(call.query.of)], call.query)


@route("POST", "/customer-fields", body=NewCustomerField, answer=CustomerField, status=201)
def new_customer_field(call: Call) -> Any:
    """Adds a field."""
    given = call.body
    with told("name"):
        key = add_customer_field(
            call.person, given.of, name=given.name, kind=given.kind, code=given.code, choices=_choices(given.choices),
            is_required=given.is_required, is_listed=given.is_listed, by=call.by, at=call.at,
        )  # fmt: skip
    return Created("/customer-fields", _field(field_by_id(key)))


@route("PATCH", "/customer-fields/{id}", body=CustomerFieldChange, answer=CustomerField)
def changed_customer_field(call: Call) -> Any:
    """Another name, other choices, required or listed; code and kind stay."""
    require(call.person, "customer:fields")
    held = field_by_id(call.id)
    if held is None:
        raise NotFound(f"There is no field {call.id}.")
    given = call.body
    kept = [(code, name) for code, name in held.choices]
    with told("name"):
        change_customer_field(
            call.person, call.id, name=held.name if given.name is UNSET else given.name,
            choices=kept if given.choices is UNSET else _choices(given.choices),
            is_required=held.is_required if given.is_required is UNSET else given.is_required,
            is_listed=held.is_listed if given.is_listed is UNSET else given.is_listed, by=call.by, at=call.at,
        )  # fmt: skip
    return _field(field_by_id(call.id))


@route("DELETE", "/customer-fields/{id}", status=204)
def archived_customer_field(call: Call) -> Any:
    """It is no longer asked for; values are kept, and come back with a field of the same code."""
    archive_customer_field(call.person, call.id, by=call.by, at=call.at)


def _one(key: int) -> Organisation:
    row = company_row(key)
    if row is None:
        raise NotFound(f"There is no company {key}.")
    return _company(row)


def _company(row: Any) -> Organisation:
    return Organisation(str(row.id), row.name, row.domains, row.notes, row.fields, row.people, row.created_at)


def _choices(given: list[FieldChoice]) -> list[tuple[str, str]]:
    return [(choice.code, choice.name) for choice in given]


def _field(row: Any) -> CustomerField:
    choices = [FieldChoice(code, name) for code, name in row.choices]
    return CustomerField(
        str(row.id), row.subject, row.code, row.name, row.kind, choices, row.is_required, row.is_listed
    )
