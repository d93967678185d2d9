"""Somebody will come back to a customer: planned by hand, by rule or after a low score; reminded when due; ended with an outcome."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from careline.domain.conversations.commands import cases
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.cases import conversation_by_id, conversation_for
from careline.domain.followups.commands import follow_ups
from careline.domain.followups.commands.follow_ups import Plan
from careline.domain.followups.queries.follow_ups import follow_up_by_id, held_follow_up, lead_of
from careline.domain.followups.rules.follow_ups import BadFollowUp
from careline.domain.history.actor import SYSTEM, Actor
from careline.domain.history.queries import Happened
from careline.domain.staff.queries import is_assignable, teams
from careline.domain.staff.rules import Person, require
from careline.flows.resolve import reopen, resolve

READ, WRITE = "followup:read", "followup:write"
OFTEN = 200


class CannotFollowUp(Refused):
    """It can't be so; the sentence says why, `field` where."""

    code = "bad_follow_up"

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class AlreadyPlanned(CannotFollowUp):
    code = "already_planned"


def plan_follow_up(agent: Person, number: int, plan: Plan, *, resolves: bool = False, by: Actor, at: datetime) -> int:
    """Its key. Without an owner it is the case's assignee's, else whoever plans it; the case may be resolved with it.

    Raises NotFound, Forbidden, CannotFollowUp, Refused.
    """
    with transaction.atomic():
        case = cases.locked(conversation_for(agent, number, verb=WRITE).id)
        owner = plan.owner or case.assignee_id or agent.id or lead_of(case.team_id, agent=None)
        _require_owner(owner)
        whole = Plan(plan.kind, plan.due_at, owner, plan.reason, rule=plan.rule)
        key = _agreed(lambda: follow_ups.add_follow_up(case, whole, by=by, at=at))
        if key is None:
            raise AlreadyPlanned("A follow-up is planned on this case already: change or conclude that one first.")
        if resolves:
            resolve(agent, number, by=by, at=at)
    return int(key)


def plan_by_rule(case: Any, *, days: int, by: Actor, at: datetime) -> None:
    """Where one is open on the case, it stays as it is. Raises Refused."""
    owner = case.assignee_id or lead_of(case.team_id, agent=None)
    plan = Plan("mail", at + timedelta(days=min(max(days, 1), 365)), owner, rule=by.id)
    with transaction.atomic():
        _agreed(lambda: follow_ups.add_follow_up(cases.locked(case.id), plan, by=by, at=at))


def change_follow_up(agent: Person, key: int, plan: Plan, *, by: Actor, at: datetime) -> None:
    """Raises NotFound, Forbidden, CannotFollowUp."""
    follow_up_for(agent, key, verb=WRITE)
    with transaction.atomic():
        held = _held(key)
        if plan.owner != held.owner_id:
            _require_owner(plan.owner)
        _agreed(lambda: follow_ups.change_follow_up(held, plan, by=by, at=at))


def conclude_follow_up(agent: Person, key: int, *, outcome: str, note: str = "", by: Actor, at: datetime) -> None:
    """How it ended; "reopened" opens the case again. Raises NotFound, Forbidden, CannotFollowUp."""
    found = follow_up_for(agent, key, verb=WRITE)
    with transaction.atomic():
        held = _held(key)
        _agreed(lambda: follow_ups.conclude_follow_up(held, outcome=outcome, note=note, by=by, at=at))
        if outcome == "reopened":
            reopen(agent, found.number, by=by, at=at)


def drop_follow_up(agent: Person, key: int, *, by: Actor, at: datetime) -> None:
    """Raises NotFound, Forbidden, CannotFollowUp."""
    follow_up_for(agent, key, verb=WRITE)
    with transaction.atomic():
        follow_ups.drop_follow_up(_held(key), by=by, at=at)


def note_outcome(
    agent: Person, number: int, *, outcome: str, note: str = "", resolves: bool = False, by: Actor, at: datetime
) -> int:
    """How a case ended, without a follow-up before; it may be resolved with it. Raises NotFound, Forbidden, CannotFollowUp, Refused."""
    with transaction.atomic():
        case = cases.locked(conversation_for(agent, number, verb=WRITE).id)
        key = int(_agreed(lambda: follow_ups.note_outcome(case, outcome=outcome, note=note, by=by, at=at)))
        if resolves:
            resolve(agent, number, by=by, at=at)
    return key


def remind_of_follow_ups(*, at: datetime) -> int:
    """Those who owe what is due now hear of it; how many follow-ups were due."""
    return follow_ups.remind_due(at=at, limit=OFTEN)


def follow_leaver(happened: Happened, at: datetime) -> None:
    """What somebody who left owed is somebody else's."""
    follow_ups.hand_over_follow_ups(happened.subject_key, by=SYSTEM, at=at)


def follow_up_for(agent: Person, key: int, *, verb: str = READ) -> Any:
    """Raises NotFound for absent and on a case that is not yours alike; Forbidden where it may be seen, but not written."""
    found = follow_up_by_id(key)
    if found is None:
        raise NotFound(f"There is no follow-up {key}.")
    try:
        conversation_for(agent, found.number, verb=verb)
    except NotFound:
        raise NotFound(f"There is no follow-up {key}.") from None
    return found


def keep_closing_rules(agent: Person, *, strict: Collection[int], by: Actor, at: datetime) -> None:
    """In these teams nothing is closed without an outcome, or an owner and a date for what comes next. Raises Forbidden."""
    require(agent, "case_settings:manage")
    with transaction.atomic():
        for team in teams():
            follow_ups.keep_closing_rule(team.id, is_strict=team.id in strict, by=by, at=at)


def _held(key: int) -> Any:
    """The open follow-up, held after its case."""
    found = follow_up_by_id(key)
    case = conversation_by_id(found.conversation_id) if found is not None else None
    if case is not None:
        cases.locked_where_it_stands(case.id)
    held = held_follow_up(key)
    if held is None:
        raise CannotFollowUp("This follow-up is over already.", "state")
    return held


def _require_owner(owner: int | None) -> None:
    if owner is not None and not is_assignable(owner):
        raise CannotFollowUp("This person can't own a follow-up: they have left, or may not reply.", "owner")


def _agreed(act: Any) -> Any:
    try:
        return act()
    except BadFollowUp as wrong:
        raise CannotFollowUp(str(wrong), wrong.field) from None
