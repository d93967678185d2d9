"""What is done with a subscription on its screen: another plan, a pause, how it is paid."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.desk.queries.subscriptions import subscription_for
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.queries.subscriptions import plans_on_sale
from careline.entrypoints.web.orders.words import money_words
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.subscriptions.shown import subscription as shown
from careline.entrypoints.web.subscriptions.words import price_words, subscription_shown
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import moment_words, said
from careline.flows import cancel_subscription as leaving
from careline.flows import change_subscription as changing


def acted(visit: Visit, subscription: str, act: str) -> HttpResponse:
    if act not in _ACTS:
        raise NotFound(f"There is no act {act[:40]}.")
    subscription_for(visit.person, subscription)
    try:
        _ACTS[act](visit, subscription)
    except Refused as refusal:
        return shown(visit, subscription, error=said(refusal), code=getattr(refusal, "code", ""), status=422)
    return HttpResponseRedirect(_back(visit, subscription))


def plan(visit: Visit, subscription: str) -> HttpResponse:
    return _plan(visit, subscription)


def plan_changed(visit: Visit, subscription: str) -> HttpResponse:
    """Shown first; done where they say so, for what they saw."""
    subscription_for(visit.person, subscription)
    form, variant = visit.form, whole_number(visit.form.get("variant"))
    try:
        if variant is None:
            raise OrderRefused("plan_missing", _("Choose a plan."))
        asked = changing.PlanChange(
            case_of(visit), variant, whole_number(form.get("quantity")), form.get("when") == "end",
            whole_number(form.get("due")) if "do" in form else None, _seen(visit),
        )  # fmt: skip
        act = changing.change_plan if "do" in form else changing.would_change_plan
        done = act(visit.person, subscription, asked, by=visit.by, at=visit.at)
    except Refused as refusal:
        return _plan(visit, subscription, error=said(refusal), code=getattr(refusal, "code", ""), status=422)
    if "do" in form:
        return HttpResponseRedirect(_back(visit, subscription))
    return _plan(visit, subscription, would=done)


def case_of(visit: Visit) -> int:
    """Raises OrderRefused."""
    case = whole_number(visit.form.get("case"))
    if case is None:
        raise OrderRefused("case_missing", _("Say on which case it is agreed: its number."))
    return case


def _plan(
    visit: Visit, number: str, *, would: Any = None, error: str = "", code: str = "", status: int = 200
) -> HttpResponse:
    row = subscription_for(visit.person, number)
    given = visit.form if visit.request.method == "POST" else visit.asked
    plans = [
        (str(one.variant), f"{one.name} · {price_words(one.unit_price, one.currency, one.terms.period, one.terms.every, visit)}")
        for one in plans_on_sale(row.currency)
    ]  # fmt: skip
    return page(
        visit, "subscriptions/plan", "requests", _("Change the plan of %(number)s") % {"number": row.number}, status=status, error=error,
        needs_identity=code == "not_identified", subscription=subscription_shown(row, visit), plans=plans, case=given.get("case", ""),
        variant=given.get("variant", str(row.variant_id)), quantity=given.get("quantity", str(row.quantity)), when=given.get("when", "now"),
        version=row.version, would=_would(would, row.currency, at_end=given.get("when") == "end", visit=visit) if would else None,
        due=would.due.amount if would else "",
    )  # fmt: skip


def _would(done: Any, currency: str, *, at_end: bool, visit: Visit) -> list[str]:
    end = moment_words(done.period_end, at=visit.at, zone=visit.zone)
    if at_end:
        return [_("%(plan)s begins %(when)s; nothing is charged until then.") % {"plan": done.plan.name, "when": end}]
    said_ = {name: money_words(minor, currency, visit) for name, minor in (
        ("unused", done.unused), ("full", done.full), ("due", done.due.amount), ("credit", done.credit))}  # fmt: skip
    told = [
        _("%(days)s of %(of)s days are left: %(unused)s of the old plan is unused, the new one costs %(full)s.")
        % {**said_, "days": done.days, "of": done.days_of},
        _("%(due)s is charged now.") % said_ if done.due.amount else _("Nothing is charged now."),
    ]
    return [*told, _("%(credit)s is kept for the next charges.") % said_] if done.credit else told


def _pause(visit: Visit, number: str) -> None:
    changing.pause_subscription(
        visit.person, number, case=case_of(visit), periods=whole_number(visit.form.get("periods")), seen=_seen(visit), by=visit.by, at=visit.at
    )  # fmt: skip


def _resume(visit: Visit, number: str) -> None:
    changing.resume_subscription(visit.person, number, case=case_of(visit), seen=_seen(visit), by=visit.by, at=visit.at)


def _keep(visit: Visit, number: str) -> None:
    leaving.keep_subscription(visit.person, number, case=case_of(visit), seen=_seen(visit), by=visit.by, at=visit.at)


def _payment(visit: Visit, number: str) -> None:
    method = visit.form.get("method", "")
    changing.pay_subscription_by(
        visit.person, number, method, case=case_of(visit), seen=_seen(visit), by=visit.by, at=visit.at
    )


def _seen(visit: Visit) -> int | None:
    return whole_number(visit.form.get("version"))


def _back(visit: Visit, number: str) -> str:
    case = whole_number(visit.form.get("case"))
    return f"/subscriptions/{number}" + (f"?case={case}" if case else "")


_ACTS: dict[str, Callable[[Visit, str], None]] = {
    "pause": _pause,
    "resume": _resume,
    "keep": _keep,
    "payment": _payment,
}
