"""Approvals: asked for, decided, passed on; who may give how much alone."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from careline.domain.approvals.queries.authority import limit_by_id, limits
from careline.domain.approvals.queries.deadlines import deadline_calendar
from careline.domain.approvals.queries.policies import rates
from careline.domain.approvals.queries.requests import steps_of
from careline.domain.approvals.rules.facts import Facts
from careline.domain.approvals.rules.limits import Limit
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.desk.queries.approvals import approval_for, approvals
from careline.domain.staff.rules import require
from careline.entrypoints.api.naming import agent_key
from careline.entrypoints.api.paging import key_alone, page_of, short_page_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes import approvals as shapes
from careline.entrypoints.api.shapes.money import Money, money_said, money_shown
from careline.entrypoints.api.shapes.parts import Named, Page, PageQuery
from careline.flows.ask_approval import ask_approval, require_involved
from careline.flows.authorise import Wish
from careline.flows.decide_approval import decide_approval, withdraw_approval
from careline.flows.keep_limits import keep_deadlines, keep_limit, keep_rate, remove_limit
from careline.flows.keep_policies import VERB as WRITE
from careline.flows.pass_on_approval import pass_on_approval
from careline.kit.money import Money as Held

_ONE = "/approvals/{id}"


@route("GET", "/approvals", query=shapes.ApprovalQuery, answer=Page[shapes.Approval])
def all_approvals(call: Call) -> Any:
    """Requests on cases that you see, the newest first: those for you to decide where nothing else is said."""
    require_involved(call.person)
    asked = call.query
    rows = approvals(call.person, asked.which, before=key_alone(asked.cursor), limit=asked.limit + 1)
    return page_of(rows, limit=asked.limit, key=lambda row: (row.id,), item=approval_of)


@route("POST", "/approvals", body=shapes.NewApproval, answer=shapes.ApprovalOutcome, status=201)
def new_approval(call: Call) -> Any:
    """Does it at once where you may, else asks whoever may decide. 409 with the rule's code where the policy does not allow it."""
    given = call.body
    key = conversation_for(call.person, given.conversation).id
    wish = Wish(given.action, ("conversation", key), facts_of(given.facts, given.amount), words=given.words)
    done = ask_approval(call.person, given.conversation, wish, by=call.by, at=call.at)
    row = approval_for(call.person, done.request) if done.request is not None else None
    asked = approval_of(row) if row is not None else None
    shown = shapes.ApprovalOutcome(done.decision.outcome, done.decision.code, asked)  # type: ignore[arg-type]
    where = f"/approvals/{done.request}" if done.request else f"/conversations/{given.conversation}"
    return Created(where, shown)


@route("GET", _ONE, answer=shapes.OneApproval)
def approval(call: Call) -> Any:
    """One request, with all that was done about it."""
    return _one(call)


@route("PUT", _ONE + "/decision", body=shapes.Verdict, answer=shapes.OneApproval)
def decided_approval(call: Call) -> Any:
    """Approves or denies it, once: 409 with `already_decided` where somebody was faster, `own_request` on your own.

    With `beyond_authority` it is more than you may decide: approve less, or pass it on. What was approved has been carried out, or
    its state is `failed`.
    """
    row = approval_for(call.person, call.id)
    minor = None
    if call.body.amount is not None:
        money = money_said(call.body.amount, "amount")
        if row.currency and money.currency != row.currency:
            raise Wrong(("amount.currency", f"It was asked for in {row.currency}."))
        minor = money.minor
    said = call.body
    decide_approval(call.person, call.id, said.outcome, minor=minor, words=said.words, by=call.by, at=call.at)
    return _one(call)


@route("POST", _ONE + "/delegations", body=shapes.Delegation, answer=shapes.OneApproval, status=201)
def delegated_approval(call: Call) -> Any:
    """Puts it before a colleague who may decide it."""
    approval_for(call.person, call.id)
    pass_on_approval(call.person, call.id, to=agent_key(call.body.to, call.person, "to"), by=call.by, at=call.at)
    return Created(f"/approvals/{call.id}", _one(call))


@route("DELETE", _ONE, status=204)
def withdrawn_approval(call: Call) -> None:
    """Takes your own request back while it waits."""
    withdraw_approval(call.person, call.id, by=call.by, at=call.at)


@route("GET", "/authority-limits", query=PageQuery, answer=Page[shapes.AuthorityLimit])
def all_limits(call: Call) -> Any:
    """Who may give how much alone."""
    require(call.person, WRITE)
    return short_page_of([_limit(one) for one in limits()], call.query)


