"""Customers who are one person: merging, taking it back, and who may be the same."""

from __future__ import annotations

from typing import Any

from careline.domain.conversations.errors import NotFound
from careline.domain.customers.queries.merges import merge_by_id, merges_of
from careline.domain.desk.queries.customer_card import likely_pairs, likely_same
from careline.domain.staff.rules import require
from careline.entrypoints.api.customer_words import seen, told
from careline.entrypoints.api.paging import key_alone, page_of, short_page_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.rooms.customers import of_a_customer
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes.customers import (
    CustomerLikeness,
    CustomerMerge,
    CustomerPair,
    NewCustomerMerge,
    NewDistinction,
)
from careline.entrypoints.api.shapes.parts import Named, Page, PageQuery
from careline.flows.merge_customers import keep_apart, merge_customers
from careline.flows.unmerge_customers import unmerge_customers

_OF = "/customers/{id}"


@route("GET", _OF + "/merges", query=PageQuery, answer=Page[CustomerMerge])
@of_a_customer
def customer_merges(call: Call) -> Any:
    """Who was merged into this customer and is still one with them."""
    seen(call, call.id)
    return short_page_of([_merge(row) for row in merges_of(call.id)], call.query)


@route("POST", _OF + "/merges", body=NewCustomerMerge, answer=CustomerMerge, status=201)
@of_a_customer
def new_customer_merge(call: Call) -> Any:
    """Makes two customers one, either way; you need the right on both.

    Addresses, cases, notes and consent go along; the id of the one who was merged answers 308 from now on.
    """
    seen(call, call.id)
    given = call.body
    if (given.into is None) == (given.from_ is None):
        raise Wrong(("into", "Say who the other one is: give either `into` or `from`."))
    survivor, merged = (int(given.into), call.id) if given.into is not None else (call.id, int(given.from_ or 0))
    with told():
        key = merge_customers(call.person, survivor, merged=merged, take=given.take, by=call.by, at=call.at)
    return Created(f"/customers/{survivor}/merges/{key}", _merge(merge_by_id(key)))


@route("DELETE", "/customers/{customer}/merges/{id}", answer=CustomerMerge)
def undone_customer_merge(call: Call) -> Any:
    """They are two again: everything that was moved and not changed since goes back, whenever."""
    with told():
        unmerge_customers(call.person, call.id, survivor=int(call.path["customer"]), by=call.by, at=call.at)
    return _merge(merge_by_id(call.id))


@route("GET", _OF + "/duplicates", query=PageQuery, answer=Page[CustomerLikeness])
@of_a_customer
def customer_duplicates(call: Call) -> Any:
    """Who is likely the same person."""
    seen(call, call.id)
    rows = [_Likely(row) for row in likely_same(call.person, call.id)]
    found: dict[str, Any] = short_page_of(rows, call.query)
    return {"items": [one.shape for one in found["items"]], "next": found["next"]}


@route("POST", _OF + "/distinctions", body=NewDistinction, status=204)
@of_a_customer
def new_distinction(call: Call) -> Any:
    """These two are different people; they are no longer suggested."""
    seen(call, call.id)
    if int(call.body.customer) == call.id:
        raise Wrong(("customer", "This is one and the same customer."))
    keep_apart(call.person, call.id, other=int(call.body.customer), by=call.by, at=call.at)


@route("GET", "/customer-duplicates", query=PageQuery, answer=Page[CustomerPair])
def all_duplicates(call: Call) -> Any:
    """Pairs of customers who are likely one, the newest first."""
    require(call.person, "customer:merge")
    asked = call.query
    rows = likely_pairs(call.person, after=key_alone(asked.cursor), limit=asked.limit + 1)
    return page_of(rows, limit=asked.limit, key=lambda row: (row.id,), item=_pair)


class _Likely:
    """A row of a short list, which is paged by ids."""

    def __init__(self, row: Any) -> None:
        self.id = row.id
        self.shape = CustomerLikeness(Named(str(row.id), row.name), row.address, row.company_name, row.why)


def _pair(row: Any) -> CustomerPair:
    return CustomerPair(Named(str(row.first), row.first_name), Named(str(row.second), row.second_name), row.why)


def _merge(row: Any) -> CustomerMerge:
    if row is None:
        raise NotFound("There is no such merge.")
    merged = Named(str(row.merged_id), row.merged_name)
    return CustomerMerge(str(row.id), str(row.survivor_id), merged, row.at, row.agent_name, row.undone_at)
