"""A service request is decided: approved, denied, or something else is offered. Above one's authority it waits for somebody's who may.

What is approved is carried out in the same transaction, once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.approvals.queries.requests import request_by_id
from careline.domain.approvals.rules.facts import Facts
from careline.domain.channels.queries import channel_by_id
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.customers.queries.people import customer_by_id
from careline.domain.customers.rules.portal import Viewer
from careline.domain.history.actor import Actor, customer
from careline.domain.requests.commands import requests
from careline.domain.requests.errors import RequestRefused
from careline.domain.requests.queries.types import type_code_of
from careline.domain.requests.rules.content import APPROVED, DECISION, DENIED
from careline.domain.requests.rules.progress import require_current
from careline.domain.staff.rules import Person
from careline.flows.authorise import Authorised, Wish, authorise
from careline.flows.carry_out_service_request import carry_out_service_request
from careline.flows.hold_service_request import DECIDE, HeldRequest, hold_service_request, request_held
from careline.flows.work_on_service_request import give_up_offer, own_request_held
from careline.kit.money import Money

APPROVE, DENY, OFFER = "approve", "deny", "offer"
LONGEST = 5000


@dataclass(frozen=True, slots=True)
class Deciding:
    """`reason`: a code of the type's, of a denial or an offer; `money`: what is offered instead of what was asked for."""

    act: str
    reason: str = ""
    words: str = ""
    money: Money | None = None
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """`state` of the request then; `request`: what waits for approval instead."""

    state: str
    request: int | None = None


def decide_service_request(agent: Person, key: int, asked: Deciding, *, by: Actor, at: datetime) -> Decided:
    """Raises NotFound, Forbidden, Denied, AlreadyAsked, RequestRefused, Refused; then nothing was decided."""
    with transaction.atomic():
        held = hold_service_request(agent, key, verb=DECIDE, seen=asked.seen)
        conversation_for(agent, held.case.number)
        _require_decidable(held)
        money = _money(held, asked)
        if asked.act == DENY:
            _deny(held, asked, by=by, at=at)
            return Decided(requests.held(key).state)
        answer = _authorised(agent, held, asked, money, by=by, at=at)
        if answer.refusal is None and answer.request is not None:
            requests.ask_decision(held.row, answer.request, by=by, at=at)
        elif answer.refusal is None and asked.act == OFFER and money is not None:
            words = asked.words.strip()[:LONGEST]
            requests.offer(held.row, money.minor, reason=asked.reason, words=words, use=answer.given, by=by, at=at)
        elif answer.refusal is None:
            _approve(held, asked.words, None, by=by, at=at)
    if answer.refusal is not None:
        raise answer.refusal
    return Decided(requests.held(key).state, answer.request)


def answer_offer(agent: Person, key: int, *, is_accepted: bool, by: Actor, at: datetime) -> str:
    """The customer told us what they say to the offer. The request's state then. Raises NotFound, Forbidden, RequestRefused."""
    with transaction.atomic():
        return _answered(hold_service_request(agent, key), is_accepted=is_accepted, by=by, at=at)


def answer_own_offer(viewer: Viewer, key: int, *, is_accepted: bool, at: datetime) -> str:
    """The customer says it themselves. Raises NotFound, RequestRefused."""
    with transaction.atomic():
        by = customer(viewer.customer, via="portal")
        return _answered(own_request_held(viewer, key), is_accepted=is_accepted, by=by, at=at)


def service_request_approved(one: Any, by: Actor, at: datetime) -> Mapping[str, Any]:
    """`one`: an Approved. With another amount than was asked for it becomes an offer to the customer. Raises Refused where it can't be done."""
    held = request_held(one.params["service_request"])
    require_current(held.step, DECISION)
    if held.row.approval != one.request:
        raise RequestRefused("decided_before", "It has been decided already.")
    is_other = one.money is not None and one.money.minor != held.row.amount
    if is_other or one.params["act"] == OFFER:
        requests.offer(held.row, one.money.minor, reason=one.params["reason"], words="", by=by, at=at)
        return {"service_request": held.row.id, "offered": one.money.minor}
    _approve(held, "", None, by=by, at=at)
    return {"service_request": held.row.id}


