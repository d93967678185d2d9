"""Who follows a case, and who alone may see it. Guarded: flows only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.conversations.commands.reach import copy_reach
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db


@transaction.atomic
def follow(case: Any, *, agent: int, by: Actor, at: datetime) -> None:
    if agent not in case.follower_ids:
        _write(case, [*case.follower_ids, agent], "conversation.follower_added", agent, by=by, at=at)


@transaction.atomic
def unfollow(case: Any, *, agent: int, by: Actor, at: datetime) -> None:
    if agent in case.follower_ids:
        left = [key for key in case.follower_ids if key != agent]
        _write(case, left, "conversation.follower_removed", agent, by=by, at=at)


@transaction.atomic
def restrict(case: Any, *, people: Sequence[int] | None, by: Actor, at: datetime) -> None:
    """From now on only these people see the case; None opens it to all who may see such cases.

    Also whatever stands in it by merging: an unmerge gives nobody back what they may no longer see.
    """
    wanted = sorted(set(people)) if people is not None else None
    if wanted == (sorted(case.restricted_to) if case.restricted_to is not None else None):
        return
    db.execute(
        """UPDATE conversations_conversation SET restricted_to = %s, updated_at = %s, version = version + 1
           WHERE id = %s OR (merged_into_id = %s AND side_of_id IS NULL)""",
        [wanted, at, case.id, case.id],
    )
    copy_reach(case.id)
    name = "conversation.restricted" if wanted is not None else "conversation.unrestricted"
    record(
        Happening(name, "conversation", case.number, case.id, case.customer_id, {"people": wanted or []}), by=by, at=at
    )


def _write(case: Any, followers: list[int], name: str, agent: int, *, by: Actor, at: datetime) -> None:
    db.execute(
        "UPDATE conversations_conversation SET follower_ids = %s, version = version + 1 WHERE id = %s",
        [followers, case.id],
    )
    copy_reach(case.id)
    record(Happening(name, "conversation", case.number, case.id, case.customer_id, {"agent": agent}), by=by, at=at)
