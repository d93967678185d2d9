"""How erasing and retention are tried: one rule, which is off, and Carol."""

from typing import Any

from careline.domain.conversations.commands.retention import Said
from careline.domain.history.actor import agent
from careline.flows.retain import add_rule
from tests.world import NOON, World

_RULE = {"name": "Old ones", "days": 365}

TRIALS_OF_KEEPING: dict[tuple[str, str], tuple[str, Any, Any]] = {
    ("flows.erase_customer.would_erase", "customer:erase"): (
        "customer",
        ("DELETE", "/customers/{carol}?dry_run=true", None),
        ("GET", "/customers/{carol}/erasure", None),
    ),
    ("flows.erase_customer.erase_customer", "customer:erase"): (
        "customer",
        ("DELETE", "/customers/{carol}", None),
        ("POST", "/customers/{carol}/erasure", {"mode": "anonymise", "sure": "yes"}),
    ),
    ("queries.erasures.erasures_page", "customer:erase"): ("house", ("GET", "/erasures", None), None),
    ("flows.retain.add_rule", "retention:manage"): (
        "house",
        ("POST", "/retention-rules", _RULE),
        ("POST", "/retention", _RULE),
    ),
    ("flows.retain.change_rule", "retention:manage"): (
        "house",
        ("PATCH", "/retention-rules/{rule}", {"days": 30}),
        ("POST", "/retention/{rule}", {"name": "Old ones", "days": 30}),
    ),
    ("flows.retain.end_rule", "retention:manage"): (
        "house",
        ("DELETE", "/retention-rules/{rule}", None),
        ("DELETE", "/retention/{rule}", None),
    ),
    ("flows.retain.would_remove", "retention:manage"): (
        "house",
        ("GET", "/retention-rules/{rule}/preview", None),
        ("GET", "/retention/{rule}", None),
    ),
    ("flows.retain.run_now", "retention:manage"): (
        "house",
        ("POST", "/retention-rules/{rule}/runs", None),
        ("POST", "/retention/{rule}/runs", {}),
    ),
}


def keys_of_keeping(world: World) -> dict[str, int]:
    said = Said("Old ones", days=365)
    return {"rule": add_rule(world.person(world.ada), said, by=agent(world.ada.pk), at=NOON)}
