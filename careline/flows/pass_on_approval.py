"""A request is put before somebody else: by hand, because whoever was asked is silent or has gone, or is absent from now on."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from careline.domain.approvals.commands import requests
from careline.domain.approvals.commands.requests import ASKED, DELEGATED, GONE, NOBODY, REMINDED, SILENT, WITHDRAWN
from careline.domain.approvals.queries.deadlines import due_after
from careline.domain.approvals.queries.requests import asked_before, waiting_for
from careline.domain.approvals.rules.deciding import FOUR_EYES
from careline.domain.approvals.rules.facts import facts_from
from careline.domain.approvals.rules.policies import approver_from
from careline.domain.conversations.errors import Refused
from careline.domain.conversations.queries.cases import conversation_by_id
from careline.domain.desk.queries.approvals import approval_for
from careline.domain.history.actor import SYSTEM, Actor
from careline.domain.history.queries import Happened
from careline.domain.staff.queries import agent_by_id, person
from careline.domain.staff.rules import Person
from careline.flows.authorise import TRY_AGAIN
from careline.flows.decide_approval import for_whom, held, require_decider
from careline.flows.whom_to_ask import is_in_sight, pens, whom_to_ask

AT_ONCE = 50
REMIND_AFTER = timedelta(hours=24)


class MayNotDecide(Refused):
    """Whoever was named may not decide this."""

    code = "may_not_decide"


def pass_on_approval(agent: Person, key: int, *, to: int, by: Actor, at: datetime) -> None:
    """By hand, to somebody who may decide it. Raises NotFound, Forbidden, AlreadyDecided, MayNotDecide."""
    found = approval_for(agent, key)
    require_decider(agent, found.number)
    with transaction.atomic():
        case, request = held(found)
        colleague = person(to, at=at)
        facts = facts_from(request.facts)
        if colleague is None or to == request.asked_by_id or not is_in_sight(to, case.number, at=at):
            raise MayNotDecide("This colleague can't decide it.")
        if for_whom(colleague, request, facts, at=at) is None:
            raise MayNotDecide(f"{colleague.name} may not decide this.")
        due_at = due_after(request.hours, at=at)
        requests.put_before(request, to=to, what=DELEGATED, due_at=due_at, by=by, at=at)


def work_on_approvals(*, at: datetime) -> int:
    """Whoever is silent too long is passed over, each request in a transaction of its own; how many were due."""
    for count in range(AT_ONCE):
        with transaction.atomic():
            request = requests.take_due(at=at)
            if request is not None:
                _go_on(request, what=SILENT, but=asked_before(request.id), at=at)
        if request is None:
            return count
    return AT_ONCE


def follow_leaver(happened: Happened, at: datetime) -> None:
    """Somebody works here no longer: what waits for them goes to the next."""
    for key in waiting_for(happened.subject_key):
        _put_again(key, what=GONE, at=at)


def follow_absence(happened: Happened, at: datetime) -> None:
    """Somebody stands in for an absent colleague: what waits for that one goes to them."""
    absent = happened.data.get("absent")
    for key in waiting_for(absent) if absent else ():
        _put_again(key, what=DELEGATED, at=at, again=absent)


def _put_again(key: int, *, what: str, at: datetime, again: int | None = None) -> None:
    request = requests.locked(key)
    if request is not None and request.state == requests.WAITING:
        _go_on(request, what=what, but=asked_before(key) - {again}, at=at)


def _go_on(request: Any, *, what: str, but: set[int], at: datetime) -> None:
    case = conversation_by_id(request.conversation_id)
    if case is None:  # the case was removed
        requests.settle(request, WITHDRAWN, by=SYSTEM, at=at)
        return
    root = conversation_by_id(case.merged_into_id) if case.merged_into_id is not None else case
    facts = facts_from(request.facts)
    following = whom_to_ask(
        request.action, facts, approver_from(request.needs), asker=request.asked_by_id or 0,
        number=(root or case).number, but=but | pens(request.code, request.policy_id, request.rule),
        four_eyes=request.code == FOUR_EYES, at=at,
    )  # fmt: skip
    if following is not None:
        due_at = due_after(request.hours, at=at)
        why = ASKED if request.approver_id is None and what == SILENT else what
        requests.put_before(request, to=following, what=why, due_at=due_at, by=SYSTEM, at=at)
    elif request.approver_id is not None and agent_by_id(request.approver_id) is not None and what == SILENT:
        requests.put_before(request, to=request.approver_id, what=REMINDED, due_at=at + REMIND_AFTER, by=SYSTEM, at=at)
    elif what == GONE or (request.approver_id is not None and agent_by_id(request.approver_id) is None):
        requests.put_before(request, to=None, what=NOBODY, due_at=at + TRY_AGAIN, by=SYSTEM, at=at)
    elif request.approver_id is None:
        requests.look_again(request.id, due_at=at + TRY_AGAIN)
