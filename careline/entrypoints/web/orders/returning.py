"""One return on its way back: label, received, inspected."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import Refused
from careline.domain.orders.rules.returning import Inspected
from careline.domain.staff.rules import may
from careline.entrypoints.web.orders.words import RETURN_KINDS, RETURN_STATES, money_words
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import moment_words, said
from careline.flows import inspect_goods, return_goods
from careline.flows.hold_return import return_for


def form(visit: Visit, key: int, *, error: str = "", status: int = 200) -> HttpResponse:
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
        may_label=is_open and goods.state in ("requested", "label_sent"), may_inspect=is_open and goods.state == "received", is_open=is_open,
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
            inspect_goods.inspect_goods(visit.person, key, seen, remark=visit.form.get("remark", ""), **by)
    except Refused as refusal:
        return form(visit, key, error=said(refusal), status=422)
    return HttpResponseRedirect(f"/returns/{key}")


def _inspected(visit: Visit, line: int) -> Inspected:
    accepted = whole_number(visit.form.get(f"accepted-{line}"))
    return Inspected(line, accepted if accepted is not None else -1, visit.form.get(f"condition-{line}", "good"))


def _line(one: dict[str, Any], goods: Any, names: dict[str, str], visit: Visit) -> dict[str, Any]:
    return {
        "id": one["line"], "name": one["name"], "quantity": one["quantity"], "amount": money_words(one["amount"], goods.currency, visit),
        "sku": one["sku"] or "", "accepted": one["accepted"], "condition": names.get(one["condition"], ""),
    }  # fmt: skip
