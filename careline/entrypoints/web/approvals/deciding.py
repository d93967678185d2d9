"""One request with all that is needed to decide it, and the decision."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.approvals.queries.policies import version
from careline.domain.approvals.queries.requests import steps_of
from careline.domain.approvals.rules.facts import facts_from
from careline.domain.conversations.errors import Refused
from careline.domain.desk.queries.approvals import approval_for, approvals_of
from careline.domain.staff.queries import agents
from careline.entrypoints.web.approvals.words import (
    action_words,
    fact_rows,
    money_words,
    row_of,
    step_words,
    why_words,
)
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import said
from careline.flows.decide_approval import (
    APPROVE,
    DENY_IT,
    VERB,
    BeyondAuthority,
    OwnRequest,
    decide_approval,
    for_whom,
    withdraw_approval,
)
from careline.flows.note_refusal import note_refusal
from careline.flows.pass_on_approval import pass_on_approval
from careline.kit.money import BadMoney, decimal_of, money_of


def shown(visit: Visit, key: int, *, error: str = "", status: int = 200) -> HttpResponse:
    row = approval_for(visit.person, key)
    is_waiting = row.state == "waiting"
    is_own = row.asked_by_id == visit.person.id
    may_decide = is_waiting and not is_own and any(VERB in one.grants for one in (visit.person, *visit.person.absent))
    beyond = may_decide and for_whom(visit.person, row, facts_from(row.facts), at=visit.at) is None
    return page(
        visit, "approvals/approval", "approvals", action_words(row.action), status=status, error=error, row=row_of(row, visit), key=key,
        heading=_("%(action)s for %(name)s") % {"action": action_words(row.action), "name": row.customer_name or _("Nobody")},
        asked=money_words(row.amount, row.currency, visit), facts=fact_rows(row.facts, visit), words=row.words, why=why_words(row.code),
        rule=_rule_of(row), customer=row.customer_id, case={"number": row.number, "subject": row.subject, "snippet": row.last_snippet},
        amount=decimal_of(row.amount, row.currency) if row.amount is not None else "", currency=row.currency,
        steps=[step_words(one, visit) for one in steps_of(row.id)], may_decide=may_decide, may_withdraw=is_waiting and is_own, beyond=beyond,
        others=[row_of(one, visit) for one in approvals_of(visit.person, row.customer_id, but=row.id)] if row.customer_id else [],
        decided=_decided(row), answer=row.answer, failure=row.failure, untold=row.untold, is_told=row.told_id is not None,
        colleagues=[(one.id, one.name) for one in agents() if one.is_active and one.id not in (visit.person.id, row.asked_by_id)]
        if may_decide else [],
    )  # fmt: skip


def decided(visit: Visit, key: int) -> HttpResponse:
    form = visit.form
    row = approval_for(visit.person, key)
    outcome = DENY_IT if form.get("then") == DENY_IT else APPROVE
    try:
        minor = None
        amount = str(form.get("amount", "")).strip()
        if outcome == APPROVE and row.currency and amount:
            minor = money_of(amount.replace(",", "."), row.currency).minor
        decide_approval(visit.person, key, outcome, minor=minor, words=form.get("words", ""), by=visit.by, at=visit.at)
    except (Refused, BadMoney) as refusal:
        if isinstance(refusal, OwnRequest | BeyondAuthority):
            note_refusal(refusal, by=visit.by, at=visit.at)
        return shown(visit, key, error=said(refusal), status=422)
    return HttpResponseRedirect(f"/approvals/{key}")


def passed_on(visit: Visit, key: int) -> HttpResponse:
    approval_for(visit.person, key)
    try:
        to = whole_number(visit.form.get("to")) or 0
        pass_on_approval(visit.person, key, to=to, by=visit.by, at=visit.at)
    except Refused as refusal:
        return shown(visit, key, error=said(refusal), status=422)
    return HttpResponseRedirect(f"/approvals/{key}")


def withdrawn(visit: Visit, key: int) -> HttpResponse:
    withdraw_approval(visit.person, key, by=visit.by, at=visit.at)
    return HttpResponse(status=204, headers={"HX-Redirect": f"/approvals/{key}"})


def _rule_of(row: Any) -> str:
    """The name of the rule of the policy that answered, as it stood then."""
    held = version(row.policy_id) if row.policy_id and row.rule else None
    return next((one["name"] for one in held.rules if one["id"] == row.rule), "") if held is not None else ""


def _decided(row: Any) -> str:
    if row.state in ("waiting", "withdrawn") or not row.decider_name:
        return ""
    names = {"name": row.decider_name, "absent": row.absent_name or ""}
    if row.state == "denied":
        return _("%(name)s denied it.") % names
    if row.absent_name:
        return _("%(name)s approved it, standing in for %(absent)s.") % names
    return _("%(name)s approved it.") % names
