"""How skills, queues and what people are given are tried."""

from typing import Any

from careline.domain.history.actor import SYSTEM, agent
from careline.domain.staff.skills import add_skill
from careline.flows.keep_queues import Rule, add_rule
from tests.world import NOON, World

_CASE, _HOUSE = "case", "house"

TRIALS_OF_ROUTING: dict[tuple[str, str], tuple[str, Any, Any]] = {
    ("flows.set_availability.set_availability", "any"): (_HOUSE, None, ("PUT", "/availability", {"state": "busy"})),
    ("flows.set_availability.attendance_for", "any"): (_HOUSE, None, ("GET", "/availability", None)),
    ("flows.set_availability.set_skills", "routing:manage"): (
        _HOUSE,
        ("PUT", "/agents/{ben}/skills", {"skills": [{"skill": "id {german}", "level": 2}]}),
        ("POST", "/people/{ben}/work", {"skill-{german}": "2", "units": "10"}),
    ),
    ("flows.set_availability.set_capacity", "routing:manage"): (
        _HOUSE,
        ("PATCH", "/agents/{ben}/availability", {"capacity": 5}),
        ("POST", "/people/{ben}/work", {"units": "5"}),
    ),
    ("flows.keep_skills.add_skill", "routing:manage"): (
        _HOUSE,
        ("POST", "/skills", {"name": "Brakes", "kind": "product"}),
        ("POST", "/settings/skills", {"name": "Brakes", "kind": "product"}),
    ),
    ("flows.keep_skills.change_skill", "routing:manage"): (
        _HOUSE,
        ("PATCH", "/skills/{german}", {"name": "Deutsch"}),
        ("POST", "/settings/skills/{german}", {"name": "Deutsch", "kind": "language"}),
    ),
    ("flows.keep_skills.remove_skill", "routing:manage"): (
        _HOUSE,
        ("DELETE", "/skills/{german}", None),
        ("POST", "/settings/skills/{german}", {"then": "remove"}),
    ),
    ("flows.keep_skills.ask_for_skill", "conversation:label"): (
        _CASE,
        ("PUT", "/conversations/{case}/skills/{german}", {"level": 2}),
        ("PUT", "/conversations/{case}/skills", {"skill": "{german}", "level": "2"}),
    ),
    ("flows.keep_skills.ask_no_more", "conversation:label"): (
        _CASE,
        ("DELETE", "/conversations/{case}/skills/{german}", None),
        ("DELETE", "/conversations/{case}/skills/{german}", {}),
    ),
    ("flows.keep_queues.change_queue", "routing:manage"): (
        _HOUSE,
        ("PATCH", "/queues/{front}", {"mode": "push"}),
        ("POST", "/settings/queues/{front}", {"mode": "push"}),
    ),
    ("flows.keep_queues.add_rule", "routing:manage"): (
        _HOUSE,
        ("POST", "/skill-rules", {"skill": "id {german}", "language": "de"}),
        ("POST", "/settings/skill-rules", {"skill": "{german}", "language": "de"}),
    ),
    ("flows.keep_queues.remove_rule", "routing:manage"): (
        _HOUSE,
        ("DELETE", "/skill-rules/{skill_rule}", None),
        ("POST", "/settings/skill-rules/{skill_rule}", {}),
    ),
    ("flows.keep_queues.set_weights", "routing:manage"): (
        _HOUSE,
        ("PUT", "/case-weights", {"weights": [{"kind": "chat", "units": 3}]}),
        ("POST", "/settings/case-weights", {"units-chat": "3"}),
    ),
    ("flows.offer.accept", "conversation:reply"): (_CASE, None, None),
    ("flows.take_next.take_next", "conversation:reply"): (
        _HOUSE,
        ("POST", "/queues/{front}/next", {}),
        ("POST", "/queues/{front}/next", {}),
    ),
    ("flows.explain_routing.explain_routing", "conversation:read"): (
        _CASE,
        ("GET", "/conversations/{case}/routing", None),
        ("GET", "/conversations/{case}/routing", None),
    ),
    ("routing.figures.queue_figures", "conversation:read"): (
        _HOUSE,
        ("GET", "/queues", None),
        ("GET", "/queues", None),
    ),
    ("staff.skills.skills", "staff:read"): (_HOUSE, ("GET", "/skills", None), ("GET", "/settings/skills", None)),
}


def keys_of_routing(world: World) -> dict[str, int]:
    german = add_skill("German", kind="language", by=SYSTEM, at=NOON)
    rule = add_rule(world.person(world.ada), Rule(german, 2, language="de"), by=agent(world.ada.pk), at=NOON)
    return {"german": german, "skill_rule": rule}
