"""What makes a case rise by itself: a promise broken, a step unanswered, a rule, opened again too often."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from careline.domain.conversations.queries.cases import conversation_by_id
from careline.domain.history.actor import SYSTEM, Actor, ActorKind
from careline.domain.history.queries import Happened
from careline.domain.routing.commands.ladders import plan, take_due
from careline.domain.routing.queries.ladders import ladder_for, reopened_times, standing_of
from careline.domain.routing.rules.ladders import LATE, NOBODY, REOPENED, RULE, UNANSWERED, next_due
from careline.flows.escalate import raise_by_itself

AT_ONCE = 50
_ANSWERS = ("first_response", "next_response")


def follow_broken(happened: Happened, at: datetime) -> None:
    """So long after an answer was due the case rises, where its ladder says so."""
    case = conversation_by_id(happened.conversation_id) if happened.conversation_id is not None else None
    if case is None or happened.data.get("kind") not in _ANSWERS:
        return
    late = ladder_for(case.topic_id).late_minutes
    now = standing_of(case.id)
    if late is not None and (now is None or now.level == 0):
        plan(case.id, due_at=happened.at + timedelta(minutes=late), why=LATE)


def follow_asked(happened: Happened, at: datetime) -> None:
    """A rule asked for it."""
    if happened.conversation_id is not None:
        by = Actor(ActorKind.RULE, happened.data.get("rule") or 0, "rule")
        raise_by_itself(happened.conversation_id, reason=RULE, by=by, at=at)


def follow_reopened(happened: Happened, at: datetime) -> None:
    case = conversation_by_id(happened.conversation_id) if happened.conversation_id is not None else None
    if case is None:
        return
    times = ladder_for(case.topic_id).reopenings
    if (
        times
        and happened.data.get("was") == "resolved"
        and not happened.data.get("undo")
        and reopened_times(case.id) == times
    ):
        raise_by_itself(case.id, reason=REOPENED, by=SYSTEM, at=at)
    else:
        follow_customer(happened, at)


def follow_customer(happened: Happened, at: datetime) -> None:
    """The customer waits again: the step that the case stands on counts from now."""
    now = standing_of(happened.conversation_id) if happened.conversation_id is not None else None
    if now is None or not now.level or now.due_at is not None:
        return
    case = conversation_by_id(happened.conversation_id or 0)
    if case is not None and (due := _due(case, now)) is not None:
        plan(case.id, due_at=due, why=UNANSWERED)


def work_on_escalations(*, at: datetime) -> int:
    """What is due rises, each in a transaction of its own; how many were due. Where the customer was answered meanwhile, nothing does."""
    for count in range(AT_ONCE):
        with transaction.atomic():
            due = take_due(at=at, limit=1)
            for row in due:
                _rise(row, at=at)
        if not due:
            return count
    return AT_ONCE


def _rise(due: Any, *, at: datetime) -> None:
    key = due.conversation_id
    case, now = conversation_by_id(key), standing_of(key)
    if case is None or now is None or case.category != "open" or case.waiting_since is None:
        return
    if due.why_due == NOBODY:
        raise_by_itself(key, reason=UNANSWERED, level=max(1, now.level), by=SYSTEM, at=at)
    elif due.why_due == LATE:
        late = timedelta(minutes=ladder_for(case.topic_id).late_minutes or 0)
        if now.level == 0 and case.waiting_since <= due.due_at - late:
            raise_by_itself(key, reason=LATE, by=SYSTEM, at=at)
    elif (later := _due(case, now)) is not None and later > at:
        plan(key, due_at=later, why=UNANSWERED)
    else:
        raise_by_itself(key, reason=UNANSWERED, by=SYSTEM, at=at)


def _due(case: Any, now: Any) -> datetime | None:
    """When the step on which it stands goes unanswered too long."""
    return next_due(ladder_for(case.topic_id), now.level, raised_at=now.raised_at, waiting_since=case.waiting_since)