@route("POST", "/authority-limits", body=shapes.NewLimit, answer=shapes.AuthorityLimit, status=201)
def new_limit(call: Call) -> Any:
    """Sets it; what the same holder was said to may of the same action before is replaced."""
    given = call.body
    limit = Limit(
        given.action, given.per, money_said(given.amount, "amount") if given.amount else None,
        Decimal(given.percent) if given.percent is not None else None, given.role, int(given.skill) if given.skill else None, given.level,
        agent_key(given.agent, call.person, "agent") if given.agent else None,
    )  # fmt: skip
    key = keep_limit(call.person, limit, by=call.by, at=call.at)
    made = limit_by_id(key)
    assert made is not None, "it was set just now"
    return Created(f"/authority-limits/{key}", _limit(made))


@route("DELETE", "/authority-limits/{id}", status=204)
def removed_limit(call: Call) -> None:
    """Takes a limit away. Of whom nothing is said may give nothing, unless they write the limits."""
    remove_limit(call.person, call.id, by=call.by, at=call.at)


@route("GET", "/approval-deadlines", answer=shapes.ApprovalDeadlines)
def approval_deadlines(call: Call) -> Any:
    """How the time to decide is counted."""
    require(call.person, WRITE)
    return _deadlines()


@route("PUT", "/approval-deadlines", body=shapes.ApprovalDeadlines, answer=shapes.ApprovalDeadlines)
def approval_deadlines_set(call: Call) -> Any:
    """In whose opening hours it is counted from now on; null: round the clock."""
    calendar = call.body.calendar
    keep_deadlines(call.person, int(calendar) if calendar is not None else None, by=call.by, at=call.at)
    return _deadlines()


@route("GET", "/exchange-rates", query=PageQuery, answer=Page[shapes.Rate])
def all_rates(call: Call) -> Any:
    """The newest of each pair."""
    require(call.person, WRITE)
    return short_page_of([_rate(row) for row in rates()], call.query)


@route("POST", "/exchange-rates", body=shapes.NewRate, answer=shapes.Rate, status=201)
def new_rate(call: Call) -> Any:
    """Says what a currency is worth. Without a rate of the last 31 days an amount in another currency needs approval."""
    given = call.body
    key = keep_rate(
        call.person, given.source, given.target, rate=Decimal(given.rate), on=given.on, by=call.by, at=call.at
    )
    day = given.on or call.at.date()
    shown = shapes.Rate(str(key), given.source, given.target, given.rate, day)
    return Created("/exchange-rates", shown)


def _deadlines() -> shapes.ApprovalDeadlines:
    calendar = deadline_calendar()
    return shapes.ApprovalDeadlines(str(calendar) if calendar is not None else None)


def facts_of(given: shapes.GivenFacts, amount: Money | None) -> Facts:
    """Raises Wrong."""
    return Facts(
        money_said(amount, "amount") if amount is not None else None,
        money_said(given.total, "facts.total") if given.total is not None else None, given.reason, tuple(given.products), given.tier,
        given.order_state, given.channel, given.days_since_order, given.days_since_delivery, given.orders, given.refunds, given.returns,
        given.is_identified,
    )  # fmt: skip


def approval_of(row: Any) -> shapes.Approval:
    def money(minor: int | None) -> Money | None:
        return money_shown(Held(minor, row.currency)) if minor is not None else None

    def named(key: int | None, name: str | None) -> Named | None:
        return Named(str(key), name) if key is not None and name is not None else None

    return shapes.Approval(
        str(row.id), row.action, row.state, row.number, named(row.customer_id, row.customer_name), money(row.amount),
        {name: value for name, value in row.facts.items() if name not in ("case", "customer", "amount", "total")}, row.words, row.code,
        row.rule, named(row.asked_by_id, row.asker_name), row.asked_at, named(row.approver_id, row.approver_name), row.due_at,
        named(row.decided_by_id, row.decider_name), named(row.on_behalf_of_id, row.absent_name), row.decided_at, money(row.decided_amount),
        row.answer, row.failure, str(row.told_id) if row.told_id else None, row.untold,
    )  # fmt: skip


def _one(call: Call) -> shapes.OneApproval:
    row = approval_for(call.person, call.id)
    steps = [shapes.ApprovalStep(one.at, one.what, one.by_name, one.to_name) for one in steps_of(row.id)]
    return shapes.OneApproval(approval_of(row), steps)


def _limit(one: Limit) -> shapes.AuthorityLimit:
    return shapes.AuthorityLimit(
        str(one.id), one.role, str(one.skill) if one.skill else None, one.level, str(one.agent) if one.agent else None, one.action, one.per,
        money_shown(one.money), str(one.percent) if one.percent is not None else None,
    )  # fmt: skip


def _rate(row: Any) -> shapes.Rate:
    return shapes.Rate(str(row.id), row.source, row.target, format(row.rate.normalize(), "f"), row.on)
