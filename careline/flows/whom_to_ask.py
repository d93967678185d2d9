"""Who is asked for an approval: the lowest who may decide it and may see the case."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from careline.domain.approvals.queries.authority import deciders
from careline.domain.approvals.queries.policies import author_of, rates_for
from careline.domain.approvals.queries.requests import candidates
from careline.domain.approvals.rules.asking import in_order
from careline.domain.approvals.rules.deciding import FOUR_EYES, may_approve
from careline.domain.approvals.rules.facts import Facts
from careline.domain.approvals.rules.policies import Approver
from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.staff.queries import person

MOST_LOOKED_AT = 20
"""Of those in order so many are looked at whether they see the case."""


def whom_to_ask(
    action: str,
    facts: Facts,
    approver: Approver,
    *,
    asker: int,
    number: int,
    but: Collection[int],
    four_eyes: bool = False,
    at: datetime,
) -> int | None:
    """The next one, never the asker nor those of `but`, nor by a limit of their own pen where two have to agree; None: nobody may."""
    rates = rates_for(facts, at=at)
    fit = {
        key: one
        for key, one in deciders(action=action, facts=facts, at=at).items()
        if may_approve(one, action, facts=facts, approver=approver, rates=rates) is None
        and not (four_eyes and one.is_by_own_pen)
    }
    free = {key for key, one in fit.items() if one.is_free and not one.limits}
    for n, key in enumerate(in_order(candidates(fit, free=free, asker=asker, at=at), but={asker, *but})):
        if n == MOST_LOOKED_AT:
            break
        if is_in_sight(key, number, at=at):
            return key
    return None


def pens(code: str, policy: int | None, rule: str) -> set[int]:
    """Who wrote the rule by which two people have to agree: the second of them is somebody else."""
    author = author_of(policy, rule) if code == FOUR_EYES and policy is not None else None
    return {author} if author is not None else set()


def is_in_sight(agent: int, number: int, *, at: datetime) -> bool:
    """Whether this colleague may see the case, by themselves or standing in for somebody."""
    who = person(agent, at=at)
    try:
        return who is not None and conversation_for(who, number) is not None
    except NotFound:
        return False
