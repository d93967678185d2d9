"""One return on its way back: label, received, inspected."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.approvals.queries.requests import waiting_for_return
from careline.domain.conversations.errors import Refused
from careline.domain.customers.queries.merges import everybody_in
from careline.domain.orders.queries.held import variants_among
from careline.domain.orders.queries.orders import methods_of
from careline.domain.orders.rules.plans import Plan
from careline.domain.orders.rules.returning import Inspected
from careline.domain.staff.rules import may
from careline.entrypoints.web.orders.words import (
    RETURN_KINDS,
    RETURN_STATES,
    method_words,
    money_words,
    options_words,
    plan_words,
    waiting_words,
)
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import moment_words, said
from careline.flows import inspect_goods, return_goods
from careline.flows.foresee import Foreseen, foresee
from careline.flows.hold_return import return_for


def form(
    visit: Visit, key: int, *, error: str = "", status: int = 200, plan: Plan | None = None, asks: Foreseen | None = None
) -> HttpResponse:  # fmt: skip
    goods = return_for(visit.person, key)
    is_open = goods.closed_at is None and may(visit.person, "order:write")
    conditions = [("good", _("Good")), ("opened", _("Opened")), ("damaged", _("Damaged")), ("missing", _("Missing"))]
    names = dict(conditions)
    return page(
        visit, "orders/return", "orders", _("Return %(number)s") % {"number": key}, status=status, error=error, url=f"/returns/{key}",
        heading=_(RETURN_KINDS[goods.kind]), number=key, state=_(RETURN_STATES[goods.state]),
        order={"number": goods.number, "url": f"/orders/{goods.number}"}, case=goods.case_number, reason=goods.reason, label=goods.label,
        remark=goods.remark, when=moment_words(goods.requested_at, at=visit.at, zone=visit.zone), conditions=conditions,
        lines=[_line(one, goods, names, visit) for one in goods.lines],
        difference=money_words(goods.difference, goods.currency, visit) if goods.difference else "",
        may_label=is_open and goods.state in ("requested", "label_sent"), may_inspect=is_open and goods.state in ("received", "inspected"),
        is_open=is_open, steps=_steps(goods, visit), kind=goods.kind, waits=_waits(visit, goods) if goods.state == "inspected" else None,
        plan=_planned(plan, goods, visit) if plan is not None else [], form=visit.form,
        given=_given(visit) if plan is not None else [], asks=waiting_words(asks) if asks is not None else None,
    )  # fmt: skip


def stepped(visit: Visit, key: int) -> HttpResponse:
    step = visit.form.get("step", "")
    by: dict[str, Any] = {"by": visit.by, "at": visit.at}
    try:
        if step == "label":
            return_goods.send_label(visit.person, key, visit.form.get("label", ""), **by)
        elif step == "receive":
            return_goods.receive_goods(visit.person, key, **by)
        elif step == "withdraw":
            return_goods.withdraw_return(visit.person, key, **by)
        else:
            goods = return_for(visit.person, key)
            seen = [_inspected(visit, one["line"]) for one in goods.lines]
            act = partial(
                inspect_goods.inspect_goods, visit.person, key, seen, remark=visit.form.get("remark", ""), **by
            )
            if "do" not in visit.form:
                plan = inspect_goods.would_inspect(visit.person, key, seen, **by)
                return form(visit, key, plan=plan, asks=foresee(act))
            act()
    except Refused as refusal:
        return form(visit, key, error=said(refusal), status=422)
    return HttpResponseRedirect(f"/returns/{key}")


def _steps(goods: Any, visit: Visit) -> list[dict[str, Any]]:
    """Request, label, received, inspected, outcome: which of them are behind it."""
    is_labelled = bool(goods.label) or goods.received_at is not None
    is_inspected = goods.inspected_at is not None
    ends = {"done": _("Done"), "refused": _("Refused"), "withdrawn": _("Withdrawn")}
    steps = (
        (_("Asked for"), True, goods.requested_at), (_("Label"), is_labelled, None),
        (_("Received"), goods.received_at is not None, goods.received_at),
        (_("Inspected"), is_inspected, goods.inspected_at), (ends.get(goods.state, _("Outcome")), goods.closed_at is not None, goods.closed_at),
    )  # fmt: skip
    return [
        {"name": name, "is_done": done, "when": moment_words(at, at=visit.at, zone=visit.zone) if done and at else ""}
        for name, done, at in steps
    ]


def _planned(plan: Plan, goods: Any, visit: Visit) -> list[dict[str, str]]:
    """What the outcome will do to money and stock, in sentences."""
    methods = methods_of(everybody_in(goods.customer_id))
    names = {one.id: method_words(one, visit, with_balance=False) for one in methods}
    variants = {
        key: f"{one.name} {options_words(dict(one.options))}".strip() for key, one in variants_among(plan.stock).items()
    }
    return plan_words(plan, names, variants, visit)


def _given(visit: Visit) -> list[tuple[str, str]]:
    """Exactly what was looked at: this is done, whatever is typed beside it afterwards."""
    return [
        (name, str(value)) for name, value in visit.form.items() if name not in ("csrfmiddlewaretoken", "step", "do")
    ]


def _waits(visit: Visit, goods: Any) -> str:
    """Where the request stands that its outcome waits for, where they may see it."""
    key = waiting_for_return(goods.id)
    return f"/approvals/{key}" if key is not None else ""


def _inspected(visit: Visit, line: int) -> Inspected:
    accepted = whole_number(visit.form.get(f"accepted-{line}"))
    return Inspected(line, accepted if accepted is not None else -1, visit.form.get(f"condition-{line}", "good"))


def _line(one: dict[str, Any], goods: Any, names: dict[str, str], visit: Visit) -> dict[str, Any]:
    return {
        "id": one["line"], "name": one["name"], "quantity": one["quantity"], "amount": money_words(one["amount"], goods.currency, visit),
        "sku": one["sku"] or "", "accepted": one["accepted"], "condition": names.get(one["condition"], ""),
        "share": _("%(percent)s %% goes back") % {"percent": one["percent"]} if one["percent"] is not None else "",
    }  # fmt: skip
