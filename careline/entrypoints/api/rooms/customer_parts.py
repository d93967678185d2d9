"""A customer's addresses, notes and consents."""

from __future__ import annotations

from typing import Any

from careline.domain.conversations.errors import NotFound
from careline.domain.desk.queries.customer_card import consents_of, notes_of
from careline.entrypoints.api.customer_words import seen, told
from careline.entrypoints.api.paging import key_alone, page_of, short_page_of
from careline.entrypoints.api.rooms.customers import of_a_customer
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes.customers import (
    CustomerAddress,
    CustomerAddressChange,
    CustomerConsent,
    CustomerNote,
    NewAddress,
    NewCustomerConsent,
    NewCustomerNote,
)
from careline.entrypoints.api.shapes.parts import Named, Page, PageQuery
from careline.flows.change_customer import CustomerChange as Change
from careline.flows.change_customer import change_customer

_OF, _ONE = "/customers/{id}", "/customers/{customer}"


@route("POST", _OF + "/addresses", body=NewAddress, answer=CustomerAddress, status=201)
@of_a_customer
def new_customer_address(call: Call) -> Any:
    """One more way to reach them; an address that another customer has is refused with 409."""
    seen(call, call.id)
    made = _change(call, call.id, Change(add=((call.body.kind, call.body.value),)))
    return Created(f"{_place(call.id)}/addresses/{made['address']}", _address(call, call.id, made["address"]))


@route("PATCH", _ONE + "/addresses/{id}", body=CustomerAddressChange, answer=CustomerAddress)
def changed_customer_address(call: Call) -> Any:
    """Makes it the first of its kind, or says whether it was verified."""
    owner = _owner(call)
    _address(call, owner, call.id)
    given = call.body
    _change(
        call, owner,
        Change(
            first=call.id if given.is_primary is True else None,
            verified=call.id if given.verified is True else None,
            unverified=call.id if given.verified is False else None,
        ),
    )  # fmt: skip
    return _address(call, owner, call.id)


@route("DELETE", _ONE + "/addresses/{id}", status=204)
def removed_customer_address(call: Call) -> Any:
    """They are no longer reached so."""
    _change(call, _owner(call), Change(remove=call.id))


@route("GET", _OF + "/notes", query=PageQuery, answer=Page[CustomerNote])
@of_a_customer
def customer_notes(call: Call) -> Any:
    """What colleagues wrote about them, the newest first."""
    seen(call, call.id)
    asked = call.query
    rows = notes_of(call.id, after=key_alone(asked.cursor), limit=asked.limit + 1)
    return page_of(rows, limit=asked.limit, key=lambda row: (row.id,), item=_note)


@route("POST", _OF + "/notes", body=NewCustomerNote, answer=CustomerNote, status=201)
@of_a_customer
def new_customer_note(call: Call) -> Any:
    """Writes something down about them, for colleagues only."""
    seen(call, call.id)
    made = _change(call, call.id, Change(note=call.body.text))
    return Created(f"{_place(call.id)}/notes/{made['note']}", _note_by_id(call.id, made["note"]))


@route("PATCH", _ONE + "/notes/{id}", body=NewCustomerNote, answer=CustomerNote)
def changed_customer_note(call: Call) -> Any:
    """Other words for a note."""
    owner = _owner(call)
    _change(call, owner, Change(rewrite=(call.id, call.body.text)))
    return _note_by_id(owner, call.id)


@route("DELETE", _ONE + "/notes/{id}", status=204)
def removed_customer_note(call: Call) -> Any:
    """Takes a note away."""
    _change(call, _owner(call), Change(drop_note=call.id))


@route("GET", _OF + "/consents", query=PageQuery, answer=Page[CustomerConsent])
@of_a_customer
def customer_consents(call: Call) -> Any:
    """What they agreed to, and what they withdrew."""
    seen(call, call.id)
    return short_page_of([_consent(row) for row in consents_of(call.id)], call.query)


@route("POST", _OF + "/consents", body=NewCustomerConsent, answer=CustomerConsent, status=201)
@of_a_customer
def new_customer_consent(call: Call) -> Any:
    """They agree to be written to for a purpose; say how you know."""
    seen(call, call.id)
    _change(call, call.id, Change(consent=(call.body.purpose, call.body.how)))
    kept = next(row for row in consents_of(call.id) if row.purpose == call.body.purpose and row.withdrawn_at is None)
    return Created(f"{_place(call.id)}/consents/{kept.id}", _consent(kept))


@route("DELETE", _ONE + "/consents/{id}", status=204)
def withdrawn_customer_consent(call: Call) -> Any:
    """They no longer agree; what they agreed to stays on the record."""
    owner = _owner(call)
    held = next((row for row in consents_of(owner) if row.id == call.id), None)
    if held is None:
        raise NotFound("There is no such consent.")
    if held.withdrawn_at is None:
        _change(call, owner, Change(withdraw=(held.purpose, "api")))


def _owner(call: Call) -> int:
    return int(seen_or_none(call, int(call.path["customer"])))


def seen_or_none(call: Call, key: int) -> int:
    """The key of a customer who may be seen. Raises NotFound, also for a merged one: their parts have other owners now."""
    from careline.entrypoints.api.customer_words import Moved

    try:
        return int(seen(call, key).id)
    except Moved as moved:
        raise NotFound(str(moved)) from moved


def _change(call: Call, customer: int, wanted: Change) -> dict[str, int]:
    with told():
        return change_customer(call.person, customer, wanted, by=call.by, at=call.at)


def _place(customer: int) -> str:
    return f"/customers/{customer}"


def _address(call: Call, customer: int, key: int) -> dict[str, Any]:
    for one in seen(call, customer).addresses or []:
        if one["id"] == str(key):
            return dict(one)
    raise NotFound("The customer has no such address.")


def _note_by_id(customer: int, key: int) -> CustomerNote:
    found = notes_of(customer, after=key + 1, limit=1)
    if not found or found[0].id != key:
        raise NotFound("There is no such note.")
    return _note(found[0])


def _note(row: Any) -> CustomerNote:
    author = Named(str(row.author_id), row.author_name) if row.author_id else None
    return CustomerNote(str(row.id), row.text, author, row.created_at, row.edited_at)


def _consent(row: Any) -> CustomerConsent:
    return CustomerConsent(
        str(row.id), row.purpose, row.holds, row.given_at, row.given_how, row.given_by, row.withdrawn_at, row.withdrawn_how,
        row.withdrawn_by,
    )  # fmt: skip
