"""How promised times and opening hours are tried: one promise, for urgent cases, and opening hours nobody needs."""

from typing import Any

from careline.domain.calendars.commands import add_calendar
from careline.domain.calendars.rules.hours import Hours
from careline.domain.history.actor import SYSTEM
from careline.domain.sla.commands.policies import add_policy
from careline.domain.sla.rules.policies import Policy, Target
from tests.world import NOON

HOUSE = "house"
_PROMISE = {"name": "Urgent", "targets": {"first_response": {"seconds": 3600}}}
_FORM = {
    "name": "Urgent",
    "first_response_much": "1",
    "first_response_unit": "hours",
    "first_response_counted": "clock",
}

TRIALS_OF_PROMISES: dict[tuple[str, str], tuple[str, Any, Any]] = {
    ("flows.change_promise.add_promise", "promise:manage"): (
        HOUSE, ("POST", "/sla-policies", _PROMISE), ("POST", "/settings/promises/new", _FORM),
    ),
    ("flows.change_promise.change_promise", "promise:manage"): (
        HOUSE, ("PATCH", "/sla-policies/{promise}", {"name": "Very urgent"}), ("POST", "/settings/promises/{promise}", _FORM),
    ),
    ("flows.change_promise.delete_promise", "promise:manage"): (
        HOUSE, ("DELETE", "/sla-policies/{promise}", None), ("DELETE", "/settings/promises/{promise}", None),
    ),
    ("flows.change_promise.order_promises", "promise:manage"): (
        HOUSE, ("PUT", "/sla-policies/order", {"ids": ["{promise}", "{second_promise}"]}),
        ("POST", "/settings/promises/{promise}/place", {"direction": "down"}),
    ),
    ("flows.delete_calendar.delete_calendar", "hours:manage"): (
        HOUSE, ("DELETE", "/calendars/{calendar_of_nobody}", None), ("DELETE", "/settings/hours/{calendar_of_nobody}", None),
    ),
    ("flows.subscribe_holidays.subscribe_holidays", "hours:manage"): (
        HOUSE, ("PUT", "/calendars/{calendar_of_nobody}/subscription", {"url": "https://example.com/holidays.ics"}),
        ("POST", "/settings/hours/{calendar_of_nobody}/feed", {"url": "https://example.com/holidays.ics"}),
    ),
    ("flows.take_in_holidays.take_in_holidays", "hours:manage"): (
        HOUSE, None, ("POST", "/settings/hours/{calendar_of_nobody}/days", {}),
    ),
}  # fmt: skip


def keys_of_promises() -> dict[str, int]:
    """Two promises, so that there is an order; the calendar that may be deleted is never the default one."""

    urgent = Policy(None, "Urgent", {"first_response": Target(3600)}, {"priority": [4]})
    keys = [add_policy(policy, by=SYSTEM, at=NOON) for policy in (urgent, Policy(None, "High", urgent.targets))]
    add_calendar("First", hours=Hours("UTC"), notes={})
    return dict(zip(("promise", "second_promise"), keys, strict=True)) | {
        "calendar_of_nobody": add_calendar("Nobody's", hours=Hours("UTC"), notes={})
    }
