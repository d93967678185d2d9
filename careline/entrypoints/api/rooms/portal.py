"""The customers' pages: how cases were rated, and who sees the requests of a whole company."""

from __future__ import annotations

from typing import Any

from careline.domain.conversations.errors import NotFound
from careline.domain.customers.queries.portal import entitled, level_of
from careline.domain.customers.rules.portal import SEE, WRITE
from careline.domain.staff.rules import require
from careline.entrypoints.api.paging import short_page_of
from careline.entrypoints.api.routes import Call, route
from careline.entrypoints.api.shapes import portal as shapes
from careline.entrypoints.api.shapes.parts import Page, PageQuery
from careline.flows.keep_portal import VERB, entitle, no_longer_entitle
from careline.flows.rate_for_customer import rate_for_customer, ratings_of

_RATING = "/conversations/{number}/rating"
_ENTITLEMENT = "/customers/{id}/entitlement"


@route("GET", _RATING, answer=shapes.Ratings)
def rating(call: Call) -> Any:
    """What the customer said of the solution, and of the talk where it is a chat."""
    return _ratings(call)


@route("PUT", _RATING, body=shapes.GivenRating, answer=shapes.Ratings)
def given_rating(call: Call) -> Any:
    """A rating that the customer gave elsewhere, on pages of your own or by telephone: it bears who wrote it down."""
    given = call.body
    rate_for_customer(
        call.person, call.number, of=given.of, score=given.score, comment=given.comment, by=call.by, at=call.at
    )  # fmt: skip
    return _ratings(call)


@route("GET", "/customer-entitlements", query=PageQuery, answer=Page[shapes.Entitlement])
def entitlements(call: Call) -> Any:
    """Customers who see the requests of everybody at their company; `id` is the customer's."""
    require(call.person, VERB)
    return short_page_of([_shown(row) for row in entitled()], call.query)


@route("PUT", _ENTITLEMENT, body=shapes.GivenEntitlement, answer=shapes.Entitlement)
def given_entitlement(call: Call) -> Any:
    """Entitles a customer who belongs to a company, or changes how far it goes."""
    key = entitle(call.person, call.id, level=call.body.level, by=call.by, at=call.at)
    return next(_shown(row) for row in entitled(key))


@route("DELETE", _ENTITLEMENT, status=204)
def ended_entitlement(call: Call) -> None:
    """They see only what concerns themselves again."""
    require(call.person, VERB)
    if level_of(call.id) is None:
        raise NotFound(f"Customer {call.id} is not entitled.")
    no_longer_entitle(call.person, call.id, by=call.by, at=call.at)


def _ratings(call: Call) -> shapes.Ratings:
    found = ratings_of(call.person, call.number)
    given = [shapes.Rating(one.score, one.comment) if one is not None else None for one in (found.solution, found.chat)]
    return shapes.Ratings(*given)


def _shown(row: Any) -> shapes.Entitlement:
    level: shapes.Level = WRITE if row.writes else SEE  # type: ignore[assignment]
    return shapes.Entitlement(str(row.id), row.name, row.company or "", row.address or "", level)
