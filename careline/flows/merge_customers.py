"""Two customers turn out to be one person: their cases, addresses and notes come together."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from careline.domain.conversations.commands import owners
from careline.domain.customers.commands import merges
from careline.domain.desk.queries.api_customers import customer_for
from careline.domain.history.actor import Actor
from careline.domain.staff.rules import Person


def merge_customers(
    agent: Person, survivor: int, *, merged: int, take: Collection[str] = (), by: Actor, at: datetime
) -> int:
    """The merge's key, by which it can be taken back. `take` names what comes from the one who is merged.

    Raises NotFound, Forbidden, CannotMerge; then nothing happened.
    """
    for key in (survivor, merged):
        customer_for(agent, key, verb="customer:merge")
    with transaction.atomic():
        key = merges.merge(survivor, merged, take=take, by=by, at=at)
        cases, participants = owners.hand_over(merged, to=survivor, by=by, at=at)
        merges.note_moved(key, cases=cases, participants=participants)
    return key


def keep_apart(agent: Person, one: int, *, other: int, by: Actor, at: datetime) -> None:
    """Somebody says that these two are different people. Raises NotFound, Forbidden."""
    for key in (one, other):
        customer_for(agent, key, verb="customer:merge")
    merges.say_not_same(one, other, by=by, at=at)
