"""How what staff do about the customers' pages is tried, on the pages."""

from typing import Any

from tests.world import World

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
        ("POST", "/settings/customers-pages", {"address": "carol@example.com"}),
    ),
    ("flows.keep_portal.no_longer_entitle", "portal:manage"): (
        HOUSE,
        None,
        ("POST", "/settings/customers-pages/entitled/{carol}", {}),
    ),
    ("flows.view_as_customer.view_as_customer", "portal:view"): (
        CASE,
        None,
        ("POST", "/conversations/{case}/customers-view", {}),
    ),
}


def keys_of_portal(world: World) -> dict[str, int]:
    return {"brand_of_pages": world.mailbox.brand_id}
