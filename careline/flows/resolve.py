"""A case is resolved, or open again: the only door, which asks everybody who may object."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.conversations.commands import cases, undoing
from careline.domain.conversations.commands.handing_over import take_from_leaver
from careline.domain.conversations.errors import Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.conversations.queries.structure import Needed, needed_fields
from careline.domain.followups.queries.follow_ups import loose_ends
from careline.domain.history.actor import Actor
from careline.domain.sla.commands.promises import keep_promises
from careline.domain.staff.rules import Person


class ApprovalPending(Refused):
    """Somebody has been asked for a decision on the case, and it is not there yet."""

    code = "approval_pending"


class ComplaintOpen(Refused):
    """A complaint about it waits for its final answer."""

    code = "complaint_open"


class NoNextAction(Refused):
    """In this team nothing is closed without an outcome, or an owner and a date for what comes next."""

    code = "no_next_action"


def resolve(agent: Person, number: int, *, by: Actor, at: datetime) -> None:
    """Resolves a case; a resolved one stays so. Raises NotFound, Forbidden, or Refused with every reason."""
    with transaction.atomic():
        case = cases.locked(conversation_for(agent, number, verb="conversation:resolve").id)
        require_resolvable(case)
        if case.category != "resolved":
            cases.resolve(case, by=by, at=at)
            keep_promises([case.id], by=by, at=at)
            undoing.keep(case, agent=agent.id, at=at)


def reopen(agent: Person, number: int, *, by: Actor, at: datetime) -> None:
    """Opens a resolved or waiting case again. Raises NotFound, Forbidden, Refused."""
    with transaction.atomic():
        case = cases.locked(conversation_for(agent, number, verb="conversation:resolve").id)
        if case.merged_into_id is not None:
            raise Refused("This case was merged into another one.")
        if case.category != "open":
            cases.reopen(case, by=by, at=at)
            if case.category == "resolved":
                take_from_leaver(case, by=by, at=at)
            keep_promises([case.id], by=by, at=at)
            undoing.keep(case, agent=agent.id, at=at)


def require_resolvable(case: Any) -> None:
    """Raises Refused with every reason; its code says where an approval or a complaint is one of them."""
    if reasons := objections(case):
        kind = ApprovalPending if case.pending_approvals else ComplaintOpen if case.open_complaints else Refused
        kind = NoNextAction if reasons == [_LOOSE] else kind
        raise kind(" ".join(reasons))


def objections(case: Any, *, needed: Needed | None = None, loose: Collection[int] | None = None) -> list[str]:
    """Why this case may not be resolved now, one sentence each; also asked where an answer resolves.

    `needed` is what a case needs to be filled in, `loose` which cases still need an outcome, where they were read for many at once.
    """
    found = []
    if case.pending_approvals:
        found.append("An approval is still pending.")
    if case.open_complaints:
        found.append("A complaint about it waits for its final answer.")
    if case.open_duties:
        found.append("Steps of its checklist that must be done are still open.")
    if case.id in (loose_ends([case.id]) if loose is None else loose):
        found.append(_LOOSE)
    found += [f"“{name}” has to be filled in first." for name in (needed or needed_fields()).missing(case)]
    return found


_LOOSE = "Say how it ended, or plan a follow-up with an owner and a date."
