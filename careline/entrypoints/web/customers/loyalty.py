"""Where a customer stands: worth, promises, tier, referrals, offers, and facts about what came back; on their page and beside a case."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careline.domain.conversations.errors import Refused
from careline.domain.desk.queries.hints import VERB as HINTS
from careline.domain.desk.queries.hints import hints_for
from careline.domain.desk.queries.offers import Offered, offers_for, wants_none
from careline.domain.desk.queries.referrals import referrals_seen
from careline.domain.desk.queries.standing import Standing, moment_of, standing_for
from careline.domain.loyalty.queries.referrals import code_of
from careline.domain.loyalty.queries.scheme import scheme
from careline.domain.loyalty.queries.tiers import standings_of, tiers
from careline.domain.orders.rules.hints import Hint
from careline.domain.staff.rules import may
from careline.entrypoints.web.customers.card import seen
from careline.entrypoints.web.customers.listing import allowed_of
from careline.entrypoints.web.orders.words import money_words, options_words
from careline.entrypoints.web.pages import part
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import iso, moment_text, moment_words, said
from careline.flows.change_standing import StandingChange, change_standing
from careline.flows.offer_products import Answer, answer_offer, offers_to

PROMISES_BESIDE = 3
READ, SELL, MANAGE = "order:read", "order:write", "loyalty:manage"


def standing(visit: Visit, key: int) -> HttpResponse:
    seen(visit, key)
    found = standing_for(visit.person, key)
    promises = [_promise(one, visit) for one in found.promises]
    return part(visit, "customers/_standing", figures=_figures(found, visit), promises=promises)


def beside(visit: Visit, key: int) -> HttpResponse:
    """In short, beside a case (`case`): what they are worth, what is open, what catches the eye, what they may want."""
    seen(visit, key)
    number = whole_number(visit.asked.get("case")) or 0
    return _beside(visit, key, number)


def loyalty(visit: Visit, key: int, *, error: str = "", status: int = 200) -> HttpResponse:
    seen(visit, key)
    rules = scheme()
    rows = standings_of(key, limit=6)
    now = rows[0] if rows and rows[0].until is None else None
    known = [{"code": one.code, "name": one.name} for one in tiers()]
    return part(
        visit, "customers/_loyalty", status=status, url=f"/customers/{key}/loyalty", error=error, tiers=known, refers=rules.refers,
        tier=now.code if now else None, is_given=bool(now and now.is_given), rows=[_standing(row, visit) for row in rows], code=code_of(key),
        referrals=[_referral(row, visit) for row in referrals_seen(visit.person, key, limit=10)], wants_none=wants_none(key),
        allowed=allowed_of(visit), may_manage=may(visit.person, MANAGE),
    )  # fmt: skip


def loyalty_changed(visit: Visit, key: int) -> HttpResponse:
    """One of: tier (empty: as counted), makes_code, came_by, offers (yes or no)."""
    seen(visit, key)
    form = visit.form
    wanted = StandingChange(
        form.get("tier", "")[:50] if "tier" in form else None, "makes_code" in form, form.get("came_by", "").strip()[:40] or None,
        {"yes": True, "no": False}.get(form.get("offers", "")),
    )  # fmt: skip
    try:
        change_standing(visit.person, key, wanted, by=visit.by, at=visit.at)
    except Refused as refusal:
        return loyalty(visit, key, error=said(refusal), status=200 if visit.is_fragment else 409)
    return loyalty(visit, key) if visit.is_fragment else HttpResponseRedirect(f"/customers/{key}")


def offers(visit: Visit, key: int, *, error: str = "") -> HttpResponse:
    seen(visit, key)
    found = offers_to(visit.person, key, at=visit.at)
    return part(
        visit, "customers/_offers", offers=[_offer(one, visit) for one in found], url=f"/customers/{key}/offers", number=0, error=error,
        may_sell=may(visit.person, SELL),
    )  # fmt: skip


def offer_answered(visit: Visit, key: int) -> HttpResponse:
    """Taken (`variant`, on the case `case`) or not wanted."""
    seen(visit, key)
    form = visit.form
    number = whole_number(form.get("case"))
    answer = Answer(whole_number(form.get("product")) or 0, number, whole_number(form.get("variant")))
    error = ""
    try:
        answer_offer(visit.person, key, answer, by=visit.by, at=visit.at)
    except Refused as refusal:
        error = said(refusal)
    if number:
        return _beside(visit, key, number, error=error)
    return offers(visit, key, error=error)


def hints(visit: Visit, key: int) -> HttpResponse:
    """`slot`: asked by a page beside something else, where nothing is answered to whoever may not."""
    seen(visit, key)
    if "slot" in visit.asked and not may(visit.person, HINTS):
        return HttpResponse()
    found = hints_for(visit.person, key, at=visit.at)
    return part(visit, "customers/_hints", hints=[_hint(one, visit) for one in found])


def _beside(visit: Visit, key: int, number: int, *, error: str = "") -> HttpResponse:
    found = standing_for(visit.person, key)
    offered = offers_for(key, at=visit.at) if may(visit.person, READ) else []
    facts = hints_for(visit.person, key, at=visit.at) if may(visit.person, HINTS) else []
    promises = [_promise(one, visit) for one in found.promises if one["number"] != number]
    return part(
        visit, "customers/_beside_standing", figures=_figures(found, visit, has_cases=False), promises=promises[:PROMISES_BESIDE], number=number,
        error=error,
        hints=[_hint(one, visit) for one in facts], offers=[_offer(one, visit) for one in offered[:2]], url=f"/customers/{key}/offers",
        may_sell=may(visit.person, SELL),
    )  # fmt: skip


def _figures(found: Standing, visit: Visit, *, has_cases: bool = True) -> list[tuple[str, str]]:
    """`has_cases`: beside a case they are told already."""
    told = [(_("Tier"), found.tier.name)] if found.tier else []
    for row in found.worth:
        told.append((_("Paid and kept"), money_words(row.worth, row.currency, visit)))
        words = [ngettext("%(num)s order", "%(num)s orders", row.orders) % {"num": row.orders}]
        if row.refunds:
            words.append(ngettext("%(num)s refund", "%(num)s refunds", row.refunds) % {"num": row.refunds})
        if row.returns:
            words.append(ngettext("%(num)s return", "%(num)s returns", row.returns) % {"num": row.returns})
        told.append((_("Orders"), " · ".join(words)))
    if has_cases:
        told.append((_("Cases"), _("%(all)s, %(open)s of them open") % {"all": found.cases, "open": found.open_cases}))
    if found.satisfaction:
        when = moment_text(found.satisfaction.at, at=visit.at, zone=visit.zone)
        told.append((_("Last score"), f"{found.satisfaction.score} · {when}"))
    return told


def _promise(one: dict[str, Any], visit: Visit) -> dict[str, Any]:
    names = {
        "answer": ("reply", _("An answer is due")), "approval": ("shield", _("An approval is waited for")),
        "followup": ("clock", _("We come back to them")), "complaint": ("warning", _("A complaint is open")),
        "request": ("case", _("A service request is open")), "return": ("box", _("Goods are coming back")),
    }  # fmt: skip
    rooms = {
        "approval": "/approvals/",
        "complaint": "/complaints/",
        "request": "/service-requests/",
        "return": "/returns/",
    }
    symbol, name = names[one["kind"]]
    due = moment_of(one)
    room = rooms.get(one["kind"])
    return {
        "symbol": symbol, "name": name, "url": f"{room}{one['key']}" if room else f"/conversations/{one['number']}", "number": one["number"],
        "due": moment_words(due, at=visit.at, zone=visit.zone) if due else "", "due_at": iso(due) if due else "",
        "is_late": due is not None and due < visit.at,
    }  # fmt: skip


def _standing(row: Any, visit: Visit) -> dict[str, Any]:
    value = money_words(row.value, row.currency, visit) if row.currency else ""
    orders = ngettext("%(num)s order", "%(num)s orders", row.orders) % {"num": row.orders}
    why = (
        _("given by %(name)s") % {"name": row.agent_name or "Careline"}
        if row.is_given
        else " · ".join(filter(None, (value, orders)))
    )
    return {
        "name": row.name or _("No tier"),
        "since": moment_words(row.since, at=visit.at, zone=visit.zone),
        "why": why,
    }


def _referral(row: Any, visit: Visit) -> dict[str, Any]:
    states = {"waiting": _("waits for the first order"), "rewarded": _("rewarded"), "refused": _("refused")}
    return {
        "name": row.referred_name or _("Somebody"), "url": f"/customers/{row.referred_id}" if row.referred_id else "", "state": states[row.state],
        "money": money_words(row.amount, row.currency, visit) if row.currency else "",
    }  # fmt: skip


def _offer(one: Offered, visit: Visit) -> dict[str, Any]:
    pair, row = one.pair, one.row
    how = {"both": pair.both, "buyers": pair.buyers, "name": row.because_name}
    why = (
        _("%(both)s of %(buyers)s customers who bought %(name)s bought it with that")
        if pair.kind == "together"
        else _("%(both)s of %(buyers)s customers who bought %(name)s came back for it")
    )
    variants = [
        {"id": v["id"], "words": " · ".join(filter(None, (options_words(v["options"]), money_words(v["price"], v["currency"], visit))))}
        for v in row.variants
    ]  # fmt: skip
    return {"id": row.id, "name": row.name, "url": f"/products/{row.id}", "why": why % how, "variants": variants}


def _hint(one: Hint, visit: Visit) -> dict[str, Any]:
    sentences = {
        "repeat_refunds": _("%(refunds)s refunds in %(days)s days"),
        "refund_rate": _(
            "%(refunded)s of %(orders)s orders of the last year were refunded. For so few orders that means %(low)s to %(high)s percent; "
            "of %(peer_orders)s orders of %(peers)s other customers it was %(peer_percent)s percent"
        ),
        "serial_returns": _("%(returns)s returns in %(orders)s orders of the last year"),
        "one_card": _("One card (%(last_four)s) paid for %(people)s customers, to %(addresses)s addresses"),
    }
    rows = [
        {"number": row["number"], "url": f"/orders/{row['number']}", "money": money_words(row["amount"], row["currency"], visit),
         "when": moment_text(row["at"], at=visit.at, zone=visit.zone)}
        for row in one.rows
    ]  # fmt: skip
    return {"words": sentences[one.code] % one.figures, "rows": rows}
