"""Customers: finding, adding, changing, and all that was ever said with them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import msgspec
from msgspec import UNSET, structs

from careline.domain.conversations.errors import NotFound
from careline.domain.customers.queries.segments import segment_by_id
from careline.domain.desk.queries.api_customers import customers_page
from careline.domain.desk.queries.customer_filter import CustomerFilter, filter_of
from careline.domain.desk.queries.timeline import timeline_of
from careline.domain.desk.rules.timeline import kind_of
from careline.domain.staff.rules import require
from careline.entrypoints.api.customer_words import Moved, elsewhere, seen, told
from careline.entrypoints.api.naming import address_of, key_of
from careline.entrypoints.api.paging import key_alone, moment_and_key, page_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes.customers import (
    Customer,
    CustomerChange,
    CustomerQuery,
    NewAddress,
    NewCustomer,
    Thing,
    TimelineEntry,
    TimelineQuery,
)
from careline.entrypoints.api.shapes.parts import Named, Page
from careline.flows.add_customer import add_customer
from careline.flows.change_customer import CustomerChange as Change
from careline.flows.change_customer import change_customer

_NAMED = {"company": "organisation_id"}


def of_a_customer(answering: Callable[[Call], Any]) -> Callable[[Call], Any]:
    """Whoever was merged answers with the address of the one who stands for them."""

    @wraps(answering)
    def answer(call: Call) -> Any:
        try:
            return answering(call)
        except Moved as moved:
            return elsewhere(call, moved)

    return answer


@route("GET", "/customers", query=CustomerQuery, answer=Page[Customer])
def customers(call: Call) -> Any:
    """Customers you may see, the newest first unless `sort` says otherwise."""
    require(call.person, "customer:read")
    asked = call.query
    rows = customers_page(
        call.person, wanted_of(asked), at=call.at, sort=asked.sort, after=key_alone(asked.cursor), limit=asked.limit + 1
    )
    return page_of(rows, limit=asked.limit, key=lambda row: (row.id,), item=shown)


@route("POST", "/customers", body=NewCustomer, answer=Customer, status=201)
def new_customer(call: Call) -> Any:
    """Adds a customer; an address that another one has is refused with 409."""
    given = call.body
    addresses: list[tuple[str, str]] = [] if given.email is None else [("email", address_of(given.email, "email"))]
    addresses += [("phone", given.phone)] if given.phone else []
    for n, one in enumerate(given.addresses):
        named = isinstance(one, NewAddress)
        addresses.append((one.kind, one.value) if named else ("email", address_of(one, f"addresses[{n}]")))
    if not given.name.strip() and not addresses:
        raise Wrong(("name", "Give a name or an address."))
    card: dict[str, Any] = {"time_zone": given.time_zone} if given.time_zone else {}
    if given.company is not None:
        card["organisation_id"] = int(given.company)
    with told("phone" if given.phone else "addresses"):
        key = add_customer(
            call.person, name=given.name, addresses=list(dict.fromkeys(addresses)), language=given.language, notes=given.notes,
            card=card, fields=given.fields, by=call.by, at=call.at,
        )  # fmt: skip
    return Created(f"/customers/{key}", shown(seen(call, key)))


@route("GET", "/customers/{id}", answer=Customer)
@of_a_customer
def customer(call: Call) -> Any:
    """One customer; the id of a merged one answers 308 with the one who stands for them."""
    return shown(seen(call, call.id))


@route("PATCH", "/customers/{id}", body=CustomerChange, answer=Customer)
@of_a_customer
def changed_customer(call: Call) -> Any:
    """Changes what stands on the card; addresses, notes and consent have rooms of their own."""
    seen(call, call.id)
    words = {name: value for name, value in structs.asdict(call.body).items() if value is not UNSET}
    fields = words.pop("fields", {})
    if words.get("company") is not None:
        words["company"] = int(words["company"])
    card = {_NAMED.get(name, name): value for name, value in words.items()}
    with told():
        change_customer(call.person, call.id, Change(card=card, fields=fields), by=call.by, at=call.at)
    return shown(seen(call, call.id))


@route("GET", "/customers/{id}/timeline", query=TimelineQuery, answer=Page[TimelineEntry])
@of_a_customer
def timeline(call: Call) -> Any:
    """The whole history, newest first, of all channels and rooms, as far as you may see them."""
    found = seen(call, call.id)
    asked = call.query
    rows = timeline_of(
        call.person, found.id, kind=asked.kind or "", after=moment_and_key(asked.cursor), limit=asked.limit + 1
    )
    return page_of(rows, limit=asked.limit, key=lambda row: (row.at, row.key), item=_entry)


def wanted_of(asked: CustomerQuery) -> CustomerFilter:
    """The filter that a query asks for, on top of its segment's. Raises Wrong, NotFound."""
    kept: dict[str, Any] = {}
    if asked.segment is not None:
        row = segment_by_id(key_of(asked.segment) or 0)
        if row is None:
            raise NotFound("There is no such segment.")
        kept = dict(row.filter)
    if asked.company is not None:
        key = 0 if asked.company == "none" else key_of(asked.company)
        if key is None:
            raise Wrong(("company", "Give a company's id, or none."))
        kept["company"] = key
    for name in ("language", "tag", "consent", "has", "contacted_within", "silent_for"):
        if getattr(asked, name) is not None:
            kept[name] = getattr(asked, name)
    if asked.q is not None:
        kept["words"] = asked.q
    if asked.fields is not None:
        kept["fields"] = _object(asked.fields)
    with told("fields"):
        return filter_of(kept)


def shown(row: Any) -> Customer:
    return Customer(
        id=str(row.id), name=row.name, language=row.language, time_zone=row.time_zone, notes=row.notes, addresses=row.addresses or [],
        company=Named(str(row.company_id), row.company_name) if row.company_id else None, fields=row.fields,
        preferred_channel=row.preferred_channel, do_not_contact=row.do_not_contact, created_at=row.created_at,
    )  # fmt: skip


def _object(words: str) -> dict[str, Any]:
    try:
        found = msgspec.json.decode(words)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        found = None
    if not isinstance(found, dict) or "\\u0000" in words:
        raise Wrong(("fields", 'It is no JSON object, as in {"size": "m"}.'))
    return found


def _entry(row: Any) -> TimelineEntry:
    author = {"kind": row.author_kind, "id": str(row.author_id or 0), "name": row.author_name}
    thing = Thing(row.subject_kind, row.order_number or str(row.subject_key)) if row.subject_kind else None
    kind: Any = kind_of(row.type, row.name)
    return TimelineEntry(
        str(row.id), row.type, row.at, row.name, row.number, row.subject, row.text, author, row.data, kind, thing
    )
