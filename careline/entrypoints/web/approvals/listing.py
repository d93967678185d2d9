"""What waits for my decision, what I asked for, and what was decided."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.desk.queries.approvals import DECIDED, MINE, OWN, WAITING, WHICH, approvals
from careline.entrypoints.web.approvals.words import row_of
from careline.entrypoints.web.pages import next_page, page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.flows.ask_approval import require_involved

SHOWN = 50


def page_of_approvals(visit: Visit) -> HttpResponse:
    require_involved(visit.person)
    which = visit.asked.get("which", MINE)
    which = which if which in WHICH else MINE
    found = approvals(visit.person, which, before=whole_number(visit.asked.get("after")), limit=SHOWN + 1)
    return page(
        visit, "approvals/approvals", "approvals", _("Approvals"), rows=[row_of(row, visit) for row in found[:SHOWN]], which=which,
        tabs=((MINE, _("For me to decide")), (OWN, _("Asked by me")), (WAITING, _("All that wait")), (DECIDED, _("Decided"))),
        more=next_page("/approvals", found, SHOWN, which=which),
    )  # fmt: skip
