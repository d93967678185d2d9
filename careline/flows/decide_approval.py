"""A request is decided: once, by somebody who may, and what was approved is carried out in the same breath."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.approvals.commands import requests
from careline.domain.approvals.commands.requests import APPROVED, DENIED, WAITING, WITHDRAWN
from careline.domain.approvals.queries.authority import authorities
from careline.domain.approvals.queries.policies import book_at, rates_for
from careline.domain.approvals.rules.deciding import FOUR_EYES, may_approve
from careline.domain.approvals.rules.facts import Facts, facts_from
from careline.domain.approvals.rules.policies import APPROVAL, DENY, Approver, approver_from
from careline.domain.conversations.commands import cases
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.desk.queries.approvals import approval_for
from careline.domain.history.actor import Actor
from careline.domain.staff.queries import agent_by_number
from careline.domain.staff.rules import Forbidden, Person, may, require
from careline.flows.approved_actions import AS_ASKED, GIVEN, Approved, carry_of
from careline.flows.ask_approval import VERB as ASK
from careline.flows.authorise import Denied
from careline.flows.keep_pending import keep_pending
from careline.flows.tell_decision import tell_decision
from careline.flows.whom_to_ask import pens
from careline.kit import db
from careline.kit.money import Money

VERB = "approval:decide"
APPROVE, DENY_IT = "approve", "deny"
OUTCOMES = (APPROVE, DENY_IT)


class AlreadyDecided(Refused):
    """Somebody was faster."""

    code = "already_decided"


class OwnRequest(Refused):
    """Nobody approves their own, neither themselves nor through a deputy of theirs."""

    code = "own_request"


class BeyondAuthority(Refused):
    """It is more than the person may decide."""

    code = "beyond_authority"


def decide_approval(
    agent: Person, key: int, outcome: str, *, minor: int | None = None, words: str = "", by: Actor, at: datetime
) -> str:
    """The state it ended in: approved, denied, or failed where it could not be carried out any more.

    `minor`: another amount than was asked for, in its currency. Raises NotFound, Forbidden, AlreadyDecided, OwnRequest,
    BeyondAuthority, Denied, Refused.
    """
    found = approval_for(agent, key)
    require_decider(agent, found.number)
    if outcome not in OUTCOMES:
        raise Refused(f"A request is decided by {' or '.join(OUTCOMES)}.")
    with transaction.atomic():
        case, request = held(found)
        if request.asked_by_id == agent.id:
            raise OwnRequest("Nobody decides on their own request.")
        if outcome == DENY_IT:
            requests.settle(request, DENIED, words=words.strip()[:5000], by=by, at=at)
            state = DENIED
        else:
            state = _approve(agent, case, request, minor=minor, words=words.strip()[:5000], by=by, at=at)
        keep_pending([case.id])
        if state in (APPROVED, DENIED):
            tell_decision(case, request, state, decider=agent, at=at)
    return state


def withdraw_approval(agent: Person, key: int, *, by: Actor, at: datetime) -> None:
    """Whoever asked needs it no more. Raises NotFound, Forbidden, AlreadyDecided, Refused."""
    require(agent, ASK)
    found = approval_for(agent, key)
    with transaction.atomic():
        case, request = held(found)
        if request.asked_by_id != agent.id:
            raise Refused("Only who asked can take it back; you can deny it.")
        requests.settle(request, WITHDRAWN, by=by, at=at)
        keep_pending([case.id])


def require_decider(decider: Person, number: int) -> None:
    """Raises NotFound, Forbidden: who decides holds the verb on the case, or stands in for somebody who does."""
    if any(may(one, VERB) for one in decider.absent):
        conversation_for(decider, number)
    else:
        conversation_for(decider, number, verb=VERB)


def held(found: Any) -> tuple[Any, Any]:
    """The case and the request, both held, in this order; still waiting. Raises NotFound, AlreadyDecided."""
    case = cases.locked_where_it_stands(found.conversation_id)
    request = requests.locked(found.id)
    if case is None or request is None:
        raise NotFound(f"There is no approval {found.id}.")
    if request.state != WAITING:
        raise AlreadyDecided(_who_was_faster(request))
    return case, request


def for_whom(decider: Person, request: Any, facts: Facts, *, also: Approver | None = None, at: datetime) -> int | None:
    """By whose authority the person may approve this: their own (their id), or an absent one's; None where by nobody's.

    Never by that of whoever asked; where two people have to agree, nor by that of whoever wrote the rule, nor by a limit of their
    own pen. `also`: who has to agree beside those that the request needs.
    """
    barred = pens(request.code, request.policy_id, request.rule)
    if decider.id in barred:
        return None
    tried = [one.id for one in (decider, *decider.absent) if one.id != request.asked_by_id and one.id not in barred]
    found = authorities(tried, action=request.action, facts=facts, at=at)
    needed, rates = [approver_from(request.needs), *([also] if also else [])], rates_for(facts, at=at)
    for key in tried:
        one = found.get(key)
        if one is None or (request.code == FOUR_EYES and one.is_by_own_pen):
            continue
        if all(
            may_approve(one, request.action, facts=facts, approver=approver, rates=rates) is None for approver in needed
        ):
            return key
    return None


def _approve(agent: Person, case: Any, request: Any, *, minor: int | None, words: str, by: Actor, at: datetime) -> str:
    facts, also = facts_from(request.facts), None
    if minor is not None and minor != request.amount:
        facts, also = _changed(request, facts, minor, at=at)
    requests.hold_uses([one.id for one in (agent, *agent.absent)], customer=case.customer_id)
    whose = for_whom(agent, request, facts, also=also, at=at)
    if whose is None:
        raise BeyondAuthority("This is more than you may decide. Approve less, or pass it on.")
    money = facts.amount
    requests.settle(
        request, APPROVED, minor=money.minor if money else None, words=words, on_behalf_of=whose if whose != agent.id else None, by=by, at=at
    )  # fmt: skip
    try:
        with db.savepoint():
            use = None
            if money is not None:
                use = requests.use(
                    request.action, minor=money.minor, currency=money.currency, agent=whose, case=case.id, customer=case.customer_id,
                    at=at, request=request.id,
                )  # fmt: skip
            subject = (request.subject_kind, request.subject_key)
            done = Approved(request.action, case, subject, request.params, money, facts, request.id, request.words)
            carried = dict(_carried(done, by=by, at=at))
            given = carried.pop(GIVEN, None)
            if use is not None and given is not None:
                requests.lower_use(use, minor=given, at=at)
            requests.note_carried(request, data=carried, by=by, at=at)
    except (Refused, NotFound, Forbidden) as refused:
        code = str(getattr(refused, "code", "refused"))
        requests.note_failed(request, code=code, sentence=str(refused), by=by, at=at)
        return requests.FAILED
    return APPROVED


def _carried(done: Approved, *, by: Actor, at: datetime) -> Any:
    carry = carry_of(done.action, done.subject[0])
    if carry is None:
        raise Refused("Nothing knows how to do this any more.")
    return carry(done, by, at)


def _changed(request: Any, facts: Facts, minor: int, *, at: datetime) -> tuple[Facts, Approver | None]:
    """The facts with another amount, and who has to agree to a larger one. Raises Refused, and Denied where the policy forbids it."""
    if request.amount is None:
        raise Refused("This request is about no amount.")
    if request.action in AS_ASKED:
        raise Refused("This comes to what it comes to: approve it as it was asked for, or deny it.")
    if minor <= 0:
        raise Refused("The amount has to be more than nothing.")
    facts = facts.with_amount(minor)
    rule, _passed = book_at(at).first(request.action, facts, rates=rates_for(facts, at=at))
    if rule is not None and rule.outcome == DENY:
        amount = Money(minor, request.currency).words()
        raise Denied(rule.code, f"The policy does not allow {amount}: {rule.name}.")
    is_asked = rule is not None and (rule.outcome == APPROVAL or rule.four_eyes) and minor > request.amount
    return facts, rule.approver if rule is not None and is_asked else None


def _who_was_faster(request: Any) -> str:
    if request.state == WITHDRAWN:
        return "Whoever asked has taken it back."
    who = agent_by_number(request.decided_by_id) if request.decided_by_id else None
    done = "denied" if request.state == DENIED else "approved"
    return f"{who.name} has {done} this already." if who else f"This was {done} already."
