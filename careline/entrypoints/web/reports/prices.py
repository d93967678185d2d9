"""What an hour of work costs, by role or team and from a day on."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import Refused
from careline.domain.reports.queries.costs import hour_prices
from careline.domain.reports.queries.house import house_now
from careline.domain.reports.rules.costs import HourPrice, in_force
from careline.domain.staff.queries import roles, teams
from careline.domain.staff.rules import require
from careline.entrypoints.web.orders.words import money_words
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import said
from careline.flows.keep_hour_prices import VERB, drop_hour_price, keep_hour_price
from careline.kit.money import BadMoney, money_of

HERE = "/settings/hour-prices"


def prices(visit: Visit, *, error: str = "", status: int = 200) -> HttpResponse:
    require(visit.person, VERB)
    kept, today = hour_prices(), house_now()[0].day(visit.at)
    counting = in_force(kept.all, today)
    names = {f"role:{row.code}": row.name for row in roles()} | {f"team:{row.id}": row.name for row in teams()}
    whos = [("", _("Everybody else"))]
    whos += [
        (key, (_("Role: %(name)s") if key.startswith("role:") else _("Team: %(name)s")) % {"name": name})
        for key, name in names.items()
    ]
    return page(
        visit, "reports/prices", "settings", _("What an hour costs"), status=status, error=error, whos=whos, currency=kept.currency or "EUR",
        given={name: visit.form.get(name, "") for name in ("who", "amount")}, since=visit.form.get("since") or today.isoformat(),
        rows=[_row(one, dict(whos), kept.currency, today, one in counting, visit) for one in kept.all], is_set=bool(kept.all),
    )  # fmt: skip


def added(visit: Visit) -> HttpResponse:
    form = visit.form
    role, team = _whose(form.get("who", ""))
    try:
        cost = money_of(form.get("amount", "").strip().replace(",", "."), form.get("currency") or "EUR")
        keep_hour_price(
            visit.person, cost, since=_day(form.get("since", "")), role=role, team=team, by=visit.by, at=visit.at
        )
    except (Refused, BadMoney) as refusal:
        return prices(visit, error=said(refusal), status=422)
    return HttpResponseRedirect(HERE)


def dropped(visit: Visit) -> HttpResponse:
    role, team = _whose(visit.asked.get("who", ""))
    try:
        drop_hour_price(
            visit.person, since=_day(visit.asked.get("since", "")), role=role, team=team, by=visit.by, at=visit.at
        )
    except Refused as refusal:
        return prices(visit, error=said(refusal), status=422)
    return HttpResponse(status=204, headers={"HX-Redirect": HERE})


def _whose(said_of: str) -> tuple[str, int | None]:
    kind, _sep, which = said_of.partition(":")
    return (which, None) if kind == "role" else ("", (whole_number(which) or 0) if kind == "team" else None)


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise Refused("Give a day as 2026-11-23.") from None


def _row(
    one: HourPrice, names: dict[str, str], currency: str, today: date, counts: bool, visit: Visit
) -> dict[str, Any]:
    who = f"role:{one.role}" if one.role else f"team:{one.team}" if one.team is not None else ""
    state = _("counts now") if counts else _("begins later") if one.since > today else _("until the next one")
    return {
        "who": names.get(who, _("Somebody who is gone")), "amount": money_words(one.amount, currency, visit), "since": one.since.isoformat(),
        "state": state, "counts": counts, "url": f"{HERE}?{urlencode({'who': who, 'since': one.since.isoformat()})}",
    }  # fmt: skip
