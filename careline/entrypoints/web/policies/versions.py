"""The policy that holds, the draft beside it, what the draft would have changed, and earlier versions."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.approvals.queries.policies import draft, in_force, version, versions
from careline.domain.approvals.queries.simulations import latest_simulation
from careline.domain.approvals.rules.simulating import MOST, Turned, simulation_from
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.staff.rules import require
from careline.entrypoints.web.approvals.words import action_words
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.policies.words import CHIPS, OUTCOMES, rule_row
from careline.entrypoints.web.visit import Visit
from careline.entrypoints.web.words import iso, moment_words, said
from careline.flows.keep_policies import VERB, drop_policy_draft, switch_policy_on
from careline.flows.try_draft import try_draft

HERE = "/settings/policies"


def page_of_policy(visit: Visit, *, error: str = "", status: int = 200) -> HttpResponse:
    """The draft where there is one, else what holds: a change of it begins a draft."""
    require(visit.person, VERB)
    written, now = draft(), in_force(visit.at)
    held = written or now
    rules = held.rules if held is not None else []
    return page(
        visit, "policies/policy", "settings", _("Policy"), status=status, error=error, is_draft=written is not None,
        rules=[rule_row(n, rule, len(rules), visit) for n, rule in enumerate(rules, 1)], now=_version(now, visit) if now else None,
        versions=[_version(row, visit) for row in versions()],
    )  # fmt: skip


def shown(visit: Visit, key: int) -> HttpResponse:
    """An earlier version, to be read."""
    require(visit.person, VERB)
    row = version(key)
    if row is None or row.valid_from is None:
        raise NotFound(f"There is no policy {key}.")
    rules = [rule_row(n, rule, len(row.rules), visit) for n, rule in enumerate(row.rules, 1)]
    return page(visit, "policies/version", "settings", _("Policy"), rules=rules, version=_version(row, visit))


def tried(visit: Visit) -> HttpResponse:
    try_draft(visit.person, by=visit.by, at=visit.at)
    return HttpResponseRedirect(f"{HERE}/draft/simulation")


def simulated(visit: Visit) -> HttpResponse:
    """The last trial of the draft as it stands, as far as it is."""
    require(visit.person, VERB)
    row = latest_simulation()
    found = simulation_from(row.found if row is not None else {})
    tried = draft() or in_force(visit.at)
    names = {rule["id"]: rule["name"] for rule in (tried.rules if tried is not None else ())}
    turned = [
        {
            "then": _(OUTCOMES[then]),
            "now": _(OUTCOMES[now]),
            "chip_then": CHIPS[then],
            "chip": CHIPS[now],
            "count": count,
        }
        for (then, now), count in sorted(found.turned.items(), key=lambda one: -one[1])
    ]
    by_rule = [
        {"name": names.get(key) or _("No rule: limits alone"), "count": count} for key, count in found.by_rule.items()
    ]
    return page(
        visit, "policies/simulation", "settings", _("Try the draft"), is_tried=row is not None, is_over=row is not None and row.ended_at is not None,
        done=row.done if row is not None else 0, total=row.total if row is not None else 0,
        count=found.count, same=found.same, turned=turned, by_rule=by_rule,
        examples=[_example(one, names, visit) for one in found.examples], is_cut=found.count >= MOST,
    )  # fmt: skip


def switched_on(visit: Visit) -> HttpResponse:
    try:
        switch_policy_on(visit.person, valid_from=_moment(visit), by=visit.by, at=visit.at)
    except Refused as refusal:
        return page_of_policy(visit, error=said(refusal), status=422)
    return HttpResponseRedirect(HERE)


def _moment(visit: Visit) -> datetime | None:
    """From when it is to hold, as their own clock says it; None: at once. Raises Refused."""
    if "later" not in visit.form:
        return None
    try:
        return datetime.fromisoformat(visit.form.get("valid_from", "")).replace(tzinfo=visit.zone).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Refused(_("Say from which moment it is to hold.")) from None


def dropped(visit: Visit) -> HttpResponse:
    drop_policy_draft(visit.person, by=visit.by, at=visit.at)
    return HttpResponse(status=204, headers={"HX-Redirect": HERE})


def _version(row: Any, visit: Visit) -> dict[str, Any]:
    return {
        "id": row.id, "url": f"{HERE}/{row.id}", "note": row.note, "author": row.author_name or "", "size": row.size,
        "at": iso(row.valid_from), "when": moment_words(row.valid_from, at=visit.at, zone=visit.zone),
        "is_coming": row.valid_from > visit.at,
    }  # fmt: skip


def _example(one: Turned, names: dict[str, str], visit: Visit) -> dict[str, Any]:
    amount = one.was.facts.amount
    return {
        "at": iso(one.was.at), "when": moment_words(one.was.at, at=visit.at, zone=visit.zone), "what": action_words(one.was.action),
        "money": amount.words(visit.language) if amount else "", "then": _(OUTCOMES[one.was.outcome]), "chip_then": CHIPS[one.was.outcome],
        "now": _(OUTCOMES[one.outcome]), "chip": CHIPS[one.outcome], "rule": names.get(one.rule, ""),
    }  # fmt: skip
