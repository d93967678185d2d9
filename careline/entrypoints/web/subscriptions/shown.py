"""All subscriptions, and one of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.customers.queries.merges import everybody_in
from careline.domain.desk.queries.subscriptions import subscription_for, subscriptions_page
from careline.domain.orders.queries.orders import methods_of
from careline.domain.orders.queries.subscriptions import awaited_of, charges_of, happenings_of, offers_made
from careline.domain.orders.rules.subscriptions import MAY
from careline.domain.staff.rules import may
from careline.entrypoints.web.orders.words import method_words, money_words
from careline.entrypoints.web.pages import next_page, page
from careline.entrypoints.web.subscriptions.words import KINDS, REASONS, STATES, happening_shown, subscription_shown
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import moment_text
from careline.flows.hold_subscription import VERB

SHOWN = 50


def subscriptions(visit: Visit) -> HttpResponse:
    state = visit.asked.get("state", "")
    state = state if state in STATES else ""
    found = subscriptions_page(
        visit.person, state=state, before=whole_number(visit.asked.get("after")), limit=SHOWN + 1
    )
    return page(
        visit, "subscriptions/subscriptions", "requests", _("Subscriptions"), rows=[subscription_shown(one, visit) for one in found[:SHOWN]],
        state=state, states=[(code, _(name)) for code, name in STATES.items()],
        next_url=next_page("/subscriptions", found, SHOWN, state=state),
    )  # fmt: skip


def subscription(
    visit: Visit, subscription: str, *, error: str = "", code: str = "", status: int = 200
) -> HttpResponse:
    """`case`: the one they come from; acts are done on it."""
    row = subscription_for(visit.person, subscription)
    case = whole_number(visit.asked.get("case") or visit.form.get("case"))
    methods = [
        one for one in methods_of(everybody_in(row.owner_id)) if not one.currency or one.currency == row.currency
    ]
    offers = offers_made([row.id])
    return page(
        visit, "subscriptions/subscription", "requests", _("Subscription %(number)s") % {"number": row.number}, status=status, error=error,
        needs_identity=code == "not_identified", case=case, version=row.version, subscription=subscription_shown(row, visit),
        may_act=may(visit.person, VERB), may={act: row.state in states for act, states in MAY.items()}, ends=row.ends_at is not None,
        discount=f"{row.offer_percent} %" if row.offer_left else "", discount_left=row.offer_left, next_plan=row.next_name or "",
        credit=money_words(row.credit, row.currency, visit) if row.credit else "", reason=_(REASONS[row.cancel_reason]) if row.cancel_reason else "",
        awaited=_awaited(awaited_of(row.id), visit),
        methods=[(str(one.id), method_words(one, visit)) for one in methods], method=str(row.method_id or ""),
        charges=[_charge(one, visit) for one in charges_of(row.id)], offers=[_offer(one, visit) for one in offers],
        happened=[happening_shown(one, visit) for one in happenings_of(row.id)],
    )  # fmt: skip


def _charge(row: Any, visit: Visit) -> dict[str, Any]:
    sums = {
        name: money_words(getattr(row, name), row.currency, visit)
        for name in ("full", "discount", "from_credit", "amount")
    }
    return sums | {
        "is_change": row.kind == "change", "order": row.order_number, "has_discount": row.discount > 0, "has_credit": row.from_credit > 0,
        "period": f"{_day(row.of, visit)} – {_day(row.until, visit)}",
    }  # fmt: skip


def _awaited(row: Any, visit: Visit) -> dict[str, str] | None:
    """The order by which the period that is due is to be paid."""
    if row is None:
        return None
    until = (
        _("Its link is good until %(when)s.") % {"when": _day(row.until, visit)}
        if row.until
        else _("Its link is over.")
    )
    return {"number": row.number, "amount": money_words(row.total, row.currency, visit), "until": until}


def _offer(row: Any, visit: Visit) -> dict[str, str]:
    states = {
        "accepted": _("Taken"),
        "declined": _("Declined"),
        "open": _("Waits for approval") if row.waits else _("Not approved"),
    }
    return {
        "kind": _(KINDS[row.kind]), "reason": _(REASONS[row.reason]), "state": states[row.state],
        "chip": {"accepted": "resolved", "open": "soon" if row.waits else ""}.get(row.state, ""), "when": _day(row.at, visit),
    }  # fmt: skip


def _day(moment: Any, visit: Visit) -> str:
    return moment_text(moment, at=visit.at, zone=visit.zone)
