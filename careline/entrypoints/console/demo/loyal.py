"""Tiers, what bringing a friend is worth, and which products go together at Northwind Bikes."""

from __future__ import annotations

from datetime import datetime

from careline.domain.customers.queries.people import customer_id_of
from careline.domain.history.actor import agent
from careline.domain.loyalty.queries.scheme import Scheme
from careline.domain.loyalty.rules.tiers import Tier
from careline.entrypoints.console.demo.customers import CAROL
from careline.entrypoints.console.demo.house import Northwind
from careline.flows import count_pairs, keep_loyalty
from careline.flows.refer import give_code
from careline.kit.money import Money

_LADDER = (
    Tier(0, "silver", "Silver", 0, 12, Money(50_000, "EUR")),
    Tier(0, "gold", "Gold", 0, 12, Money(200_000, "EUR")),
)


def keep_friends(house: Northwind, *, now: datetime) -> None:
    ada = house.people["ada"]
    by = agent(ada.id)
    rules = Scheme(refers=True, currency="EUR", referrer_gets=1500, referred_gets=1000, least_count=3, least_percent=20)
    keep_loyalty.keep_programme(ada, rules, _LADDER, by=by, at=now)
    after: int | None = 0
    while after is not None:
        after = keep_loyalty.count_next_tiers(after, at=now)
    counting = count_pairs.begin(at=now)
    while count_pairs.go_on(counting, at=now):
        pass
    carol = customer_id_of("email", CAROL.address)
    if carol is not None:
        give_code(ada, carol, by=by, at=now)
