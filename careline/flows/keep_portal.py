"""What customers may do on their pages, and who of them sees the requests of a whole company."""

from __future__ import annotations

from datetime import datetime

from careline.domain.company.queries import site_of
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.customers.commands import portal
from careline.domain.customers.queries.merges import root_of
from careline.domain.customers.queries.people import customer_by_id
from careline.domain.customers.queries.portal import address_like, portal_rules
from careline.domain.customers.rules.portal import WHO, PortalRules
from careline.domain.history.actor import Actor
from careline.domain.staff.rules import Person, require

VERB = "portal:manage"


def change_portal(agent: Person, brand: int, *, rules: PortalRules, by: Actor, at: datetime) -> None:
    """Raises Forbidden, NotFound for a brand that is not there, Refused."""
    require(agent, VERB)
    if site_of(brand) is None:
        raise NotFound(f"There is no brand {brand}.")
    if rules.who not in WHO:
        raise Refused("Choose who may sign in.")
    if rules != portal_rules(brand):
        portal.set_rules(brand, rules=rules, by=by, at=at)


def entitle_by_address(agent: Person, address: str, *, by: Actor, at: datetime) -> int:
    """Whoever has this mail address sees all requests of their company; their key. Raises Forbidden, Refused."""
    require(agent, VERB)
    found = address_like(address.strip())
    customer = customer_by_id(root_of(found.customer_id) or 0) if found else None
    if customer is None:
        raise Refused("No customer has this mail address.")
    if customer.organisation_id is None:
        raise Refused("This customer belongs to no company: choose one on their card first.")
    portal.entitle(customer.pk, is_entitled=True, by=by, at=at)
    return int(customer.pk)


def no_longer_entitle(agent: Person, customer: int, *, by: Actor, at: datetime) -> None:
    """They see only their own again. Raises Forbidden."""
    require(agent, VERB)
    portal.entitle(customer, is_entitled=False, by=by, at=at)