def _require_decidable(held: HeldRequest) -> None:
    require_current(held.step, DECISION)
    if held.row.offer is not None:
        raise RequestRefused("offer_open", "The customer has not answered the offer yet.")
    waiting = request_by_id(held.row.approval) if held.row.approval else None
    if waiting is not None and waiting.state == "waiting":
        raise RequestRefused("waits_for_approval", "Somebody was asked to approve it: wait for that, or take it back.")


def _money(held: HeldRequest, asked: Deciding) -> Money | None:
    """What the decision is about. Raises RequestRefused."""
    if asked.act not in (APPROVE, DENY, OFFER):
        raise RequestRefused("no_such_decision", f"A request is decided by {APPROVE}, {DENY} or {OFFER}.")
    known = {one.code for one in held.content.reasons}
    if asked.reason and asked.reason not in known:
        raise RequestRefused(
            "no_such_reason", f"The reasons are {', '.join(sorted(known)) or 'not written down for this type'}."
        )
    if asked.act != OFFER:
        if asked.act == DENY and known and not asked.reason:
            raise RequestRefused("reason_missing", "Say why it is denied.")
        return held.money
    if held.money is None:
        raise RequestRefused("no_amount", "This is about no amount: nothing else can be offered.")
    if asked.money is None or asked.money.minor <= 0:
        raise RequestRefused("bad_amount", "Say what is offered instead: more than nothing.")
    if asked.money.currency != held.money.currency:
        raise RequestRefused("other_currency", f"It was asked for in {held.money.currency}.")
    return asked.money


def _authorised(
    agent: Person, held: HeldRequest, asked: Deciding, money: Money | None, *, by: Actor, at: datetime
) -> Authorised:
    who = customer_by_id(held.owner)
    channel = channel_by_id(held.case.channel_id) if held.case.channel_id else None
    facts = Facts(
        amount=money, total=held.money, reason=asked.reason, tier=str((who.fields if who else {}).get("tier", "")),
        channel=channel.kind if channel else "", is_identified=True,
    )  # fmt: skip
    params = {"service_request": held.row.id, "act": asked.act, "reason": asked.reason}
    wish = Wish(type_code_of(held.row.type_id), ("service_request", held.row.id), facts, params, asked.words)
    return authorise(agent, held.case, wish, by=by, at=at)


def _answered(held: HeldRequest, *, is_accepted: bool, by: Actor, at: datetime) -> str:
    if held.row.offer is None:
        raise RequestRefused("no_offer", "Nothing was offered.")
    if is_accepted:
        _approve(held, held.row.words, int(held.row.offer["amount"]), by=by, at=at)
    else:
        give_up_offer(held.row, at=at)
        requests.drop_offer(held.row, by=by, at=at)
    return str(requests.held(held.row.id).state)


def _deny(held: HeldRequest, asked: Deciding, *, by: Actor, at: datetime) -> None:
    requests.decide(held.row, DENIED, reason=asked.reason, words=asked.words.strip()[:LONGEST], by=by, at=at)
    _go_on(held, by=by, at=at)


def _approve(held: HeldRequest, words: str, minor: int | None, *, by: Actor, at: datetime) -> None:
    requests.decide(held.row, APPROVED, minor=minor, words=words.strip()[:LONGEST], by=by, at=at)
    carry_out_service_request(held, by=by, at=at)
    _go_on(held, by=by, at=at)


def _go_on(held: HeldRequest, *, by: Actor, at: datetime) -> None:
    requests.finish_step(held.row, held.step, by=by, at=at)
    requests.advance(requests.held(held.row.id), held.content, by=by, at=at)
