"""What an hour of work costs the company, by role or team and from a day on: what the cost of a case is reckoned by."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from careline.domain.company.commands import keep_setting
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.history.actor import Actor
from careline.domain.reports.queries.costs import SETTING, hour_prices
from careline.domain.reports.rules.costs import HourPrice, Prices, prices_kept
from careline.domain.staff.queries import roles, teams
from careline.domain.staff.rules import Person, require
from careline.kit import db
from careline.kit.money import Money

VERB = "policy:manage"
MOST = 500
FIRST_YEAR, LAST_YEAR = 2000, 2100


@transaction.atomic
def keep_hour_price(
    agent: Person, cost: Money, *, since: date, role: str = "", team: int | None = None, by: Actor, at: datetime
) -> None:
    """From a day on an hour of a role (its code), on the cases of a team, or (neither) of all others costs so much; of the same
    holder and day the new one stands. Raises Forbidden, Refused."""
    require(agent, VERB)
    _require_sense(cost, since=since, role=role, team=team)
    kept = _held()
    if kept.all and kept.currency != cost.currency:
        raise Refused(
            f"All prices of an hour are in one currency, so far {kept.currency}. Take these away before you give others."
        )
    if len(kept.all) >= MOST:
        raise Refused(f"There are {MOST} prices: take old ones away first.")
    _keep(kept.with_price(HourPrice(since, cost.minor, role, team), cost.currency), by=by, at=at)


@transaction.atomic
def drop_hour_price(
    agent: Person, *, since: date, role: str = "", team: int | None = None, by: Actor, at: datetime
) -> None:
    """The one before it counts again. Raises Forbidden, NotFound."""
    require(agent, VERB)
    kept = _held()
    left = kept.without(HourPrice(since, 0, role, team))
    if left == kept:
        raise NotFound("There is no such price.")
    _keep(left, by=by, at=at)


def _require_sense(cost: Money, *, since: date, role: str, team: int | None) -> None:
    if role and team is not None:
        raise Refused("A price is that of a role or of a team: give one of them, or neither.")
    if role and role not in {row.code for row in roles()}:
        raise Refused(f"There is no role {role[:60]}.")
    if team is not None and team not in {row.id for row in teams()}:
        raise Refused(f"There is no team {team}.")
    if cost.minor < 0:
        raise Refused("An hour does not cost less than nothing.")
    if not FIRST_YEAR <= since.year <= LAST_YEAR:
        raise Refused(f"Give a day between {FIRST_YEAR} and {LAST_YEAR}.")


def _held() -> Prices:
    """As they are, with nobody else changing them until the transaction ends."""
    db.lock_words([SETTING])
    return hour_prices()


def _keep(prices: Prices, *, by: Actor, at: datetime) -> None:
    keep_setting(SETTING, prices_kept(prices), by=by, at=at)
