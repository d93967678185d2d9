"""What customers may do on their pages, and who of them sees the requests of a whole company."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careline.domain.company.commands import keep_setting
from careline.domain.company.queries import site_of
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.customers.commands import portal
from careline.domain.customers.queries.merges import everybody_in, root_of
from careline.domain.customers.queries.people import customer_by_id
from careline.domain.customers.queries.portal import address_like, portal_rules, writers
from careline.domain.customers.rules.portal import LEVELS, SEE, WHO, WRITE, WRITERS, PortalRules
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


def entitle_by_address(agent: Person, address: str, *, level: str = SEE, by: Actor, at: datetime) -> int:
    """Whoever has this mail address sees all requests of their company; their key. Raises Forbidden, Refused."""
    require(agent, VERB)
    found = address_like(address.strip())
    if found is None:
        raise Refused("No customer has this mail address.")
    return _entitle(found.customer_id, level, by=by, at=at)


def entitle(agent: Person, customer: int, *, level: str, by: Actor, at: datetime) -> int:
    """The same by their key. Raises Forbidden, NotFound, Refused."""
    require(agent, VERB)
    if root_of(customer) is None:
        raise NotFound(f"There is no customer {customer}.")
    return _entitle(customer, level, by=by, at=at)


def no_longer_entitle(agent: Person, customer: int, *, by: Actor, at: datetime) -> None:
    """They see only their own again. Raises Forbidden."""
    require(agent, VERB)
    with transaction.atomic():
        portal.entitle(customer, is_entitled=False, by=by, at=at)
        _keep_writer(customer, may_write=False, by=by, at=at)


def _entitle(customer: int, level: str, *, by: Actor, at: datetime) -> int:
    if level not in LEVELS:
        raise Refused("Choose whether they see the requests of their company, or write in them too.")
    found = customer_by_id(root_of(customer) or 0)
    if found is None:
        raise Refused("No customer has this mail address.")
    if found.organisation_id is None:
        raise Refused("This customer belongs to no company: choose one on their card first.")
    with transaction.atomic():
        portal.entitle(found.pk, is_entitled=True, by=by, at=at)
        _keep_writer(found.pk, may_write=level == WRITE, by=by, at=at)
    return int(found.pk)


def _keep_writer(customer: int, *, may_write: bool, by: Actor, at: datetime) -> None:
    """All keys of a customer who was merged count as theirs, so all of them leave together."""
    held = writers()
    now = held - set(everybody_in(customer)) | ({customer} if may_write else set())
    if now != held:
        keep_setting(WRITERS, sorted(now), by=by, at=at)
