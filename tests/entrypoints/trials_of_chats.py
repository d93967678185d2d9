"""How chats are tried, by the API and on the pages."""

from typing import Any

from careline.domain.history.actor import agent
from careline.flows.keep_chat_site import add_chat_site
from tests.world import NOON, World

CASE, HOUSE = "case", "house"
_SITE = {"name": "Northwind Bikes", "origins": ["https://www.northwind.example"]}
_FORM = {
    "name": "Northwind Bikes",
    "origins": "https://www.northwind.example",
    "gone_minutes": "5",
    "max_file_mb": "10",
}

TRIALS_OF_CHATS: dict[tuple[str, str], tuple[str, Any, Any]] = {
    ("flows.keep_chat_site.add_chat_site", "channel:manage"): (
        HOUSE,
        ("POST", "/chat-sites", _SITE),
        ("POST", "/settings/chats", _FORM),
    ),
    ("flows.keep_chat_site.change_chat_site", "channel:manage"): (
        HOUSE,
        ("PATCH", "/chat-sites/{chat_site}", {"name": "Shop"}),
        ("POST", "/settings/chats/{chat_site}", _FORM),
    ),
    ("flows.keep_chat_site.give_identity_key", "channel:manage"): (
        HOUSE,
        ("POST", "/chat-sites/{chat_site}/identity-key", None),
        ("POST", "/settings/chats/{chat_site}/identity-key", {}),
    ),
    ("flows.visitor_beside.visitor_beside", "conversation:read"): (
        CASE,
        None,
        ("GET", "/conversations/{case}/visitor", None),
    ),
}


def keys_of_chats(world: World) -> dict[str, int]:
    made = add_chat_site(world.person(world.ada), name="Shop", team=None, settings={}, by=agent(world.ada.pk), at=NOON)
    return {"chat_site": made.id}
