"""How rules and recurring cases are tried, by the API and on the pages."""

from datetime import date, time
from typing import Any

from careline.domain.history.actor import agent
from careline.flows.change_rule import WrittenRule, add_rule
from careline.flows.change_schedule import ScheduleForm, add_schedule
from tests.world import NOON, World

HOUSE = "house"
_RULE = {"name": "Bells", "when": ["opened"], "actions": [{"do": "tag", "names": ["bell"]}]}
_FORM = {"name": "Bells", "kind": "trigger", "when": "opened", "do.a.do": "tag", "do.a.names": "bell"}
_WEEKLY = {
    "name": "Weekly",
    "rule": "FREQ=WEEKLY;BYDAY=MO",
    "starts_on": "2026-11-23",
    "time": "09:00",
    "zone": "Europe/Berlin",
}
_AGAIN = {**_WEEKLY, "template": {"subject": "Look at the stock"}}
_AGAIN_FORM = {**_WEEKLY, "subject": "Look at the stock", "repeats": "own"}

TRIALS_OF_RULES: dict[tuple[str, str], tuple[str, Any, Any]] = {
    ("flows.change_rule.add_rule", "rule:manage"): (HOUSE, ("POST", "/rules", _RULE), ("POST", "/rules/new", _FORM)),
    ("flows.change_rule.rules_for", "rule:manage"): (HOUSE, ("GET", "/rules", None), ("GET", "/rules", None)),
    ("flows.change_schedule.schedules_for", "rule:manage"): (
        HOUSE,
        ("GET", "/schedules", None),
        ("GET", "/schedules", None),
    ),
    ("flows.change_rule.change_rule", "rule:manage"): (
        HOUSE,
        ("PATCH", "/rules/{trigger}", {"name": "Bells!"}),
        ("POST", "/rules/{trigger}", _FORM),
    ),
    ("flows.change_rule.switch_rule", "rule:manage"): (HOUSE, None, ("PUT", "/rules/{trigger}/state", {"on": "yes"})),
    ("flows.change_rule.move_rule", "rule:manage"): (
        HOUSE,
        ("PUT", "/rules/{trigger}/position", {"position": 1}),
        ("PUT", "/rules/{trigger}/position", {"to": "1"}),
    ),
    ("flows.change_rule.remove_rule", "rule:manage"): (
        HOUSE,
        ("DELETE", "/rules/{trigger}", None),
        ("DELETE", "/rules/{trigger}", {}),
    ),
    ("flows.change_rule.found_rule", "rule:manage"): (
        HOUSE,
        ("GET", "/rules/{trigger}/runs", None),
        ("GET", "/rules/{trigger}/runs", None),
    ),
    ("flows.change_rule.require_of_all", "rule:manage"): (
        HOUSE,
        ("POST", "/rules/preview", _RULE),
        ("POST", "/rules/preview", _FORM),
    ),
    ("flows.change_schedule.add_schedule", "rule:manage"): (
        HOUSE,
        ("POST", "/schedules", _AGAIN),
        ("POST", "/schedules/new", _AGAIN_FORM),
    ),
    ("flows.change_schedule.change_schedule", "rule:manage"): (
        HOUSE,
        ("PUT", "/schedules/{schedule}", _AGAIN),
        ("POST", "/schedules/{schedule}", _AGAIN_FORM),
    ),
    ("flows.change_schedule.remove_schedule", "rule:manage"): (
        HOUSE,
        ("DELETE", "/schedules/{schedule}", None),
        ("DELETE", "/schedules/{schedule}", {}),
    ),
    ("flows.change_schedule.found_schedule", "rule:manage"): (
        HOUSE,
        ("GET", "/schedules/{schedule}", None),
        ("GET", "/schedules/{schedule}", None),
    ),
}


def keys_of_rules(world: World) -> dict[str, int]:
    ada, by = world.person(world.ada), agent(world.ada.pk)
    rule = WrittenRule("Bells", whens=["opened"], actions=[{"do": "priority", "to": "high"}], is_active=False)
    form = ScheduleForm(
        "Weekly",
        "FREQ=WEEKLY;BYDAY=MO",
        date(2026, 11, 23),
        time(9),
        "Europe/Berlin",
        template={"subject": "Look at the stock"},
    )
    return {"trigger": add_rule(ada, rule, by=by, at=NOON), "schedule": add_schedule(ada, form, by=by, at=NOON)}
