"""Somebody means to give something: it is done at once where they may, else whoever may is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.approvals.rules.facts import Facts
from careline.domain.conversations.commands import cases
from careline.domain.conversations.errors import Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.conversations.queries.identified import has_verified_mail, identification_of
from careline.domain.customers.queries.merges import everybody_in, root_of
from careline.domain.history.actor import Actor
from careline.domain.staff.rules import Person, may, require
from careline.flows.approved_actions import ACTIONS, BY_HAND, WITHOUT_MONEY, Approved
from careline.flows.authorise import Authorised, Wish, authorise
from careline.flows.order_authority import facts_of_buyer

VERB = "approval:ask"


class UnknownAction(Refused):
    code = "unknown_action"


def ask_approval(agent: Person, number: int, wish: Wish, *, by: Actor, at: datetime) -> Authorised:
    """What became of it. Raises NotFound, Forbidden, MergedAway, Denied, AlreadyAsked, UnknownAction, Refused."""
    if wish.action not in BY_HAND:
        raise UnknownAction(f"{wish.action[:60]} can't be asked for by hand; {', '.join(BY_HAND)} can.")
    if wish.facts.amount is None and wish.action not in WITHOUT_MONEY:
        raise Refused("Say how much.")
    with transaction.atomic():
        case = cases.locked(conversation_for(agent, number, verb=VERB).id)
        require_open(case)
        wish = replace(wish, facts=_as_known(case, wish.facts, at=at))
        done = authorise(agent, case, wish, by=by, at=at)
        if done.refusal is None and done.is_allowed:
            ACTIONS[wish.action](
                Approved(wish.action, case, wish.subject, wish.params, wish.facts.amount, wish.facts), by, at
            )
    if done.refusal is not None:
        raise done.refusal
    return done


def require_involved(agent: Person) -> None:
    """Raises Forbidden where somebody neither asks nor decides."""
    if not may(agent, "approval:decide"):
        require(agent, VERB)


def require_open(case: Any) -> None:
    """Raises Refused where nothing can be asked for on it."""
    if case.category == "resolved":
        raise Refused("The case is resolved: open it again first.")
    if case.side_of_id is not None:
        raise Refused("This is a side conversation: ask on the case it stands in.")


def _as_known(case: Any, said: Facts, *, at: datetime) -> Facts:
    """What was said, but for what we know ourselves; and what it is a part of was only said: a limit in percent of it would be
    as wide as whoever asks likes."""
    owner = root_of(case.customer_id) if case.customer_id is not None else None
    people = everybody_in(owner) if owner is not None else []
    is_identified = bool(people) and (
        identification_of(case.id, people) is not None or has_verified_mail(case.id, people)
    )
    known = facts_of_buyer(case, owner, is_identified=is_identified, at=at)
    return replace(
        said, total=None, tier=known.tier, channel=known.channel, orders=known.orders, refunds=known.refunds, returns=known.returns,
        is_identified=known.is_identified, condition="", in_warranty=None,
    )  # fmt: skip
