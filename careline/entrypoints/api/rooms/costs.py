"""What the work on cases cost, as the report on costs tells, and the prices of an hour that it is reckoned by."""

from __future__ import annotations

from typing import Any

from careline.domain.reports.queries.costs import costs_by, hour_prices
from careline.domain.reports.queries.house import house_now
from careline.domain.reports.queries.reach import VERB
from careline.domain.reports.rules.costs import Cost, in_force
from careline.domain.reports.rules.measures import NONE
from careline.domain.staff.rules import require
from careline.entrypoints.api.rooms.reports import asked_of
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes import costs as shapes
from careline.entrypoints.api.shapes.money import money_said, money_shown
from careline.flows import keep_hour_prices
from careline.kit.money import Money

_PRICES = "/hour-prices"


@route("GET", "/report-costs", query=shapes.CostQuery, answer=shapes.Costs)
def costs(call: Call) -> Any:
    """What the work on the cases that were resolved in a period cost, beside the period before; split, the dearest first."""
    require(call.person, VERB)
    asked = asked_of(call)
    told = costs_by(call.person, asked, call.query.by, language=call.person.language or "en")
    currency = told.prices.currency
    return shapes.Costs(
        asked.since, asked.until, _cost(told.now, currency), _cost(told.before, currency),
        [
            shapes.CostSlice(None if key == NONE else key, label, _cost(now, currency), _cost(before, currency))
            for key, label, now, before in told.rows
        ],
    )  # fmt: skip


@route("GET", _PRICES, answer=shapes.HourPrices)
def prices(call: Call) -> Any:
    """What an hour costs, each price from its day on."""
    require(call.person, keep_hour_prices.VERB)
    return _prices(call)


@route("POST", _PRICES, body=shapes.NewHourPrice, answer=shapes.HourPrices, status=201)
def new_price(call: Call) -> Any:
    """Of the same holder and day the new one stands. All are in one currency."""
    given = call.body
    cost = money_said(given.cost, "cost")
    keep_hour_prices.keep_hour_price(
        call.person, cost, since=given.since, role=given.role or "", team=_team(given), by=call.by, at=call.at
    )
    return Created(_PRICES, _prices(call))


@route("DELETE", _PRICES, query=shapes.HourPriceOf, answer=shapes.HourPrices)
def dropped_price(call: Call) -> Any:
    """The one before it counts again."""
    given = call.query
    keep_hour_prices.drop_hour_price(
        call.person, since=given.since, role=given.role or "", team=_team(given), by=call.by, at=call.at
    )
    return _prices(call)


def _prices(call: Call) -> shapes.HourPrices:
    kept = hour_prices()
    counting = in_force(kept.all, house_now()[0].day(call.at))
    return shapes.HourPrices(
        [
            shapes.HourPrice(
                one.since, one.role or None, None if one.team is None else str(one.team), _money(one.amount, kept.currency), one in counting
            )
            for one in kept.all
        ]
    )  # fmt: skip


def _cost(one: Cost, currency: str) -> shapes.Cost:
    total, each = (None if minor is None else _money(minor, currency) for minor in (one.total, one.each))
    return shapes.Cost(one.cases, one.seconds, one.unpriced, total, each)


def _money(minor: int, currency: str) -> Any:
    return money_shown(Money(minor, currency))


def _team(given: shapes.HourPriceOf) -> int | None:
    return int(given.team) if given.team else None
