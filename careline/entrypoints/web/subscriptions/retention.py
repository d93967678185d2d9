"""Settings: what is offered to whoever wants to leave."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.company.queries import languages
from careline.domain.conversations.errors import Refused
from careline.domain.orders.commands.retention import NewRetention
from careline.domain.orders.queries.subscriptions import plans_on_sale, retention_offers
from careline.domain.orders.rules.subscriptions import REASONS as CODES
from careline.domain.staff.rules import require
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.subscriptions.words import KINDS, REASONS, price_words
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import language_name, said
from careline.flows.keep_retention import MOST_OFFERS, VERB, keep_retention


def form(visit: Visit, *, offers: list[NewRetention] | None = None, error: str = "", status: int = 200) -> HttpResponse:
    require(visit.person, VERB)
    if offers is None:
        offers = [
            NewRetention(row.kind, tuple(row.reasons), row.percent, row.periods, row.variant_id, row.words, row.is_active)
            for row in retention_offers(is_active=None)
        ]  # fmt: skip
    plans = [
        (
            one.variant,
            f"{one.name} · {price_words(one.unit_price, one.currency, one.terms.period, one.terms.every, visit)}",
        )
        for one in plans_on_sale()
    ]
    return page(
        visit, "subscriptions/retention", "settings", _("Offers to stay"), status=status, error=error, offers=offers, plans=plans,
        kinds=[(code, _(name)) for code, name in KINDS.items()], reasons=[(code, _(REASONS[code])) for code in CODES],
        languages=[(code, language_name(code)) for code in languages()], is_kept=visit.asked.get("kept") == "1",
    )  # fmt: skip


def saved(visit: Visit) -> HttpResponse:
    """A button for each step; only saving keeps it."""
    require(visit.person, VERB)
    offers, act = _written(visit), visit.form.get("act", "save")
    what, _colon, which = act.partition(":")
    if what == "add" and which in KINDS:
        return form(visit, offers=[*offers, NewRetention(which, periods=1, percent=10 if which == "discount" else 0)])
    if what == "remove" and which.isdecimal() and int(which) < len(offers):
        return form(visit, offers=[one for n, one in enumerate(offers) if n != int(which)])
    try:
        keep_retention(visit.person, offers, by=visit.by, at=visit.at)
    except Refused as refusal:
        return form(visit, offers=offers, error=said(refusal), status=422)
    return HttpResponseRedirect("/settings/retention?kept=1")


def _written(visit: Visit) -> list[NewRetention]:
    rows = [row for row in visit.form.getlist("row")[:MOST_OFFERS] if row.isalnum()]
    return [_offer(visit.form, row) for row in rows]


def _offer(given: Any, row: str) -> NewRetention:
    words = {code: text for code in languages() if (text := given.get(f"{row}-words-{code}", "").strip()[:2000])}
    return NewRetention(
        given.get(f"{row}-kind", ""), tuple(given.getlist(f"{row}-reason")), min(whole_number(given.get(f"{row}-percent")) or 0, 101),
        min(whole_number(given.get(f"{row}-periods")) or 0, 100), whole_number(given.get(f"{row}-variant")),
        words, given.get(f"{row}-active") == "1",
    )  # fmt: skip
