"""Customers of Northwind Bikes on their own pages: some see all requests of their company, some say how theirs were solved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.customers import commands as customers
from careline.domain.customers.commands.portal import entitle
from careline.domain.customers.queries.people import customer_id_of
from careline.domain.customers.queries.portal import viewer_of
from careline.domain.customers.rules.portal import PortalRules
from careline.domain.history.actor import SYSTEM
from careline.entrypoints.console.demo.customers import CAROL, Writer
from careline.entrypoints.console.demo.plan import Case
from careline.flows.rate_request import rate_request

_SAID = {1: "It came late, and nobody told me.", 3: "", 4: "Friendly, thank you.", 5: "Solved in an hour!"}
_RATED_EVERY = 4


def open_pages(writers: Sequence[Writer], cases: Sequence[Case], *, now: datetime) -> None:
    at = now - timedelta(days=30)
    customers.mark_verified("email", CAROL.address, at=at)
    for writer in _one_for_each_company(writers):
        key = customer_id_of("email", writer.address)
        if key is not None:
            customers.mark_verified("email", writer.address, at=at)
            entitle(key, is_entitled=True, by=SYSTEM, at=at)
    resolved = [case for case in cases if _is_resolved(case.number)]
    for place, case in enumerate(resolved[::_RATED_EVERY]):
        _rate(case.number, list(_SAID.items())[(place * 3 + 1) % len(_SAID)], now=now)


def _one_for_each_company(writers: Sequence[Writer]) -> list[Writer]:
    """Where a company has several people, the first of them keeps an eye on all its requests; of the first two companies."""
    several = [name for name, count in Counter(one.company for one in writers if one.company).items() if count > 1]
    return [next(one for one in writers if one.company == name) for name in several[:2]]


def _is_resolved(number: int) -> bool:
    found = conversation_by_number(number)
    return found is not None and found.category == "resolved" and not found.is_spam


def _rate(number: int, said: tuple[int, str], *, now: datetime) -> None:
    case = conversation_by_number(number)
    if case is None or case.customer_id is None:
        return
    viewer = viewer_of(case.customer_id, rules=PortalRules())
    try:
        if viewer is not None:
            rate_request(
                viewer, number, score=said[0], comment=said[1], at=min(now, case.resolved_at + timedelta(hours=3))
            )
    except (NotFound, Refused):
        return  # not theirs alone, or nothing of it was proven to be theirs
