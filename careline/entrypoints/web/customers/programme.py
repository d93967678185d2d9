"""The programme of tiers, referrals and offers, set on one page."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import Refused
from careline.domain.loyalty.errors import LoyaltyRefused
from careline.domain.loyalty.queries.scheme import Scheme, scheme
from careline.domain.loyalty.queries.tiers import members, tiers
from careline.domain.loyalty.rules.tiers import Tier
from careline.domain.staff.rules import require
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import moment_words, said
from careline.flows.keep_loyalty import MANAGE, keep_programme
from careline.kit.money import BadMoney, Money, decimal_of, money_of

COLUMNS = ("code", "name", "least_value", "least_orders", "months")
_NUMBERS = ("most_referrals", "least_count", "least_percent")


def programme(visit: Visit, *, error: str = "", status: int = 200) -> HttpResponse:
    """What was typed stands there again where something is wrong with it."""
    require(visit.person, MANAGE)
    rules, count = scheme(), members()
    currency = rules.currency or next((one.least.currency for one in tiers() if one.least), "EUR")
    rows = _typed(visit) if error else [_row(one, count.get(one.code, 0)) for one in tiers()]
    counted = moment_words(rules.pairs_at, at=visit.at, zone=visit.zone) if rules.pairs_at else ""
    return page(
        visit, "customers/programme", "settings", _("Loyalty"), status=status, error=error, rows=[*rows, dict.fromkeys(COLUMNS, "") | {"count": 0}],
        rules=rules, currency=visit.form.get("currency", currency) if error else currency, counted=counted,
        referrer_gets=decimal_of(rules.referrer_gets, currency), referred_gets=decimal_of(rules.referred_gets, currency),
    )  # fmt: skip


def programme_kept(visit: Visit) -> HttpResponse:
    """Rows without a name are left out: so a tier ends."""
    require(visit.person, MANAGE)
    form = visit.form
    currency = form.get("currency", "").strip().upper()[:3] or "EUR"
    try:
        ladder = [_tier(row, currency) for row in _typed(visit) if row["name"].strip()]
        gets = [_money(form.get(name, ""), currency) for name in ("referrer_gets", "referred_gets")]
        now = scheme()
        numbers = [_number(form.get(name), getattr(now, name)) for name in _NUMBERS]
        wanted = Scheme(
            "refers" in form, currency, gets[0], gets[1], numbers[0], "offers" in form, numbers[1], numbers[2]
        )
        keep_programme(visit.person, wanted, ladder, by=visit.by, at=visit.at)
    except (Refused, BadMoney) as wrong:
        return programme(visit, error=said(wrong), status=422)
    return HttpResponseRedirect("/settings/loyalty")


def _typed(visit: Visit) -> list[dict[str, Any]]:
    """The rows of the form, in their order."""
    lists = [visit.form.getlist(name)[:20] for name in COLUMNS]
    count = max((len(one) for one in lists), default=0)
    return [
        {name: values[n][:100] if n < len(values) else "" for name, values in zip(COLUMNS, lists, strict=True)}
        | {"count": 0}
        for n in range(count)
    ]


def _row(one: Tier, count: int) -> dict[str, Any]:
    return {
        "code": one.code, "name": one.name, "least_value": one.least.amount if one.least else "", "least_orders": one.least_orders or "",
        "months": one.months or "", "count": count,
    }  # fmt: skip


def _tier(row: dict[str, str], currency: str) -> Tier:
    code = (
        row["code"].strip().lower()
        or "".join(c if c.isascii() and c.isalnum() else "_" for c in row["name"].strip().lower())[:50]
    )
    least = Money(_money(row["least_value"], currency), currency) if row["least_value"].strip() else None
    orders, months = (_number(row[name], None) if row[name].strip() else None for name in ("least_orders", "months"))
    return Tier(0, code, row["name"].strip(), 0, months, least, orders)


def _money(words: str, currency: str) -> int:
    """Raises BadMoney."""
    return money_of(words.strip().replace(",", "."), currency).minor if words.strip() else 0


def _number(words: str | None, otherwise: int | None) -> int:
    """Raises LoyaltyRefused."""
    found = whole_number(words) if words else otherwise
    if found is None or found > 1_000_000:
        raise LoyaltyRefused("bad_number", _("%(words)s is no whole number.") % {"words": (words or "")[:20]})
    return found
