"""Who may give how much alone, and what other currencies are worth."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from careline.domain.approvals.queries.authority import limits
from careline.domain.approvals.queries.deadlines import deadline_calendar
from careline.domain.approvals.queries.policies import rates
from careline.domain.approvals.rules.limits import ACTION, ANY, CASE, CUSTOMER, DAY, Limit
from careline.domain.calendars.queries import calendars
from careline.domain.conversations.errors import Refused
from careline.domain.staff.queries import agents, roles
from careline.domain.staff.rules import require
from careline.domain.staff.skills import skills
from careline.entrypoints.web.approvals.words import action_words, known_actions
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import role_text, said
from careline.flows.keep_limits import keep_deadlines, keep_limit, keep_rate, remove_limit
from careline.flows.keep_policies import VERB
from careline.kit.money import BadMoney, money_of

HERE = "/settings/limits"
PERS = {
    ACTION: gettext_noop("each time"), CASE: gettext_noop("for one case"), CUSTOMER: gettext_noop("for one customer in a year"),
    DAY: gettext_noop("in a day"),
}  # fmt: skip


def page_of_limits(visit: Visit, *, error: str = "", status: int = 200) -> HttpResponse:
    require(visit.person, VERB)
    names = {
        "role": {row.code: role_text(row.name) for row in roles()}, "skill": {row.id: row.name for row in skills()},
        "agent": {row.id: row.name for row in agents() if row.is_active},
    }  # fmt: skip
    whos = [(f"role:{code}", _("Role: %(name)s") % {"name": name}) for code, name in names["role"].items()]
    whos += [(f"skill:{key}", _("Skill: %(name)s") % {"name": name}) for key, name in names["skill"].items()]
    whos += [(f"agent:{key}", name) for key, name in names["agent"].items() if key != visit.person.id]
    return page(
        visit, "policies/limits", "settings", _("Limits"), status=status, error=error, rows=_grouped(limits(), names, visit), whos=whos,
        actions=[(ANY, _("Everything")), *((code, action_words(code)) for code in known_actions())],
        pers=[(code, _(words)) for code, words in PERS.items()], calendars=[(row.id, row.name) for row in calendars()],
        deadline=deadline_calendar(),
        rates=[{"words": _("1 %(source)s is %(rate)s %(target)s") % {"source": row.source, "rate": format(row.rate.normalize(), "f"),
                "target": row.target}, "on": row.on} for row in rates()],
    )  # fmt: skip


def added(visit: Visit) -> HttpResponse:
    form = visit.form
    kind, _sep, which = form.get("who", "").partition(":")
    amount, percent = form.get("amount", "").strip(), form.get("percent", "").strip()
    try:
        limit = Limit(
            form.get("action", ANY), form.get("per", ACTION),
            money_of(amount.replace(",", "."), form.get("currency") or "EUR") if amount else None,
            Decimal(percent.replace(",", ".")) if percent else None, which if kind == "role" else "",
            whole_number(which) if kind == "skill" else None, whole_number(form.get("level")) or 1,
            whole_number(which) if kind == "agent" else None,
        )  # fmt: skip
        keep_limit(visit.person, limit, by=visit.by, at=visit.at)
    except (Refused, BadMoney) as refusal:
        return page_of_limits(visit, error=said(refusal), status=422)
    except InvalidOperation:
        return page_of_limits(visit, error=_("Write the percentage as a number."), status=422)
    return HttpResponseRedirect(HERE)


def removed(visit: Visit, key: int) -> HttpResponse:
    remove_limit(visit.person, key, by=visit.by, at=visit.at)
    return HttpResponse(status=204, headers={"HX-Redirect": HERE})


def timed(visit: Visit) -> HttpResponse:
    try:
        keep_deadlines(visit.person, whole_number(visit.form.get("calendar")), by=visit.by, at=visit.at)
    except Refused as refusal:
        return page_of_limits(visit, error=said(refusal), status=422)
    return HttpResponseRedirect(HERE)


def rated(visit: Visit) -> HttpResponse:
    form = visit.form
    try:
        rate = Decimal(form.get("rate", "").strip().replace(",", "."))
        keep_rate(visit.person, form.get("source", ""), form.get("target", ""), rate=rate, by=visit.by, at=visit.at)
    except Refused as refusal:
        return page_of_limits(visit, error=said(refusal), status=422)
    except InvalidOperation:
        return page_of_limits(visit, error=_("Write the rate as a number."), status=422)
    return HttpResponseRedirect(HERE)


def _grouped(found: list[Limit], names: dict[str, dict[Any, str]], visit: Visit) -> list[dict[str, Any]]:
    """[{who, limits: [{url, what, much}]}] in their order."""
    groups: dict[str, list[dict[str, str]]] = {}
    for one in found:
        if one.role:
            who = names["role"].get(one.role, one.role)
        elif one.skill is not None:
            who = _("%(skill)s, at least %(level)s") % {"skill": names["skill"].get(one.skill, "?"), "level": one.level}
        else:
            who = names["agent"].get(one.agent, "?")
        what = _("Everything") if one.action == ANY else action_words(one.action)
        groups.setdefault(who, []).append({"url": f"{HERE}/{one.id}", "what": what, "much": _much(one, visit)})
    return [{"who": who, "limits": rows} for who, rows in groups.items()]


def _much(one: Limit, visit: Visit) -> str:
    parts = [one.money.words(visit.language)] if one.money is not None else []
    parts += (
        [_("%(percent)s %% of the whole") % {"percent": format(one.percent.normalize(), "f")}]
        if one.percent is not None
        else []
    )
    return f"{_(' and ').join(parts) or _('Without end')} {_(PERS[one.per])}"
