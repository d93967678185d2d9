"""A customer wants to leave: why, what is offered instead, then the end."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.company.queries import languages
from careline.domain.conversations.errors import Refused
from careline.domain.desk.queries.subscriptions import subscription_for
from careline.domain.forms.rules.content import words_in
from careline.domain.orders.rules.subscriptions import REASONS as CODES
from careline.entrypoints.web.orders.words import money_words
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.subscriptions.acting import case_of
from careline.entrypoints.web.subscriptions.words import REASONS, offer_words, subscription_shown
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import moment_words, said
from careline.flows.cancel_subscription import End, Leaving, accept_offer, cancel_subscription, would_cancel


def form(visit: Visit, subscription: str) -> HttpResponse:
    return _page(visit, subscription)


def left(visit: Visit, subscription: str) -> HttpResponse:
    """The reason first; then the offers, one of which is taken, or all declined."""
    given = visit.form
    subscription_for(visit.person, subscription)
    try:
        asked = Leaving(
            case_of(visit), given.get("reason", ""), given.get("when") == "now", given.get("give_back") == "1", given.get("do") == "leave",
            whole_number(given.get("version")),
        )  # fmt: skip
        offer = whole_number(given.get("do", "").removeprefix("offer-"))
        request = None
        if offer is not None:
            request = accept_offer(visit.person, subscription, offer, asked, by=visit.by, at=visit.at).request
        elif asked.declined:
            request = cancel_subscription(visit.person, subscription, asked, by=visit.by, at=visit.at).request
        else:
            return _page(
                visit, subscription, end=would_cancel(visit.person, subscription, asked, by=visit.by, at=visit.at)
            )
    except Refused as refusal:
        return _page(visit, subscription, error=said(refusal), code=getattr(refusal, "code", ""), status=422)
    if request is not None:
        return HttpResponseRedirect(f"/approvals/{request}")
    return HttpResponseRedirect(f"/subscriptions/{subscription}?case={asked.case}")


def _page(
    visit: Visit, number: str, *, end: End | None = None, error: str = "", code: str = "", status: int = 200
) -> HttpResponse:
    row = subscription_for(visit.person, number)
    given = visit.form if visit.request.method == "POST" else visit.asked
    return page(
        visit, "subscriptions/leaving", "requests", _("Cancel %(number)s") % {"number": row.number}, status=status, error=error,
        needs_identity=code == "not_identified", subscription=subscription_shown(row, visit), case=given.get("case", ""),
        reasons=[(one, _(REASONS[one])) for one in CODES], reason=given.get("reason", ""), when=given.get("when", "end"),
        gives_back=given.get("give_back") == "1", version=row.version, end=_end(end, row.currency, visit) if end else None,
    )  # fmt: skip


def _end(end: End, currency: str, visit: Visit) -> dict[str, Any]:
    return {
        "when": moment_words(end.ends_at, at=visit.at, zone=visit.zone), "rest": money_words(end.rest, currency, visit) if end.rest else "",
        "back": money_words(end.back, currency, visit) if end.back else "",
        "offers": [
            {"key": one.key, "words": offer_words(one, currency, visit), "said": words_in(one.words, visit.language, otherwise=languages()),
             "worth": money_words(one.worth, currency, visit) if one.worth else ""} for one in end.offers
        ],
    }  # fmt: skip
