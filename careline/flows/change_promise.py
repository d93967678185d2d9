"""What the company promises changes: policies are added, changed, put in order and deleted. The clocks follow in the background."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from careline.domain.calendars.queries import calendar_by_id
from careline.domain.history.actor import Actor
from careline.domain.sla.commands import policies
from careline.domain.sla.rules.policies import BadPolicy, Policy
from careline.domain.staff.rules import Person, require

VERB = "promise:manage"


def add_promise(agent: Person, policy: Policy, *, by: Actor, at: datetime) -> int:
    """The new policy's key. Raises Forbidden, BadPolicy."""
    require(agent, VERB)
    _check_calendar(policy)
    return policies.add_policy(policy, by=by, at=at)


def change_promise(agent: Person, policy: Policy, *, by: Actor, at: datetime) -> int:
    """Its key. Raises Forbidden, BadPolicy, NoSuchPolicy."""
    require(agent, VERB)
    _check_calendar(policy)
    return policies.change_policy(policy, by=by, at=at)


def delete_promise(agent: Person, key: int, *, by: Actor, at: datetime) -> None:
    """Raises Forbidden, NoSuchPolicy, DefaultStays."""
    require(agent, VERB)
    policies.delete_policy(key, by=by, at=at)


def order_promises(agent: Person, keys: Sequence[int], *, by: Actor, at: datetime) -> None:
    """Raises Forbidden, BadPolicy."""
    require(agent, VERB)
    policies.order_policies(keys, by=by, at=at)


def _check_calendar(policy: Policy) -> None:
    if policy.calendar is not None and calendar_by_id(policy.calendar) is None:
        raise BadPolicy("calendar", "There is no such calendar.")
