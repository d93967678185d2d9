"""Two customers who were taken for one person are two again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careline.domain.conversations.commands import owners
from careline.domain.conversations.errors import NotFound
from careline.domain.customers.commands import merges
from careline.domain.customers.queries.merges import merge_by_id, root_of
from careline.domain.desk.queries.api_customers import customer_for
from careline.domain.history.actor import Actor
from careline.domain.staff.rules import Person


def unmerge_customers(agent: Person, merge: int, *, survivor: int | None = None, by: Actor, at: datetime) -> int:
    """The key of the customer who stands alone again. What moved and was not changed since goes back to them, and so do
    cases that were opened since from their addresses. Raises NotFound, Forbidden, CannotUnmerge.
    """
    found = merge_by_id(merge)
    root = root_of(found.survivor_id) if found is not None else None
    if found is None or root is None or survivor not in (None, found.survivor_id, root):
        raise NotFound("There is no such merge.")
    customer_for(agent, root, verb="customer:merge")
    with transaction.atomic():
        given = merges.unmerge(merge, by=by, at=at)
        cases, participants = owners.hand_back(
            cases=given.merge.case_ids, participants=given.merge.participant_ids, addresses=given.addresses, since=given.merge.at,
            owners=given.way, to=given.merged, by=by, at=at,
        )  # fmt: skip
        merges.note_given_back(given, cases=cases, participants=participants)
    return given.merged
