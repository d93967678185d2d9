"""How what staff do about the customers' pages is tried, on the pages."""

from typing import Any

from careline.domain.customers import commands as customers
from careline.domain.customers.commands.portal import entitle
from careline.domain.history.actor import SYSTEM
from tests.world import NOON, World

HOUSE, CASE = "house", "case"

TRIALS_OF_PORTAL: dict[tuple[str, str], tuple[str, Any, Any]] = {
    ("flows.keep_portal.change_portal", "portal:manage"): (
        HOUSE,
        None,
        ("POST", "/settings/customers-pages/brands/{brand_of_pages}", {"who": "company"}),
    ),
    ("flows.keep_portal.entitle_by_address", "portal:manage"): (
        HOUSE,
        None,
        ("POST", "/settings/customers-pages", {"address": "dora@jensen.example"}),
    ),
    ("flows.keep_portal.entitle", "portal:manage"): (
        HOUSE,
        ("PUT", "/customers/{dora}/entitlement", {"level": "write"}),
        None,
    ),
    ("queries.portal.entitled", "portal:manage"): (
        HOUSE,
        ("GET", "/customer-entitlements", None),
        ("GET", "/settings/customers-pages", None),
    ),
    ("flows.rate_for_customer.ratings_of", "conversation:read"): (
        CASE,
        ("GET", "/conversations/{case}/rating", None),
        None,
    ),
    ("flows.rate_for_customer.rate_for_customer", "portal:manage"): (CASE, None, None),
    ("flows.keep_portal.no_longer_entitle", "portal:manage"): (
        HOUSE,
        ("DELETE", "/customers/{emil}/entitlement", None),
        ("POST", "/settings/customers-pages/entitled/{carol}", {}),
    ),
    ("flows.view_as_customer.view_as_customer", "portal:view"): (
        CASE,
        None,
        ("POST", "/conversations/{case}/customers-view", {}),
    ),
}


def keys_of_portal(world: World) -> dict[str, int]:
    firm = customers.add_organisation("Jensen & Co", domains=[], by=SYSTEM, at=NOON)
    dora = customers.add(name="Dora", organisation=firm, by=SYSTEM, at=NOON)
    customers.add_address(dora.pk, kind="email", value="dora@jensen.example", by=SYSTEM, at=NOON)
    emil = customers.add(name="Emil", organisation=firm, by=SYSTEM, at=NOON)
    entitle(emil.pk, is_entitled=True, by=SYSTEM, at=NOON)
    return {"brand_of_pages": world.mailbox.brand_id, "dora": dora.pk, "emil": emil.pk}
