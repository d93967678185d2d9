"""A customer says that a problem is solved, or that it is not: the case is resolved or open again, by the rules for everybody."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.conversations.commands import cases
from careline.domain.conversations.commands.handing_over import take_from_leaver
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.threads import resolved_of
from careline.domain.conversations.rules.reopening import reopens
from careline.domain.customers.rules.portal import Viewer
from careline.domain.desk.queries.portal import request_of
from careline.domain.history.actor import Actor, customer
from careline.domain.history.commands import Happening, record
from careline.domain.sla.commands.promises import keep_promises
from careline.flows.resolve import objections


def close_request(viewer: Viewer, number: int, *, brand: int | None = None, at: datetime) -> bool:
    """False where something is left to do on our side: then it is noted on the case, and stays open. Raises NotFound, Refused."""
    with transaction.atomic():
        case, by = _held(viewer, number, brand)
        if case.category == "resolved":
            return True
        if objections(case):
            record(
                Happening("request.said_solved", "conversation", case.number, case.id, case.customer_id), by=by, at=at
            )
            return False
        cases.resolve(case, by=by, at=at)
        keep_promises([case.id], by=by, at=at)
    return True


def reopen_request(viewer: Viewer, number: int, *, brand: int | None = None, at: datetime) -> None:
    """Raises NotFound, and Refused where it is too late: then writing begins a new request."""
    with transaction.atomic():
        case, by = _held(viewer, number, brand)
        if case.category != "resolved":
            return
        if not may_reopen(case.id, at=at):
            raise Refused("It was solved too long ago to open it again: write a message, and it becomes a new request.")
        cases.reopen(case, by=by, at=at)
        take_from_leaver(case, by=by, at=at)
        keep_promises([case.id], by=by, at=at)


def may_reopen(case: int, *, at: datetime) -> bool:
    """Whether the case's team takes a resolved case up again."""
    resolved = resolved_of(case)
    return resolved is not None and reopens(
        resolved.reopen_policy, days=resolved.reopen_days, resolved_at=resolved.resolved_at, at=at
    )


def _held(viewer: Viewer, number: int, brand: int | None) -> tuple[Any, Actor]:
    request = request_of(viewer, number, brand=brand)
    if request is None:
        raise NotFound(f"There is no request {number}.")
    if not request.is_own or request.is_spam:
        raise Refused("Only the person whose request it is can say so.")
    return cases.locked(request.id), customer(viewer.customer, via="portal")
