"""Which questions identify a customer: any one row of them is enough."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.queries.identity import checks
from careline.domain.orders.rules.identity import QUESTIONS
from careline.domain.staff.rules import require
from careline.entrypoints.web.orders.identity import question_words
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit
from careline.entrypoints.web.words import said
from careline.flows.identify import set_checks

HERE = "/settings/identity-checks"
VERB = "case_settings:manage"
MOST = 10


def page_of_checks(visit: Visit, *, error: str = "", status: int = 200) -> HttpResponse:
    require(visit.person, VERB)
    rows = [set(row) for row in checks()]
    names = question_words()
    return page(
        visit, "orders/checks", "settings", _("Check questions"), status=status, error=error, rows=[*rows, set()][:MOST],
        questions=[(code, names[code]) for code in QUESTIONS],
    )  # fmt: skip


def kept(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    rows = [[code for code in QUESTIONS if code in visit.form.getlist(f"row-{n}")] for n in range(1, MOST + 1)]
    try:
        set_checks(visit.person, rows, by=visit.by, at=visit.at)
    except OrderRefused as refusal:
        return page_of_checks(visit, error=said(refusal), status=422)
    return HttpResponseRedirect(HERE)
