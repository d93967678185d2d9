"""Forgetting a customer: what would go, side by side for both ways, and the act."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import Refused
from careline.domain.desk.queries.api_customers import customer_for
from careline.entrypoints.web.customers.listing import name_of
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.settings.keeping_words import counted_words
from careline.entrypoints.web.visit import Visit
from careline.entrypoints.web.words import said
from careline.flows.erase_customer import MODES, Erased, erase_customer, would_erase


def erasure(visit: Visit, key: int) -> HttpResponse:
    """The dry run of both ways; nothing is changed by looking."""
    return _shown(visit, key)


def erased(visit: Visit, key: int) -> HttpResponse:
    """Asked twice: whoever presses the button has also ticked that it can't be undone."""
    mode = visit.form.get("mode", "")
    customer_for(visit.person, key, verb="customer:erase")
    if mode not in MODES or not visit.form.get("sure"):
        return _shown(visit, key, wrong=_("Choose one of the two, and tick that it can't be undone."))
    try:
        erase_customer(
            visit.person, key, mode=mode, reason=visit.form.get("reason", "").strip()[:500], by=visit.by, at=visit.at
        )
    except Refused as refused:
        return _shown(visit, key, wrong=said(refused))
    return HttpResponseRedirect("/data#erasures")


def _shown(visit: Visit, key: int, *, wrong: str = "") -> HttpResponse:
    found = customer_for(visit.person, key, verb="customer:erase")
    held = ""
    plans: list[dict[str, Any]] = []
    for mode in MODES:
        try:
            plans.append(_plan(would_erase(visit.person, key, mode=mode, by=visit.by, at=visit.at)))
        except Refused as refused:
            held = said(refused)
    shown = {"name": name_of(found), "url": f"/customers/{key}"}
    return page(
        visit, "customers/erasure", "customers", _("Erase a customer"),
        status=422 if wrong else 200, customer=shown, plans=plans, held=held, wrong=wrong
    )  # fmt: skip


def _plan(erased: Erased) -> dict[str, Any]:
    words = {
        "erase": (
            _("Erase everything"),
            _(
                "The customer and their cases go, with every message, file and raw mail. In cases of others they are struck out."
            ),
        ),
        "anonymise": (
            _("Keep the figures"),
            _(
                "Cases stay with their moments and counts, so that reports stay right. Every word and every name in them goes."
            ),
        ),
    }
    title, said = words[erased.mode]
    return {
        "mode": erased.mode, "title": title, "words": said, "counts": counted_words(erased.counts),
        "numbers": erased.removed or erased.emptied, "shared": erased.shared,
    }  # fmt: skip
