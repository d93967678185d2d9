"""What somebody is about to do is done and taken back at once: whether they may, or who has to agree before it happens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from careline.domain.approvals.queries.requests import request_by_id
from careline.domain.staff.queries import agent_by_id


@dataclass(frozen=True, slots=True)
class Foreseen:
    """It will wait for `approver`, by name; for nobody yet where that is empty. `why`: the code of what stands against it."""

    approver: str
    why: str


def foresee(act: Callable[[], Any]) -> Foreseen | None:
    """None: it happens at once. `act` is the very flow that is meant, and answers with the `request` that waits instead, if any.

    Nothing of it stays, its refusals included: raises what it raises, Denied before anybody was put on the record.
    """
    with transaction.atomic():
        done = act()
        request = request_by_id(done.request) if done.request is not None else None
        who = agent_by_id(request.approver_id) if request is not None and request.approver_id is not None else None
        transaction.set_rollback(True)
    return None if request is None else Foreseen(who.name if who is not None else "", request.code)
